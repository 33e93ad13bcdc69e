-- Providers: who they are, where they see patients, what they do, in which languages, and in whose network they are.

-- Whether a national provider identifier was not mistyped: ten digits, of which the last checks the others (Luhn, as if 80840
-- stood before them, which adds 24).
create function desk_npi_checks(p_npi text) returns boolean language sql immutable parallel safe
return case when p_npi ~ '^[12][0-9]{9}$' then (
  24 + substr(p_npi, 10, 1)::int
  + substr(p_npi, 2, 1)::int + substr(p_npi, 4, 1)::int + substr(p_npi, 6, 1)::int + substr(p_npi, 8, 1)::int
  + substr('0246813579', substr(p_npi, 1, 1)::int + 1, 1)::int + substr('0246813579', substr(p_npi, 3, 1)::int + 1, 1)::int
  + substr('0246813579', substr(p_npi, 5, 1)::int + 1, 1)::int + substr('0246813579', substr(p_npi, 7, 1)::int + 1, 1)::int
  + substr('0246813579', substr(p_npi, 9, 1)::int + 1, 1)::int) % 10 = 0
  else p_npi is null end;

create table provider (
  provider_id bigint generated always as identity,
  npi text not null,
  kind text not null,
  name text not null,
  constraint provider_pkey primary key (provider_id),
  constraint provider_npi_key unique (npi),
  constraint provider_npi_checks check (desk_npi_checks(npi)),
  constraint provider_kind_known check (kind in ('individual', 'organization')),
  constraint provider_name_brief check (length(name) <= 200 and desk_shows(name)));

create table provider_location (
  provider_id bigint not null,
  location_id bigint generated always as identity,
  address text not null,
  city text not null,
  state text not null,
  postal_code text not null,
  latitude double precision not null,
  longitude double precision not null,
  timezone text not null,
  phone text,
  fax text,
  accepting_new_patients boolean not null,
  effective_from date not null,
  effective_until date,
  constraint provider_location_pkey primary key (provider_id, location_id),
  constraint provider_location_provider_id_fkey foreign key (provider_id) references provider,
  constraint provider_location_address_brief check (length(address) <= 200 and desk_shows(address)),
  constraint provider_location_city_brief check (length(city) <= 100 and desk_shows(city)),
  constraint provider_location_state_form check (state ~ '^[A-Z]{2}$'),
  constraint provider_location_postal_code_form check (postal_code ~ '^[0-9]{5}(-[0-9]{4})?$'),
  constraint provider_location_on_earth check (latitude between -90 and 90 and longitude between -180 and 180),
  constraint provider_location_timezone_known check (desk_zone_known(timezone)),
  constraint provider_location_phone_brief check (length(phone) <= 40),
  constraint provider_location_fax_brief check (length(fax) <= 40),
  constraint provider_location_effective check (effective_until > effective_from));
create index provider_location_near on provider_location (latitude, longitude);
create index provider_location_of_state on provider_location (state, provider_id);

create table provider_specialty (
  provider_id bigint not null,
  taxonomy_code text not null,
  is_primary boolean not null,
  constraint provider_specialty_pkey primary key (provider_id, taxonomy_code),
  constraint provider_specialty_provider_id_fkey foreign key (provider_id) references provider,
  constraint provider_specialty_taxonomy_code_form check (taxonomy_code ~ '^[0-9A-Z]{9}X$'));
create unique index provider_specialty_one_primary on provider_specialty (provider_id) where is_primary;
create index provider_specialty_of_code on provider_specialty (taxonomy_code, provider_id);

create table provider_language (
  provider_id bigint not null,
  language text not null,
  constraint provider_language_pkey primary key (provider_id, language),
  constraint provider_language_provider_id_fkey foreign key (provider_id) references provider,
  constraint provider_language_language_brief check (length(language) <= 40 and desk_shows(language)));

