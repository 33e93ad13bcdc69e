-- A note is written by whoever has the claim, or by a supervisor, as the claim is handed over; it tells of the worker, so
-- whoever may see the worker reads it, and nobody changes it.
alter table hand_over enable row level security;
alter table hand_over force row level security;
create policy house on hand_over to current_user using (true) with check (true);
revoke all on hand_over from public;
grant select on hand_over to desk_app;
grant insert (client_id, claim_id, given_at, given_by, to_id, note) on hand_over to desk_app;
create policy scope on hand_over for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]));
create policy give on hand_over for insert to desk_app
  with check (given_by = (select desk_staff_id()) and given_at <@ (select desk_moment()) and (select desk_works())
              and ((select desk_supervises())
                   or client_id = any ((select desk_identity_clients())::int[])
                      and exists (select from claim c where c.client_id = hand_over.client_id
                                     and c.claim_id = hand_over.claim_id and c.assignee_id = hand_over.given_by)));

-- Whether the person handed the claim over at that moment to whoever has it: the giver may take it back.
create function desk_handed_over(p_client int, p_claim bigint, p_at timestamptz, p_to int) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select exists (select from hand_over h where (h.client_id, h.claim_id, h.given_at) = (p_client, p_claim, p_at)
                    and h.to_id = p_to and h.given_by = desk_staff_id()) $$;
revoke execute on function desk_handed_over from public;
grant execute on function desk_handed_over to desk_app;

drop trigger holder_stands on claim;
create trigger holder_stands before update of assignee_id, assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assignee_id is distinct from old.assignee_id and not desk_supervises()
        and not (old.assignee_id is null and new.assignee_id is not distinct from desk_staff_id())
        and old.assignee_id is distinct from desk_staff_id()
        and not (new.assignee_id is not distinct from desk_staff_id()
                 and desk_handed_over(old.client_id, old.claim_id, old.assigned_at, old.assignee_id)))
  execute function desk_refused('a claim that somebody has is handed over by that person or a supervisor');

-- Cover is not for everybody to see; to whom a claim of a client can go is, for those who work for the client.
create function desk_receivers(p_client int) returns table (staff_id int, full_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.staff_id, s.full_name from staff s
   where s.sign_in_name <> 'command-line' and desk_may_hold(s.staff_id, p_client)
     and (desk_supervises() or p_client = any (desk_identity_clients())) $$;
revoke execute on function desk_receivers from public;
grant execute on function desk_receivers to desk_app;
