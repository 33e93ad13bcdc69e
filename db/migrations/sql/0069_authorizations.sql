-- Requests for treatment that wait for a determination: what was asked for, what was done about it, and how it was decided.
create table authorization_request (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint generated always as identity,
  about_id bigint,
  jurisdiction text not null,
  kind text not null,
  provider_npi text,
  provider_name text not null,
  provider_phone text,
  provider_fax text,
  provider_email text,
  received_at timestamptz not null,
  channel text not null,
  postmarked_on date,
  document_id bigint,
  complete_at timestamptz,
  missing text,
  information_asked_at timestamptz,
  information_at timestamptz,
  tolled_at timestamptz,
  resumed_at timestamptz,
  deferred_at timestamptz,
  taken_up_at timestamptz,
  clock text not null,
  rule bigint,
  due_at timestamptz,
  due_why text,
  ours boolean not null default true,
  holder_id int,
  reviewer_id int,
  follow_up_at timestamptz,
  outcome text,
  decided_at timestamptz,
  communicated_at timestamptz,
  ended_at timestamptz,
  logged_at timestamptz not null,
  logged_by int not null,
  change text,
  change_why text,
  changed_at timestamptz,
  changed_by int,
  version int not null default 1,
  constraint authorization_request_pkey primary key (client_id, claim_id, request_id),
  constraint authorization_request_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint authorization_request_about_fkey foreign key (client_id, claim_id, about_id) references authorization_request,
  constraint authorization_request_document_fkey foreign key (client_id, claim_id, document_id) references claim_document,
  constraint authorization_request_rule_fkey foreign key (rule) references statutory_clock,
  constraint authorization_request_holder_id_fkey foreign key (holder_id) references staff,
  constraint authorization_request_reviewer_id_fkey foreign key (reviewer_id) references staff,
  constraint authorization_request_logged_by_fkey foreign key (logged_by) references staff,
  constraint authorization_request_changed_by_fkey foreign key (changed_by) references staff,
  constraint authorization_request_jurisdiction_form check (jurisdiction ~ '^[A-Z]{2}$'),
  constraint authorization_request_kind_form check (kind ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint authorization_request_npi_checks check (desk_npi_checks(provider_npi)),
  constraint authorization_request_provider_named
    check (length(provider_name) <= 200 and desk_shows(provider_name)),
  constraint authorization_request_provider_brief
    check (length(provider_phone) <= 60 and length(provider_fax) <= 60 and length(provider_email) <= 254),
  constraint authorization_request_channel_known check (channel in ('fax', 'e-mail', 'mail', 'portal', 'phone', 'person')),
  constraint authorization_request_of_our_time
    check (received_at > '1900-01-01Z' and received_at < '2200-01-01Z' and complete_at >= received_at
           and postmarked_on > '1900-01-01' and postmarked_on < '2200-01-01'
           and due_at > '1900-01-01Z' and due_at < '2200-01-01Z'
           and follow_up_at > '1900-01-01Z' and follow_up_at < '2200-01-01Z'),
  constraint authorization_request_missing_reasoned
    check (length(missing) <= 1000 and desk_shows(missing) and (complete_at is not null or missing is not null)),
  constraint authorization_request_information_asked_first check (information_at >= information_asked_at),
  constraint authorization_request_tolled_first check (resumed_at >= tolled_at),
  constraint authorization_request_deferred_first check (taken_up_at >= deferred_at),
  constraint authorization_request_clock_known
    check (clock in ('waiting', 'running', 'extended', 'tolled', 'deferred', 'stopped')),
  constraint authorization_request_clock_stops check ((clock = 'stopped') = (ended_at is not null)),
  constraint authorization_request_due_reasoned check (length(due_why) <= 300 and desk_shows(due_why)),
  constraint authorization_request_due_by_rule_or_hand check (due_at is null or num_nonnulls(rule, due_why) > 0),
  constraint authorization_request_outcome_known
    check (outcome in ('approved', 'modified', 'denied', 'deferred', 'pended', 'dismissed', 'withdrawn')),
  constraint authorization_request_decided_whole
    check ((decided_at is not null) = (outcome is not null and outcome not in ('deferred', 'pended'))),
  constraint authorization_request_ended_decided check (ended_at is null or decided_at is not null),
  constraint authorization_request_change_known
    check (change in ('completed', 'returned', 'extended', 'informed', 'tolled', 'resumed', 'deferred', 'taken_up',
                      'due_set', 'due_moved', 'assigned', 'followed_up')),
  constraint authorization_request_changed_whole check (num_nonnulls(change, changed_at, changed_by) in (0, 3)),
  constraint authorization_request_change_reasoned check (length(change_why) <= 500 and desk_shows(change_why)));
create index authorization_open on authorization_request (due_at, client_id, request_id) where ended_at is null;
create index authorization_open_by_client on authorization_request (client_id, due_at, request_id) where ended_at is null;
create index authorization_follow_up_due on authorization_request (follow_up_at, client_id, request_id)
  where ended_at is null and follow_up_at is not null;
create index authorization_to_tell on authorization_request (decided_at, client_id, request_id)
  where ended_at is null and decided_at is not null;
create index authorization_received on authorization_request (client_id, received_at);

create table service_line (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint not null,
  line smallint not null,
  code text,
  words text not null,
  body_part text,
  units int not null default 1,
  outcome text,
  approved_units int,
  approved_words text,
  from_on date,
  until_on date,
  authorization_number text,
  used_units int not null default 0,
  constraint service_line_pkey primary key (client_id, claim_id, request_id, line),
  constraint service_line_request_fkey
    foreign key (client_id, claim_id, request_id) references authorization_request,
  constraint service_line_few check (line between 1 and 50),
  constraint service_line_code_form check (code ~ '^([0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})$'),
  constraint service_line_words_brief check (length(words) <= 300 and desk_shows(words)),
  constraint service_line_body_part_brief check (length(body_part) <= 200),
  constraint service_line_units_sensible check (units between 1 and 9999 and approved_units between 0 and 9999),
  constraint service_line_outcome_known
    check (outcome in ('approved', 'modified', 'denied', 'deferred', 'pended', 'dismissed', 'withdrawn')),
  constraint service_line_used_of_approved check (used_units between 0 and coalesce(approved_units, 0)));
create index service_line_running_out on service_line (until_on, client_id, claim_id) where approved_units > 0;

create table determination (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint not null,
  determination_id bigint generated always as identity,
  corrects_id bigint,
  outcome text not null,
  reviewer_name text not null,
  reviewer_credentials text,
  reason text,
  decided_at timestamptz not null,
  decided_by int not null,
  recorded_at timestamptz not null,
  constraint determination_pkey primary key (client_id, claim_id, request_id, determination_id),
  constraint determination_request_fkey
    foreign key (client_id, claim_id, request_id) references authorization_request,
  constraint determination_corrects_fkey
    foreign key (client_id, claim_id, request_id, corrects_id) references determination,
  constraint determination_decided_by_fkey foreign key (decided_by) references staff,
  constraint determination_outcome_known
    check (outcome in ('approved', 'modified', 'denied', 'deferred', 'pended', 'dismissed', 'withdrawn')),
  constraint determination_reviewer_named check (length(reviewer_name) <= 200 and desk_shows(reviewer_name)),
  constraint determination_credentials_brief check (length(reviewer_credentials) <= 200 and desk_shows(reviewer_credentials)),
  constraint determination_reasoned check (length(reason) <= 4000 and desk_shows(reason)),
  constraint determination_refusal_reasoned
    check (outcome = 'approved' or reason is not null),
  constraint determination_denial_signed check (outcome not in ('denied', 'modified') or reviewer_credentials is not null),
  constraint determination_correction_reasoned check (corrects_id is null or reason is not null),
  constraint determination_decided_first check (decided_at <= recorded_at));
create unique index determination_first on determination (client_id, claim_id, request_id)
  where corrects_id is null and outcome not in ('deferred', 'pended');
create unique index determination_corrected_once on determination (client_id, claim_id, request_id, corrects_id)
  where corrects_id is not null;

create table determination_line (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint not null,
  determination_id bigint not null,
  line smallint not null,
  outcome text not null,
  units int,
  words text,
  from_on date,
  until_on date,
  authorization_number text,
  constraint determination_line_pkey primary key (client_id, claim_id, request_id, determination_id, line),
  constraint determination_line_determination_fkey
    foreign key (client_id, claim_id, request_id, determination_id) references determination,
  constraint determination_line_line_fkey
    foreign key (client_id, claim_id, request_id, line) references service_line,
  constraint determination_line_outcome_known
    check (outcome in ('approved', 'modified', 'denied', 'deferred', 'pended', 'dismissed', 'withdrawn')),
  constraint determination_line_approves
    check ((outcome in ('approved', 'modified')) = (units is not null) and units between 1 and 9999),
  constraint determination_line_modified_with check (outcome <> 'modified' or words is not null),
  constraint determination_line_words_brief check (length(words) <= 500 and desk_shows(words)),
  constraint determination_line_period
    check (until_on >= from_on and from_on > '1900-01-01' and from_on < '2200-01-01'
           and until_on > '1900-01-01' and until_on < '2200-01-01'),
  constraint determination_line_number_brief check (length(authorization_number) <= 60));

create table determination_notice (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint not null,
  determination_id bigint not null,
  notice_id bigint generated always as identity,
  party text not null,
  how text not null,
  recipient text not null,
  document_id bigint,
  at timestamptz not null,
  by_id int not null,
  recorded_at timestamptz not null,
  constraint determination_notice_pkey primary key (client_id, claim_id, request_id, notice_id),
  constraint determination_notice_determination_fkey
    foreign key (client_id, claim_id, request_id, determination_id) references determination,
  constraint determination_notice_document_fkey foreign key (client_id, claim_id, document_id) references claim_document,
  constraint determination_notice_by_id_fkey foreign key (by_id) references staff,
  constraint determination_notice_party_known check (party in ('provider', 'worker', 'attorney', 'employer')),
  constraint determination_notice_how_known check (how in ('phone', 'fax', 'e-mail', 'mail', 'portal', 'person')),
  constraint determination_notice_recipient_brief check (length(recipient) <= 200 and desk_shows(recipient)),
  constraint determination_notice_told_first check (at <= recorded_at));

create table authorization_follow_up (
  client_id int not null,
  claim_id bigint not null,
  request_id bigint not null,
  follow_up_id bigint generated always as identity,
  party text not null,
  how text not null,
  outcome text not null,
  note text,
  at timestamptz not null,
  by_id int not null,
  recorded_at timestamptz not null,
  constraint authorization_follow_up_pkey primary key (client_id, claim_id, request_id, follow_up_id),
  constraint authorization_follow_up_request_fkey
    foreign key (client_id, claim_id, request_id) references authorization_request,
  constraint authorization_follow_up_by_id_fkey foreign key (by_id) references staff,
  constraint authorization_follow_up_party_known check (party in ('provider', 'reviewer')),
  constraint authorization_follow_up_how_known check (how in ('phone', 'fax', 'e-mail', 'mail', 'portal', 'person')),
  constraint authorization_follow_up_outcome_known check (outcome in ('answered', 'promised', 'message', 'no_answer')),
  constraint authorization_follow_up_note_brief check (length(note) <= 1000 and desk_shows(note)),
  constraint authorization_follow_up_told_first check (at <= recorded_at));

do $$
declare
  v_table text;
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
  v_works text := '(select desk_works()) and ' || v_scope;
begin
  foreach v_table in array array['authorization_request', 'service_line', 'determination', 'determination_line',
                                 'determination_notice', 'authorization_follow_up'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
    execute format('create policy scope on %I for select to desk_app using (%s)', v_table, v_scope);
  end loop;
  execute 'create policy log on authorization_request for insert to desk_app with check (' || v_works
    || ' and logged_by = (select desk_staff_id()) and logged_at <@ (select desk_moment()) and received_at <= logged_at'
    || ' and complete_at <= logged_at is not false and change is null)';
  execute 'create policy change on authorization_request for update to desk_app using (' || v_works
    || ' and ended_at is null) with check (' || v_works
    || ' and changed_by = (select desk_staff_id()) and changed_at <@ (select desk_moment()) and ended_at is null)';
  execute 'create policy ask on service_line for insert to desk_app with check (' || v_works || ')';
  execute 'create policy used on service_line for update to desk_app using (' || v_works || ') with check (' || v_works || ')';
  execute 'create policy decide on determination for insert to desk_app with check (' || v_works
    || ' and (select desk_role()) = ''clinical'' and decided_by = (select desk_staff_id())'
    || ' and recorded_at <@ (select desk_moment()))';
  execute 'create policy decide on determination_line for insert to desk_app with check (' || v_works
    || ' and (select desk_role()) = ''clinical'')';
  foreach v_table in array array['determination_notice', 'authorization_follow_up'] loop
    execute format('create policy tell on %I for insert to desk_app with check (%s and by_id = (select desk_staff_id())'
      || ' and recorded_at <@ (select desk_moment()))', v_table, v_works);
  end loop;
end $$;
grant insert (client_id, claim_id, about_id, jurisdiction, kind, provider_npi, provider_name, provider_phone, provider_fax,
    provider_email, received_at, channel, postmarked_on, document_id, complete_at, missing, clock, rule, due_at, due_why,
    ours, holder_id, reviewer_id, follow_up_at, logged_at, logged_by),
  update (complete_at, missing, information_asked_at, information_at, tolled_at, resumed_at, deferred_at, taken_up_at, clock,
    rule, due_at, due_why, ours, holder_id, reviewer_id, follow_up_at, change, change_why, changed_at, changed_by, version)
  on authorization_request to desk_app;
grant insert (client_id, claim_id, request_id, line, code, words, body_part, units), update (used_units)
  on service_line to desk_app;
grant insert (client_id, claim_id, request_id, corrects_id, outcome, reviewer_name, reviewer_credentials, reason, decided_at,
    decided_by, recorded_at) on determination to desk_app;
grant insert (client_id, claim_id, request_id, determination_id, line, outcome, units, words, from_on, until_on,
    authorization_number) on determination_line to desk_app;
grant insert (client_id, claim_id, request_id, determination_id, party, how, recipient, document_id, at, by_id, recorded_at)
  on determination_notice to desk_app;
grant insert (client_id, claim_id, request_id, party, how, outcome, note, at, by_id, recorded_at)
  on authorization_follow_up to desk_app;

-- Who reviews for a client, for whoever works for it.
create function desk_reviewers(p_client int) returns table (staff_id int, full_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.staff_id, s.full_name from staff s join reaches r on r.staff_id = s.staff_id
   where s.active and s.role = 'clinical' and r.client_id = p_client and (select desk_works())
     and ((select desk_supervises()) or p_client = any ((select desk_identity_clients())::int[])) $$;
revoke execute on function desk_reviewers from public;
grant execute on function desk_reviewers to desk_app;

-- What the clocks of open requests ask, for whoever sets clocks: no request, claim or person is told by it.
create function desk_open_clocks(p_jurisdiction text, p_kind text)
returns table (client_id int, in_network boolean, received_at timestamptz, channel text, postmarked_on date,
               complete_at timestamptz, information_asked_at timestamptz, information_at timestamptz, tolled_at timestamptz,
               resumed_at timestamptz, deferred_at timestamptz, taken_up_at timestamptz, due_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.client_id, c.certified_network, r.received_at, r.channel, r.postmarked_on, r.complete_at, r.information_asked_at,
         r.information_at, r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at
    from authorization_request r join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
   where r.ended_at is null and r.decided_at is null and r.due_why is null
     and r.jurisdiction = p_jurisdiction and (select desk_manages())
     and case when p_kind = 'incomplete_request_return' then r.clock = 'waiting'
              else r.kind = p_kind and r.clock <> 'waiting' end $$;
revoke execute on function desk_open_clocks from public;
grant execute on function desk_open_clocks to desk_app;

-- A request is logged on an open claim, and what is about another one is about one that was decided; whoever has it, or
-- reviews it, works for its client.
create function desk_authorization_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.merged_into is null
      for share;
  if not found then
    raise exception 'a request is logged on an open claim' using errcode = 'insufficient_privilege';
  end if;
  if new.about_id is not null and not exists (
    select from authorization_request r where r.client_id = new.client_id and r.claim_id = new.claim_id
       and r.request_id = new.about_id and r.decided_at <= new.received_at) then
    raise exception 'what is appealed was decided before' using errcode = 'insufficient_privilege';
  end if;
  if (new.clock in ('waiting', 'running') and (new.holder_id is null or desk_may_hold(new.holder_id, new.client_id))
      and (new.reviewer_id is null or desk_may_call(new.reviewer_id, new.client_id))) is not true then
    raise exception 'a request begins, and is held and reviewed by those who work for its client'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_authorization_can_be from public;
create trigger can_be before insert on authorization_request for each row when (current_user = 'desk_app')
  execute function desk_authorization_can_be();

-- A change counts, says by its step what it changes, and changes nothing else; what was once so of a clock stays so.
create function desk_authorization_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_was jsonb := to_jsonb(old);
  v_is jsonb := to_jsonb(new);
  v_step text; -- the column whose time the step puts there
  v_changed text[];
begin
  v_step := case new.change when 'completed' then 'complete_at' when 'extended' then 'information_asked_at'
    when 'informed' then 'information_at' when 'tolled' then 'tolled_at' when 'resumed' then 'resumed_at'
    when 'deferred' then 'deferred_at' when 'taken_up' then 'taken_up_at' end;
  select coalesce(array_agg(key), '{}') into v_changed from jsonb_each(v_is) each where value is distinct from v_was -> key;
  v_changed := array(select unnest(v_changed) except select unnest('{version,change,change_why,changed_at,changed_by}'::text[]));
  if new.version is distinct from old.version + 1 or old.decided_at is not null then
    raise exception 'a change counts, and is of what is not decided' using errcode = 'insufficient_privilege';
  end if;
  if (v_changed <@ case new.change
        when 'followed_up' then array['follow_up_at']
        when 'assigned' then '{holder_id,reviewer_id,clock,rule,due_at,ours,follow_up_at}'
        when 'returned' then '{missing,clock,rule,due_at,ours,follow_up_at}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours,follow_up_at}'
        when 'due_moved' then '{clock,rule,due_at,ours,follow_up_at}'
        else array['clock', 'rule', 'due_at', 'ours', 'follow_up_at', v_step] end
      and case new.change
        when 'returned' then new.complete_at is null and new.missing is not null
        when 'followed_up' then exists (
          select from authorization_follow_up f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.request_id = new.request_id
             and f.by_id = new.changed_by and f.xmin = pg_current_xact_id()::xid)
        when 'due_moved' then new.due_at is distinct from old.due_at
        when 'due_set' then true
        when 'assigned' then true
        else v_was ->> v_step is null
             and (v_is ->> v_step)::timestamptz between new.received_at and upper(desk_moment()) end) is not true then
    raise exception 'a step changes what it is about, once, and after the request came'
      using errcode = 'insufficient_privilege';
  end if;
  if ((new.reviewer_id is not distinct from old.reviewer_id or new.reviewer_id is null
       or desk_may_call(new.reviewer_id, new.client_id))
      and (new.holder_id is not distinct from old.holder_id or new.holder_id is null
           or desk_may_hold(new.holder_id, new.client_id))) is not true then
    raise exception 'those who have and review a request work for its client' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_authorization_changes from public;
create trigger changes before update on authorization_request for each row when (current_user = 'desk_app')
  execute function desk_authorization_changes();

-- A request asks for something.
create function desk_authorization_asks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from service_line l
                  where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id) then
    raise exception 'a request asks for something' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke execute on function desk_authorization_asks from public;
create constraint trigger asks after insert on authorization_request deferrable initially deferred for each row
  when (current_user = 'desk_app') execute function desk_authorization_asks();

-- A line is asked for with its request, and counted by treatment that was approved.
create function desk_line_with_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from authorization_request r
                  where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
                    and r.xmin = pg_current_xact_id()::xid and r.logged_by = desk_staff_id()) then
    raise exception 'what is asked for comes with its request' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_line_with_request from public;
create trigger with_request before insert on service_line for each row when (current_user = 'desk_app')
  execute function desk_line_with_request();

-- One place tells the timeline, the record and the lists of what became of a request.
create function desk_authorization_noted(p_client int, p_claim bigint, p_request bigint, p_kind text, p_at timestamptz,
                                         p_by int, p_detail jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (p_by, p_client, 'claim', p_claim, p_kind,
          jsonb_strip_nulls(jsonb_build_object('authorization', p_request, 'step', p_detail -> 'step',
                                               'outcome', p_detail -> 'outcome', 'party', p_detail -> 'party')));
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, p_at, p_by, p_kind,
          jsonb_strip_nulls(p_detail || jsonb_build_object('authorization', p_request)));
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
end $$;
revoke execute on function desk_authorization_noted from public;

create function desk_units_used() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', now(),
    desk_staff_id(), jsonb_build_object('step', 'used', 'line', new.line, 'used', jsonb_build_array(old.used_units, new.used_units)));
  return null;
end $$;
revoke execute on function desk_units_used from public;
create trigger used after update on service_line for each row
  when (current_user = 'desk_app' and new.used_units is distinct from old.used_units) execute function desk_units_used();

create function desk_authorization_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_logged', new.logged_at,
      new.logged_by, jsonb_build_object('kind', new.kind, 'due_at', new.due_at, 'about', new.about_id,
        'jurisdiction', new.jurisdiction));
  elsif new.change is distinct from 'followed_up' and new.version > old.version and new.changed_by is not null then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', new.changed_at,
      new.changed_by, jsonb_build_object('step', new.change, 'jurisdiction', new.jurisdiction,
        'why', coalesce(new.change_why, case new.change when 'returned' then new.missing when 'due_set' then new.due_why end),
        'due_at', case when new.due_at is distinct from old.due_at then jsonb_build_array(old.due_at, new.due_at) end,
        'to', case when new.change = 'assigned' then
          case when new.holder_id is distinct from old.holder_id then new.holder_id else new.reviewer_id end end));
  end if;
  return null;