-- In whose network a provider is: a client's own panel, or, without a client, the MCO's.
create table network_panel (
  panel_id bigint generated always as identity,
  client_id int,
  provider_id bigint not null,
  effective_from date not null,
  effective_until date,
  constraint network_panel_pkey primary key (panel_id),
  constraint network_panel_client_id_fkey foreign key (client_id) references client,
  constraint network_panel_provider_id_fkey foreign key (provider_id) references provider,
  constraint network_panel_effective check (effective_until > effective_from));
create unique index network_panel_once on network_panel (provider_id, client_id, effective_from) nulls not distinct;

-- Whether the acting person reads the directory of providers.
create function desk_reads_providers() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role in ('va', 'clinical', 'supervisor', 'compliance')) $$;
revoke execute on function desk_npi_checks, desk_reads_providers from public;
grant execute on function desk_npi_checks, desk_reads_providers to desk_app;

-- Referrals: from the treating provider to a specialist, in the network or, for a reason, outside; confirmed by both sides.
create table referral (
  client_id int not null,
  referral_id bigint generated always as identity,
  claim_id bigint not null,
  taxonomy_code text not null,
  specialty text not null,
  asked text,
  referred_by text not null,
  referred_by_npi text,
  provider_id bigint,
  location_id bigint,
  outside_name text,
  outside_phone text,
  outside_address text,
  outside_why text,
  outside_words text,
  made_at timestamptz not null,
  made_by int not null,
  confirm_provider_by timestamptz not null,
  confirm_worker_by timestamptz not null,
  visit_uid uuid not null default gen_random_uuid(),
  provider_confirmed_at timestamptz,
  worker_confirmed_at timestamptz,
  visit_status text,
  visit_at timestamptz,
  visit_changed_at timestamptz,
  ended_at timestamptz,
  ended_by int,
  outcome text,
  ended_why text,
  report_received_at timestamptz,
  report_claim_id bigint,
  report_document_id bigint,
  constraint referral_pkey primary key (client_id, referral_id),
  constraint referral_claim_fkey foreign key (client_id, claim_id) references claim on delete cascade,
  constraint referral_location_fkey foreign key (provider_id, location_id) references provider_location,
  constraint referral_report_fkey foreign key (client_id, report_claim_id, report_document_id) references claim_document,
  constraint referral_made_by_fkey foreign key (made_by) references staff,
  constraint referral_ended_by_fkey foreign key (ended_by) references staff,
  constraint referral_taxonomy_code_form check (taxonomy_code ~ '^[0-9A-Z]{9}X$'),
  constraint referral_specialty_brief check (length(specialty) <= 200 and desk_shows(specialty)),
  constraint referral_asked_brief check (length(asked) <= 500 and desk_shows(asked)),
  constraint referral_referred_by_brief check (length(referred_by) <= 200 and desk_shows(referred_by)),
  constraint referral_referred_by_npi_checks check (desk_npi_checks(referred_by_npi)),
  constraint referral_to_somebody check (num_nonnulls(provider_id, location_id) in (0, 2)
                                         and (provider_id is null) = (outside_name is not null)),
  constraint referral_outside_brief
    check (length(outside_name) <= 200 and desk_shows(outside_name) and length(outside_phone) <= 40
           and length(outside_address) <= 300 and desk_shows(outside_address)),
  constraint referral_outside_reasoned
    check ((outside_name is null) = (outside_why is null)
           and outside_why in ('none_near', 'none_accepting', 'none_speaks', 'none_of_specialty', 'workers_choice', 'urgent', 'other')
           and length(outside_words) <= 500 and desk_shows(outside_words)
           and (outside_words is null or outside_why is not null)
           and (outside_why is distinct from 'other' or outside_words is not null)),
  constraint referral_inside_bare check (outside_name is not null or coalesce(outside_phone, outside_address) is null),
  constraint referral_confirmed_in_time check (confirm_provider_by > made_at and confirm_worker_by > made_at
                                               and confirm_provider_by < made_at + interval '31 days'
                                               and confirm_worker_by < made_at + interval '31 days'),
  constraint referral_visit_status_known check (visit_status in ('booked', 'kept', 'missed', 'cancelled')),
  constraint referral_visit_whole check (num_nonnulls(visit_status, visit_at, visit_changed_at) in (0, 3)),
  constraint referral_outcome_known check (outcome in ('reported', 'withdrawn', 'over')),
  constraint referral_ended_whole check (num_nonnulls(ended_at, ended_by, outcome) in (0, 3)),
  constraint referral_ended_reasoned
    check (length(ended_why) <= 500 and desk_shows(ended_why)
           and (ended_why is not null) = (outcome is not null and outcome <> 'reported')),
  constraint referral_reported check ((report_received_at is not null) = (outcome is not null and outcome = 'reported')
                                      and report_received_at <= ended_at
                                      and num_nonnulls(report_claim_id, report_document_id) in (0, 2)
                                      and (report_document_id is null or report_received_at is not null)));
