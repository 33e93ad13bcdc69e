-- A request may come by a feed, with an import of one's own.
alter table authorization_request add import_id bigint,
  add constraint authorization_request_import_fkey foreign key (client_id, import_id) references feed_import;
create index authorization_of_import on authorization_request (client_id, import_id) where import_id is not null;
grant insert (import_id) on authorization_request to desk_app;
create policy of_ones_import on authorization_request as restrictive for insert to desk_app
  with check (import_id is null or exists (
    select from feed_import i where i.client_id = authorization_request.client_id
       and i.import_id = authorization_request.import_id and i.kind = 'authorizations' and i.state = 'done'
       and i.by_id = (select desk_staff_id())));

-- It goes with an import that is undone, while nobody has worked on it; what it asks for goes first.
grant delete on authorization_request, service_line to desk_app;
create policy undo on authorization_request for delete to desk_app
  using ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))
         and (client_id, import_id) in (select i.client_id, i.import_id from feed_import i
                                         where i.state = 'undone' and i.undone_by = (select desk_staff_id()))
         and version = 1 and outcome is null and ended_at is null);
create policy undo on service_line for delete to desk_app
  using ((select desk_reports()) and (client_id, claim_id, request_id) in
         (select r.client_id, r.claim_id, r.request_id from authorization_request r join feed_import i using (client_id, import_id)
           where i.state = 'undone' and i.undone_by = (select desk_staff_id())));

-- The claim's timeline tells no more of what was taken back; the record keeps that it was logged.
create function desk_authorization_taken_back() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from claim_event e where e.client_id = old.client_id and e.claim_id = old.claim_id
     and e.kind = 'authorization_logged' and (e.detail ->> 'authorization')::bigint = old.request_id;
  perform pg_notify('desk_claim', json_build_object('client', old.client_id, 'claims', json_build_array(old.claim_id))::text);
  return null;
end $$;
revoke execute on function desk_authorization_taken_back from public;
create trigger taken_back after delete on authorization_request for each row when (current_user = 'desk_app')
  execute function desk_authorization_taken_back();

create or replace function desk_undone_as_a_whole() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id)
     or exists (select from authorization_request r where r.client_id = new.client_id and r.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  if exists (select from import_duplicate d where d.client_id = new.client_id and d.of_import = new.import_id) then
    raise exception 'an import that others rest on is undone after them' using errcode = 'check_violation';
  end if;
  return null;
end $$;
