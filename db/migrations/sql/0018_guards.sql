-- What a table holds whatever SQL is typed in the application's role, for every verb and every column. In this order:
-- which columns, which rows, in whose name, what of a claim, what may be taken away again.
--
-- Guards ask `current_user = 'desk_app'` and look at what is written, not at a clock: the desk's own functions run as the
-- owner and are not asked, and what costs more than a comparison is asked only of the rows that it is about.

-- ------------------------------------------------------------------------------------------------- which columns

-- A row is born without its end: what answers, ends or undoes it is written by whoever does that. Nobody chooses a number.
do $$
declare born record;
begin
  for born in select * from (values
      ('claim_narrative', '{}'::text[]), ('contact_attempt', '{}'), ('claim_event', '{}'), ('feed_mapping', '{}'),
      ('import_refusal', '{}'), ('import_duplicate', '{}'), ('client', '{}'), ('sla_policy', '{}'),
      ('request_key', '{client_id, claim_id}'),
      ('intake_question', '{answered_at, answered_by, unobtainable_why}'),
      ('clock_pause', '{ends_at, ended_by}'),
      ('claim_import', '{undone_at, undone_by}'),
      ('staff', '{active, created_at, version}')) as tables (name, later) loop
    execute format('revoke insert on %I from desk_app', born.name);
    execute (select format('grant insert (%s) on %I to desk_app', string_agg(quote_ident(attname), ', '), born.name)
               from pg_attribute
              where attrelid = born.name::regclass and attnum > 0 and not attisdropped and attidentity = ''
                and attname <> all (born.later));
  end loop;
end $$;

-- A promise is only ever followed by another: claims are counted by the one that they carry.
revoke update on client, sla_policy, staff, feed_mapping, claim_import from desk_app;
grant update (name) on client to desk_app;
grant update (role, active, version) on staff to desk_app;
grant update (mapping, saved_by, saved_at) on feed_mapping to desk_app;
grant update (state, undone_at, undone_by) on claim_import to desk_app;
revoke update (why) on intake_question from desk_app;
revoke update (nature, cause) on claim_narrative from desk_app;
revoke update (address, postal_code) on injured_worker from desk_app;
revoke update (emergency, closed_at, closed_why) on claim from desk_app;

-- ---------------------------------------------------------------------------------------------------- which rows

-- What a person may change, a person may leave behind: the row as it is afterwards lies in the same scope.
do $$
declare changing record;
begin
  for changing in select p.polname, p.polrelid::regclass as name, pg_get_expr(p.polqual, p.polrelid) as scope
                    from pg_policy p where p.polname = 'work' and p.polcmd = 'w' loop
    execute format('alter policy %I on %s with check (%s)', changing.polname, changing.name, changing.scope);
  end loop;
end $$;

-- ------------------------------------------------------------------------------------------------- in whose name

-- From when until when an act may be dated that happens now: the clocks of two machines differ, though never by that much.
create function desk_present() returns tstzrange language sql stable as $$
  select tstzrange(now() - interval '1 hour', now() + interval '1 hour') $$;

create policy own_hand on sla_policy as restrictive for insert to desk_app with check (set_by = (select desk_staff_id()));
create policy own_hand on feed_mapping as restrictive for insert to desk_app with check (saved_by = (select desk_staff_id()));
create policy own_hand_again on feed_mapping as restrictive for update to desk_app
  using (true) with check (saved_by = (select desk_staff_id()));

create policy own_hand on claim_import as restrictive for insert to desk_app
  with check (by_id = (select desk_staff_id()) and state <> 'undone' and started_at <= (select upper(desk_present())));
create policy own_import on import_refusal as restrictive for insert to desk_app
  with check (exists (select from claim_import i where i.client_id = import_refusal.client_id
                         and i.import_id = import_refusal.import_id and i.by_id = (select desk_staff_id())));

create policy own_import on import_duplicate as restrictive for insert to desk_app
  with check (exists (select from claim_import i where i.client_id = import_duplicate.client_id
                         and i.import_id = import_duplicate.import_id and i.by_id = (select desk_staff_id())));

-- An attempt can be told of later than it was made, and not before. Nothing else on a claim's timeline is.
alter policy own_hand on contact_attempt
  with check (by_id = (select desk_staff_id()) and at <= (select upper(desk_present())));
alter policy own_hand on claim_event
  with check (by_id = (select desk_staff_id()) and at <@ (select desk_present())
              and (kind not in ('report_corrected', 'clock_paused') or (select desk_supervises()))
              and (kind <> 'first_contact_recorded' or (select desk_role()) = 'clinical')
              and kind not in ('closed', 'reopened', 'taken_back'));

create policy asked_now on intake_question as restrictive for insert to desk_app
  with check (opened_at <= (select upper(desk_present())));