create index referral_of_claim on referral (client_id, claim_id);
create index referral_open on referral (client_id, claim_id, referral_id) where ended_at is null;
create index referral_outside on referral (client_id, made_at) where outside_why is not null;
create index referral_to_location on referral (provider_id, location_id) where provider_id is not null;
create index referral_report on referral (client_id, report_claim_id, report_document_id) where report_document_id is not null;

-- Who confirmed a referral, once for each side: with whom somebody spoke, when and how.
create table referral_confirmation (
  client_id int not null,
  referral_id bigint not null,
  party text not null,
  at timestamptz not null,
  how text not null,
  with_whom text not null,
  words text,
  recorded_at timestamptz not null,
  by_id int not null,
  constraint referral_confirmation_pkey primary key (client_id, referral_id, party),
  constraint referral_confirmation_referral_fkey foreign key (client_id, referral_id) references referral on delete cascade,
  constraint referral_confirmation_by_id_fkey foreign key (by_id) references staff,
  constraint referral_confirmation_party_known check (party in ('provider', 'worker')),
  constraint referral_confirmation_how_known check (how in ('phone', 'fax', 'email', 'text', 'portal', 'in_person')),
  constraint referral_confirmation_at_made check (at <= recorded_at and at > recorded_at - interval '31 days'),
  constraint referral_confirmation_with_whom_brief check (length(with_whom) <= 200 and desk_shows(with_whom)),
  constraint referral_confirmation_words_brief check (length(words) <= 500 and desk_shows(words)));

-- When the worker sees the specialist. One that is moved stays, and another follows it.
create table referral_appointment (
  client_id int not null,
  referral_id bigint not null,
  appointment_id bigint generated always as identity,
  starts_at timestamptz not null,
  timezone text not null,
  status text not null default 'booked',
  sequence int not null default 0,
  booked_at timestamptz not null,
  booked_by int not null,
  changed_at timestamptz,
  changed_by int,
  changed_why text,
  constraint referral_appointment_pkey primary key (client_id, referral_id, appointment_id),
  constraint referral_appointment_referral_fkey foreign key (client_id, referral_id) references referral on delete cascade,
  constraint referral_appointment_booked_by_fkey foreign key (booked_by) references staff,
  constraint referral_appointment_changed_by_fkey foreign key (changed_by) references staff,
  constraint referral_appointment_status_known check (status in ('booked', 'kept', 'missed', 'moved', 'cancelled')),
  constraint referral_appointment_timezone_known check (desk_zone_known(timezone)),
  constraint referral_appointment_ahead check (starts_at > booked_at and starts_at <= booked_at + interval '366 days'
                                               and date_trunc('minute', starts_at) = starts_at),
  constraint referral_appointment_sequence_counts check (sequence >= 0),
  constraint referral_appointment_changed_whole check (num_nonnulls(changed_at, changed_by) = case status when 'booked' then 0 else 2 end),
  constraint referral_appointment_changed_reasoned
    check (length(changed_why) <= 500 and desk_shows(changed_why) and (changed_why is null or status <> 'booked')
           and (status <> 'cancelled' or changed_why is not null)));
