-- Which first contact ended a pause is kept with the pause: no other one gives it back.
alter table clock_pause
  add ended_attempt_id bigint,
  add constraint clock_pause_ended_attempt_fkey foreign key (client_id, ended_attempt_id)
    references contact_attempt (client_id, attempt_id),
  add constraint clock_pause_ended_by_contact check (ended_attempt_id is null or ends_at is not null);
create unique index clock_pause_ended_attempt on clock_pause (client_id, ended_attempt_id) where ended_attempt_id is not null;

-- Of those that stand, the one of whose record the end of the pause is; where it is not kept when that was, no struck one
-- may have ended the same.
update clock_pause p set ended_attempt_id = a.attempt_id
  from contact_attempt a
 where a.client_id = p.client_id and a.claim_id = p.claim_id and a.substantive and a.struck_at is null
   and p.ended_by = a.by_id and p.ends_at = greatest(a.at, p.starts_at)
   and not exists (select from clock_pause later where later.client_id = p.client_id and later.claim_id = p.claim_id
                      and (later.starts_at, later.pause_id) > (p.starts_at, p.pause_id))
   and exists (select from claim_event e where e.client_id = p.client_id and e.claim_id = p.claim_id
                  and e.kind = 'pause_ended' and e.by_id = a.by_id and e.at = coalesce(a.recorded_at, e.at))
   and (a.recorded_at is not null
        or not exists (select from contact_attempt struck where struck.client_id = p.client_id and struck.claim_id = p.claim_id
                          and struck.struck_at is not null and p.ended_by = struck.by_id
                          and p.ends_at = greatest(struck.at, p.starts_at)));

-- A first contact is written after the pause that it ends, in the same transaction.
create function desk_contact_ends_pause() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update clock_pause p set ended_attempt_id = new.attempt_id
   where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
     and p.ends_at = greatest(new.at, p.starts_at) and p.xmin = pg_current_xact_id()::xid;
  return null;
end $$;
revoke execute on function desk_contact_ends_pause from public;
create trigger ends_pause after insert on contact_attempt for each row
  when (new.substantive) execute function desk_contact_ends_pause();

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
  -- The pause that it ended lasts as if it had not.
  update clock_pause p set ends_at = null, ended_by = null, ended_attempt_id = null
   where p.client_id = p_client and p.claim_id = p_claim and p.ended_attempt_id = v_attempt.attempt_id
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

-- Somebody who is known by an e-mail address alone speaks for the worker as well.
create or replace function desk_spoken_for(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from claim c
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
     where (c.client_id, c.claim_id) = (p_client, p_claim) and c.date_of_death is null and r.permits is not true
       and (coalesce(r.name, r.firm, r.phone, r.email) is not null or w.preferred_contact = 'attorney')) $$;

-- Who recorded what of a death the table itself puts on the record, in the owner's role: nobody says so by hand.
alter function desk_death_on_record() security definer;
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn}'));

-- What is done to a claim is on its timeline too; but for looks, words that are kept, refusals, and items of My work that are
-- put aside.
alter policy as_told on audit_event
  with check (noun <> 'claim' or verb = any ('{read,refused,draft_kept,snoozed,skipped,taken_up}') or desk_told(client_id, noun_id, verb));

-- Whether something of a text can be seen: not blanks and signs without a shape alone.
create function desk_shows(p_text text) returns boolean language sql immutable parallel safe
return p_text collate "C" ~ '[^\u0001-\u0020\u007f-\u00a0\u00ad\u0300-\u036f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]';
revoke execute on function desk_shows from public;
grant execute on function desk_shows to desk_app;
