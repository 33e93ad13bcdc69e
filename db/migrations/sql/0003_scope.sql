-- The same answers, each from one look at the person: a function that calls another pays for both at every statement.

create or replace function desk_sees_all() returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('supervisor', 'compliance')) $$;

create or replace function desk_works() returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'clinical', 'supervisor')) $$;

create or replace function desk_reports() returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'supervisor')) $$;

create or replace function desk_manages() returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'administrator') $$;

create function desk_supervises() returns boolean language sql stable security definer set search_path = public as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'supervisor') $$;

create or replace function desk_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(c.client_id), '{}') from staff s join staff_client c using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and s.role in ('va', 'clinical', 'account_executive') $$;

create or replace function desk_identity_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(c.client_id), '{}') from staff s join staff_client c using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical') $$;

-- Those who work for a client, or on an assigned claim, are VAs and clinical staff, and both may write what hangs on a
-- claim; of those who see all only the supervisor may. So one question less than before says the same.
do $$
declare t text;
begin
  foreach t in array array['claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy report on %I
      with check ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[]))$p$, t);
  end loop;
end $$;