create policy answered_once on intake_question as restrictive for update to desk_app
  using (answered_at is null)
  with check (answered_by = (select desk_staff_id()) and answered_at <@ (select desk_present()));

-- The clock is paused from now on, by a supervisor. A pause that has ended stays as it was.
drop policy supervisor on clock_pause;
alter policy supervised on clock_pause
  with check ((select desk_supervises()) and set_by = (select desk_staff_id()) and starts_at <@ (select desk_present()));
alter policy supervised_end on clock_pause
  using ((select desk_role()) in ('supervisor', 'clinical') and ends_at is null)
  with check (ended_by = (select desk_staff_id()) and ends_at <@ (select desk_present()));

-- Nobody shuts themselves out or gives themselves another role, and the command line stays what it is.
create policy others on staff as restrictive for update to desk_app
  using (sign_in_name <> 'command-line')
  with check (staff_id <> (select desk_staff_id()) or (role = 'administrator' and active));

-- Refuse the row, in the words that the trigger is given; its condition says which rows those are.
create function desk_refused() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception '%', tg_argv[0] using errcode = 'insufficient_privilege';
end $$;

-- What was promised once held: only a client's first promise reaches back.
create function desk_promised(p_client int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from sla_policy where client_id = p_client) $$;
create trigger promise_begins before insert on sla_policy for each row
  when (current_user = 'desk_app' and new.effective_from < lower(desk_present()) and desk_promised(new.client_id))
  execute function desk_refused('a promise after the first begins now or later');

-- ----------------------------------------------------------------------------------------------- what of a claim

-- One function said all of what follows, of every row; now each says one thing, of the rows that it is about.
drop trigger claim_guard on claim;
drop function desk_claim_guard();
drop trigger first_contact_stands on claim;
drop function desk_first_contact_stands();

-- No time without an end, and none that no living person's claim can have: what reads the queue must be able to.
alter table claim add constraint claim_of_our_time check (
  reported_at > '1900-01-01Z' and reported_at < '2200-01-01Z' and due_at > '1900-01-01Z' and due_at < '2200-01-01Z'
  and date_of_injury > '1900-01-01' and date_of_injury < '2200-01-01'
  and (date_of_death is null or date_of_death > '1900-01-01' and date_of_death < '2200-01-01')
  and (assigned_at is null or isfinite(assigned_at)));
alter table injured_worker add constraint injured_worker_of_our_time check (birth_date > '1850-01-01' and birth_date < '2200-01-01');
alter table contact_attempt add constraint contact_attempt_of_our_time check (at > '1900-01-01Z' and at < '2200-01-01Z');

create function desk_claim_numbered() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.claim_number := 'C-' || new.claim_id;
  return new;
end $$;
create trigger claim_numbered before insert on claim for each row when (new.claim_number = '')
  execute function desk_claim_numbered();

create trigger first_contact_stands before update of first_contact_at, first_contact_by on claim for each row
  when (current_user = 'desk_app'
        and (new.first_contact_at, new.first_contact_by) is distinct from (old.first_contact_at, old.first_contact_by)
        and (old.first_contact_at is not null or new.first_contact_by is distinct from desk_staff_id()
             or desk_role() is distinct from 'clinical'))
  execute function desk_refused('a first contact is recorded once, by clinical staff, in one''s own name');

create trigger report_stands before update of reported_at, reported_to on claim for each row
  when (current_user = 'desk_app' and (new.reported_at, new.reported_to) is distinct from (old.reported_at, old.reported_to)
        and not desk_supervises())
  execute function desk_refused('the time of a report is corrected by a supervisor');

create function desk_was_paused(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim) $$;

-- A first contact during a pause ends the pause: then the deadline moves with it, in the same update.
create trigger deadline_stands before update of due_at, sla_effective_from on claim for each row
  when (current_user = 'desk_app'
        and (new.due_at, new.sla_effective_from) is distinct from (old.due_at, old.sla_effective_from)
        and not desk_supervises()
        and not (old.first_contact_at is null and new.first_contact_at is not null
                 and new.sla_effective_from = old.sla_effective_from and desk_was_paused(new.client_id, new.claim_id)))
  execute function desk_refused('a deadline is moved by a supervisor');

create trigger holder_stands before update of assignee_id, assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assignee_id is distinct from old.assignee_id and not desk_supervises()
        and not (old.assignee_id is null and new.assignee_id = desk_staff_id())
        and not (old.assignee_id = desk_staff_id() and new.assignee_id is null))
  execute function desk_refused('a claim that somebody has is handed over by a supervisor');
create trigger holding_since before update of assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assigned_at is distinct from old.assigned_at
        and (new.assignee_id is not distinct from old.assignee_id or new.assigned_at > upper(desk_present())))
  execute function desk_refused('a claim is held from the moment it was given');

