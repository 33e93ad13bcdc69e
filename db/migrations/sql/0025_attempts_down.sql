drop function desk_log_attempt;

create or replace function desk_identity_clients() returns int[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(r.client_id), '{}') from staff s join reaches r using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical') $$;

alter table contact_attempt drop constraint contact_attempt_note_brief;
