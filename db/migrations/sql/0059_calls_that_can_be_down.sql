create or replace function desk_intake_open(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from intake_question q
                  where q.client_id = p_client and q.claim_id = p_claim and q.answered_at is null)
     and (select desk_works()) $$;
drop trigger call_without on staff;
drop function desk_call_without;
drop trigger call_reached on claim;
drop function desk_call_reached;
drop trigger can_be on triage_call;
drop function desk_call_can_be;
create or replace function desk_consent(p_client int, p_worker bigint, p_channel text, p_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select s.answer from injured_worker w
    join contact_consent s on (s.client_id, s.worker_id, s.number_key) = (w.client_id, w.worker_id, desk_number_key(w.phone))
   where (w.client_id, w.worker_id) = (p_client, p_worker) and s.channel = p_channel and s.at <= p_at
   order by s.consent_id desc limit 1 $$;
drop index contact_consent_number;