create unique index referral_appointment_one_booked on referral_appointment (client_id, referral_id) where status = 'booked';

do $$
declare
  v_table text;
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
begin
  foreach v_table in array array['provider', 'provider_location', 'provider_specialty', 'provider_language', 'network_panel',
                                 'referral', 'referral_confirmation', 'referral_appointment'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
  end loop;
  foreach v_table in array array['provider', 'provider_location', 'provider_specialty', 'provider_language'] loop
    execute format('create policy directory on %I for select to desk_app using ((select desk_reads_providers()))', v_table);
  end loop;
  execute 'create policy directory on network_panel for select to desk_app using ((select desk_reads_providers()) and (client_id is null or '
    || v_scope || '))';
  foreach v_table in array array['referral', 'referral_confirmation', 'referral_appointment'] loop
    execute format('create policy scope on %I for select to desk_app using (%s)', v_table, v_scope);
  end loop;
  execute 'create policy make on referral for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and made_by = (select desk_staff_id()) and made_at <@ (select desk_moment()))';
  execute 'create policy finish on referral for update to desk_app using ((select desk_works()) and ' || v_scope
    || ' and ended_at is null) with check ((select desk_works()) and ' || v_scope
    || ' and ended_by = (select desk_staff_id()) and ended_at <@ (select desk_moment()) and outcome in (''reported'', ''withdrawn''))';
  execute 'create policy confirm on referral_confirmation for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and by_id = (select desk_staff_id()) and recorded_at <@ (select desk_moment()))';
  execute 'create policy book on referral_appointment for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and booked_by = (select desk_staff_id()) and booked_at <@ (select desk_moment()))';
  execute 'create policy change on referral_appointment for update to desk_app using ((select desk_works()) and ' || v_scope
    || ' and status = ''booked'') with check ((select desk_works()) and ' || v_scope
    || ' and changed_by = (select desk_staff_id()) and changed_at <@ (select desk_moment()))';
end $$;
grant insert (client_id, claim_id, taxonomy_code, specialty, asked, referred_by, referred_by_npi, provider_id, location_id,
              outside_name, outside_phone, outside_address, outside_why, outside_words, made_at, made_by,
              confirm_provider_by, confirm_worker_by),
  update (ended_at, ended_by, outcome, ended_why, report_received_at, report_claim_id, report_document_id) on referral to desk_app;
grant insert (client_id, referral_id, party, at, how, with_whom, words, recorded_at, by_id) on referral_confirmation to desk_app;
grant insert (client_id, referral_id, starts_at, timezone, booked_at, booked_by),
  update (status, changed_at, changed_by, changed_why) on referral_appointment to desk_app;

-- The worker of an open claim is referred, to a provider who is in the client's network then.
create function desk_referral_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null for share;
  if not found or new.provider_id is not null and not exists (
       select from network_panel n
        where n.provider_id = new.provider_id and (n.client_id is null or n.client_id = new.client_id)
          and n.effective_from <= new.made_at::date + 1 and (n.effective_until is null or n.effective_until >= new.made_at::date)) then
    raise exception 'the worker of an open claim is referred, to a provider in the network' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_referral_can_be from public;
create trigger can_be before insert on referral for each row when (current_user = 'desk_app') execute function desk_referral_can_be();

-- A referral ends with the report once the appointment was kept; that report is on the claim, or on one of the same injury.
create function desk_referral_ends() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.outcome = 'reported' and (new.visit_status = 'kept' and (new.report_document_id is null or exists (
       select from claim r, claim o
        where (r.client_id, r.claim_id) = (new.client_id, new.report_claim_id)
          and (o.client_id, o.claim_id) = (new.client_id, new.claim_id)
          and coalesce(r.merged_into, r.claim_id) = coalesce(o.merged_into, o.claim_id)))) is not true then
    raise exception 'a report comes after the appointment was kept, and is on the claim' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_referral_ends from public;
create trigger ends before update on referral for each row when (current_user = 'desk_app') execute function desk_referral_ends();

-- Puts on the claim's timeline and on the record what became of a referral, on the claim that is worked; lists learn of it.
create function desk_referral_tell(p_client int, p_referral bigint, p_kind text, p_at timestamptz, p_by int, p_record jsonb, p_detail jsonb)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_claim bigint;
  v_said jsonb;
begin
  select coalesce(c.merged_into, c.claim_id),
         jsonb_build_object('referral', r.referral_id, 'specialty', r.specialty, 'provider', coalesce(r.outside_name, p.name))
    into v_claim, v_said
    from referral r join claim c using (client_id, claim_id) left join provider p on p.provider_id = r.provider_id
   where r.client_id = p_client and r.referral_id = p_referral;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (p_by, p_client, 'claim', v_claim, p_kind, jsonb_build_object('referral', p_referral) || p_record);
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, v_claim, p_at, p_by, p_kind, jsonb_strip_nulls(v_said || p_detail));
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(v_claim))::text);
end $$;
revoke execute on function desk_referral_tell from public;

