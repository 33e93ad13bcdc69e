-- The functions of before are there again. What was added goes, and the policies and grants are those of before.

drop trigger claim_numbered on claim;
drop trigger first_contact_stands on claim;
drop trigger report_stands on claim;
drop trigger deadline_stands on claim;
drop function desk_was_paused(int, bigint);
alter table claim drop constraint claim_of_our_time;
alter table injured_worker drop constraint injured_worker_of_our_time;
alter table contact_attempt drop constraint contact_attempt_of_our_time;
drop trigger holder_stands on claim;
drop trigger holding_since on claim;
drop trigger version_counts on claim;
drop trigger story_stands on claim_narrative;
drop trigger claims_begin on claim;
drop trigger due_as_promised on claim;
drop trigger due_as_promised on clock_pause;
drop trigger promise_counts on claim;
drop trigger first_contact_made on claim;
drop trigger ended_by_contact on clock_pause;
drop trigger undone_once on claim_import;
drop trigger undone_as_a_whole on claim_import;
drop trigger promise_begins on sla_policy;

create trigger claim_guard before insert or update on claim for each row execute function desk_claim_guard();
create trigger first_contact_stands before update of first_contact_at, first_contact_by on claim for each row
  when ((new.first_contact_at, new.first_contact_by) is distinct from (old.first_contact_at, old.first_contact_by))
  execute function desk_first_contact_stands();

drop policy own_hand on sla_policy;
drop policy own_hand on feed_mapping;
drop policy own_hand_again on feed_mapping;
drop policy own_hand on claim_import;
drop policy own_import on import_refusal;
drop policy own_import on import_duplicate;
drop policy asked_now on intake_question;
drop policy answered_once on intake_question;
drop policy what_was_answered_stays on intake_question;
drop policy others on staff;
alter policy own_hand on contact_attempt with check (by_id = (select desk_staff_id()));
alter policy own_hand on claim_event with check (by_id = (select desk_staff_id()));
alter policy supervised on clock_pause
  with check ((select desk_role()) = 'supervisor' and set_by = (select desk_staff_id()));
create policy supervisor on clock_pause as restrictive for insert to desk_app
  with check ((select desk_role()) = 'supervisor' and set_by = (select desk_staff_id()));
drop policy supervised_end on clock_pause;
create policy supervised_end on clock_pause as restrictive for update to desk_app
  using ((select desk_role()) in ('supervisor', 'clinical'));

alter policy undo on claim
  using ((select desk_reports()) and import_id is not null
         and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
do $$
declare t text;
begin
  foreach t in array array['claim_narrative', 'intake_question', 'claim_event'] loop
    execute format($p$alter policy undo on %I
      using ((select desk_reports()) and (client_id, claim_id) in
             (select c.client_id, c.claim_id from claim c where c.import_id is not null))$p$, t);
  end loop;
  foreach t in array array['claim', 'injured_worker', 'claim_narrative', 'intake_question', 'clock_pause', 'claim_event',
                           'contact_attempt'] loop
    execute format('alter policy work on %I with check ((select desk_works()))', t);
  end loop;
  foreach t in array array['feed_mapping', 'claim_import', 'import_refusal'] loop
    execute format('alter policy work on %I with check ((select desk_reports()))', t);
  end loop;
end $$;

grant insert on claim_narrative, contact_attempt, claim_event, feed_mapping, import_refusal, client, sla_policy,
  intake_question, clock_pause, claim_import, staff to desk_app;
grant update on client, sla_policy, staff, feed_mapping, claim_import to desk_app;
grant update (why) on intake_question to desk_app;
grant update (nature, cause) on claim_narrative to desk_app;
grant update (address, postal_code) on injured_worker to desk_app;
grant update (emergency, closed_at, closed_why) on claim to desk_app;

alter table staff_credential drop constraint staff_credential_not_the_command_line, drop constraint staff_credential_hash_brief;
alter table staff_session drop constraint staff_session_not_the_command_line;
alter table sign_in_ticket drop constraint sign_in_ticket_not_the_command_line;

drop function desk_refused, desk_promised, desk_claim_numbered, desk_slack, desk_open_a_week, desk_paused, desk_claims_begin,
  desk_claim_agrees, desk_promise_counts, desk_first_contact_made, desk_pause_ended_by_contact, desk_undone_as_a_whole,
  desk_now_about, desk_present;

do $$
declare f record;
begin
  for f in select oid::regprocedure as name, prorettype = 'trigger'::regtype as fired, proconfig from pg_proc
            where pronamespace = 'public'::regnamespace
              and proname in ('desk_claim_guard', 'desk_first_contact_stands', 'desk_note_attempt', 'desk_ticket_new', 'desk_touch',
                              'desk_end_session', 'desk_first_administrator', 'desk_audit_months', 'fold_facts') loop
    execute format('alter function %s set search_path = public, pg_temp', f.name);
    execute format('revoke execute on function %s from public', f.name);
    if not f.fired then
      execute format('grant execute on function %s to desk_app', f.name);
    end if;
  end loop;
end $$;
