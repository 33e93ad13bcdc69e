-- How a worker can be reached: the hours that suit best and the zone in which they are read, whether an interpreter is
-- needed, and that nobody is to contact the worker, with why.
alter table injured_worker
  add best_hours text,
  add timezone text,
  add interpreter boolean,
  add do_not_contact text,
  add constraint injured_worker_best_hours_form check (
    length(best_hours) <= 200
    and best_hours ~ '^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)(,([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00))*$'
    and desk_hours_apart(best_hours)),
  add constraint injured_worker_timezone_known check (timezone is null or desk_zone_known(timezone)),
  add constraint injured_worker_do_not_contact_reasoned check (length(do_not_contact) <= 500 and desk_shows(do_not_contact));
grant insert (best_hours, timezone, interpreter, do_not_contact),
  update (best_hours, timezone, interpreter, do_not_contact) on injured_worker to desk_app;

create or replace function desk_fields() returns text[] language sql immutable parallel safe
return array[
  'given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
  'language', 'best_hours', 'timezone', 'interpreter', 'do_not_contact', 'date_of_injury', 'injured_time',
  'jurisdiction', 'client_claim_number', 'emergency', 'injury_place', 'body_part', 'nature', 'cause', 'narrative',
  'reporter', 'reporter_phone', 'representative_kind', 'representative_name', 'representative_firm',
  'representative_phone', 'representative_email', 'representative_permits', 'part_code', 'nature_code', 'cause_code'];

create or replace function desk_written(p_field text, p_kept text) returns text
language sql stable parallel safe set search_path = public, pg_temp as $$
  select case when p_field in ('birth_date', 'date_of_injury') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits', 'interpreter') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;

-- By which a number is the same number: its digits, and its extension; another one has the consents of nobody.
create function desk_number_key(p_phone text) returns text language sql immutable parallel safe
return nullif(regexp_replace(p_phone, '[^0-9x]', '', 'g'), '');
revoke execute on function desk_number_key from public;
grant execute on function desk_number_key to desk_app;

-- What a worker said of being reached by a channel of one telephone number: it is added to, and never changed.
create table contact_consent (
  client_id int not null,
  worker_id bigint not null,
  consent_id bigint generated always as identity,
  claim_id bigint not null,
  channel text not null,
  number text not null,
  number_key text generated always as (desk_number_key(number)) stored,
  answer text not null,
  words text not null,
  at timestamptz not null,
  by_id int not null,
  constraint contact_consent_pkey primary key (client_id, worker_id, consent_id),
  constraint contact_consent_worker_fkey foreign key (client_id, worker_id) references injured_worker,
  constraint contact_consent_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint contact_consent_by_id_fkey foreign key (by_id) references staff,
  constraint contact_consent_channel_known check (channel in ('text', 'voicemail')),
  constraint contact_consent_answer_known check (answer in ('given', 'refused', 'revoked')),
  constraint contact_consent_number_brief check (length(number) <= 200 and number_key is not null),
  constraint contact_consent_words_brief check (length(words) <= 200 and desk_shows(words)));

do $$
declare
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
begin
  alter table contact_consent enable row level security;
  alter table contact_consent force row level security;
  create policy house on contact_consent to current_user using (true) with check (true);
  revoke all on contact_consent from public;
  grant select on contact_consent to desk_app;
  execute 'create policy scope on contact_consent for select to desk_app using (' || v_scope || ')';
  execute 'create policy capture on contact_consent for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and by_id = (select desk_staff_id()) and at <@ (select desk_moment())'
    || ' and exists (select from claim c join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)'
    || '  where (c.client_id, c.claim_id, c.worker_id) = (contact_consent.client_id, contact_consent.claim_id, contact_consent.worker_id)'
    || '  and w.phone = contact_consent.number))';
end $$;
grant insert (client_id, worker_id, claim_id, channel, number, answer, words, at, by_id) on contact_consent to desk_app;

