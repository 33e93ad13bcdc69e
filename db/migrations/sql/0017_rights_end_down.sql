-- As before: an open claim that is assigned to a person is in that person's scope, of whatever client it is.
drop function desk_close_claim(int, bigint, text), desk_reopen_claim(int, bigint, text),
  desk_closing_told(boolean, int, bigint, text, text);
grant update (closed_at, closed_why) on claim to desk_app;

drop trigger administrator_stays on staff;
drop trigger rights_ended on staff;
drop trigger rights_ended on staff_client;
drop trigger person_kept on staff_client;
drop trigger holder_guard on claim;
drop trigger rights_ended on client_cover;
drop trigger person_kept on client_cover;
drop trigger cover_guard on client_cover;
drop trigger access_changed on client_cover;
drop function desk_administrator_stays(), desk_another_administrator(int), desk_cover_guard(), desk_person_kept(),
  desk_rights_ended(), desk_let_go(int, int), desk_take_back(int, int), desk_held(int, timestamptz), desk_holder_guard(),
  desk_taker(int), desk_may_hold(int, int);

create function desk_assigned() returns bigint[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(claim_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

create function desk_assigned_workers() returns bigint[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(worker_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

create function desk_assigned_clients() returns int[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct client_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

do $$
declare t text;
begin
  foreach t in array array['client', 'sla_policy'] loop
    execute format($p$alter policy scope on %I
      using ((select desk_sees_all()) or (select desk_manages()) or client_id = any ((select desk_clients())::int[])
             or client_id = any ((select desk_assigned_clients())::int[]))$p$, t);
  end loop;
  alter policy scope on claim
    using ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[])
           or claim_id = any ((select desk_assigned())::bigint[]));
  alter policy scope on injured_worker
    using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
           or worker_id = any ((select desk_assigned_workers())::bigint[]));
  alter policy work on injured_worker
    using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
           or worker_id = any ((select desk_assigned_workers())::bigint[])));
  foreach t in array array['claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy scope on %I
      using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[]))$p$, t);
    execute format($p$alter policy report on %I
      with check ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[]))$p$, t);
  end loop;
  foreach t in array array['claim', 'claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy work on %I
      using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[])))$p$, t);
  end loop;
end $$;

drop function desk_who(bytea, timestamptz, interval);
create function desk_who(p_token_hash bytea, p_at timestamptz, p_idle interval)
returns table (session_id bigint, staff_id int, full_name text, sign_in_name text, role text, timezone text, clients int[],
               last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(c.client_id order by c.client_id) from staff_client c where c.staff_id = s.staff_id), '{}'),
         e.last_seen_at
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle
     and e.issued_at > p_at - interval '12 hours' $$;
do $$
declare f text;
begin
  foreach f in array array['desk_who(bytea, timestamptz, interval)', 'desk_assigned()', 'desk_assigned_workers()',
                           'desk_assigned_clients()'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to desk_app', f);
  end loop;
end $$;

create or replace function desk_clients() returns int[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(c.client_id), '{}') from staff s join staff_client c using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and s.role in ('va', 'clinical', 'account_executive') $$;

create or replace function desk_identity_clients() returns int[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(c.client_id), '{}') from staff s join staff_client c using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical') $$;

drop view reaches;
