drop function desk_shows(text);

alter policy as_told on audit_event
  with check (noun <> 'claim'
              or verb <> all ('{reported,assigned,assignment_undone,clock_paused,clock_resumed,pause_ended,report_corrected,fields_corrected,question_answered,question_unobtainable,death_acknowledged,document_added,disclosed,condition_added,condition_changed,network_set}')
              or desk_told(client_id, noun_id, verb));
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded}'));
alter function desk_death_on_record() security invoker;

create or replace function desk_spoken_for(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from claim c
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
     where (c.client_id, c.claim_id) = (p_client, p_claim) and c.date_of_death is null and r.permits is not true
       and (coalesce(r.name, r.firm, r.phone) is not null or w.preferred_contact = 'attorney')) $$;

create or replace function desk_strike_first_contact(p_client int, p_claim bigint, p_why text,
                                          p_due timestamptz default null) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at timestamptz := clock_timestamp();
  v_by int := desk_staff_id();
  v claim;
  v_attempt contact_attempt;
  v_pause bigint;
  v_promise sla_policy;
  v_earliest timestamptz;
begin
  select * into v from claim
   where client_id = p_client and claim_id = p_claim and first_contact_at is not null and closed_at is null
     and desk_supervises()
     for no key update;
  if found then
    update contact_attempt set struck_at = v_at, struck_by = v_by, struck_why = p_why
     where client_id = p_client and claim_id = p_claim and substantive and struck_at is null
    returning * into v_attempt;
  end if;
  if v_attempt.attempt_id is null then
    raise exception 'the first contact of an open claim is struck by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  update contact_attempt
     set called_attempt_id = desk_called(client_id, claim_id, party, at, attempt_id, call_again_at)
   where client_id = p_client and claim_id = p_claim and called_attempt_id = v_attempt.attempt_id;
  -- The pause that it ended lasts as if it had not: it is the last one, for none begins behind a first contact.
  update clock_pause p set ends_at = null, ended_by = null
   where p.client_id = p_client and p.claim_id = p_claim
     and p.ended_by = v_attempt.by_id and p.ends_at = greatest(v_attempt.at, p.starts_at)
     and not exists (select from clock_pause later where later.client_id = p_client and later.claim_id = p_claim
                        and (later.starts_at, later.pause_id) > (p.starts_at, p.pause_id))
  returning pause_id into v_pause;
  if v_pause is not null then
    select * into v_promise from sla_policy where client_id = p_client and effective_from = v.sla_effective_from;
    v_earliest := v.reported_at + make_interval(hours => v_promise.hours);
    if v_promise.clock = 'elapsed' then
      v_earliest := v_earliest + desk_paused(p_client, p_claim, v.reported_at, v_promise.hours);
    end if;
  end if;
  if (v_pause is null) <> (p_due is null) or p_due > v.due_at or p_due < v_earliest
     or v_promise.clock = 'elapsed' and p_due <> v_earliest then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  update claim set first_contact_at = null, first_contact_by = null, version = version + 1,
                   due_at = coalesce(p_due, due_at)
   where client_id = p_client and claim_id = p_claim;
  insert into claim_event (client_id, claim_id, at, by_id, kind)
  values (p_client, p_claim, v_at, v_by, 'first_contact_struck');
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (v_by, p_client, 'claim', p_claim, 'first_contact_struck', jsonb_build_object('attempt', v_attempt.attempt_id));
  perform desk_take_back(v.assignee_id, null); -- whoever lost the right to it while nothing was due does not have it again
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;

drop trigger ends_pause on contact_attempt;
drop function desk_contact_ends_pause();
alter table clock_pause drop ended_attempt_id;