end $$;
revoke execute on function desk_authorization_told from public;
create trigger told after insert or update on authorization_request for each row execute function desk_authorization_told();

-- A determination decides its request, as of when it was made; what is only put off leaves it open.
create function desk_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id for update;
  if (new.decided_at >= v.received_at
      and case when new.corrects_id is null then v.decided_at is null
               else v.decided_at is not null and new.outcome not in ('deferred', 'pended')
                    and new.corrects_id < new.determination_id
                    and exists (select from determination d
                                 where d.client_id = new.client_id and d.claim_id = new.claim_id
                                   and d.request_id = new.request_id and d.determination_id = new.corrects_id
                                   and d.outcome not in ('deferred', 'pended')) end) is not true then
    raise exception 'a request is decided once, after it came, and a correction corrects what was decided'
      using errcode = 'insufficient_privilege';
  end if;
  update authorization_request
     set outcome = new.outcome,
         decided_at = case when new.outcome not in ('deferred', 'pended') then new.decided_at end,
         ended_at = case when new.outcome = 'withdrawn' then coalesce(ended_at, new.recorded_at) else ended_at end,
         clock = case when new.outcome = 'withdrawn' then 'stopped' else clock end,
         follow_up_at = case when new.outcome not in ('deferred', 'pended') then null else follow_up_at end
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id,
    case when new.corrects_id is null then 'determined' else 'determination_corrected' end, new.recorded_at, new.decided_by,
    jsonb_build_object('outcome', new.outcome, 'decided_at', new.decided_at, 'jurisdiction', v.jurisdiction));
  return null;
