-- What the functions that act for the owner take from whoever calls them: times of now, texts of a sensible length, numbers
-- within limits. (desk_who only reads, and only for the holder of a session's token.)

-- The machine's own operator acts as the first row of staff, and nobody signs in as that one.
delete from sign_in_ticket where staff_id = 1;
delete from staff_session where staff_id = 1;
delete from staff_credential where staff_id = 1;
alter table staff_credential add constraint staff_credential_not_the_command_line check (staff_id <> 1);
alter table staff_session add constraint staff_session_not_the_command_line check (staff_id <> 1);
alter table sign_in_ticket add constraint sign_in_ticket_not_the_command_line check (staff_id <> 1);
alter table staff_credential add constraint staff_credential_hash_brief check (length(password_hash) <= 500);

-- A time that is said to be now, moved into the present if it is not.
create function desk_now_about(p_at timestamptz) returns timestamptz language sql stable set search_path = public, pg_temp as $$
  select least(greatest(p_at, lower(desk_present())), upper(desk_present())) $$;

create or replace function desk_note_attempt(p_name_key text, p_address text, p_ok boolean, p_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_attempt (at, name_key, address, ok)
  values (desk_now_about(p_at), left(p_name_key, 64), left(p_address, 100), p_ok);
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select 0, 'sign_in', 0, 'sign_in_failed', jsonb_build_object('address', left(p_address, 100)) where not p_ok $$;

-- A ticket is good for seconds: it ends in the present. What has ended is cleared away with the next.
create or replace function desk_ticket_new(p_staff_id int, p_ticket_hash bytea, p_browser_hash bytea, p_expires_at timestamptz)
returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_ticket where expires_at < clock_timestamp() - interval '1 hour';
  insert into sign_in_ticket (ticket_hash, staff_id, browser_hash, expires_at)
  values (substr(p_ticket_hash, 1, 32), p_staff_id, substr(p_browser_hash, 1, 32), desk_now_about(p_expires_at)) $$;

-- One use, in time, in the browser it was made for.
create or replace function desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamptz)
returns table (session_id bigint, staff_id int) language plpgsql security definer set search_path = public, pg_temp as $$
declare v_staff int; v_session bigint; v_at timestamptz := desk_now_about(p_at); v_address text := left(p_address, 100);
begin
  perform from staff s join sign_in_ticket t using (staff_id) where t.ticket_hash = p_ticket_hash for key share of s;
  delete from sign_in_ticket t where t.ticket_hash = p_ticket_hash and t.browser_hash = p_browser_hash and t.expires_at > v_at
  returning t.staff_id into v_staff;
  if v_staff is null or not exists (select from staff s where s.staff_id = v_staff and s.active) then
    return;
  end if;
  insert into staff_session (token_hash, staff_id, address, issued_at, last_seen_at)
  values (p_token_hash, v_staff, v_address, v_at, v_at) returning staff_session.session_id into v_session;
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (v_staff, 'session', v_session, 'signed_in', jsonb_build_object('address', v_address));
  return query select v_session, v_staff;
end $$;

-- Whoever holds a session's token was there just now, within the session's twelve hours.
drop function desk_touch(bigint, timestamptz);
create function desk_touch(p_token_hash bytea, p_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update staff_session set last_seen_at = p_at
   where token_hash = p_token_hash and ended_at is null and last_seen_at < p_at
     and p_at <@ desk_present() and issued_at > p_at - interval '12 hours' $$;

-- End one's own session (by its number and token) or, as an administrator, anybody's.
create or replace function desk_end_session(p_session_id bigint, p_token_hash bytea, p_at timestamptz, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_staff int; v_why text := left(p_why, 100);
begin
  update staff_session e set ended_at = desk_now_about(p_at), ended_why = v_why
   where e.session_id = p_session_id and e.ended_at is null
     and (e.token_hash = p_token_hash or desk_manages() or e.staff_id = desk_staff_id())
  returning e.staff_id into v_staff;
  if v_staff is null then
    return false;
  end if;
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(desk_staff_id(), v_staff), 'session', p_session_id, 'session_ended', jsonb_build_object('why', v_why));
  perform pg_notify('desk_access', json_build_object('session', p_session_id)::text);
  return true;
end $$;

-- An empty desk has nobody who could invite the first person: this lets the first administrator in, once.
create or replace function desk_first_administrator(p_sign_in_name text, p_full_name text, p_timezone text, p_hash text) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_staff int;
begin
  perform pg_advisory_xact_lock(7301116);
  if exists (select from staff where sign_in_name <> 'command-line') then
    raise exception 'this desk already has its people' using errcode = 'insufficient_privilege';
  end if;
  insert into staff (sign_in_name, full_name, role, timezone)
  values (left(lower(p_sign_in_name), 200), left(p_full_name, 200), 'administrator', left(p_timezone, 64))
  returning staff_id into v_staff;
  insert into staff_credential (staff_id, password_hash) values (v_staff, p_hash);
  insert into audit_event (actor_id, noun, noun_id, verb) values (v_staff, 'staff', v_staff, 'founded');
  return v_staff;
end $$;

create or replace function desk_audit_recent(p_most int, p_at timestamptz default 'infinity', p_event_id bigint default 0)
returns table (at timestamptz, actor text, client text, noun text, noun_id bigint, verb text, detail jsonb,
               event_id bigint, client_id int)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.at, coalesce(s.full_name, 'Not signed in'), c.name, e.noun, e.noun_id, e.verb, e.detail, e.event_id, e.client_id
    from (select * from audit_event a where a.at <= p_at and (a.at, a.event_id) < (p_at, p_event_id)
           order by a.at desc, a.event_id desc limit least(greatest(p_most, 0), 1000)) e
    left join staff s on s.staff_id = e.actor_id left join client c on c.client_id = e.client_id
   where (select desk_role()) = 'compliance' order by e.at desc, e.event_id desc $$;

-- The record gets a table for this month and those to come, a year at the most, and for each month whose events went to
-- the rest for want of one; they move to it. The rest must not hold what the new table shall: it stands aside meanwhile,
-- in one transaction, in which nobody else reads or writes the record. So only a month that is missing is begun.
create or replace function desk_audit_months(p_ahead int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_months timestamp[]; v_month timestamp; v_name text; v_made int := 0; v_from timestamptz; v_until timestamptz;
begin
  select array_agg(distinct month order by month) into v_months from (
    select date_trunc('month', clock_timestamp() at time zone 'UTC') + make_interval(months => ahead) as month
      from generate_series(0, least(greatest(p_ahead, 0), 12)) ahead
    union
    select date_trunc('month', at at time zone 'UTC') from audit_event_rest) wanted
   where to_regclass('public.audit_event_' || to_char(month, 'YYYYMM')) is null;
  if v_months is null then
    return 0;
  end if;
  lock table audit_event in access exclusive mode;
  alter table audit_event detach partition audit_event_rest;
  foreach v_month in array v_months loop
    v_name := 'audit_event_' || to_char(v_month, 'YYYYMM');
    if to_regclass('public.' || v_name) is null then -- nobody else made it while this one waited
      v_from := v_month at time zone 'UTC';
      v_until := (v_month + interval '1 month') at time zone 'UTC';
      execute format('create table public.%I partition of audit_event for values from (%L) to (%L)', v_name, v_from, v_until);
      with late as (delete from audit_event_rest where at >= v_from and at < v_until returning *)
      insert into audit_event (at, event_id, txid, actor_id, client_id, noun, noun_id, verb, detail) overriding system value
      select at, event_id, txid, actor_id, client_id, noun, noun_id, verb, detail from late;
      v_made := v_made + 1;
    end if;
  end loop;
  alter table audit_event attach partition audit_event_rest default;
  return v_made;
end $$;

create or replace function fold_facts(batch int default 50000) returns bigint language sql security definer set search_path = public, pg_temp as $$
with d as (delete from fact_delta where ctid = any (array(select ctid from fact_delta limit least(greatest(batch, 0), 200000)
                                                         for update skip locked)) returning *),
 h as (insert into by_hour as r select hour, sum(reported), sum(contacted), sum(on_time) from d group by 1 order by 1
   on conflict (hour) do update set reported = r.reported + excluded.reported, contacted = r.contacted + excluded.contacted,
     on_time = r.on_time + excluded.on_time),
 j as (insert into by_jurisdiction_hour as r select jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 c as (insert into by_client_hour as r select client_id, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2 order by 1, 2
   on conflict (client_id, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 a as (insert into by_all_hour as r select client_id, jurisdiction, hour, sum(reported), sum(contacted), sum(on_time) from d
   group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, jurisdiction, hour) do update set reported = r.reported + excluded.reported,
     contacted = r.contacted + excluded.contacted, on_time = r.on_time + excluded.on_time),
 y as (insert into duration_by_day as r select (hour at time zone 'UTC')::date, bin, sum(contacted) from d
   where bin is not null group by 1, 2 order by 1, 2
   on conflict (day, bin) do update set contacted = r.contacted + excluded.contacted),
 u as (insert into duration_by_jurisdiction_day as r select jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted),
 v as (insert into duration_by_client_day as r select client_id, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3 order by 1, 2, 3
   on conflict (client_id, day, bin) do update set contacted = r.contacted + excluded.contacted),
 z as (insert into duration_by_all_day as r select client_id, jurisdiction, (hour at time zone 'UTC')::date, bin, sum(contacted)
   from d where bin is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
   on conflict (client_id, jurisdiction, day, bin) do update set contacted = r.contacted + excluded.contacted)
select count(*) from d $$;

revoke execute on function desk_now_about, desk_touch from public;
grant execute on function desk_touch to desk_app;
