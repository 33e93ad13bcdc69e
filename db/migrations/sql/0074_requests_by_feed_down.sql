create or replace function desk_undone_as_a_whole() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  if exists (select from import_duplicate d where d.client_id = new.client_id and d.of_import = new.import_id) then
    raise exception 'an import that others rest on is undone after them' using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger taken_back on authorization_request;
drop function desk_authorization_taken_back;
drop policy undo on service_line;
drop policy undo on authorization_request;
revoke delete on authorization_request, service_line from desk_app;
drop policy of_ones_import on authorization_request;
alter table authorization_request drop import_id;
