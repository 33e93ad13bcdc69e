-- What is not known yet is settled, as what cannot be had is, until the time at which it is to be asked again.
alter table intake_question
  add column ask_again_at timestamptz,
  add column asked_again_at timestamptz,
  add constraint intake_question_ask_again_unknown check (ask_again_at is null or unobtainable_why is not null),
  add constraint intake_question_ask_again_soon
    check (ask_again_at > answered_at and ask_again_at <= answered_at + interval '1440 hours'),
  add constraint intake_question_asked_again_waited check (asked_again_at is null or ask_again_at is not null);
create index intake_question_again on intake_question (ask_again_at, client_id, claim_id)
  where ask_again_at is not null and asked_again_at is null;
grant update (ask_again_at, asked_again_at) on intake_question to desk_app;

drop policy answered_once on intake_question;
create policy answered_once on intake_question as restrictive for update to desk_app
  using (answered_at is null or ask_again_at is not null and asked_again_at is null)
  with check (answered_by = (select desk_staff_id()) and answered_at <@ (select desk_present()) and asked_again_at is null
              or asked_again_at <@ (select desk_present()));

-- Who said that it is not known yet, when and why stays beside what is said the next time.
create trigger said_stands before update on intake_question for each row
  when (current_user = 'desk_app'
        and case when old.answered_at is null then new.asked_again_at is not null
                 else new.asked_again_at is null
                      or (new.answered_at, new.answered_by, new.unobtainable_why, new.ask_again_at)
                         is distinct from (old.answered_at, old.answered_by, old.unobtainable_why, old.ask_again_at) end)
  execute function desk_refused('what was said to a question stands; what is not known yet is asked again');

-- It is taken up by a question, not by a word: otherwise the work would be gone and nothing asked.
create function desk_taken_up() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from intake_question q
                  where q.client_id = new.client_id and q.claim_id = new.claim_id and q.element = new.element
                    and q.reason = new.reason and q.question_id > new.question_id) then
    raise exception 'what is asked again is a question again' using errcode = 'check_violation';
  end if;
  return null;
end $$;
revoke execute on function desk_taken_up from public;
create constraint trigger taken_up after update of asked_again_at on intake_question
  deferrable initially deferred for each row when (new.asked_again_at is not null) execute function desk_taken_up();
