drop trigger death_reported on claim;
drop trigger death_changed on claim;
drop trigger death_guard on claim;
drop trigger dead_are_not_called on contact_attempt;
drop function desk_death_guard, desk_dead_are_not_called, desk_death_on_record;
-- Counted again, as nothing tells them from others any more.
update claim set date_of_death = null, death_seen_at = null, death_seen_by = null where date_of_death is not null;
drop index claim_waiting;
drop index claim_waiting_by_client;
drop index claim_death_unseen;
create index claim_waiting on claim (due_at, claim_id) where first_contact_at is null and closed_at is null;
create index claim_waiting_by_client on claim (client_id, due_at, claim_id)
  where first_contact_at is null and closed_at is null;
