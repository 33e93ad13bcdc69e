create function desk_phone_key(p_phone text) returns text language sql immutable parallel safe
  return case when length(regexp_replace(split_part(p_phone, ' ext', 1), '[^0-9]', '', 'g')) >= 7
              then right(regexp_replace(split_part(p_phone, ' ext', 1), '[^0-9]', '', 'g'), 7) end;

-- As `folded` does it in the core: no case, no accents, no punctuation, single blanks.
create function desk_place_key(p_place text) returns text language sql immutable parallel safe
  return nullif(left(btrim(regexp_replace(regexp_replace(lower(normalize(p_place, NFKD)),
    '[\u0300-\u036f]', '', 'g'), '[\W_]+', ' ', 'g')), 100), '');

revoke execute on function desk_phone_key(text), desk_place_key(text) from public;
grant execute on function desk_phone_key(text), desk_place_key(text) to desk_app;

alter table injured_worker
  add column phone_key text collate "C" generated always as (desk_phone_key(phone)) stored;
alter table claim_narrative
  add column place_key text collate "C" generated always as (desk_place_key(injury_place)) stored;

-- Each way in twice: for those who see every client, and within a client for all others.
create index injured_worker_family on injured_worker (family_key, given_key);
create index injured_worker_given on injured_worker (given_key, family_key);
create index injured_worker_given_of_client on injured_worker (client_id, given_key, family_key);
create index injured_worker_phone on injured_worker (phone_key, worker_id) where phone_key is not null;
create index injured_worker_phone_of_client on injured_worker (client_id, phone_key, worker_id) where phone_key is not null;
create index claim_narrative_place on claim_narrative (place_key, claim_id desc) where place_key is not null;
create index claim_narrative_place_of_client on claim_narrative (client_id, place_key, claim_id desc) where place_key is not null;
create index claim_number_anywhere on claim (claim_number collate "C");
create index claim_number_of_client on claim (client_id, claim_number collate "C");
create index claim_client_number_anywhere on claim (client_number_key) where client_number_key is not null;

-- Which claims a person has opened is told to that person alone; the record itself is read by compliance.
create function desk_opened_last(p_most int) returns table (client_id int, claim_id bigint, opened_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select e.client_id, (e.detail ->> 'claim')::bigint, max(e.at)
    from (select * from audit_event
           where actor_id = desk_staff_id() and at > now() - interval '30 days' order by at desc limit 1000) e
   where e.noun = 'injured_worker' and e.verb = 'read'
   group by 1, 2 order by 3 desc limit least(greatest(p_most, 0), 20) $$;
revoke execute on function desk_opened_last(int) from public;
grant execute on function desk_opened_last(int) to desk_app;
