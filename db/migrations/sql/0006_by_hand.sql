-- What somebody could get who types SQL in the application's role, or in any other role of the same server.

-- A session's own temporary tables are looked at first unless they are named last: a temporary `staff` would decide who
-- is asking, and a trigger on it would run as the owner. And only the application calls what acts for the owner.
do $$
declare f record;
begin
  for f in select oid::regprocedure as name, proconfig, prorettype = 'trigger'::regtype as fired from pg_proc
            where pronamespace = 'public'::regnamespace and (proname like 'desk\_%' or proname = 'fold_facts') loop
    if f.proconfig is not null then
      execute format('alter function %s set search_path = public, pg_temp', f.name);
    end if;
    execute format('revoke execute on function %s from public', f.name);
    if not f.fired then
      execute format('grant execute on function %s to desk_app', f.name);
    end if;
  end loop;
end $$;

-- The policies know an assigned claim and its worker by number. Who could choose the number of a new row could choose
-- that of another client's, and so see both. Nor does a claim begin reached, closed or assigned.
revoke insert on claim, injured_worker from desk_app;
grant insert (client_id, client_claim_number, worker_id, jurisdiction, date_of_injury, injured_time, reported_at,
  reported_to, channel, emergency, flags, sla_effective_from, due_at, import_id) on claim to desk_app;
grant insert (client_id, family_name, given_name, family_key, given_key, birth_date, phone, email, language,
  preferred_contact, address, postal_code) on injured_worker to desk_app;

-- The timeline says who, and an import that is undone takes back no more of it than that it was reported.
create policy own_hand on claim_event as restrictive for insert to desk_app
  with check (by_id = (select desk_staff_id()));
create policy what_was_done_stays on claim_event as restrictive for delete to desk_app using (kind = 'reported');