create trigger version_counts before update of version on claim for each row
  when (current_user = 'desk_app' and new.version not in (old.version, old.version + 1))
  execute function desk_refused('a version follows the one before it');

-- What a client told of the injury is added to and never written over.
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app'
        and (old.narrative is not null and starts_with(new.narrative, old.narrative) is not true
             or old.body_part is not null and new.body_part is null))
  execute function desk_refused('what was told of an injury is added to');

-- ------------------------------------------------------------------------------------------- when a claim is due

-- A due time agrees with the promise that the claim carries. An elapsed promise is counted here, to the second. A business
-- one hangs on calendars that the database does not have: it takes the promised hours at the least, and at the most twice
-- the weeks that its open hours need and four more, for shutdowns and holidays.
create function desk_open_a_week(p sla_policy) returns interval language sql stable set search_path = public, pg_temp as $$
  select cardinality(p.working_days)
         * sum(case when closes > opens then closes - opens else closes - opens + interval '24 hours' end)
    from (select split_part(stretch, '-', 1)::interval as opens, split_part(stretch, '-', 2)::interval as closes
            from regexp_split_to_table(p.open_hours, ',') stretch) stretches $$;

create function desk_slack(p sla_policy) returns interval language sql stable set search_path = public, pg_temp as $$
  select case p.clock when 'elapsed' then interval '1 second'
              else (2 * ceil(p.hours * 3600 / extract(epoch from desk_open_a_week(p))) + 4) * interval '168 hours' end $$;

-- By how much an elapsed promise is due later for the claim's pauses: each moment once, of those that begin in time.
create function desk_paused(p_client int, p_claim bigint, p_reported timestamptz, p_hours int) returns interval
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_pause record;
  v_begins timestamptz;
  v_covered timestamptz := p_reported;
  v_seconds numeric := 0;
begin
  for v_pause in select starts_at, ends_at from clock_pause
                  where client_id = p_client and claim_id = p_claim and ends_at is not null order by starts_at loop
    v_begins := greatest(v_pause.starts_at, v_covered);
    if v_begins < v_pause.ends_at and v_begins < p_reported + make_interval(hours => p_hours, secs => v_seconds) then
      v_seconds := v_seconds + extract(epoch from v_pause.ends_at - v_begins);
      v_covered := v_pause.ends_at;
    end if;
  end loop;
  return make_interval(secs => v_seconds); -- of no days: in a night in which clocks are set a day has no 24 hours
end $$;

-- New claims, all of a statement at once, because an import brings thousands: each is due as it was promised, by the
-- promise that counts its report; and what a feed brought belongs to an import of the same person that stands.
create function desk_claims_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from (select p.client_id, p.effective_from, p.hours * interval '1 hour' as promised, desk_slack(p) as slack
                            from (select distinct client_id, sla_effective_from from made) carried
                            join sla_policy p on (p.client_id, p.effective_from) = (carried.client_id, carried.sla_effective_from)
                          offset 0) p
                    join made on (made.client_id, made.sla_effective_from) = (p.client_id, p.effective_from)
              where made.due_at not between made.reported_at + p.promised and made.reported_at + p.promised + p.slack)
     or exists (select from made join sla_policy other using (client_id)
                 where other.effective_from > made.sla_effective_from and other.effective_from <= made.reported_at
                    or other.effective_from < made.sla_effective_from and made.sla_effective_from > made.reported_at) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  if exists (select from (select distinct client_id, import_id, channel from made) brought
              where (import_id is not null) <> (channel = 'feed')
                 or import_id is not null and not exists
                    (select from claim_import i where (i.client_id, i.import_id) = (brought.client_id, brought.import_id)
                        and i.by_id = desk_staff_id() and i.state in ('running', 'done'))) then
    raise exception 'claims of a feed come with an import of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger claims_begin after insert on claim referencing new table as made for each statement
  when (current_user = 'desk_app') execute function desk_claims_begin();

-- One claim, as it is when the transaction ends: a correction changes the report first and the deadline then.
create function desk_claim_agrees() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v claim;
  v_promise sla_policy;
  v_due timestamptz;
  v_slack interval;