end $$;
revoke execute on function desk_determined from public;
create trigger determined after insert on determination for each row execute function desk_determined();

-- What was determined of a line is what stands there; a line is decided with its determination.
create function desk_line_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from determination d
                  where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
                    and d.determination_id = new.determination_id and d.xmin = pg_current_xact_id()::xid) then
    raise exception 'a line is decided with its determination' using errcode = 'insufficient_privilege';
  end if;
  if new.units > (select l.units from service_line l
                   where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id
                     and l.line = new.line) then
    raise exception 'no more is approved than was asked for' using errcode = 'insufficient_privilege';
  end if;
  update service_line
     set outcome = new.outcome, approved_units = new.units, approved_words = new.words, from_on = new.from_on,
         until_on = new.until_on, authorization_number = new.authorization_number,
         used_units = least(used_units, coalesce(new.units, 0))
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id and line = new.line;
  return null;
end $$;
revoke execute on function desk_line_determined from public;
create trigger determined after insert on determination_line for each row execute function desk_line_determined();

-- Every line of a request is decided where the request is, and what is decided of the request is of its lines together.
create function desk_all_lines_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_outcomes text[];
  v_lines int;
begin
  select array_agg(distinct d.outcome), count(*) into v_outcomes, v_lines from determination_line d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id;
  if v_lines = 0 or v_lines <> (select count(*) from service_line l where l.client_id = new.client_id
                                   and l.claim_id = new.claim_id and l.request_id = new.request_id)
     or new.outcome is distinct from (case
          when cardinality(v_outcomes) = 1 then v_outcomes[1]
          when v_outcomes && '{deferred,pended}' then null
          when v_outcomes && '{approved,modified}' then 'modified'
          when v_outcomes && '{denied}' then 'denied'
          else 'dismissed' end) then
    raise exception 'each line is decided, and the request as its lines' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke execute on function desk_all_lines_determined from public;
