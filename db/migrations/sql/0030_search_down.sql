drop function desk_opened_last(int);
drop index claim_client_number_anywhere, claim_number_of_client, claim_number_anywhere, claim_narrative_place_of_client,
  claim_narrative_place, injured_worker_phone_of_client, injured_worker_phone, injured_worker_given_of_client,
  injured_worker_given, injured_worker_family;
alter table claim_narrative drop column place_key;
alter table injured_worker drop column phone_key;
drop function desk_place_key(text), desk_phone_key(text);
