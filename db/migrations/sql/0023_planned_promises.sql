-- Whether a moment has come. Unlike desk_present() this is exact: what has begun never changes.
create function desk_begun(p_at timestamptz) returns boolean language sql stable set search_path = public, pg_temp as $$
  select p_at <= now() $$;
revoke execute on function desk_begun from public;
grant execute on function desk_begun to desk_app;

-- Whether a promise is yet to begin, and is not the client's first, by which every earlier report is counted.
create function desk_promise_planned(p_client int, p_from timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not desk_begun(p_from)
     and exists (select from sla_policy other where other.client_id = p_client and other.effective_from < p_from) $$;
revoke execute on function desk_promise_planned from public;
grant execute on function desk_promise_planned to desk_app;

-- Whether a promise repeats the one in force before it. Of true hours only their number and the zone say anything.
create function desk_promise_repeats(p sla_policy) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select (other.hours, other.clock, other.timezone) = (p.hours, p.clock, p.timezone)
            and (p.clock = 'elapsed'
                 or (other.open_hours, other.working_days, other.calendar) = (p.open_hours, p.working_days, p.calendar))
       from sla_policy other where other.client_id = p.client_id and other.effective_from < p.effective_from
      order by other.effective_from desc limit 1), false) $$;
revoke execute on function desk_promise_repeats from public;
grant execute on function desk_promise_repeats to desk_app;

create trigger promise_differs before insert on sla_policy for each row
  when (current_user = 'desk_app' and desk_promise_repeats(new))
  execute function desk_refused('a promise differs from the one before it');

-- Another promise in the place of a planned one is a row of its own; none is ever changed.
drop policy change on sla_policy;
create policy withdraw on sla_policy for delete to desk_app
  using ((select desk_manages()) and desk_promise_planned(client_id, effective_from));
grant delete on sla_policy to desk_app;

grant update (version) on client to desk_app;
create trigger version_counts before update of version on client for each row
  when (current_user = 'desk_app' and new.version <> old.version and new.version <> old.version + 1)
  execute function desk_refused('a version follows the one before it');

-- One rule for both verbs: a mapping is saved in one's own name.
drop policy own_hand_again on feed_mapping;
drop policy own_hand on feed_mapping;
create policy own_hand on feed_mapping as restrictive to desk_app
  using (true) with check (saved_by = (select desk_staff_id()));
