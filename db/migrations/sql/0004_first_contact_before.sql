-- The functions as they were before: two grains of durations, and what runs read as one query for every question.

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
 z as (insert into duration_by_client_day as r select client_id, jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
   on conflict (client_id, jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted)
select count(*) from d $$;

-- Promises not yet decided at p_at: nobody reached, the claim open, and either due later or its clock standing still.
-- Read from the small partial indexes of what waits, and alike for every role: pauses themselves are not everybody's.
create or replace function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[],
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