-- What stood at that moment of a channel for the worker's telephone number as it is now; null where nothing did.
create function desk_consent(p_client int, p_worker bigint, p_channel text, p_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select s.answer from injured_worker w
    join contact_consent s on (s.client_id, s.worker_id, s.number_key) = (w.client_id, w.worker_id, desk_number_key(w.phone))
   where (w.client_id, w.worker_id) = (p_client, p_worker) and s.channel = p_channel and s.at <= p_at
   order by s.consent_id desc limit 1 $$;
revoke execute on function desk_consent from public;

-- What a worker said is on the claim's timeline and on the record, whoever writes the row; nobody else tells it.
create function desk_consent_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind constant text := 'consent_' || new.answer;
  v_detail constant jsonb := jsonb_build_object('consent', new.consent_id, 'channel', new.channel);
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (new.by_id, new.client_id, 'claim', new.claim_id, v_kind, v_detail);
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (new.client_id, new.claim_id, new.at, new.by_id, v_kind, v_detail);
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
revoke execute on function desk_consent_told from public;
create trigger told after insert on contact_consent for each row execute function desk_consent_told();

-- What the table puts on the record nobody says by hand.
do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), '}', ',consent_given,consent_refused,consent_revoked}') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;

-- An attempt that the worker did not wish for says why: where nobody is to contact the worker, by text without consent, by
-- a voicemail that was refused. By text after a revocation there is none.
alter table contact_attempt
  add against_why text,
  add constraint contact_attempt_against_reasoned check (length(against_why) <= 500 and desk_shows(against_why));

drop function desk_log_attempt;
create function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
                                            p_outcome text, p_substantive boolean, p_note text, p_request uuid,
                                            p_call_again timestamptz default null, p_recorded timestamptz default null,
                                            p_late_why text default null, p_permitted boolean default false,
                                 p_against_why text default null)
