-- Who is asking, and what exists for that person. One function each, STABLE, called as (select f()): once a statement.

create function desk_staff_id() returns int language sql stable security definer set search_path = public as $$
  select staff_id from staff
   where staff_id = nullif(current_setting('desk.staff', true), '')::int and active $$;

create function desk_role() returns text language sql stable security definer set search_path = public as $$
  select role from staff
   where staff_id = nullif(current_setting('desk.staff', true), '')::int and active $$;

create function desk_sees_all() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('supervisor', 'compliance'), false) $$;

create function desk_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(client_id), '{}') from staff_client
   where staff_id = desk_staff_id() and desk_role() in ('va', 'clinical', 'account_executive') $$;

-- Clients whose workers' identity the person may see: an account executive's are none.
create function desk_identity_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(client_id), '{}') from staff_client
   where staff_id = desk_staff_id() and desk_role() in ('va', 'clinical') $$;

-- Open claims assigned to the person, of whatever client: one who covers for another sees what was handed over.
create function desk_assigned() returns bigint[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(claim_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

create function desk_assigned_workers() returns bigint[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(worker_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

create function desk_assigned_clients() returns int[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(distinct client_id), '{}') from claim
   where assignee_id = desk_staff_id() and closed_at is null and desk_role() in ('va', 'clinical') $$;

-- Roles that change claims. Compliance reads, account executives and administrators do not come near.
create function desk_works() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('va', 'clinical', 'supervisor'), false) $$;

-- Roles that bring claims in: by form or by feed.
create function desk_reports() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() in ('va', 'supervisor'), false) $$;

create function desk_manages() returns boolean language sql stable security definer set search_path = public as $$
  select coalesce(desk_role() = 'administrator', false) $$;

-- Every table is forced under row-level security; the owner, who migrates and owns the functions above, has a policy of its own.
do $$
declare t text;
begin
  foreach t in array array['client', 'sla_policy', 'staff', 'staff_client', 'staff_credential', 'staff_session',
    'sign_in_ticket', 'sign_in_attempt', 'injured_worker', 'claim', 'claim_narrative', 'intake_question', 'clock_pause',
    'claim_event', 'request_key', 'contact_attempt', 'feed_mapping', 'claim_import', 'import_refusal', 'audit_event',
    'fact_delta', 'by_hour', 'by_jurisdiction_hour', 'by_client_hour', 'by_all_hour', 'duration_by_day', 'duration_by_client_day']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy house on %I to current_user using (true) with check (true)', t);
    execute format('revoke all on %I from public', t);
  end loop;
end $$;

-- Clients and their promises: known to whoever works for them.
grant select, insert, update on client, sla_policy to desk_app;
create policy scope on client for select to desk_app
  using ((select desk_sees_all()) or (select desk_manages()) or client_id = any ((select desk_clients())::int[])
         or client_id = any ((select desk_assigned_clients())::int[]));
create policy manage on client for insert to desk_app with check ((select desk_manages()));
create policy change on client for update to desk_app using ((select desk_manages())) with check ((select desk_manages()));
create policy scope on sla_policy for select to desk_app
  using ((select desk_sees_all()) or (select desk_manages()) or client_id = any ((select desk_clients())::int[])
         or client_id = any ((select desk_assigned_clients())::int[]));
create policy manage on sla_policy for insert to desk_app with check ((select desk_manages()));
create policy change on sla_policy for update to desk_app using ((select desk_manages())) with check ((select desk_manages()));

-- Colleagues: everybody signed in knows who they are; an administrator keeps the list.
grant select, insert, update on staff to desk_app;
grant select, insert, delete on staff_client to desk_app;
create policy scope on staff for select to desk_app using ((select desk_staff_id()) is not null);
create policy manage on staff for insert to desk_app with check ((select desk_manages()));
create policy change on staff for update to desk_app using ((select desk_manages())) with check ((select desk_manages()));
create policy scope on staff_client for select to desk_app using ((select desk_staff_id()) is not null);
create policy manage on staff_client for insert to desk_app with check ((select desk_manages()));
create policy remove on staff_client for delete to desk_app using ((select desk_manages()));
grant select (session_id, staff_id, address, issued_at, last_seen_at, ended_at, ended_why) on staff_session to desk_app;
create policy scope on staff_session for select to desk_app
  using ((select desk_manages()) or staff_id = (select desk_staff_id()));

-- Claims: the frame, without identity.
grant select, insert, delete on claim to desk_app;
grant update (client_claim_number, jurisdiction, date_of_injury, injured_time, reported_at, reported_to, emergency, flags,
  sla_effective_from, due_at, assignee_id, assigned_at, first_contact_at, first_contact_by, closed_at, closed_why, version)
  on claim to desk_app;
create policy scope on claim for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[])
         or claim_id = any ((select desk_assigned())::bigint[]));
create policy report on claim for insert to desk_app
  with check ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
create policy work on claim for update to desk_app
  using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
         or claim_id = any ((select desk_assigned())::bigint[])))
  with check ((select desk_works()));
create policy undo on claim for delete to desk_app
  using ((select desk_reports()) and import_id is not null
         and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));

-- Identity: behind the privacy boundary.
grant select, insert, delete on injured_worker to desk_app;
grant update (family_name, given_name, family_key, given_key, birth_date, phone, email, language, preferred_contact,
  address, postal_code) on injured_worker to desk_app;
