-- What a person holds ends with the right to hold it; who is outside a client's people comes in by cover, until a date.

alter table client_cover enable row level security;
alter table client_cover force row level security;
create policy house on client_cover to current_user using (true) with check (true);
revoke all on client_cover from public;
grant select on client_cover to desk_app;
grant insert (client_id, staff_id, starts_at, until, reason, set_by) on client_cover to desk_app;
grant update (ended_at, ended_by) on client_cover to desk_app;
create policy scope on client_cover for select to desk_app
  using ((select desk_sees_all()) or (select desk_manages()) or staff_id = (select desk_staff_id()));
create policy supervised on client_cover for insert to desk_app
  with check ((select desk_supervises()) and set_by = (select desk_staff_id()));
create policy supervised_end on client_cover for update to desk_app
  using ((select desk_supervises()) and ended_at is null)
  with check ((select desk_supervises()) and ended_by = (select desk_staff_id()));

-- Whose claims a person works on at this moment: those of the clients served, and of those covered.
create view reaches with (security_invoker = true) as
select staff_id, client_id from staff_client
union all
select staff_id, client_id from client_cover where ended_at is null and starts_at <= now() and until > now();
grant select on reaches to desk_app;

create or replace function desk_clients() returns int[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(r.client_id), '{}') from staff s join reaches r using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and s.role in ('va', 'clinical', 'account_executive') $$;

create or replace function desk_identity_clients() returns int[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(r.client_id), '{}') from staff s join reaches r using (staff_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active and s.role in ('va', 'clinical') $$;

-- The person of a session as of now, and the moment at which the clients change by themselves, as cover begins or ends.
drop function desk_who(bytea, timestamptz, interval);
create function desk_who(p_token_hash bytea, p_at timestamptz, p_idle interval)
returns table (session_id bigint, staff_id int, full_name text, sign_in_name text, role text, timezone text, clients int[],
               last_seen_at timestamptz, clients_until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(r.client_id order by r.client_id) from reaches r where r.staff_id = s.staff_id), '{}'),
         e.last_seen_at,
         (select min(case when c.starts_at > now() then c.starts_at else c.until end) from client_cover c
           where c.staff_id = s.staff_id and c.ended_at is null and c.until > now())
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle
     and e.issued_at > p_at - interval '12 hours' $$;

-- That a claim is assigned to somebody opens nothing any more: the clients served and covered do.
do $$
declare t text;
begin
  foreach t in array array['client', 'sla_policy'] loop
    execute format($p$alter policy scope on %I
      using ((select desk_sees_all()) or (select desk_manages()) or client_id = any ((select desk_clients())::int[]))$p$, t);
  end loop;
  alter policy scope on claim using ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]));
  foreach t in array array['injured_worker', 'claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy scope on %I
      using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))$p$, t);
  end loop;
  foreach t in array array['claim', 'injured_worker', 'claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy work on %I
      using ((select desk_works()) and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])))$p$, t);
  end loop;
  foreach t in array array['claim_narrative', 'intake_question', 'clock_pause', 'claim_event', 'contact_attempt'] loop
    execute format($p$alter policy report on %I
      with check ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[]))$p$, t);
  end loop;
end $$;
drop function desk_assigned(), desk_assigned_workers(), desk_assigned_clients();

-- Who can hold a claim of a client: somebody who may sign in, works claims, and sees all clients or reaches this one.
create function desk_may_hold(p_staff int, p_client int) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from staff s where s.staff_id = p_staff and s.active
                  and (s.role = 'supervisor' or s.role in ('va', 'clinical')
                       and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, p_client)))) $$;

-- Somebody who is about to be given claims, kept as is until the transaction ends: no disabling falls in between.
create function desk_taker(p_staff int) returns table (active boolean, role text, clients int[])
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if desk_works() or desk_manages() then
    perform from staff s where s.staff_id = p_staff for share;
    return query
    select s.active, s.role, coalesce((select array_agg(r.client_id) from reaches r where r.staff_id = s.staff_id), '{}')
      from staff s where s.staff_id = p_staff;
  end if;
end $$;

