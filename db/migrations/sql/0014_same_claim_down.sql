drop policy made on request_key;
revoke update (client_id, claim_id) on request_key from desk_app;

-- A number stands once for each client again: where several claims share one, the later ones carry their own beside it.
update claim c set client_claim_number = c.client_claim_number || ' (' || c.claim_number || ')'
 where exists (select from claim o where o.client_id = c.client_id and o.claim_id < c.claim_id
                and o.client_claim_number = c.client_claim_number);
