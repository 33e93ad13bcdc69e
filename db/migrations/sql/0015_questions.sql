-- A question has a reason beside its element, and a number of its own: answered ones stay when the same is asked again.
alter table intake_question
  add column question_id bigint generated always as identity,
  add column reason text not null default 'missing';

-- The reasons of the questions there are, by the sentences that this desk wrote.
update intake_question set reason = case
    when why like 'The date of injury lies in the future.%' then 'future_injury'
    when why like 'The date of injury is after the day of the report.%' then 'negative_lag'
    when why like 'The time of the report lies in the future.%' then 'future_date'
    when why like 'The report came with a day and no time.%'
      or why like 'The time of the report is not in the file.%' then 'report_time_missing'
    when why like 'The report''s time is exactly midnight%' then 'report_time_midnight'
    when why like 'By the date of birth the worker is not %' then 'age_doubtful'
    when why like 'This may be the same report as %' then 'perhaps_the_same'
    when why like 'The report is older than the client''s first SLA policy.%' then 'before_first_policy'
    when why like 'The file writes some dates day first%' then 'either_order'
    when why like 'The row has more cells than %' then 'too_many_cells'
    when why like 'What happened runs over %' or why like '%that is too long for a claim number.' then 'too_long'
    when why like '%a spreadsheet has rounded the number%' then 'rounded'
    when why like '%that is no time of injury.' then 'time_unreadable'
    when why like '%that is no telephone number.%' then 'phone_unreadable'
    when why like '%that is no e-mail address.' then 'email_unreadable'
    when why like 'The file says %' then 'unreadable'
    else 'missing' end
 where why not like 'Not in the report%';

alter table intake_question
  drop constraint intake_question_pkey,
  add constraint intake_question_pkey primary key (client_id, claim_id, question_id),
  add constraint intake_question_reason_form check (reason ~ '^[a-z_]+$');
drop index intake_question_open;
create unique index intake_question_open on intake_question (client_id, claim_id, element, reason)
  where answered_at is null;
