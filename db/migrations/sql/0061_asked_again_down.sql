drop trigger taken_up on intake_question;
drop function desk_taken_up();
drop trigger said_stands on intake_question;
drop policy answered_once on intake_question;
create policy answered_once on intake_question as restrictive for update to desk_app using (answered_at is null)
  with check (answered_by = (select desk_staff_id()) and answered_at <@ (select desk_present()));
drop index intake_question_again;
alter table intake_question drop column ask_again_at, drop column asked_again_at;
