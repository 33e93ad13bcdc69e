-- Where no time is free before the deadline, somebody is asked for one, or supervisors are told: one request of a claim at a time.
create table call_request (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint generated always as identity,
  kind text not null,
  clinician_id int,
  note text,
  asked_at timestamptz not null,
  asked_by int not null,
  settled_at timestamptz,
  settled_by int,
  outcome text,
  settled_why text,
  constraint call_request_pkey primary key (client_id, claim_id, request_id),
  constraint call_request_claim_fkey foreign key (client_id, claim_id) references claim on delete cascade,
  constraint call_request_clinician_id_fkey foreign key (clinician_id) references staff,
  constraint call_request_asked_by_fkey foreign key (asked_by) references staff,
  constraint call_request_settled_by_fkey foreign key (settled_by) references staff,
  constraint call_request_kind_known check (kind in ('overtime', 'time', 'escalation')),
  constraint call_request_asks_somebody check ((kind = 'escalation') = (clinician_id is null)),
  constraint call_request_note_brief check (length(note) <= 300 and desk_shows(note)),
  constraint call_request_outcome_known check (outcome in ('booked', 'reached', 'over', 'declined', 'withdrawn')),
  constraint call_request_settled_whole check (num_nonnulls(settled_at, settled_by, outcome) in (0, 3)),
  constraint call_request_settled_reasoned
    check (length(settled_why) <= 300 and desk_shows(settled_why)
           and (settled_why is not null) = (outcome is not null and outcome in ('declined', 'withdrawn'))));
create unique index call_request_one_of_claim on call_request (client_id, claim_id) where settled_at is null;

do $$
declare
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
begin
  alter table call_request enable row level security;
  alter table call_request force row level security;
  execute 'create policy house on call_request to current_user using (true) with check (true)';
  revoke all on call_request from public;
  execute 'create policy scope on call_request for select to desk_app using (' || v_scope || ')';
  execute 'create policy ask on call_request for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and asked_by = (select desk_staff_id()) and asked_at <@ (select desk_moment()) and settled_at is null'
    || ' and (clinician_id is null or desk_may_call(clinician_id, client_id)))';
  execute 'create policy settle on call_request for update to desk_app using ((select desk_works()) and ' || v_scope
    || ' and settled_at is null) with check ((select desk_works()) and ' || v_scope
    || ' and settled_by = (select desk_staff_id()) and settled_at <@ (select desk_moment())'
    || ' and (outcome = ''withdrawn'' and asked_by = settled_by'
    || ' or outcome = ''declined'' and ((select desk_supervises()) or clinician_id is not distinct from settled_by)))';
end $$;
grant select on call_request to desk_app;
grant insert (client_id, claim_id, kind, clinician_id, note, asked_at, asked_by),
  update (settled_at, settled_by, outcome, settled_why) on call_request to desk_app;

-- A time is asked for on an open claim whose worker was not reached, and for which no call is booked.
create function desk_request_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for share;
  if not found or exists (select from triage_call t where t.client_id = new.client_id and t.claim_id = new.claim_id
                             and t.status = 'booked') then
    raise exception 'a time is asked for on an open claim whose worker was not reached and whose call is not booked'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_request_can_be from public;
create trigger can_be before insert on call_request for each row when (current_user = 'desk_app')
  execute function desk_request_can_be();

-- What is asked for, declined and withdrawn is on the timeline and on the record, whoever writes the row; what else ends a
-- request is told there by itself. Lists learn of each.
create function desk_request_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind constant text := 'call_request_' || coalesce(new.outcome, 'made');
  v_by constant int := coalesce(new.settled_by, new.asked_by);
begin
  if coalesce(new.outcome, 'declined') in ('declined', 'withdrawn') then
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, new.client_id, 'claim', new.claim_id, v_kind,
            case when new.clinician_id is not null then jsonb_build_object('to', new.clinician_id) end);
    insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
    values (new.client_id, new.claim_id, coalesce(new.settled_at, new.asked_at), v_by, v_kind,
            jsonb_strip_nulls(jsonb_build_object('kind', new.kind, 'to', new.clinician_id::text,
                                                 'why', case when new.outcome is null then new.note else new.settled_why end)));
  end if;
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
revoke execute on function desk_request_told from public;
create trigger told after insert or update on call_request for each row execute function desk_request_told();

-- A booked call answers the request.
create function desk_request_answered() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update call_request set settled_at = new.booked_at, settled_by = new.booked_by, outcome = 'booked'
   where client_id = new.client_id and claim_id = new.claim_id and settled_at is null;
  return null;
end $$;
revoke execute on function desk_request_answered from public;
create trigger request_answered after insert on triage_call for each row when (new.status = 'booked')
  execute function desk_request_answered();

-- No time is needed any more when the worker was reached, the claim is closed or the worker has died.
create function desk_request_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update call_request
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1),
         outcome = case when new.closed_at is null and new.date_of_death is null then 'reached' else 'over' end
   where client_id = new.client_id and claim_id = new.claim_id and settled_at is null;
  return null;
end $$;
revoke execute on function desk_request_over from public;
create trigger request_over after update of first_contact_at, closed_at, date_of_death on claim for each row
  when (new.first_contact_at is not null or new.closed_at is not null or new.date_of_death is not null)
  execute function desk_request_over();

-- Whoever makes no calls any more finds no time for one: somebody else is to be asked.
create function desk_request_without() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update call_request
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1), outcome = 'declined',
         settled_why = 'The clinician makes no calls any more'
   where clinician_id = new.staff_id and settled_at is null;
  return null;
end $$;
revoke execute on function desk_request_without from public;
create trigger request_without after update of active, role on staff for each row
  when (not new.active or new.role <> 'clinical') execute function desk_request_without();

alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn,consent_given,consent_refused,consent_revoked,intake_finished,intake_left,call_request_made,call_request_declined,call_request_withdrawn}'));
