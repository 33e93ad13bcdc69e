-- Within a person's clients a search reads as many rows of each client as it shows in all, and keeps few of them:
-- with the number of worker or claim in the index it need not visit the others.
drop index injured_worker_known, injured_worker_given_of_client, claim_number_of_client, claim_client_number;
create index injured_worker_known on injured_worker (client_id, family_key, given_key, birth_date) include (worker_id);
create index injured_worker_given_of_client on injured_worker (client_id, given_key, family_key) include (worker_id);
create index claim_number_of_client on claim (client_id, claim_number collate "C") include (claim_id);
create index claim_client_number on claim (client_id, client_number_key) include (claim_id)
  where client_number_key is not null;
