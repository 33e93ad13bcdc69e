-- What is appealed may be of a claim that was merged into the one on which the appeal is logged.
alter table authorization_request add constraint authorization_request_number_key unique (client_id, request_id);
alter table authorization_request drop constraint authorization_request_about_fkey,
  add constraint authorization_request_about_fkey
    foreign key (client_id, about_id) references authorization_request (client_id, request_id);

create or replace function desk_authorization_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.merged_into is null
      for share;
  if not found then
    raise exception 'a request is logged on an open claim' using errcode = 'insufficient_privilege';
  end if;
  if new.about_id is not null and not exists (
    select from authorization_request r join claim c using (client_id, claim_id)
     where r.client_id = new.client_id and r.request_id = new.about_id and r.decided_at <= new.received_at
       and new.claim_id in (r.claim_id, c.merged_into)) then
    raise exception 'what is appealed was decided before' using errcode = 'insufficient_privilege';
  end if;
  if (new.clock in ('waiting', 'running') and (new.holder_id is null or desk_may_hold(new.holder_id, new.client_id))
      and (new.reviewer_id is null or desk_may_call(new.reviewer_id, new.client_id))) is not true then
    raise exception 'a request begins, and is held and reviewed by those who work for its client'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
