-- Counts are folded: the writer appends signed deltas, fold_facts() adds them up, readers read both.

create function desk_fact_changed() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op = 'UPDATE' and (old.client_id, old.jurisdiction, old.reported_at, old.due_at, old.first_contact_at, old.closed_at)
       is not distinct from (new.client_id, new.jurisdiction, new.reported_at, new.due_at, new.first_contact_at, new.closed_at) then
    return null;
  end if;
  if tg_op <> 'INSERT' and (old.closed_at is null or old.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op <> 'DELETE' and (new.closed_at is null or new.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (new.client_id, coalesce(new.jurisdiction, '--'), date_trunc('hour', new.reported_at, 'UTC'), 1,
            (new.first_contact_at is not null)::int, coalesce((new.first_contact_at <= new.due_at)::int, 0),
            desk_duration_bin(new.reported_at, new.first_contact_at));
  end if;
  return null;
end $$;

-- Quarter-hours from report to first contact, up to two weeks (1344), null where there was none.
create function desk_duration_bin(p_reported timestamptz, p_contact timestamptz) returns smallint
language sql immutable as $$
  select least(floor(extract(epoch from p_contact - p_reported) / 900), 1344)::smallint $$;

create trigger fact_changed after insert or update or delete on claim for each row execute function desk_fact_changed();

create function fold_facts(batch int default 50000) returns bigint language sql security definer set search_path = public as $$
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
 z as (insert into duration_by_client_day as r select client_id, jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
   on conflict (client_id, jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted)
select count(*) from d $$;

grant select on fact_delta, by_client_hour, by_all_hour, duration_by_client_day to desk_app;
do $$
declare t text;
begin
  foreach t in array array['fact_delta', 'by_client_hour', 'by_all_hour', 'duration_by_client_day'] loop
    execute format($p$create policy scope on %I for select to desk_app
      using ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))$p$, t);
  end loop;
end $$;

-- These hold every client's numbers, so only a function that asks who is asking reads them.
create function desk_by_hour(p_from timestamptz, p_until timestamptz)
returns table (hour timestamptz, reported bigint, contacted bigint, on_time bigint)
language sql stable security definer set search_path = public as $$
  select r.hour, r.reported, r.contacted, r.on_time from by_hour r
   where (select desk_sees_all()) and r.hour >= p_from and r.hour < p_until
  union all
  select d.hour, d.reported::bigint, d.contacted::bigint, d.on_time::bigint from fact_delta d
   where (select desk_sees_all()) and d.hour >= p_from and d.hour < p_until $$;

create function desk_by_jurisdiction_hour(p_jurisdictions text[], p_from timestamptz, p_until timestamptz)
returns table (hour timestamptz, reported bigint, contacted bigint, on_time bigint)
language sql stable security definer set search_path = public as $$
  select r.hour, r.reported, r.contacted, r.on_time from by_jurisdiction_hour r
   where (select desk_sees_all()) and r.jurisdiction = any (p_jurisdictions) and r.hour >= p_from and r.hour < p_until
  union all
  select d.hour, d.reported::bigint, d.contacted::bigint, d.on_time::bigint from fact_delta d
   where (select desk_sees_all()) and d.jurisdiction = any (p_jurisdictions) and d.hour >= p_from and d.hour < p_until $$;

create function desk_durations(p_from date, p_until date) returns table (bin smallint, contacted bigint)
language sql stable security definer set search_path = public as $$
  select bin, sum(contacted)::bigint from (
    select r.bin, r.contacted from duration_by_day r where r.day >= p_from and r.day < p_until
    union all
    select d.bin, d.contacted::bigint from fact_delta d
     where d.bin is not null and d.hour >= p_from::timestamp at time zone 'UTC' and d.hour < p_until::timestamp at time zone 'UTC') both_
   where (select desk_sees_all()) group by bin $$;

-- Promises not yet decided at p_at: nobody reached, the claim open, and either due later or its clock standing still.
-- Read from the small partial indexes of what waits, and alike for every role: pauses themselves are not everybody's.
create function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[],
                             p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (hour timestamptz, running bigint) language sql stable security definer set search_path = public as $$
  select date_trunc('hour', c.reported_at, 'UTC'), count(*) from (
    select * from claim where first_contact_at is null and closed_at is null and due_at > p_at
    union all
    select claim.* from clock_pause p join claim using (client_id, claim_id)
     where p.ends_at is null and first_contact_at is null and closed_at is null and due_at <= p_at) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_clients is null or c.client_id = any (p_clients))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;
