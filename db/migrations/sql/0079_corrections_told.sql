-- Since when a provider is to be told of a correction: what it corrects has ended its request already.
alter table authorization_request add to_tell_at timestamptz;
create index authorization_corrected on authorization_request (to_tell_at, client_id, request_id) where to_tell_at is not null;

create or replace function desk_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id for update;
  if (new.decided_at >= v.received_at
      and case when new.corrects_id is null then v.decided_at is null
               else v.decided_at is not null and new.outcome not in ('deferred', 'pended')
                    and new.corrects_id < new.determination_id
                    and exists (select from determination d
                                 where d.client_id = new.client_id and d.claim_id = new.claim_id
                                   and d.request_id = new.request_id and d.determination_id = new.corrects_id
                                   and d.outcome not in ('deferred', 'pended')) end) is not true then
    raise exception 'a request is decided once, after it came, and a correction corrects what was decided'
      using errcode = 'insufficient_privilege';
  end if;
  update authorization_request
     set outcome = new.outcome,
         decided_at = case when new.outcome not in ('deferred', 'pended') then new.decided_at end,
         ended_at = case when new.outcome = 'withdrawn' then coalesce(ended_at, new.recorded_at) else ended_at end,
         clock = case when new.outcome = 'withdrawn' then 'stopped' else clock end,
         to_tell_at = case when new.corrects_id is not null and ended_at is not null and new.outcome <> 'withdrawn'
                           then new.recorded_at end,
         follow_up_at = case when new.outcome not in ('deferred', 'pended') then null else follow_up_at end
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id,
    case when new.corrects_id is null then 'determined' else 'determination_corrected' end, new.recorded_at, new.decided_by,
    jsonb_build_object('outcome', new.outcome, 'decided_at', new.decided_at, 'jurisdiction', v.jurisdiction));
  return null;
end $$;

-- What was corrected is told to nobody any more.
create or replace function desk_notice_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v determination;
begin
  select * into v from determination d
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
     and d.determination_id = new.determination_id;
  if (new.at >= v.decided_at
      and not exists (select from determination d
                       where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
                         and d.corrects_id = new.determination_id)) is not true then
    raise exception 'nobody is told of what is not decided, or was corrected' using errcode = 'insufficient_privilege';
  end if;
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  values (new.client_id, new.claim_id, new.document_id,
          (select f.digest from claim_document d join file f using (client_id, file_id)
            where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id),
          new.recipient, 'Notice of a determination', new.at, new.by_id);
  update authorization_request
     set communicated_at = new.at, ended_at = new.recorded_at, clock = 'stopped'
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id
     and new.party = 'provider' and communicated_at is null and v.outcome not in ('deferred', 'pended');
  update authorization_request set to_tell_at = null
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id
     and new.party = 'provider' and to_tell_at is not null;
  perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'determination_told', new.recorded_at,
    new.by_id, jsonb_build_object('party', new.party, 'method', new.how, 'told_at', new.at));
  return null;
end $$;
