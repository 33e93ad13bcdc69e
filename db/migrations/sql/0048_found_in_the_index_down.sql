drop index injured_worker_known, injured_worker_given_of_client, claim_number_of_client, claim_client_number;
create index injured_worker_known on injured_worker (client_id, family_key, given_key, birth_date);
create index injured_worker_given_of_client on injured_worker (client_id, given_key, family_key);
create index claim_number_of_client on claim (client_id, claim_number collate "C");
create index claim_client_number on claim (client_id, client_number_key) where client_number_key is not null;
