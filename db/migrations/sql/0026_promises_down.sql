drop trigger promise_differs on sla_policy;
drop function desk_promise_differs();
create or replace function desk_promise_repeats(p sla_policy) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select (other.hours, other.clock, other.timezone) = (p.hours, p.clock, p.timezone)
            and (p.clock = 'elapsed'
                 or (other.open_hours, other.working_days, other.calendar) = (p.open_hours, p.working_days, p.calendar))
       from sla_policy other where other.client_id = p.client_id and other.effective_from < p.effective_from
      order by other.effective_from desc limit 1), false) $$;
grant execute on function desk_promise_repeats to desk_app;
drop function desk_same_promise(sla_policy, sla_policy);
create trigger promise_differs before insert on sla_policy for each row
  when (current_user = 'desk_app' and desk_promise_repeats(new))
  execute function desk_refused('a promise differs from the one before it');

drop trigger promise_begins on sla_policy;
create trigger promise_begins before insert on sla_policy for each row
  when (current_user = 'desk_app' and new.effective_from < lower(desk_present()) and desk_promised(new.client_id))
  execute function desk_refused('a promise after the first begins now or later');

drop trigger calendar_known on sla_policy;
drop trigger zone_known on sla_policy;
drop trigger zone_known on client;
drop function desk_calendar_known(int, text);
drop function desk_zone_known(text);
