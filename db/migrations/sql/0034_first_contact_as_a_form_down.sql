-- A contact that was struck is an attempt as any other, and what was asked of an employer's number is forgotten.
create or replace function desk_event_is_so() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v claim;
  v_so boolean;
begin
  if new.kind in ('clock_paused', 'clock_resumed', 'pause_ended') then
    v_so := exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id
                       and case when new.kind = 'clock_paused' then p.starts_at = new.at and p.set_by = new.by_id
                                else p.ends_at = greatest(new.at, p.starts_at) and p.ended_by = new.by_id end);
  else
    select * into v from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id;
    v_so := case new.kind
      when 'death_reported' then v.date_of_death is not null and v.death_seen_at is null
      when 'death_corrected' then v.date_of_death is not null
      when 'death_withdrawn' then v.date_of_death is null
      when 'death_acknowledged' then v.death_seen_at = new.at and v.death_seen_by = new.by_id
      when 'report_corrected' then new.detail ->> 'why' <> ''
        and concat_ws(' ', new.detail #>> '{reported_at,0}', new.detail #>> '{reported_at,1}', new.detail #>> '{due_at,0}',
                      new.detail #>> '{due_at,1}')
            ~ '^(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{6})?[+-]\d\d:\d\d( |$)){4}$'
        and (new.detail #>> '{reported_at,1}')::timestamptz = v.reported_at
        and (new.detail #>> '{due_at,1}')::timestamptz = v.due_at
      else v.assignee_id::text is not distinct from new.detail ->> 'to' end;
  end if;
  if v_so is not true then
    raise exception 'this did not happen to the claim' using errcode = 'check_violation';
  end if;
  return new;
end $$;

drop trigger deadline_stands on claim;
drop function desk_pause_ends(int, bigint, timestamptz, timestamptz);
create function desk_pause_ends(p_client int, p_claim bigint, p_due timestamptz) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim and starts_at < p_due
                    and ended_by = desk_staff_id() and ends_at <@ desk_moment()) $$;
revoke execute on function desk_pause_ends from public;
grant execute on function desk_pause_ends to desk_app;
create trigger deadline_stands before update of due_at, sla_effective_from on claim for each row
  when (current_user = 'desk_app'
        and (new.due_at is distinct from old.due_at or new.sla_effective_from is distinct from old.sla_effective_from)
        and new.reported_at = old.reported_at
        and not (new.sla_effective_from = old.sla_effective_from and new.due_at > old.due_at
                 and desk_pause_ends(new.client_id, new.claim_id, old.due_at)))
  execute function desk_refused('a deadline moves with its report, or with a pause that ends');

alter policy supervised_end on clock_pause
  with check (ended_by = (select desk_staff_id()) and ends_at <@ (select desk_moment()));

create or replace function desk_first_contact_made() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function desk_first_contact_kept() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.first_contact_at = new.at and c.first_contact_by = new.by_id) then
    raise exception 'an attempt that reached the worker is the first contact of its claim' using errcode = 'check_violation';
  end if;
  return null;
end $$;

drop function desk_strike_first_contact(int, bigint, text);
drop function desk_log_attempt(int, bigint, timestamptz, text, text, text, boolean, text, uuid, timestamptz);
drop function desk_called(int, bigint, text, timestamptz, bigint, timestamptz);
create function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text, p_outcome text, p_substantive boolean, p_note text, p_request uuid) returns bigint language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

revoke update (reporter_phone) on claim_narrative from desk_app;
delete from intake_question where element = 'reporter_phone';
alter table intake_question drop constraint intake_question_element_known;
alter table intake_question add constraint intake_question_element_known
  check (element in ('name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part', 'narrative',
                     'client_claim_number', 'date_of_injury', 'reported_at', 'date_of_death', 'same_claim'));

drop table first_contact;
alter table contact_attempt drop constraint contact_attempt_struck_whole;
update contact_attempt set substantive = false where struck_at is not null;
alter table contact_attempt drop column call_again_at, drop column called_attempt_id, drop column struck_at,
  drop column struck_by, drop column struck_why;