begin
  select * into v from claim where client_id = new.client_id and claim_id = new.claim_id;
  select * into v_promise from sla_policy where client_id = v.client_id and effective_from = v.sla_effective_from;
  v_due := v.reported_at + v_promise.hours * interval '1 hour';
  v_slack := desk_slack(v_promise);
  if v_promise.clock = 'elapsed' then
    v_due := v_due + desk_paused(v.client_id, v.claim_id, v.reported_at, v_promise.hours);
  else -- a pause costs itself, and a wait until it is open again
    v_slack := v_slack + (select coalesce(sum(make_interval(secs => extract(epoch from ends_at - starts_at)) + interval '168 hours'),
                                          interval '0')
                            from clock_pause where client_id = v.client_id and claim_id = v.claim_id and ends_at is not null);
  end if;
  -- The end of a pause never makes a claim due earlier than it was; a deadline that is moved is looked at by itself.
  if v.due_at < v_due - interval '1 second' or (tg_table_name = 'claim' and v.due_at > v_due + v_slack) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger due_as_promised after update of reported_at, due_at, sla_effective_from on claim
  deferrable initially deferred for each row
  when (current_user = 'desk_app' and (new.reported_at, new.due_at, new.sla_effective_from)
                                      is distinct from (old.reported_at, old.due_at, old.sla_effective_from))
  execute function desk_claim_agrees();
create constraint trigger due_as_promised after update of ends_at on clock_pause
  deferrable initially deferred for each row when (current_user = 'desk_app')
  execute function desk_claim_agrees();

-- The promise that counts a report is the one in force then, or, for a report from before all of them, the first.
create function desk_promise_counts(p_client int, p_carried timestamptz, p_reported timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select from sla_policy other where other.client_id = p_client
                        and (other.effective_from > p_carried and other.effective_from <= p_reported
                             or other.effective_from < p_carried and p_carried > p_reported)) $$;
create trigger promise_counts before update of sla_effective_from on claim for each row
  when (current_user = 'desk_app' and new.sla_effective_from <> old.sla_effective_from
        and not desk_promise_counts(new.client_id, new.sla_effective_from, new.reported_at))
  execute function desk_refused('a claim carries the promise in force at its report');

-- A first contact is an attempt that reached the worker, of that moment and by that person. It may be written after the
-- claim, in the same transaction. So may the claim be after the pause that it ends: clinical staff end none otherwise.
create function desk_first_contact_made() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger first_contact_made after update of first_contact_at on claim deferrable initially deferred for each row
  when (current_user = 'desk_app' and new.first_contact_at is distinct from old.first_contact_at)
  execute function desk_first_contact_made();

create function desk_pause_ended_by_contact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and (c.first_contact_at = new.ends_at
                         or c.first_contact_at < new.ends_at and new.ends_at = new.starts_at)) then
    raise exception 'clinical staff end a pause by a first contact' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create constraint trigger ended_by_contact after update of ends_at on clock_pause deferrable initially deferred for each row
  when (current_user = 'desk_app' and not desk_supervises()) execute function desk_pause_ended_by_contact();

-- --------------------------------------------------------------------------------- what may be taken away again

-- An import is undone by whoever may import for the client, in that name. From then until the end of the transaction its
-- claims may be taken away, if nobody has worked on them; and at the end none of them is left.
create trigger undone_once before update on claim_import for each row
  when (current_user = 'desk_app'
        and not (old.state = 'done' and new.state = 'undone' and new.undone_by is not distinct from desk_staff_id()
                 and new.undone_at <@ desk_present()))
  execute function desk_refused('an import that is done can be undone, in one''s own name');

create function desk_undone_as_a_whole() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger undone_as_a_whole after update of state on claim_import deferrable initially deferred for each row
  when (current_user = 'desk_app' and new.state = 'undone') execute function desk_undone_as_a_whole();

alter policy undo on claim
  using ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))
         and (client_id, import_id) in (select i.client_id, i.import_id from claim_import i
                                         where i.state = 'undone' and i.undone_by = (select desk_staff_id()))
         and version = 1 and assignee_id is null and first_contact_at is null and closed_at is null);
do $$
declare t text;
begin
  foreach t in array array['claim_narrative', 'intake_question', 'claim_event'] loop
    execute format($p$alter policy undo on %I
      using ((select desk_reports()) and (client_id, claim_id) in
             (select c.client_id, c.claim_id from claim c join claim_import i using (client_id, import_id)
               where i.state = 'undone' and i.undone_by = (select desk_staff_id())))$p$, t);
  end loop;
end $$;
create policy what_was_answered_stays on intake_question as restrictive for delete to desk_app using (answered_at is null);

-- A worker goes with the last claim: the foreign key of the claims says so.

-- ------------------------------------------------------------------------------------------------ who calls what

revoke execute on function desk_present, desk_refused, desk_promised, desk_claim_numbered, desk_open_a_week, desk_slack, desk_paused,
  desk_claims_begin, desk_claim_agrees, desk_promise_counts, desk_first_contact_made, desk_pause_ended_by_contact,
  desk_undone_as_a_whole from public;
revoke execute on function desk_was_paused from public;
grant execute on function desk_present, desk_promised, desk_promise_counts, desk_was_paused to desk_app;
