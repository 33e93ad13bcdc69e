create or replace function desk_fields() returns text[] language sql immutable parallel safe
return array[
  'given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
  'language', 'best_hours', 'timezone', 'interpreter', 'do_not_contact', 'date_of_injury', 'injured_time',
  'jurisdiction', 'client_claim_number', 'emergency', 'injury_place', 'body_part', 'nature', 'cause', 'narrative',
  'reporter', 'reporter_phone', 'representative_kind', 'representative_name', 'representative_firm',
  'representative_phone', 'representative_email', 'representative_permits', 'part_code', 'nature_code', 'cause_code'];

create or replace function desk_written(p_field text, p_kept text) returns text
language sql stable parallel safe set search_path = public, pg_temp as $$
  select case when p_field in ('birth_date', 'date_of_injury') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits', 'interpreter') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;

delete from intake_question where element in (
    'best_hours', 'interpreter', 'address', 'injury_place', 'injured_time', 'nature', 'cause', 'initial_treatment', 'treated_at',
    'occupation', 'lost_time', 'last_day_worked', 'return_to_work', 'modified_duty', 'work_supervisor');
alter table intake_question
  drop constraint intake_question_element_known,
  add constraint intake_question_element_known check (element in (
    'name', 'birth_date', 'reach', 'preferred_contact', 'language', 'jurisdiction', 'body_part', 'narrative', 'client_claim_number',
    'date_of_injury', 'reported_at', 'date_of_death', 'same_claim', 'reporter_phone', 'representative_phone'));

alter table claim_narrative
  drop initial_treatment, drop treated_at, drop occupation, drop lost_time, drop last_day_worked, drop return_to_work,
  drop modified_duty, drop work_supervisor, drop work_supervisor_phone;
