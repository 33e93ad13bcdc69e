-- Which care the worker had so far, what the injury means for work, and whom the worker works for there.
alter table claim_narrative
  add initial_treatment text,
  add treated_at text,
  add occupation text,
  add lost_time text,
  add last_day_worked date,
  add return_to_work date,
  add modified_duty boolean,
  add work_supervisor text,
  add work_supervisor_phone text,
  add constraint claim_narrative_initial_treatment_known
    check (initial_treatment in ('none', 'on_site', 'clinic', 'emergency', 'hospital', 'major')),
  add constraint claim_narrative_treated_at_brief check (length(treated_at) <= 500),
  add constraint claim_narrative_occupation_brief check (length(occupation) <= 200),
  add constraint claim_narrative_lost_time_known check (lost_time in ('no', 'expected', 'yes')),
  add constraint claim_narrative_last_day_worked_of_our_time
    check (last_day_worked > '1900-01-01' and last_day_worked < '2200-01-01'),
  add constraint claim_narrative_return_to_work_of_our_time
    check (return_to_work > '1900-01-01' and return_to_work < '2200-01-01'),
  add constraint claim_narrative_work_supervisor_brief check (length(work_supervisor) <= 200),
  add constraint claim_narrative_work_supervisor_phone_brief check (length(work_supervisor_phone) <= 200);
grant insert (initial_treatment, treated_at, occupation, lost_time, last_day_worked, return_to_work, modified_duty, work_supervisor,
  work_supervisor_phone),
  update (initial_treatment, treated_at, occupation, lost_time, last_day_worked, return_to_work, modified_duty, work_supervisor,
  work_supervisor_phone) on claim_narrative to desk_app;

-- Each of them can be asked for, and so can what was known of before and never asked.
alter table intake_question
  drop constraint intake_question_element_known,
  add constraint intake_question_element_known check (element in (
    'name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part', 'narrative', 'client_claim_number',
    'date_of_injury', 'reported_at', 'date_of_death', 'same_claim', 'reporter_phone', 'representative_phone',
    'best_hours', 'interpreter', 'address', 'injury_place', 'injured_time', 'nature', 'cause', 'initial_treatment', 'treated_at',
    'occupation', 'lost_time', 'last_day_worked', 'return_to_work', 'modified_duty', 'work_supervisor'));

create or replace function desk_fields() returns text[] language sql immutable parallel safe
return array[
  'given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
  'language', 'best_hours', 'timezone', 'interpreter', 'do_not_contact', 'date_of_injury', 'injured_time',
  'jurisdiction', 'client_claim_number', 'emergency', 'injury_place', 'body_part', 'nature', 'cause', 'narrative',
  'reporter', 'reporter_phone', 'representative_kind', 'representative_name', 'representative_firm',
  'representative_phone', 'representative_email', 'representative_permits', 'part_code', 'nature_code', 'cause_code',
  'initial_treatment', 'treated_at', 'occupation', 'lost_time', 'last_day_worked', 'return_to_work', 'modified_duty',
  'work_supervisor', 'work_supervisor_phone'];

create or replace function desk_written(p_field text, p_kept text) returns text
language sql stable parallel safe set search_path = public, pg_temp as $$
  select case when p_field in ('birth_date', 'date_of_injury', 'last_day_worked', 'return_to_work') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits', 'interpreter', 'modified_duty') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;
