alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn,consent_given,consent_refused,consent_revoked,intake_finished,intake_left}'));
drop trigger request_without on staff;
drop trigger request_over on claim;
drop trigger request_answered on triage_call;
drop table call_request;
drop function desk_request_without, desk_request_over, desk_request_answered, desk_request_told, desk_request_can_be;
