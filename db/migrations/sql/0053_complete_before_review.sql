-- Whoever calls has what is needed in front of them: everything that intake asks is answered, or cannot be had and says why.
-- Who must call anyway says why, and supervisors read it. A reason that is not needed is none.
grant insert (incomplete_why) on first_contact to desk_app;
create index first_contact_incomplete on first_contact (client_id, attempt_id) where incomplete_why is not null;

create function desk_intake_open(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from intake_question q
                  where q.client_id = p_client and q.claim_id = p_claim and q.answered_at is null)
     and (select desk_works()) $$;
revoke execute on function desk_intake_open from public;
grant execute on function desk_intake_open to desk_app;

create function desk_complete_before_review() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select desk_intake_open(a.client_id, a.claim_id) from contact_attempt a
       where a.client_id = new.client_id and a.attempt_id = new.attempt_id)
     is distinct from (new.incomplete_why is not null) then
    raise exception 'a first contact is made once intake is complete, or says why it could not wait'
      using errcode = 'check_violation', constraint = 'first_contact_complete';
  end if;
  return new;
end $$;
revoke execute on function desk_complete_before_review from public;
create trigger complete_before_review before insert on first_contact for each row when (current_user = 'desk_app')
  execute function desk_complete_before_review();