create function desk_holder_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'desk_app' then
    perform desk_taker(new.assignee_id);
    if not desk_may_hold(new.assignee_id, new.client_id) then
      raise exception 'a claim is held by somebody who may sign in and serves or covers its client'
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create trigger holder_guard before update of assignee_id on claim for each row
  when (new.assignee_id is not null and new.assignee_id is distinct from old.assignee_id)
  execute function desk_holder_guard();

-- What a person holds: by client, how many claims wait for first contact, and for how many of them it is overdue.
create function desk_held(p_staff int, p_at timestamptz)
returns table (client_id int, code text, name text, covered boolean, claims int, overdue int)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.client_id, k.code, k.name,
         not exists (select from staff_client s where (s.staff_id, s.client_id) = (p_staff, c.client_id))
         and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, c.client_id)),
         count(*)::int, count(*) filter (where c.due_at < least(p_at, p.starts_at))::int
    from claim c join client k using (client_id)
    left join clock_pause p on p.client_id = c.client_id and p.claim_id = c.claim_id and p.ends_at is null
   where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     and ((select desk_manages()) or (select desk_supervises()))
   group by c.client_id, k.code, k.name order by k.code $$;

-- Take from a person the waiting claims that this one may no longer hold, and give them to p_to, or to nobody yet; each
-- says so on its timeline and on the record. A claim that was reached or closed keeps the name of who had it.
create function desk_take_back(p_staff int, p_to int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at timestamptz := clock_timestamp();
  v_by int := coalesce(desk_staff_id(), (select staff_id from staff where sign_in_name = 'command-line'));
  v_clients int[];
  v_why text;
  v_moved int;
begin
  select array_agg(held.client_id) into v_clients
    from (select distinct c.client_id from claim c
           where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null) held
   where not desk_may_hold(p_staff, held.client_id);
  if v_clients is null then
    return 0;
  end if;
  if p_to is not null then
    perform from staff where staff_id = p_to for share;
    if not (select bool_and(desk_may_hold(p_to, client_id)) from unnest(v_clients) client_id) then
      raise exception 'a claim is held by somebody who may sign in and serves or covers its client'
        using errcode = 'insufficient_privilege';
    end if;
  end if;
  select case when not s.active then 'disabled' when s.role not in ('va', 'clinical') then 'role_changed' else 'not_served' end
    into v_why from staff s where s.staff_id = p_staff;
  with lost as (
      select client_id, claim_id from claim
       where assignee_id = p_staff and first_contact_at is null and closed_at is null and date_of_death is null and client_id = any (v_clients)
       order by client_id, claim_id for no key update),
    moved as (
      update claim c set assignee_id = p_to, assigned_at = case when p_to is not null then v_at end, version = version + 1
        from lost where (c.client_id, c.claim_id) = (lost.client_id, lost.claim_id) returning c.client_id, c.claim_id),
    told as (
      insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
      select client_id, claim_id, v_at, v_by, 'taken_back', jsonb_build_object('from', p_staff, 'to', p_to, 'why', v_why)
        from moved),
    recorded as (
      insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
      select v_by, client_id, 'claim', claim_id, 'taken_back', jsonb_build_object('from', p_staff, 'to', p_to, 'why', v_why)
        from moved)
  select count(*) into v_moved from moved;
  perform pg_notify('desk_claim', json_build_object('client', client_id, 'claims', null)::text)
    from unnest(v_clients) client_id;
  return v_moved;
end $$;

create function desk_let_go(p_staff int, p_to int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (desk_manages() or desk_supervises()) then
    raise exception 'claims are taken back by an administrator or a supervisor' using errcode = 'insufficient_privilege';
  end if;
  return desk_take_back(p_staff, p_to);
end $$;

-- Whatever ended a right, and by whatever hand: at the end of the transaction nothing is held without it. Cover is for
-- those who work claims within a scope: it ends with that, and does not come back with it.
create function desk_rights_ended() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'staff' then
    update client_cover set ended_at = clock_timestamp(), ended_by = coalesce(desk_staff_id(), set_by)
     where staff_id = old.staff_id and ended_at is null
       and not exists (select from staff s where s.staff_id = old.staff_id and s.active and s.role in ('va', 'clinical'));
  end if;
  perform desk_take_back(old.staff_id, null);
  return null;
end $$;
create constraint trigger rights_ended after update on staff deferrable initially deferred for each row
  when ((old.active, old.role) is distinct from (new.active, new.role)) execute function desk_rights_ended();
create constraint trigger rights_ended after delete on staff_client deferrable initially deferred for each row
  execute function desk_rights_ended();
create constraint trigger rights_ended after update on client_cover deferrable initially deferred for each row
  execute function desk_rights_ended();

-- Who takes a right away waits for whoever is just giving a claim by it, and the other way round.
create function desk_person_kept() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from staff where staff_id = old.staff_id for update;
  return coalesce(new, old);
end $$;
create trigger person_kept before delete on staff_client for each row execute function desk_person_kept();
create trigger person_kept before update on client_cover for each row execute function desk_person_kept();

-- Cover is for somebody who may sign in and works claims; whoever sees all clients needs none.
create function desk_cover_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from staff where staff_id = new.staff_id for share;
  if not exists (select from staff where staff_id = new.staff_id and active and role in ('va', 'clinical')) then
    raise exception 'cover is by somebody who may sign in and works claims' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger cover_guard before insert on client_cover for each row execute function desk_cover_guard();
create trigger access_changed after insert or update or delete on client_cover
  for each row execute function desk_access_changed();

-- There is always an administrator who may sign in. Of two who shut each other out at the same moment, the second waits
-- here for the first, and is refused.
create function desk_another_administrator(p_staff int) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (select from staff where role = 'administrator' and active and staff_id <> p_staff);
end $$;

create function desk_administrator_stays() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'desk_app' then
    perform pg_advisory_xact_lock(7301117);
    if not desk_another_administrator(old.staff_id) then
      raise exception 'one administrator may always sign in' using errcode = 'insufficient_privilege';
    end if;
  end if;
  return new;
end $$;
create trigger administrator_stays before update on staff for each row
  when (old.active and old.role = 'administrator' and not (new.active and new.role = 'administrator'))
  execute function desk_administrator_stays();

-- A claim is closed and opened again through these alone, by a supervisor, with a reason; both are on its timeline and on
-- the record. Nothing else about it changes: its deadline, an open pause and its questions are there when it is open again.
revoke update (closed_at, closed_why) on claim from desk_app;

create function desk_close_claim(p_client int, p_claim bigint, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update claim set closed_at = clock_timestamp(), closed_why = p_why, closed_by = desk_staff_id(), version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is null and desk_supervises();
  return desk_closing_told(found, p_client, p_claim, 'closed', p_why);
end $$;

create function desk_reopen_claim(p_client int, p_claim bigint, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_holder int;
begin
  update claim set closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is not null and desk_supervises()
  returning assignee_id into v_holder;
  perform desk_closing_told(found, p_client, p_claim, 'reopened', p_why);
  perform desk_take_back(v_holder, null);
  return true;
end $$;

create function desk_closing_told(p_done boolean, p_client int, p_claim bigint, p_kind text, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not p_done then
    raise exception 'an open claim is closed, and a closed one reopened, by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if p_why is null or length(btrim(p_why)) not between 1 and 200 then
    raise exception 'a claim is closed and reopened for a reason' using errcode = 'check_violation';
  end if;
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, clock_timestamp(), desk_staff_id(), p_kind, jsonb_build_object('why', p_why));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (desk_staff_id(), p_client, 'claim', p_claim, p_kind);
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;

do $$
declare f record;
begin
  for f in select oid::regprocedure as name, proname from pg_proc
            where pronamespace = 'public'::regnamespace
              and proname in ('desk_who', 'desk_may_hold', 'desk_taker', 'desk_holder_guard', 'desk_held', 'desk_take_back',
                              'desk_let_go', 'desk_rights_ended', 'desk_person_kept', 'desk_cover_guard',
                              'desk_another_administrator', 'desk_administrator_stays', 'desk_close_claim',
                              'desk_reopen_claim', 'desk_closing_told') loop
    execute format('revoke execute on function %s from public', f.name);
    if f.proname in ('desk_who', 'desk_may_hold', 'desk_taker', 'desk_held', 'desk_let_go', 'desk_another_administrator',
                     'desk_close_claim', 'desk_reopen_claim') then
      execute format('grant execute on function %s to desk_app', f.name);
    end if;
  end loop;
end $$;
