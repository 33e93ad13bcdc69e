-- A working day has stretches of hours: several of them, over midnight, or around the clock.
alter table sla_policy add column open_hours text;
update sla_policy set open_hours = to_char(opens, 'HH24:MI') || '-' || to_char(closes, 'HH24:MI');
alter table sla_policy
  alter column open_hours set not null,
  drop constraint sla_policy_opens_before_closing,
  drop column opens,
  drop column closes,
  add constraint sla_policy_open_hours_form check (open_hours ~
    '^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)(,([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00))*$');

-- What a client closes or works besides its calendar: an administrator adds to it, in their own name, and takes nothing
-- back. Known to whoever works for the client, since deadlines are counted by it.
alter table client_holiday enable row level security;
alter table client_holiday force row level security;
revoke all on client_holiday from public;
create policy house on client_holiday to current_user using (true) with check (true);
grant select, insert on client_holiday to desk_app;
create policy scope on client_holiday for select to desk_app
  using ((select desk_sees_all()) or (select desk_manages()) or client_id = any ((select desk_clients())::int[]));
create policy manage on client_holiday for insert to desk_app
  with check ((select desk_manages()) and set_by = (select desk_staff_id()));

-- A first contact at the very moment in which somebody pauses the clock ends a pause that covered nothing.
alter table clock_pause drop constraint clock_pause_ends_after_start;
alter table clock_pause add constraint clock_pause_ends_not_before_start check (ends_at >= starts_at);

-- Whether a pause keeps its clock from running: it lasts, and began before the promise was due. One that began later
-- changes nothing (core.clocks.deadline says the same). Plain SQL, which is read as if it stood in each statement.
create function desk_stands_still(p_starts timestamptz, p_ends timestamptz, p_due timestamptz) returns boolean
language sql immutable parallel safe return p_ends is null and p_starts < p_due;
revoke execute on function desk_stands_still from public;
grant execute on function desk_stands_still to desk_app;

-- As in 0004, but a clock that was paused once its promise was missed is not running.
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
     where desk_stands_still(p.starts_at, p.ends_at, due_at)
       and first_contact_at is null and closed_at is null and date_of_death is null and due_at <= p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;