create policy scope on injured_worker for select to desk_app
  using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
         or worker_id = any ((select desk_assigned_workers())::bigint[]));
create policy report on injured_worker for insert to desk_app
  with check ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
create policy work on injured_worker for update to desk_app
  using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
         or worker_id = any ((select desk_assigned_workers())::bigint[])))
  with check ((select desk_works()));
create policy undo on injured_worker for delete to desk_app
  using ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));

-- What hangs on a claim and tells of the person. Three policies of one shape for each table.
do $$
declare t text;
begin
  foreach t in array array['claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$create policy scope on %I for select to desk_app
      using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[]))$p$, t);
    execute format($p$create policy report on %I for insert to desk_app
      with check ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[])))$p$, t);
    execute format($p$create policy work on %I for update to desk_app
      using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])
             or claim_id = any ((select desk_assigned())::bigint[])))
      with check ((select desk_works()))$p$, t);
    execute format('grant select, insert on %I to desk_app', t);
  end loop;
  -- Only what an import brought can be taken away again, with the import.
  foreach t in array array['claim_narrative', 'intake_question', 'claim_event'] loop
    execute format($p$create policy undo on %I for delete to desk_app
      using ((select desk_reports()) and (client_id, claim_id) in
             (select c.client_id, c.claim_id from claim c where c.import_id is not null))$p$, t);
    execute format('grant delete on %I to desk_app', t);
  end loop;
end $$;
grant update (narrative, body_part, nature, cause) on claim_narrative to desk_app;
grant update (why, answered_at, answered_by, unobtainable_why) on intake_question to desk_app;
grant update (ends_at, ended_by) on clock_pause to desk_app;
-- The clock is paused by a supervisor; a first contact, which is clinical staff's, ends the pause.
create policy supervised on clock_pause as restrictive for insert to desk_app
  with check ((select desk_role()) = 'supervisor' and set_by = (select desk_staff_id()));
create policy supervised_end on clock_pause as restrictive for update to desk_app
  using ((select desk_role()) in ('supervisor', 'clinical'));
-- A substantive contact is clinical staff's to record, whatever the service says.
create policy clinical on contact_attempt as restrictive for insert to desk_app
  with check (not substantive or (select desk_role()) = 'clinical');
-- A clock is paused by a supervisor.
create policy supervisor on clock_pause as restrictive for insert to desk_app
  with check ((select desk_role()) = 'supervisor' and set_by = (select desk_staff_id()));
create policy own_hand on contact_attempt as restrictive for insert to desk_app
  with check (by_id = (select desk_staff_id()));

-- Feeds.
grant select, insert, update on feed_mapping, claim_import to desk_app;
grant select, insert on import_refusal to desk_app;
do $$
declare t text;
begin
  foreach t in array array['feed_mapping', 'claim_import', 'import_refusal'] loop
    execute format($p$create policy scope on %I for select to desk_app
      using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))$p$, t);
    execute format($p$create policy report on %I for insert to desk_app
      with check ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])))$p$, t);
    execute format($p$create policy work on %I for update to desk_app
      using ((select desk_reports()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])))
      with check ((select desk_reports()))$p$, t);
  end loop;
end $$;

grant select, insert on request_key to desk_app;
create policy scope on request_key for select to desk_app using (staff_id = (select desk_staff_id()));
create policy report on request_key for insert to desk_app with check (staff_id = (select desk_staff_id()));

-- A claim's number comes from its id. What a role may not change on a claim, it may not change by hand either.
create function desk_claim_guard() returns trigger language plpgsql set search_path = public as $$
declare v_role text;
begin
  if new.claim_number = '' then
    new.claim_number := 'C-' || new.claim_id;
  end if;
  if current_user <> 'desk_app' then
    return new;
  end if;
  v_role := desk_role();
  if new.first_contact_at is not null and v_role is distinct from 'clinical'
     and (tg_op = 'INSERT' or new.first_contact_at is distinct from old.first_contact_at) then
    raise exception 'first contact is recorded by clinical staff' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'UPDATE' and v_role is distinct from 'supervisor' then
    -- A first contact during a pause ends the pause: the deadline moves by what was paused, in the same update.
    if (new.reported_at, new.due_at, new.sla_effective_from) is distinct from (old.reported_at, old.due_at, old.sla_effective_from)
       and not (new.first_contact_at is distinct from old.first_contact_at
                and (new.reported_at, new.sla_effective_from) = (old.reported_at, old.sla_effective_from)
                and new.due_at > old.due_at
                and exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id
                              and p.ends_at = new.first_contact_at)) then
      raise exception 'a report''s time and its deadline are corrected by a supervisor' using errcode = 'insufficient_privilege';
    end if;
    if new.assignee_id is distinct from old.assignee_id and new.assignee_id is distinct from desk_staff_id()
       and not (new.assignee_id is null and old.assignee_id = desk_staff_id()) then
      raise exception 'a claim is handed to somebody else by a supervisor' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create trigger claim_guard before insert or update on claim for each row execute function desk_claim_guard();

-- Whoever loses a right loses it on every open page: each process hears of it.
create function desk_access_changed() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform pg_notify('desk_access', json_build_object('staff', coalesce(new.staff_id, old.staff_id))::text);
  return null;
end $$;
create trigger access_changed after update or delete on staff for each row execute function desk_access_changed();
create trigger access_changed after insert or delete on staff_client for each row execute function desk_access_changed();
