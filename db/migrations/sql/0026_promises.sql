-- A promise is of a zone that there is, and of a calendar that can be chosen or that was kept for this client before.
create function desk_zone_known(p_name text) returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (select from pg_timezone_names where name = p_name) $$;
revoke execute on function desk_zone_known from public;
grant execute on function desk_zone_known to desk_app;
create trigger zone_known before insert on sla_policy for each row
  when (current_user = 'desk_app' and not desk_zone_known(new.timezone))
  execute function desk_refused('a promise is of a zone that there is');
create trigger zone_known before insert on client for each row
  when (current_user = 'desk_app' and not desk_zone_known(new.timezone))
  execute function desk_refused('a client is of a zone that there is');

create function desk_calendar_known(p_client int, p_name text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select p_name = any (array['NONE', 'US', 'US-AK', 'US-AL', 'US-AR', 'US-AS', 'US-AZ', 'US-CA', 'US-CO', 'US-CT', 'US-DC',
      'US-DE', 'US-FL', 'US-GA', 'US-GU', 'US-HI', 'US-IA', 'US-ID', 'US-IL', 'US-IN', 'US-KS', 'US-KY', 'US-LA', 'US-MA',
      'US-MD', 'US-ME', 'US-MI', 'US-MN', 'US-MO', 'US-MP', 'US-MS', 'US-MT', 'US-NC', 'US-ND', 'US-NE', 'US-NH', 'US-NJ',
      'US-NM', 'US-NV', 'US-NY', 'US-OH', 'US-OK', 'US-OR', 'US-PA', 'US-PR', 'US-RI', 'US-SC', 'US-SD', 'US-TN', 'US-TX',
      'US-UT', 'US-VA', 'US-VI', 'US-VT', 'US-WA', 'US-WI', 'US-WV', 'US-WY'])
      or exists (select from sla_policy where client_id = p_client and calendar = p_name) $$;
revoke execute on function desk_calendar_known from public;
grant execute on function desk_calendar_known to desk_app;
create trigger calendar_known before insert on sla_policy for each row
  when (current_user = 'desk_app' and not desk_calendar_known(new.client_id, new.calendar))
  execute function desk_refused('a promise is of a calendar that there is');

-- Now or later, and not within the hour that other acts are given.
drop trigger promise_begins on sla_policy;
create trigger promise_begins before insert on sla_policy for each row
  when (current_user = 'desk_app' and new.effective_from < lower(desk_moment()) and desk_promised(new.client_id))
  execute function desk_refused('a promise after the first begins now or later');

-- Whether two promises say the same. Of true hours only their number and the zone say anything.
create function desk_same_promise(p sla_policy, q sla_policy) returns boolean language sql stable
set search_path = public, pg_temp as $$
  select (p.hours, p.clock, p.timezone) = (q.hours, q.clock, q.timezone)
     and (p.clock = 'elapsed' or (p.open_hours, p.working_days, p.calendar) = (q.open_hours, q.working_days, q.calendar)) $$;
revoke execute on function desk_same_promise from public;

-- Whether a promise repeats the one in force before it, or the next one repeats it. That is asked when the transaction
-- ends: a client moves to another zone by several promises, one after the other.
create or replace function desk_promise_repeats(p sla_policy) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select desk_same_promise(other, p) from sla_policy other
      where other.client_id = p.client_id and other.effective_from < p.effective_from
      order by other.effective_from desc limit 1), false)
      or coalesce(
    (select desk_same_promise(other, p) from sla_policy other
      where other.client_id = p.client_id and other.effective_from > p.effective_from
      order by other.effective_from limit 1), false) $$;
drop trigger promise_differs on sla_policy;
revoke execute on function desk_promise_repeats from desk_app;
create function desk_promise_differs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from sla_policy p where p.client_id = new.client_id and p.effective_from = new.effective_from
                and desk_promise_repeats(p)) then
    raise exception 'a promise differs from the one before it, and from the next' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke execute on function desk_promise_differs from public;
create constraint trigger promise_differs after insert on sla_policy deferrable initially deferred for each row
  when (current_user = 'desk_app') execute function desk_promise_differs();
