-- What could not be said before is not turned into something else: whoever goes back changes these promises first.
do $$
begin
  if exists (select from sla_policy where clock = 'business'
              and (open_hours ~ '[,]|24:00' or split_part(open_hours, '-', 1) >= split_part(open_hours, '-', 2)
                   or calendar = 'NONE')) then
    raise exception 'a promise counts by hours or days that the older version cannot keep: change it before going back';
  end if;
end $$;
-- A promise of true hours counts by no week: one that cannot be said becomes the usual one.
update sla_policy set open_hours = '08:00-17:00'
 where open_hours ~ '[,]|24:00' or split_part(open_hours, '-', 1) >= split_part(open_hours, '-', 2);
update sla_policy set calendar = 'US' where calendar = 'NONE';
alter table sla_policy add column opens time, add column closes time;
update sla_policy set opens = split_part(open_hours, '-', 1)::time, closes = split_part(open_hours, '-', 2)::time;
alter table sla_policy
  alter column opens set not null,
  alter column closes set not null,
  drop constraint sla_policy_open_hours_form,
  drop column open_hours,
  add constraint sla_policy_opens_before_closing check (opens < closes);

-- A pause that covered nothing ends as soon after its start as can be written.
update clock_pause set ends_at = starts_at + interval '1 microsecond' where ends_at = starts_at;
alter table clock_pause drop constraint clock_pause_ends_not_before_start;
alter table clock_pause add constraint clock_pause_ends_after_start check (ends_at > starts_at);

create or replace function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[],
                                        p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (hour timestamptz, running bigint) language sql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select date_bin('1 hour', c.reported_at, '2000-01-01Z'), count(*) from (
    select client_id, jurisdiction, assignee_id, reported_at from claim
     where p_clients is null and first_contact_at is null and closed_at is null and date_of_death is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at
      from (select distinct unnest(p_clients) as client_id) asked join claim using (client_id)
     where first_contact_at is null and closed_at is null and date_of_death is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at from clock_pause p join claim using (client_id, claim_id)
     where p.ends_at is null and first_contact_at is null and closed_at is null and date_of_death is null and due_at <= p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;
drop function desk_stands_still;