returns bigint language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_merged boolean;
  v_due timestamptz;
  v_recorded timestamptz := greatest(p_at, coalesce(p_recorded, lower(desk_moment())));
  v_late boolean;
  v_spoken_for boolean;
  v_channel constant text := case when p_party <> 'worker' then null when p_method = 'text' then 'text'
                                  when p_outcome = 'voicemail' then 'voicemail' end;
  v_unwanted boolean;
  v_answer text;
  v_against boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null, c.merged_into is not null, c.due_at,
         (p_party = 'worker' and c.date_of_death is null and r.permits is not true
          and (coalesce(r.name, r.firm, r.phone, r.email) is not null or w.preferred_contact = 'attorney')) is true,
         p_party = 'worker' and w.do_not_contact is not null,
         case when v_channel is not null then desk_consent(p_client, w.worker_id, v_channel, p_at) end
    into v_by, v_role, v_dead, v_closed, v_merged, v_due, v_spoken_for, v_unwanted, v_answer
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and (s.role = 'supervisor' or s.role in ('va', 'clinical') and exists
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client))
     and p_at <= upper(desk_moment()) and (p_at >= c.reported_at or p_at >= lower(desk_moment()))
     and (p_recorded <@ desk_moment()) is not false;
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) then
    raise exception 'this contact_attempt is not theirs to log' using errcode = 'insufficient_privilege';
  end if;
  if v_merged then
    raise exception 'a merged claim is worked where it leads'
      using errcode = 'check_violation', constraint = 'contact_attempt_claim_merged';
  end if;
  if v_dead and p_party = 'worker' then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  if v_spoken_for and p_permitted is not true then
    raise exception 'somebody speaks for the worker, and has not permitted this'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_spoken_for';
  end if;
  if v_channel = 'text' and v_answer = 'revoked' then
    raise exception 'the worker has revoked the consent to be texted'
      using errcode = 'check_violation', constraint = 'contact_attempt_text_revoked';
  end if;
  v_against := v_unwanted or coalesce(case v_channel when 'text' then v_answer is distinct from 'given'
                                                     when 'voicemail' then v_answer in ('refused', 'revoked') end, false);
  if v_against and desk_shows(p_against_why) is not true then
    raise exception 'an attempt that the worker did not wish for says why'
      using errcode = 'check_violation',
            constraint = 'contact_attempt_' || case when v_unwanted then 'unwanted' else 'unconsented' end;
  end if;
  if (p_call_again > lower(desk_moment()) and p_call_again <= upper(desk_moment()) + interval '30 days') is false then
    raise exception 'a call is promised for a time of the next 30 days' using errcode = 'check_violation';
  end if;
  v_late := p_at < v_recorded - interval '12 hours';
  if p_substantive and p_at <= v_due and v_due < v_recorded then
    v_late := v_late or not exists (
      select from clock_pause p
       where p.client_id = p_client and p.claim_id = p_claim and p.starts_at < v_due
         and (p.ends_at is null or p.ended_by = v_by and p.ends_at = greatest(p_at, p.starts_at)));
  end if;
  if v_late and length(btrim(coalesce(p_late_why, ''))) = 0 then
    raise exception 'a contact that is recorded late says why'
      using errcode = 'check_violation', constraint = 'contact_attempt_late_reasoned';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, recorded_at, late_why, permitted, against_why, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
          v_recorded, case when v_late then p_late_why end, v_spoken_for,
          case when v_against then p_against_why end,
          case when p_call_again is not null then desk_called(p_client, p_claim, p_party, p_at, null, p_call_again) end)
  on conflict (client_id, request) where request is not null do nothing
  returning attempt_id into v_attempt;
  if v_attempt is not null then
    update contact_attempt set called_attempt_id = v_attempt
     where client_id = p_client and claim_id = any (desk_one_injury(p_client, p_claim)) and party = p_party and at <= p_at
       and attempt_id < v_attempt
       and call_again_at is not null and called_attempt_id is null
       and (p_outcome in ('reached', 'reached_deferred', 'refused') or p_at >= call_again_at - interval '30 minutes');
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, p_client, 'claim', p_claim,
            case when p_substantive then 'first_contact_recorded' else 'attempt_logged' end,
            jsonb_build_object('attempt', v_attempt, 'party', p_party, 'method', p_method, 'outcome', p_outcome)
            || case when p_at < lower(desk_moment()) then jsonb_build_object('made_at', p_at) else '{}' end
            || case when v_spoken_for then jsonb_build_object('permitted', true) else '{}' end
            || case when v_against then jsonb_build_object('against', true) else '{}' end);
  end if;
  return v_attempt;
end $$;
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

-- Whom somebody speaks for from now on, who has not permitted it, is not called.
create function desk_call_spoken_for() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_claims bigint[];
begin
  if tg_table_name = 'representative' then
    v_claims := array[new.claim_id];
  else
    v_claims := array(select claim_id from claim where client_id = new.client_id and worker_id = new.worker_id);
  end if;
  update triage_call t
     set status = 'cancelled', changed_at = clock_timestamp(), changed_by = coalesce(desk_staff_id(), 1),
         ended_why = 'The worker is represented'
   where t.client_id = new.client_id and t.claim_id = any (v_claims) and t.status = 'booked'
     and not exists (select from representative r
                      where (r.client_id, r.claim_id) = (t.client_id, t.claim_id) and r.permits);
  return null;
end $$;
revoke execute on function desk_call_spoken_for from public;
create trigger call_spoken_for after insert on representative for each row
  when (not new.permits and coalesce(new.name, new.firm, new.phone, new.email) is not null)
  execute function desk_call_spoken_for();
create trigger call_spoken_for_now after update on representative for each row
  when (not new.permits and coalesce(new.name, new.firm, new.phone, new.email) is not null
        and (old.permits or coalesce(old.name, old.firm, old.phone, old.email) is null))
  execute function desk_call_spoken_for();
create trigger call_spoken_for after update of preferred_contact on injured_worker for each row
  when (new.preferred_contact = 'attorney' and old.preferred_contact is distinct from 'attorney')
  execute function desk_call_spoken_for();