create constraint trigger all_lines after insert on determination deferrable initially deferred for each row
  execute function desk_all_lines_determined();

-- What is told outside was decided before, leaves a disclosure, and the provider's notice stops the clock.
alter table disclosure alter column digest drop not null;
create function desk_notice_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v determination;
begin
  select * into v from determination d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id;
  if (new.at >= v.decided_at) is not true then
    raise exception 'nobody is told of what is not decided' using errcode = 'insufficient_privilege';
  end if;
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  values (new.client_id, new.claim_id, new.document_id,
          (select f.digest from claim_document d join file f using (client_id, file_id)
            where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id),
          new.recipient, 'Notice of a determination', new.at, new.by_id);
  update authorization_request
     set communicated_at = new.at, ended_at = new.recorded_at, clock = 'stopped'
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id
     and new.party = 'provider' and communicated_at is null and v.outcome not in ('deferred', 'pended');
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'determination_told', new.recorded_at,
    new.by_id, jsonb_build_object('party', new.party, 'method', new.how, 'told_at', new.at));
  return null;
end $$;
revoke execute on function desk_notice_told from public;
create trigger told after insert on determination_notice for each row execute function desk_notice_told();

create function desk_follow_up_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_provider text;
begin
  select r.provider_name into v_provider from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
     and r.decided_at is null and r.received_at <= new.at;
  if not found then
    raise exception 'what waits for a determination is followed up' using errcode = 'insufficient_privilege';
  end if;
  if new.party = 'provider' and new.outcome in ('answered', 'promised', 'message') then
    insert into disclosure (client_id, claim_id, recipient, purpose, at, by_id)
    values (new.client_id, new.claim_id, v_provider, 'Follow-up on a request for authorization', new.at, new.by_id);
  end if;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_followed_up',
    new.recorded_at, new.by_id,
    jsonb_build_object('party', new.party, 'method', new.how, 'outcome', new.outcome, 'note', new.note));
  return null;
end $$;
revoke execute on function desk_follow_up_told from public;
create trigger told after insert on authorization_follow_up for each row execute function desk_follow_up_told();

-- What the tables put on the record nobody says by hand.
do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), '}', ',authorization_logged,authorization_changed,'
                             || 'authorization_followed_up,determined,determination_corrected,determination_told}') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;
