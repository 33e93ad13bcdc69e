-- A call is booked on a claim that is open while it is booked: whoever closes or merges it waits, or is waited for.
create function desk_call_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for share;
  if not found or new.starts_at > coalesce(new.changed_at, new.booked_at) + interval '32 days' then
    raise exception 'a call is booked within a month, on an open claim whose worker was not reached yet'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_call_can_be from public;
create trigger can_be before insert or update on triage_call for each row
  when (current_user = 'desk_app' and new.status = 'booked') execute function desk_call_can_be();

-- A first contact that a merge brings from another claim ends the booked call as one does that is recorded here.
create function desk_call_reached() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update triage_call
     set status = case when starts_at <= new.first_contact_at + interval '1 hour' then 'done' else 'cancelled' end,
         ended_why = case when starts_at <= new.first_contact_at + interval '1 hour' then null
                          else 'The worker was reached before' end,
         changed_at = new.first_contact_at, changed_by = new.first_contact_by
   where client_id = new.client_id and claim_id = new.claim_id and status = 'booked';
  return null;
end $$;
revoke execute on function desk_call_reached from public;
create trigger call_reached after update of first_contact_at on claim for each row
  when (old.first_contact_at is null and new.first_contact_at is not null and new.merged_into is null)
  execute function desk_call_reached();

-- Whoever may not make calls any more makes none that is booked: others are to be found for them.
create function desk_call_without() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update triage_call
     set status = 'cancelled', ended_why = 'The clinician makes no calls any more', changed_at = clock_timestamp(),
         changed_by = coalesce(desk_staff_id(), 1)
   where clinician_id = new.staff_id and status = 'booked';
  return null;
end $$;
revoke execute on function desk_call_without from public;
create trigger call_without after update of active, role on staff for each row
  when (not new.active or new.role <> 'clinical') execute function desk_call_without();

-- What is open on a claim is told to those who work for its client.
create or replace function desk_intake_open(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from intake_question q
                  where q.client_id = p_client and q.claim_id = p_claim and q.answered_at is null)
     and (select desk_works()) and ((select desk_supervises()) or p_client = any ((select desk_identity_clients())::int[])) $$;

-- A number is texted no more once anybody of the client's workers has said so of it; consent is the worker's own.
create index contact_consent_number on contact_consent (client_id, number_key, consent_id);
create or replace function desk_consent(p_client int, p_worker bigint, p_channel text, p_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select s.answer from injured_worker w
    join contact_consent s on (s.client_id, s.number_key) = (w.client_id, desk_number_key(w.phone))
   where (w.client_id, w.worker_id) = (p_client, p_worker) and s.channel = p_channel and s.at <= p_at
     and (s.worker_id = w.worker_id or s.answer <> 'given')
   order by s.consent_id desc limit 1 $$;
