-- Clinicians as those who are booked; when they are away; and the calls that are booked with them.

create table clinician (
  staff_id int not null,
  hours text[] not null,
  languages text[] not null default '{}',
  licences text[] not null default '{}',
  compact boolean not null default false,
  daily_calls smallint not null default 10,
  set_at timestamptz not null,
  set_by int not null,
  version int not null default 1,
  constraint clinician_pkey primary key (staff_id),
  constraint clinician_staff_id_fkey foreign key (staff_id) references staff,
  constraint clinician_set_by_fkey foreign key (set_by) references staff,
  constraint clinician_hours_of_a_week check (cardinality(hours) = 7 and array_position(hours, null) is null),
  constraint clinician_hours_brief check (length(array_to_string(hours, '')) <= 700),
  constraint clinician_languages_brief
    check (cardinality(languages) <= 20 and length(array_to_string(languages, '')) <= 400),
  constraint clinician_licences_are_states
    check (cardinality(licences) <= 60 and array_to_string(licences, ' ') ~ '^([A-Z]{2}( [A-Z]{2})*)?$'),
  constraint clinician_daily_calls_few check (daily_calls between 0 and 48));

create table time_off (
  staff_id int not null,
  off_id bigint generated always as identity,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  set_at timestamptz not null,
  set_by int not null,
  constraint time_off_pkey primary key (staff_id, off_id),
  constraint time_off_staff_id_fkey foreign key (staff_id) references staff,
  constraint time_off_set_by_fkey foreign key (set_by) references staff,
  constraint time_off_passing check (ends_at > starts_at and ends_at - starts_at <= interval '366 days'),
  constraint time_off_of_our_time check (starts_at > '1900-01-01Z' and ends_at < '2200-01-01Z'));

