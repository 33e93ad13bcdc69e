-- As 0001 made them.

do $$
declare t text;
begin
  foreach t in array array['claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy report on %I
      with check ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[])))$p$, t);
  end loop;
end $$;

drop function desk_supervises();

create or replace function desk_sees_all() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('supervisor', 'compliance'), false) $$;

create or replace function desk_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(client_id), '{}') from staff_client
   where staff_id = desk_staff_id() and desk_role() in ('va', 'clinical', 'account_executive') $$;

create or replace function desk_identity_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(client_id), '{}') from staff_client
   where staff_id = desk_staff_id() and desk_role() in ('va', 'clinical') $$;

create or replace function desk_works() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('va', 'clinical', 'supervisor'), false) $$;

create or replace function desk_reports() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('va', 'supervisor'), false) $$;

create or replace function desk_manages() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() = 'administrator', false) $$;
