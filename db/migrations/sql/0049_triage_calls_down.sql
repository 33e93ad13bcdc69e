drop trigger call_made on contact_attempt;
drop trigger call_over on claim;
drop table triage_call;
drop table time_off;
drop table clinician;
drop function desk_call_made, desk_call_over, desk_call_told, desk_call_changes, desk_clinicians, desk_calling_clients, desk_may_call, desk_sets_calendar, desk_is_clinical;
drop function desk_calendar_told;
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared}'));
