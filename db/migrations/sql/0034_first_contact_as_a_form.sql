-- A contact that was a mistake stays and is marked; a call that was promised is open until a later attempt to the party.
alter table contact_attempt
  add call_again_at timestamptz,
  add called_attempt_id bigint,
  add struck_at timestamptz,
  add struck_by int,
  add struck_why text,
  add constraint contact_attempt_called_fkey foreign key (client_id, called_attempt_id) references contact_attempt,
  add constraint contact_attempt_struck_by_fkey foreign key (struck_by) references staff,
  add constraint contact_attempt_call_again_later
    check (call_again_at is null
           or call_again_at > at and call_again_at < '2200-01-01Z' and outcome = 'reached_deferred'),
  add constraint contact_attempt_called_if_promised check (called_attempt_id is null or call_again_at is not null),
  add constraint contact_attempt_struck_whole
    check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_why is null)
           and (struck_at is null or substantive)),
  add constraint contact_attempt_struck_reasoned check (length(btrim(struck_why)) between 1 and 500);
create index contact_attempt_to_call on contact_attempt (call_again_at, client_id, claim_id)
  where call_again_at is not null and called_attempt_id is null;
-- Asked with every attempt: it has few rows, however many attempts a claim has.
create index contact_attempt_to_call_of_claim on contact_attempt (client_id, claim_id)
  where call_again_at is not null and called_attempt_id is null;

-- What a first contact held: who the worker proved to be, what was explained, how care and work stand. When, by whom and
-- how it was made says its attempt.
create table first_contact (
  client_id int not null,
  attempt_id bigint not null,
  identity text[] not null,
  explained text[] not null,
  care text,
  work_status text not null,
  work_note text,
  constraint first_contact_pkey primary key (client_id, attempt_id),
  constraint first_contact_attempt_fkey foreign key (client_id, attempt_id) references contact_attempt,
  constraint first_contact_identity_known
    check (identity <@ array['full_name', 'birth_date', 'claim_number', 'employer', 'home_address', 'telephone']
           and cardinality(identity) <= 6),
  -- The same item twice is one.
  constraint first_contact_identity_by_two
    check (('full_name' = any (identity))::int + ('birth_date' = any (identity))::int
           + ('claim_number' = any (identity))::int + ('employer' = any (identity))::int
           + ('home_address' = any (identity))::int + ('telephone' = any (identity))::int >= 2),
  constraint first_contact_explained_known
    check (explained <@ array['who_we_are', 'notices', 'treatment', 'return_to_work', 'rights']
           and cardinality(explained) between 1 and 5),
  constraint first_contact_work_status_known
    check (work_status in ('full_duty', 'restricted', 'off_work', 'not_known')),
  constraint first_contact_care_brief check (length(care) <= 1000),
  constraint first_contact_work_note_brief check (length(work_note) <= 500));
alter table first_contact enable row level security;
alter table first_contact force row level security;
create policy house on first_contact to current_user using (true) with check (true);
create policy scope on first_contact for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]));
-- It is written by whoever made the contact, with it or behind it, and stays as it was written.
create policy hold on first_contact for insert to desk_app
  with check ((select desk_role()) = 'clinical' and client_id = any ((select desk_identity_clients())::int[])
              and exists (select from contact_attempt a
                           where a.client_id = first_contact.client_id and a.attempt_id = first_contact.attempt_id
                             and a.substantive and a.struck_at is null and a.by_id = (select desk_staff_id())));
revoke all on first_contact from public;
grant select, insert (client_id, attempt_id, identity, explained, care, work_status, work_note) on first_contact to desk_app;

-- A number of the employer's that is wrong is asked for as the worker's is.
alter table intake_question drop constraint intake_question_element_known;
alter table intake_question add constraint intake_question_element_known
  check (element in ('name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part', 'narrative',
                     'client_claim_number', 'date_of_injury', 'reported_at', 'date_of_death', 'same_claim', 'reporter_phone'));
grant update (reporter_phone) on claim_narrative to desk_app;

drop function desk_log_attempt(int, bigint, timestamptz, text, text, text, boolean, text, uuid);
create function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
                                 p_outcome text, p_substantive boolean, p_note text, p_request uuid,
                                 p_call_again timestamptz default null) returns bigint
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
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client))
     and p_at <= upper(desk_moment()) and (p_at >= c.reported_at or p_at >= lower(desk_moment()));
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) then
    raise exception 'this contact_attempt is not theirs to log' using errcode = 'insufficient_privilege';
  end if;
  if v_dead and p_party = 'worker' then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  if (p_call_again > lower(desk_moment()) and p_call_again <= upper(desk_moment()) + interval '30 days') is false then
    raise exception 'a call is promised for a time of the next 30 days' using errcode = 'check_violation';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
          case when p_call_again is not null then desk_called(p_client, p_claim, p_party, p_at, null, p_call_again) end)
  on conflict (client_id, request) where request is not null do nothing
  returning attempt_id into v_attempt;
  if v_attempt is not null then
    update contact_attempt set called_attempt_id = v_attempt
     where client_id = p_client and claim_id = p_claim and party = p_party and at <= p_at and attempt_id < v_attempt
       and call_again_at is not null and called_attempt_id is null
       and (p_outcome in ('reached', 'reached_deferred', 'refused') or p_at >= call_again_at - interval '30 minutes');
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, p_client, 'claim', p_claim,
            case when p_substantive then 'first_contact_recorded' else 'attempt_logged' end,
            jsonb_build_object('attempt', v_attempt, 'party', p_party, 'method', p_method, 'outcome', p_outcome)
            || case when p_at < lower(desk_moment()) then jsonb_build_object('made_at', p_at) else '{}' end);
  end if;
  return v_attempt;
