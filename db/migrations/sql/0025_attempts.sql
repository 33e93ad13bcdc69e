-- An attempt, its event on the record and the checks of who may log it, in one call of the owner's: as a statement under
-- the policies of both tables it asked five times who the person is, and cost three times the bare insert.
create function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
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
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

-- The clients are gathered behind the person, not joined and aggregated: half as dear, in each statement on each list.
create or replace function desk_identity_clients() returns int[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce((select array(select r.client_id from reaches r where r.staff_id = s.staff_id) from staff s
    where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical')),
    '{}') $$;

-- A note is no longer than its form takes.
alter table contact_attempt add constraint contact_attempt_note_brief check (length(note) <= 4000);
