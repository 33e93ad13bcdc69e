alter policy supervised on clock_pause
  with check ((select desk_supervises()) and set_by = (select desk_staff_id()) and starts_at <@ (select desk_present()));
alter policy supervised_end on clock_pause
  with check (ended_by = (select desk_staff_id()) and ends_at <@ (select desk_present()));

drop trigger first_contact_kept on contact_attempt;
drop function desk_first_contact_kept();
alter table contact_attempt drop constraint contact_attempt_outcome_fits;

create or replace function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
                                 p_outcome text, p_substantive boolean, p_note text, p_request uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null into v_by, v_role, v_dead, v_closed
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and (s.role = 'supervisor' or s.role in ('va', 'clinical') and exists
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client));
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) or not p_at <@ desk_present() then
    raise exception 'this contact_attempt is not theirs to log' using errcode = 'insufficient_privilege';
  end if;
  if v_dead and p_party = 'worker' then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request)
  on conflict (client_id, request) where request is not null do nothing
  returning attempt_id into v_attempt;
  if v_attempt is not null then
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, p_client, 'claim', p_claim,
            case when p_substantive then 'first_contact_recorded' else 'attempt_logged' end,
            jsonb_build_object('attempt', v_attempt, 'party', p_party, 'method', p_method, 'outcome', p_outcome));
  end if;
  return v_attempt;
end $$;

create or replace function desk_dead_are_not_called() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.date_of_death is not null) then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  return new;
end $$;
revoke execute on function desk_dead_are_not_called from public;
create trigger dead_are_not_called before insert on contact_attempt for each row
  when (new.party = 'worker' and current_user = 'desk_app') execute function desk_dead_are_not_called();

create policy report on contact_attempt for insert to desk_app
  with check ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[]));
create policy own_hand on contact_attempt as restrictive for insert to desk_app
  with check (by_id = (select desk_staff_id()) and at <= (select upper(desk_present())));
create policy clinical on contact_attempt as restrictive for insert to desk_app
  with check (not substantive or (select desk_role()) = 'clinical');
grant insert (at, by_id, claim_id, client_id, method, note, outcome, party, request, substantive)
  on contact_attempt to desk_app;
drop function desk_moment();
