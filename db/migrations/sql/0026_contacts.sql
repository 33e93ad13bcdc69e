-- When an act happens that is done now: what counts towards a promise is dated by it, neither back nor ahead. The clocks
-- of two machines differ by seconds, and an act is dated a moment before its transaction begins.
create function desk_moment() returns tstzrange language sql stable set search_path = public, pg_temp as $$
  select tstzrange(now() - interval '2 minutes', now() + interval '1 minute', '[]') $$;
revoke execute on function desk_moment from public;
grant execute on function desk_moment to desk_app;

-- One way in: the function below asks all that the policies and the trigger asked of a row inserted by hand.
revoke insert on contact_attempt from desk_app;
revoke insert (at, by_id, claim_id, client_id, method, note, outcome, party, request, substantive)
  on contact_attempt from desk_app;
drop policy clinical on contact_attempt;
drop policy own_hand on contact_attempt;
drop policy report on contact_attempt;
drop trigger dead_are_not_called on contact_attempt;
drop function desk_dead_are_not_called();

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
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) or (p_at <@ desk_moment()) is not true then
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

-- What a method can end with.
alter table contact_attempt add constraint contact_attempt_outcome_fits check (
  method = 'phone' and outcome <> 'sent'
  or method = 'text' and outcome in ('sent', 'reached', 'refused', 'wrong_number')
  or method = 'email' and outcome in ('sent', 'reached', 'refused')
  or method = 'letter' and outcome = 'sent'
  or method = 'in_person' and outcome not in ('sent', 'voicemail', 'wrong_number'));

-- An attempt that reached the worker is the first contact of its claim, at the latest when the transaction ends: the record
-- tells of none that the claim does not have.
create function desk_first_contact_kept() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.first_contact_at = new.at and c.first_contact_by = new.by_id) then
    raise exception 'an attempt that reached the worker is the first contact of its claim' using errcode = 'check_violation';
  end if;
  return null;
end $$;
revoke execute on function desk_first_contact_kept from public;
create constraint trigger first_contact_kept after insert on contact_attempt deferrable initially deferred for each row
  when (new.substantive) execute function desk_first_contact_kept();

-- A clock stands still from now on, and goes on from now on.
alter policy supervised on clock_pause
  with check ((select desk_supervises()) and set_by = (select desk_staff_id()) and starts_at <@ (select desk_moment()));
alter policy supervised_end on clock_pause
  with check (ended_by = (select desk_staff_id())
              and ends_at <@ (select desk_moment()));

-- Whoever keeps the database brings the sample up to today; no worker knows the job.
delete from procrastinate_jobs where task_name = 'catch_up_sample' and status = 'todo';