create function desk_referral_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform desk_referral_tell(new.client_id, new.referral_id, 'referral_made', new.made_at, new.made_by, '{}',
                               jsonb_build_object('outside', new.outside_why));
  elsif old.ended_at is null and new.outcome in ('reported', 'withdrawn') then
    if new.outcome = 'withdrawn' then
      update referral_appointment set status = 'cancelled', changed_at = new.ended_at, changed_by = new.ended_by, changed_why = new.ended_why
       where client_id = new.client_id and referral_id = new.referral_id and status = 'booked';
    end if;
    perform desk_referral_tell(new.client_id, new.referral_id, 'referral_' || new.outcome, new.ended_at, new.ended_by, '{}',
                               jsonb_build_object('why', new.ended_why));
  end if;
  return null;
end $$;
revoke execute on function desk_referral_told from public;
create trigger told after insert or update on referral for each row execute function desk_referral_told();

-- Both sides confirm an open referral, each once.
create function desk_referral_confirmed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral
     set provider_confirmed_at = case when new.party = 'provider' then new.at else provider_confirmed_at end,
         worker_confirmed_at = case when new.party = 'worker' then new.at else worker_confirmed_at end
   where client_id = new.client_id and referral_id = new.referral_id and ended_at is null;
  if not found then
    raise exception 'an open referral is confirmed' using errcode = 'insufficient_privilege';
  end if;
  perform desk_referral_tell(new.client_id, new.referral_id, 'referral_confirmed', new.recorded_at, new.by_id,
                             jsonb_build_object('party', new.party),
                             jsonb_build_object('party', new.party, 'how', new.how, 'with', new.with_whom, 'confirmed_at', new.at));
  return null;
end $$;
revoke execute on function desk_referral_confirmed from public;
create trigger told after insert on referral_confirmation for each row execute function desk_referral_confirmed();

-- An appointment is booked on an open referral, until one was kept, in the zone of the place where it is; calendars count its moves.
create function desk_appointment_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from referral r left join provider_location l using (provider_id, location_id)
    where r.client_id = new.client_id and r.referral_id = new.referral_id and r.ended_at is null
      and r.visit_status is distinct from 'kept' and new.timezone = coalesce(l.timezone, new.timezone)
      for update of r;
  if not found then
    raise exception 'an appointment is booked on an open referral, on clocks where it is' using errcode = 'insufficient_privilege';
  end if;
  new.sequence := (select count(*) + count(*) filter (where a.status = 'cancelled') from referral_appointment a
                    where a.client_id = new.client_id and a.referral_id = new.referral_id);
  return new;
