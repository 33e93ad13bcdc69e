-- Whoever confirms a referral for the treating provider has spoken of its worker and why: that is a disclosure.
create function desk_referral_disclosed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into disclosure (client_id, claim_id, recipient, purpose, at, by_id)
  select r.client_id, r.claim_id, r.referred_by, 'Confirmation of a referral', new.at, new.by_id
    from referral r
   where r.client_id = new.client_id and r.referral_id = new.referral_id;
  return null;
end $$;
revoke execute on function desk_referral_disclosed from public;
create trigger disclosed after insert on referral_confirmation for each row when (new.party = 'provider')
  execute function desk_referral_disclosed();
