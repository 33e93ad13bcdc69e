-- What is counted of open requests stands in one index, so that however many have ended, only those that are open are read.
create index authorization_aging on authorization_request (client_id, jurisdiction)
  include (received_at, due_at, clock, ours, reviewer_id, provider_npi, provider_name) where ended_at is null;
create index authorization_told on authorization_request (client_id, communicated_at)
  include (jurisdiction, received_at, complete_at, due_at, ours) where communicated_at is not null;

-- How much of its clock a request has left: 0 lapsed, 1 under four hours, 2 today, 3 one or two business days, 4 more, 5 no
-- date is known, 6 it waits for others. While it is not complete, what runs is the time to send it back.
create function desk_clock_left(p_clock text, p_ours boolean, p_due timestamptz, p_at timestamptz, p_today timestamptz,
                                p_days timestamptz) returns int
language sql immutable parallel safe
return case when not p_ours or p_clock in ('tolled', 'deferred') or p_clock = 'waiting' and p_due is null then 6
            when p_due is null then 5
            when p_due < p_at then 0
            when p_due - p_at < interval '4 hours' then 1
            when p_due < p_today then 2
            when p_due < p_days then 3
            else 4 end;
revoke execute on function desk_clock_left from public;
grant execute on function desk_clock_left to desk_app;

-- Under what a request is counted: empty where nobody reviews it yet.
create function desk_aging_group(p_by text, p_client int, p_jurisdiction text, p_reviewer int, p_npi text, p_provider text)
  returns text
language sql immutable parallel safe
return case p_by when 'client' then p_client::text
                 when 'jurisdiction' then p_jurisdiction
                 when 'reviewer' then coalesce(p_reviewer::text, '')
                 when 'provider' then coalesce(p_npi, lower(p_provider)) end;
revoke execute on function desk_aging_group from public;
grant execute on function desk_aging_group to desk_app;

-- Whose requests somebody counts: by client or jurisdiction whoever serves a client; by person only who reads requests.
create function desk_aging_clients(p_by text, p_clients int[]) returns table (client_id int, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.client_id, c.name from client c
   where (p_clients is null or c.client_id = any (p_clients))
     and ((select desk_sees_all()) or c.client_id = any ((select desk_identity_clients())::int[])
          or p_by in ('client', 'jurisdiction') and c.client_id = any ((select desk_clients())::int[])) $$;
revoke execute on function desk_aging_clients from public;

-- Counts alone leave here: whoever reads measures and no requests is answered by it as well. Of each row two of group, age
-- and clock are known, or one and the group's name; age 0 is the youngest.
create function desk_authorization_aging(p_by text, p_clients int[], p_states text[], p_at timestamptz,
                                         p_jurisdictions text[], p_today timestamptz[], p_days timestamptz[],
                                         p_ages timestamptz[])
returns table (key text, name text, age int, clock int, open bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  with counted as (
    select key, min(name) as name, age, clock, count(*) as open
      from (select desk_aging_group(p_by, r.client_id, r.jurisdiction, r.reviewer_id, r.provider_npi, r.provider_name) as key,
                   case p_by when 'provider' then r.provider_name end as name,
                   cardinality(p_ages) - width_bucket(r.received_at, p_ages) as age,
                   desk_clock_left(r.clock, r.ours, r.due_at, p_at, d.today, d.days) as clock
              from desk_aging_clients(p_by, p_clients) asked
              join authorization_request r on r.client_id = asked.client_id and r.ended_at is null
              left join unnest(p_jurisdictions, p_today, p_days) d (jurisdiction, today, days)
                on d.jurisdiction = r.jurisdiction
             where p_states is null or r.jurisdiction = any (p_states)) each
     group by key, age, clock),
  grouped as (
    select key, min(name) as name, age, clock, sum(open)::bigint as open from counted
     group by grouping sets ((key, clock), (key, age), (age, clock)))
  select g.key, coalesce(c.name, s.full_name, g.name), g.age, g.clock, g.open
    from grouped g
    left join client c on p_by = 'client' and c.client_id::text = g.key
    left join staff s on p_by = 'reviewer' and s.staff_id::text = g.key $$;
revoke execute on function desk_authorization_aging from public;
grant execute on function desk_authorization_aging to desk_app;

-- How long requests took from the start of their clock until the provider was told, in hours, of those told from one moment
-- until before another: by week (its Monday in a zone), by group, and altogether.
create function desk_authorization_turnaround(p_by text, p_clients int[], p_states text[], p_from timestamptz,
                                              p_until timestamptz, p_zone text)
returns table (week date, key text, name text, told bigint, dated bigint, in_time bigint, median float8, ninetieth float8)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  with told as (
    select date_trunc('week', r.communicated_at at time zone p_zone)::date as week,
           case p_by when 'client' then asked.client_id::text when 'jurisdiction' then r.jurisdiction end as key,
           case p_by when 'client' then asked.name end as name,
           extract(epoch from r.communicated_at - coalesce(r.complete_at, r.received_at))::float8 / 3600 as hours,
           r.ours and r.due_at is not null as dated,
           r.ours and r.communicated_at <= r.due_at as in_time
      from desk_aging_clients(p_by, p_clients) asked
      join authorization_request r on r.client_id = asked.client_id
       and r.communicated_at >= p_from and r.communicated_at < p_until
     where p_states is null or r.jurisdiction = any (p_states))
  select week, key, min(name) filter (where key is not null), count(*), count(*) filter (where dated),
         count(*) filter (where in_time), (percentile_cont(array[0.5, 0.9]) within group (order by hours))[1],
         (percentile_cont(array[0.5, 0.9]) within group (order by hours))[2]
    from told group by grouping sets ((week), (key), ()) having count(*) > 0 $$;
revoke execute on function desk_authorization_turnaround from public;
grant execute on function desk_authorization_turnaround to desk_app;
