-- Durations in the same four grains as hours: a client's or a state's median does not read every state or client.

insert into duration_by_jurisdiction_day (jurisdiction, day, bin, contacted)
select jurisdiction, day, bin, sum(contacted) from duration_by_all_day group by 1, 2, 3 order by 1, 2, 3;
insert into duration_by_client_day (client_id, day, bin, contacted)
select client_id, day, bin, sum(contacted) from duration_by_all_day group by 1, 2, 3 order by 1, 2, 3;

do $$
declare t text;
begin
  foreach t in array array['duration_by_jurisdiction_day', 'duration_by_client_day'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy house on %I to current_user using (true) with check (true)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;
grant select on duration_by_client_day to desk_app;
create policy scope on duration_by_client_day for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]));

create or replace function fold_facts(batch int default 50000) returns bigint language sql security definer set search_path = public as $$
with d as (delete from fact_delta where ctid = any (array(select ctid from fact_delta limit batch for update skip locked)) returning *),
 h as (insert into by_hour as r select hour, sum(reported), sum(contacted), sum(on_time) from d group by 1 order by 1
   on conflict (hour) do update set reported = r.reported + excluded.reported, contacted = r.contacted + excluded.contacted,
     on_time = r.on_time + excluded.on_time),
 j as (insert into by_jurisdiction_hour as r select jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 c as (insert into by_client_hour as r select client_id, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (client_id, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 a as (insert into by_all_hour as r select client_id, jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 y as (insert into duration_by_day as r select (hour at time zone 'UTC')::date, bin, sum(contacted) from d
   where bin is not null group by 1, 2 order by 1, 2
   on conflict (day, bin) do update set contacted = r.contacted + excluded.contacted),
 u as (insert into duration_by_jurisdiction_day as r select jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted),
 v as (insert into duration_by_client_day as r select client_id, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, day, bin) do update set contacted = r.contacted + excluded.contacted),
 z as (insert into duration_by_all_day as r select client_id, jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
   on conflict (client_id, jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted)
select count(*) from d $$;

-- Every client's numbers, like desk_durations(): only a function that asks who is asking reads them.
create function desk_durations_by_jurisdiction(p_jurisdictions text[], p_from date, p_until date)
returns table (bin smallint, contacted bigint)
language sql stable security definer set search_path = public as $$
  select bin, sum(contacted)::bigint from (
    select r.bin, r.contacted from duration_by_jurisdiction_day r
     where r.jurisdiction = any (p_jurisdictions) and r.day >= p_from and r.day < p_until
    union all
    select d.bin, d.contacted::bigint from fact_delta d
     where d.jurisdiction = any (p_jurisdictions) and d.bin is not null
       and d.hour >= p_from::timestamp at time zone 'UTC' and d.hour < p_until::timestamp at time zone 'UTC') both_
   where (select desk_sees_all()) group by bin $$;

-- Promises not yet decided at p_at: nobody reached, the claim open, and either due later or its clock standing still.
-- Read from the small partial indexes of what waits: all of it, or that of the clients asked about; each question runs
-- only its own branch, so one plan serves all of them and is made once a connection. Alike for every role: pauses
-- themselves are not everybody's. Hours are those of UTC, which begin wherever 2000 did.
create or replace function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[],
                                        p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (hour timestamptz, running bigint) language sql stable security definer
set search_path = public set plan_cache_mode = force_generic_plan as $$
  select date_bin('1 hour', c.reported_at, '2000-01-01Z'), count(*) from (
    select client_id, jurisdiction, assignee_id, reported_at from claim
     where p_clients is null and first_contact_at is null and closed_at is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at
      from (select distinct unnest(p_clients) as client_id) asked join claim using (client_id)
     where first_contact_at is null and closed_at is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at from clock_pause p join claim using (client_id, claim_id)
     where p.ends_at is null and first_contact_at is null and closed_at is null and due_at <= p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;

-- Promises by local weekday and hour (week is null) and by week (the others are null), read from the smallest kept counts
-- that can answer, or, asked about persons, from their claims: the other branches do not run. It runs with the rights of
-- who asks; that it is a function only spares planning it at every look, which costs a client's as much as reading.
-- Zones are converted on the hours, of which a quarter has 2,160, and not on its claims. An hour is numbered from Monday,
-- 1 January of the year 1, local time: 168 make a week, so its number says weekday and hour, and which week. Counts of
-- an hour are plain integers, whose sums need no numerics. One statement, one snapshot: it sees a change of the counts
-- or its fold, never both, and week and hour agree.
create function desk_first_contact(p_clients int[], p_jurisdictions text[], p_assignees int[], p_zone text,
                                   p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (weekday int, hour int, week date, reported bigint, decided bigint, on_time bigint)
language plpgsql stable set search_path = public set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select cell / 24 + 1, cell % 24, date '0001-01-01' + monday * 7, sum(reported), sum(reported - running), sum(on_time)
    from (select number % 168 as cell, number / 168 as monday, reported, on_time, running
            from (select floor(date_part('epoch', hour at time zone p_zone) / 3600)::int + 17259888 as number,
                         reported, on_time, running
                    from (select hour, reported::int, on_time::int, 0 as running from desk_by_hour(p_from, p_until)
                           where p_clients is null and p_jurisdictions is null and p_assignees is null
                          union all
                          select hour, reported::int, on_time::int, 0
                            from desk_by_jurisdiction_hour(p_jurisdictions, p_from, p_until)
                           where p_clients is null and p_jurisdictions is not null and p_assignees is null
                          union all
                          select hour, reported::int, on_time::int, 0 from by_client_hour
                           where client_id = any (p_clients) and hour >= p_from and hour < p_until
                             and p_jurisdictions is null and p_assignees is null
                          union all
                          select hour, reported::int, on_time::int, 0 from by_all_hour
                           where client_id = any (p_clients) and jurisdiction = any (p_jurisdictions)
                             and hour >= p_from and hour < p_until and p_assignees is null
                          union all
                          select hour, reported, on_time, 0 from fact_delta
                           where client_id = any (p_clients) and hour >= p_from and hour < p_until
                             and (p_jurisdictions is null or jurisdiction = any (p_jurisdictions)) and p_assignees is null
                          union all
                          select date_bin('1 hour', reported_at, '2000-01-01Z'), count(*)::int,
                                 count(*) filter (where first_contact_at <= due_at)::int, 0
                            from claim
                           where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
                             and (closed_at is null or first_contact_at is not null)
                             and (p_clients is null or client_id = any (p_clients))
                             and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
                           group by 1
                          union all
                          select hour, 0, 0, running::int
                            from desk_running(p_clients, p_jurisdictions, p_assignees, p_from, p_until, p_at)) parts
                  offset 0) local -- keeps the planner from converting once for each use
          offset 0) numbered
   group by grouping sets ((cell), (monday))
  having sum(reported) > 0
   order by monday nulls first, cell;
end $$;