create table triage_call (
  client_id int not null,
  claim_id bigint not null,
  call_id bigint generated always as identity,
  clinician_id int not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null default 'booked',
  uid uuid not null default gen_random_uuid(),
  sequence int not null default 0,
  booked_at timestamptz not null,
  booked_by int not null,
  changed_at timestamptz,
  changed_by int,
  override_why text,
  ended_why text,
  constraint triage_call_pkey primary key (client_id, claim_id, call_id),
  constraint triage_call_claim_fkey foreign key (client_id, claim_id) references claim on delete cascade,
  constraint triage_call_clinician_id_fkey foreign key (clinician_id) references staff,
  constraint triage_call_booked_by_fkey foreign key (booked_by) references staff,
  constraint triage_call_changed_by_fkey foreign key (changed_by) references staff,
  constraint triage_call_status_known check (status in ('booked', 'done', 'missed', 'cancelled')),
  constraint triage_call_lasts check (ends_at - starts_at between interval '10 minutes' and interval '2 hours'
                                      and date_trunc('minute', starts_at) = starts_at),
  constraint triage_call_sequence_counts check (sequence >= 0),
  constraint triage_call_changed_paired check ((changed_at is null) = (changed_by is null)),
  constraint triage_call_override_reasoned check (length(override_why) <= 500 and desk_shows(override_why)),
  constraint triage_call_ended_reasoned
    check (length(ended_why) <= 500 and desk_shows(ended_why) and (ended_why is null or status <> 'booked')),
  constraint triage_call_cancelled_reasoned check ((status = 'cancelled') <= (ended_why is not null)),
  constraint triage_call_one_at_a_time exclude using gist (
    int8range(clinician_id, clinician_id, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
    where (status = 'booked'));
create unique index triage_call_one_of_claim on triage_call (client_id, claim_id) where status = 'booked';
create index triage_call_due on triage_call (starts_at, client_id, claim_id) where status = 'booked';
create index triage_call_of_clinician on triage_call (clinician_id, starts_at);

-- Whether the person is of the clinical staff.
create function desk_is_clinical(p_staff int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from staff where staff_id = p_staff and active and role = 'clinical') $$;

-- Whether the acting person sets this one's calendar: the own, and a supervisor anybody's of the clinical staff.
create function desk_sets_calendar(p_staff int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select desk_is_clinical(p_staff) and (desk_supervises() or p_staff = desk_staff_id()) $$;

-- Whether the person makes triage calls for the client.
create function desk_may_call(p_staff int, p_client int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select desk_is_clinical(p_staff) and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, p_client)) $$;

-- The clients for whom somebody makes triage calls, of those whom the acting person works for.
create function desk_calling_clients() returns int[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.client_id), '{}')
    from clinician c join staff s on s.staff_id = c.staff_id join reaches r on r.staff_id = c.staff_id
   where s.active and s.role = 'clinical' and (desk_sees_all() or r.client_id = any (desk_identity_clients())) $$;

-- Those who make triage calls for the client, or for any that the acting person works for, with their hours and when they are not free, which tells of no claim.
create function desk_clinicians(p_client int, p_from timestamptz, p_until timestamptz)
returns table (staff_id int, full_name text, timezone text, hours text[], languages text[], licences text[], compact boolean,
               daily_calls smallint, away_from timestamptz[], away_until timestamptz[], busy_from timestamptz[],
               busy_until timestamptz[])
language sql stable security definer set search_path = public, pg_temp as $$
  select s.staff_id, s.full_name, s.timezone, c.hours, c.languages, c.licences, c.compact, c.daily_calls,
         away.starts, away.ends, busy.starts, busy.ends
    from clinician c
    join staff s on s.staff_id = c.staff_id
   cross join lateral (
     select coalesce(array_agg(o.starts_at order by o.starts_at, o.off_id), '{}') as starts,
            coalesce(array_agg(o.ends_at order by o.starts_at, o.off_id), '{}') as ends
       from time_off o where o.staff_id = c.staff_id and o.starts_at < p_until and o.ends_at > p_from) away
   cross join lateral (
     select coalesce(array_agg(t.starts_at order by t.starts_at), '{}') as starts,
            coalesce(array_agg(t.ends_at order by t.starts_at), '{}') as ends
       from triage_call t
      where t.clinician_id = c.staff_id and t.status = 'booked'
        and t.starts_at > p_from - interval '2 hours' and t.starts_at < p_until) busy
   where s.active and s.role = 'clinical'
     and (select desk_works())
     and exists (select from reaches r where r.staff_id = c.staff_id and r.client_id = coalesce(p_client, r.client_id)
                    and ((select desk_supervises()) or r.client_id = any ((select desk_identity_clients())::int[])))
   order by s.staff_id $$;

do $$
declare
  v_table text;
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
  v_own text := 'desk_sets_calendar(staff_id)';
  v_signed text := ' and set_by = (select desk_staff_id()) and set_at <@ (select desk_moment())';
begin
  foreach v_table in array array['clinician', 'time_off', 'triage_call'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
  end loop;
  foreach v_table in array array['clinician', 'time_off'] loop
    execute format('create policy own on %I for select to desk_app using (%s)', v_table, v_own);
    execute format('create policy add on %I for insert to desk_app with check (%s)', v_table, v_own || v_signed);
  end loop;
  execute 'create policy change on clinician for update to desk_app using (' || v_own || ') with check (' || v_own || v_signed
    || ')';
  execute 'create policy withdraw on time_off for delete to desk_app using (' || v_own || ')';
  execute 'create policy scope on triage_call for select to desk_app using (' || v_scope || ')';
  execute 'create policy book on triage_call for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and booked_by = (select desk_staff_id()) and booked_at <@ (select desk_moment()) and starts_at > booked_at'
    || ' and (override_why is null or (select desk_supervises())) and desk_may_call(clinician_id, client_id)'
    || ' and exists (select from claim c where c.client_id = triage_call.client_id and c.claim_id = triage_call.claim_id'
    || ' and c.closed_at is null and c.date_of_death is null))';
  execute 'create policy change on triage_call for update to desk_app using ((select desk_works()) and ' || v_scope
    || ' and status = ''booked'') with check ((select desk_works()) and ' || v_scope
    || ' and changed_by = (select desk_staff_id()) and changed_at <@ (select desk_moment()))';
end $$;

grant insert (staff_id, hours, languages, licences, compact, daily_calls, set_at, set_by),
  update (hours, languages, licences, compact, daily_calls, set_at, set_by, version) on clinician to desk_app;
grant insert (staff_id, starts_at, ends_at, set_at, set_by), delete on time_off to desk_app;
grant insert (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by, override_why),
  update (clinician_id, starts_at, ends_at, status, sequence, changed_at, changed_by, override_why, ended_why)
  on triage_call to desk_app;

-- A booked call is moved, which its calendars must learn, or it ends: those who make it say that it was made or missed.
create function desk_call_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'booked' then
    if (new.sequence = old.sequence + 1 and new.starts_at > new.changed_at and desk_may_call(new.clinician_id, new.client_id)
        and (new.override_why is null or desk_supervises())) is not true then
      raise exception 'a call is moved to a time ahead, and it counts its moves' using errcode = 'insufficient_privilege';
    end if;
  elsif ((new.clinician_id, new.starts_at, new.ends_at, new.sequence, new.override_why)
         is distinct from (old.clinician_id, old.starts_at, old.ends_at, old.sequence, old.override_why)) then
    raise exception 'a call ends as it was booked' using errcode = 'insufficient_privilege';
  elsif new.status in ('done', 'missed')
        and (desk_role() in ('clinical', 'supervisor')
             and new.changed_at >= old.starts_at - case new.status when 'done' then interval '1 hour' else '0' end) is not true then
    raise exception 'whoever makes the calls says that one was made, or missed once its time has come'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_call_changes from public;
create trigger changes before update on triage_call for each row when (current_user = 'desk_app')
  execute function desk_call_changes();

-- Whatever becomes of a call is on the claim's timeline and on the record, whoever writes the row; nobody else tells it.
create function desk_call_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind constant text := case when tg_op = 'INSERT' then 'call_booked' when new.status = 'booked' then 'call_moved'
                               else 'call_' || new.status end;
  v_by constant int := case when tg_op = 'INSERT' then new.booked_by else new.changed_by end;
  v_at constant timestamptz := case when tg_op = 'INSERT' then new.booked_at else new.changed_at end;
  v_detail jsonb := jsonb_build_object('to', new.clinician_id::text, 'starts_at', new.starts_at);
begin
  if v_kind = 'call_moved' then
    v_detail := v_detail || jsonb_build_object('from', old.clinician_id::text, 'starts_at',
                                               jsonb_build_array(old.starts_at, new.starts_at));
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (v_by, new.client_id, 'claim', new.claim_id, v_kind, jsonb_build_object('call', new.call_id));
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (new.client_id, new.claim_id, v_at, v_by, v_kind,
          jsonb_strip_nulls(v_detail || jsonb_build_object(
            'why', case when new.status = 'booked' then new.override_why else new.ended_why end)));
  perform pg_notify('desk_claim', json_build_object('client', new.client_id, 'claims', json_build_array(new.claim_id))::text);
  return null;
end $$;
revoke execute on function desk_call_told from public;
create trigger told after insert or update on triage_call for each row execute function desk_call_told();

-- Nobody is called any more when the claim is closed or the worker has died.
create function desk_call_over() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update triage_call
     set status = 'cancelled', changed_at = clock_timestamp(), changed_by = coalesce(desk_staff_id(), 1),
         ended_why = case when new.date_of_death is not null then 'The worker has died' else 'The claim was closed' end
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
revoke execute on function desk_call_over from public;
create trigger call_over after update of closed_at, date_of_death on claim for each row
  when (new.closed_at is not null or new.date_of_death is not null) execute function desk_call_over();

-- The first contact is the booked call, where its time has come within the hour; else the call is not needed any more.
create function desk_call_made() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update triage_call
     set status = case when starts_at <= new.at + interval '1 hour' then 'done' else 'cancelled' end,
         ended_why = case when starts_at <= new.at + interval '1 hour' then null
                          else 'The worker was reached before' end,
         changed_at = coalesce(new.recorded_at, new.at), changed_by = new.by_id
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
revoke execute on function desk_call_made from public;
create trigger call_made after insert on contact_attempt for each row when (new.substantive)
  execute function desk_call_made();

revoke execute on function desk_is_clinical, desk_sets_calendar, desk_may_call, desk_calling_clients, desk_clinicians from public;
grant execute on function desk_is_clinical, desk_sets_calendar, desk_may_call, desk_calling_clients, desk_clinicians to desk_app;

-- What is set of a clinician's calendar is on the record, whoever sets it.
create function desk_calendar_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_verb constant text := case when tg_table_name = 'clinician' then 'calendar_set'
                               when tg_op = 'INSERT' then 'time_off_added' else 'time_off_withdrawn' end;
  v_row constant jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(desk_staff_id(), (v_row ->> 'set_by')::int), 'clinician', (v_row ->> 'staff_id')::int, v_verb,
          case when tg_table_name = 'time_off'
               then jsonb_build_object('starts_at', v_row -> 'starts_at', 'until', v_row -> 'ends_at') end);
  return null;
end $$;
revoke execute on function desk_calendar_told from public;
create trigger told after insert or update on clinician for each row execute function desk_calendar_told();
create trigger told after insert or delete on time_off for each row execute function desk_calendar_told();

alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn}'));
