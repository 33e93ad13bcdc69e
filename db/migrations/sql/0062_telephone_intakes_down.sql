create or replace function desk_forget_drafts(p_before timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from draft where saved_at < least(p_before, upper(desk_present()) - interval '24 hours') returning 1)
  select count(*)::int from gone $$;
revoke update (client_id, claim_id) on draft from desk_app;
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn,consent_given,consent_refused,consent_revoked}'));
drop table telephone_intake;
drop function desk_telephone_intake_told;
