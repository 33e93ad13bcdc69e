drop function desk_calendar_at;
drop trigger calendar_address_ends on staff;
drop function desk_calendar_address_ends;
drop table calendar_address;
drop function desk_calendar_address_told;
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn}'));