end $$;
revoke execute on function desk_appointment_can_be from public;
create trigger can_be before insert on referral_appointment for each row execute function desk_appointment_can_be();

-- What became of an appointment is said once its time has come; it is moved or cancelled at any time.
create function desk_appointment_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.status in ('moved', 'cancelled') or new.status in ('kept', 'missed') and new.changed_at >= old.starts_at) is not true then
    raise exception 'an appointment was kept or missed once its time has come' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_appointment_changes from public;
create trigger changes before update on referral_appointment for each row when (current_user = 'desk_app')
  execute function desk_appointment_changes();

create function desk_appointment_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before timestamptz;
  v_kind text := 'appointment_' || new.status;
  v_starts jsonb := to_jsonb(new.starts_at);
begin
  if tg_op = 'UPDATE' and new.status = 'moved' then -- what follows it tells
    return null;
  end if;
  if tg_op = 'INSERT' then
    select a.starts_at into v_before from referral_appointment a
     where a.client_id = new.client_id and a.referral_id = new.referral_id and a.appointment_id <> new.appointment_id
       and a.status in ('moved', 'missed') and a.appointment_id = (
         select max(b.appointment_id) from referral_appointment b
          where b.client_id = new.client_id and b.referral_id = new.referral_id and b.appointment_id <> new.appointment_id);
    if v_before is not null then
      v_kind := 'appointment_moved';
      v_starts := jsonb_build_array(v_before, new.starts_at);
    end if;
  end if;
  update referral set visit_status = new.status, visit_at = new.starts_at, visit_changed_at = coalesce(new.changed_at, new.booked_at)
   where client_id = new.client_id and referral_id = new.referral_id;
  perform desk_referral_tell(new.client_id, new.referral_id, v_kind, coalesce(new.changed_at, new.booked_at),
                             coalesce(new.changed_by, new.booked_by), jsonb_build_object('starts_at', new.starts_at),
                             jsonb_build_object('starts_at', v_starts, 'timezone', new.timezone, 'why', new.changed_why));
  return null;
end $$;
revoke execute on function desk_appointment_told from public;
create trigger told after insert or update on referral_appointment for each row execute function desk_appointment_told();

-- Nobody is referred any more when the claim is closed or the worker has died; of a merged claim the one that is kept goes on.
create function desk_referral_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_by constant int := coalesce(desk_staff_id(), 1);
  v_why constant text := case when new.date_of_death is not null then 'The worker has died' else 'The claim was closed' end;
  v_claims constant bigint[] := desk_one_injury(new.client_id, new.claim_id);
begin
  update referral_appointment a set status = 'cancelled', changed_at = clock_timestamp(), changed_by = v_by, changed_why = v_why
    from referral r
   where r.client_id = new.client_id and r.claim_id = any (v_claims) and r.ended_at is null
     and a.client_id = r.client_id and a.referral_id = r.referral_id and a.status = 'booked';
  update referral set ended_at = clock_timestamp(), ended_by = v_by, outcome = 'over', ended_why = v_why
   where client_id = new.client_id and claim_id = any (v_claims) and ended_at is null;
  return null;
end $$;
revoke execute on function desk_referral_over from public;
create trigger referral_over after update of closed_at, date_of_death on claim for each row
  when (new.merged_into is null and (new.closed_at is not null or new.date_of_death is not null))
  execute function desk_referral_over();

-- What is told of referrals is put on the record by their tables, and by nobody's own hand.
do $$
declare
  v_verbs text[] := (select substring(pg_get_expr(polwithcheck, polrelid) from '''(\{.*\})''')::text[]
                       from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
begin
  execute format('alter policy by_the_act on audit_event with check (verb <> all (%L::text[]))', v_verbs || array[
    'referral_made', 'referral_confirmed', 'referral_reported', 'referral_withdrawn', 'appointment_booked', 'appointment_moved',
    'appointment_kept', 'appointment_missed', 'appointment_cancelled']);
end $$;