end $$;
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

-- The attempt by which a call was made that was promised to a party at a moment: the next one that stands, and that came to
-- the party or was made at the promised time. One in vain hours before it keeps no promise.
create function desk_called(p_client int, p_claim bigint, p_party text, p_after timestamptz, p_attempt bigint,
                            p_promised timestamptz) returns bigint
language sql stable set search_path = public, pg_temp as $$
  select attempt_id from contact_attempt
   where client_id = p_client and claim_id = p_claim and party = p_party and struck_at is null
     and (at > p_after or at = p_after and attempt_id > p_attempt)
     and (outcome in ('reached', 'reached_deferred', 'refused') or at >= p_promised - interval '30 minutes')
   order by at, attempt_id limit 1 $$;
revoke execute on function desk_called from public;

create function desk_strike_first_contact(p_client int, p_claim bigint, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at timestamptz := clock_timestamp();
  v_by int := desk_staff_id();
  v_attempt bigint;
  v_holder int;
begin
  select assignee_id into v_holder from claim
   where client_id = p_client and claim_id = p_claim and first_contact_at is not null and closed_at is null
     and desk_supervises()
     for no key update;
  if found then
    update contact_attempt set struck_at = v_at, struck_by = v_by, struck_why = p_why
     where client_id = p_client and claim_id = p_claim and substantive and struck_at is null
    returning attempt_id into v_attempt;
  end if;
  if v_attempt is null then
    raise exception 'the first contact of an open claim is struck by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  update contact_attempt
     set called_attempt_id = desk_called(client_id, claim_id, party, at, attempt_id, call_again_at)
   where client_id = p_client and claim_id = p_claim and called_attempt_id = v_attempt;
  update claim set first_contact_at = null, first_contact_by = null, version = version + 1
   where client_id = p_client and claim_id = p_claim;
  insert into claim_event (client_id, claim_id, at, by_id, kind)
  values (p_client, p_claim, v_at, v_by, 'first_contact_struck');
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (v_by, p_client, 'claim', p_claim, 'first_contact_struck', jsonb_build_object('attempt', v_attempt));
  perform desk_take_back(v_holder, null); -- whoever lost the right to it while nothing was due does not have it again
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;
revoke execute on function desk_strike_first_contact from public;
grant execute on function desk_strike_first_contact to desk_app;

create or replace function desk_first_contact_kept() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.first_contact_at = new.at and c.first_contact_by = new.by_id) then
    raise exception 'an attempt that reached the worker is the first contact of its claim' using errcode = 'check_violation';
  end if;
  if not exists (select from first_contact f where f.client_id = new.client_id and f.attempt_id = new.attempt_id) then
    raise exception 'a first contact holds what was confirmed and explained' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function desk_first_contact_made() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.struck_at is null
                    and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- A pause that a contact ends, ends with it, also where the contact is recorded later than it was made.
alter policy supervised_end on clock_pause
  with check (ended_by = (select desk_staff_id())
              and (ends_at <@ (select desk_moment())
                   or (select desk_role()) = 'clinical' and ends_at <= (select upper(desk_moment()))));

drop trigger deadline_stands on claim;
drop function desk_pause_ends(int, bigint, timestamptz);
create function desk_pause_ends(p_client int, p_claim bigint, p_due timestamptz, p_contact timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim and starts_at < p_due
                    and ended_by = desk_staff_id() and (ends_at <@ desk_moment() or ends_at = p_contact)) $$;
revoke execute on function desk_pause_ends from public;
grant execute on function desk_pause_ends to desk_app;
create trigger deadline_stands before update of due_at, sla_effective_from on claim for each row
  when (current_user = 'desk_app'
        and (new.due_at is distinct from old.due_at or new.sla_effective_from is distinct from old.sla_effective_from)
        and new.reported_at = old.reported_at
        and not (new.sla_effective_from = old.sla_effective_from and new.due_at > old.due_at
                 and desk_pause_ends(new.client_id, new.claim_id, old.due_at,
                                     case when old.first_contact_at is null then new.first_contact_at end)))
  execute function desk_refused('a deadline moves with its report, or with a pause that ends');

-- As before, but for the pause that a first contact ends.
create or replace function desk_event_is_so() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v claim;
  v_so boolean;
begin
  if new.kind = 'pause_ended' then -- it ended when the contact was made, which may be told later
    v_so := exists (select from clock_pause p join claim c using (client_id, claim_id)
                     where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
                       and p.ends_at = greatest(c.first_contact_at, p.starts_at));
  elsif new.kind in ('clock_paused', 'clock_resumed') then
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
