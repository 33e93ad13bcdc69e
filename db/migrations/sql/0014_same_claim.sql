-- As the application writes it from now on (number_key): no blanks, no case.
update claim set client_claim_number = null where client_claim_number !~ '\S';
update claim set client_number_key = lower(regexp_replace(client_claim_number, '\s+', '', 'g'))
 where client_claim_number is not null;
grant insert (client_number_key), update (client_number_key) on claim to desk_app;

-- Which row repeats which claim: seen by whoever sees the import, written with it, and taken away only when that import
-- is undone. While it stands, its claim stays: the foreign key holds that against everybody.
alter table import_duplicate enable row level security;
alter table import_duplicate force row level security;
create policy house on import_duplicate to current_user using (true) with check (true);
revoke all on import_duplicate from public;
grant select, insert, delete on import_duplicate to desk_app;
create policy scope on import_duplicate for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]));
create policy report on import_duplicate for insert to desk_app
  with check ((select desk_reports())
              and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
create policy undo on import_duplicate for delete to desk_app
  using ((select desk_reports())
         and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))
         and (client_id, import_id) in (select i.client_id, i.import_id from claim_import i where i.state = 'undone'));

-- A form's key learns which claim the form made: once, and from whoever sent the form.
grant update (client_id, claim_id) on request_key to desk_app;
create policy made on request_key for update to desk_app
  using (staff_id = (select desk_staff_id()) and claim_id is null) with check (staff_id = (select desk_staff_id()));
update request_key r set client_id = e.client_id, claim_id = e.claim_id
  from claim_event e where e.kind = 'reported' and e.detail ->> 'request' = r.request::text;
