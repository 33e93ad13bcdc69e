-- Signing in happens before there is a person, so it happens in functions of the owner: the application's role can
-- neither read a password hash nor a session's.

create function desk_credential(p_name text) returns table (staff_id int, password_hash text, active boolean)
language sql stable security definer set search_path = public as $$
  select s.staff_id, c.password_hash, s.active from staff s join staff_credential c using (staff_id)
   where s.sign_in_name = lower(p_name) $$;

create function desk_failures(p_name_key text, p_address text, p_since timestamptz)
returns table (by_name int, by_address int) language sql stable security definer set search_path = public as $$
  select (select count(*) from sign_in_attempt where name_key = p_name_key and at > greatest(p_since,
            (select max(at) from sign_in_attempt where name_key = p_name_key and ok)) and not ok)::int,
         (select count(*) from sign_in_attempt where address = p_address and at > p_since and not ok)::int $$;

create function desk_note_attempt(p_name_key text, p_address text, p_ok boolean, p_at timestamptz) returns void
language sql security definer set search_path = public as $$
  insert into sign_in_attempt (at, name_key, address, ok) values (p_at, p_name_key, p_address, p_ok);
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select 0, 'sign_in', 0, 'sign_in_failed', jsonb_build_object('address', p_address) where not p_ok $$;

create function desk_clear_failures(p_name_key text) returns void
language sql security definer set search_path = public as $$
  delete from sign_in_attempt where name_key = p_name_key and not ok and desk_manages() $$;

create function desk_ticket_new(p_staff_id int, p_ticket_hash bytea, p_browser_hash bytea, p_expires_at timestamptz) returns void
language sql security definer set search_path = public as $$
  delete from sign_in_ticket where expires_at < clock_timestamp() - interval '1 hour';
  insert into sign_in_ticket (ticket_hash, staff_id, browser_hash, expires_at)
  values (p_ticket_hash, p_staff_id, p_browser_hash, p_expires_at) $$;

-- One use, in time, in the browser it was made for.
create function desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamptz)
returns table (session_id bigint, staff_id int) language plpgsql security definer set search_path = public as $$
declare v_staff int; v_session bigint;
begin
  delete from sign_in_ticket t where t.ticket_hash = p_ticket_hash and t.browser_hash = p_browser_hash and t.expires_at > p_at
  returning t.staff_id into v_staff;
  if v_staff is null or not exists (select from staff s where s.staff_id = v_staff and s.active) then
    return;
  end if;
  insert into staff_session (token_hash, staff_id, address, issued_at, last_seen_at)
  values (p_token_hash, v_staff, p_address, p_at, p_at) returning staff_session.session_id into v_session;
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (v_staff, 'session', v_session, 'signed_in', jsonb_build_object('address', p_address));
  return query select v_session, v_staff;
end $$;

-- The truth about a session, as of now: the role and the clients are today's, not those of the sign-in.
create function desk_who(p_token_hash bytea, p_at timestamptz, p_idle interval)
returns table (session_id bigint, staff_id int, full_name text, sign_in_name text, role text, timezone text, clients int[],
               last_seen_at timestamptz)
language sql stable security definer set search_path = public as $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(c.client_id order by c.client_id) from staff_client c where c.staff_id = s.staff_id), '{}'),
         e.last_seen_at
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle $$;

create function desk_touch(p_session_id bigint, p_at timestamptz) returns void
language sql security definer set search_path = public as $$
  update staff_session set last_seen_at = p_at
   where session_id = p_session_id and ended_at is null and last_seen_at < p_at $$;

-- End one's own session (by its number and token) or, as an administrator, anybody's.
create function desk_end_session(p_session_id bigint, p_token_hash bytea, p_at timestamptz, p_why text) returns boolean
language plpgsql security definer set search_path = public as $$
declare v_staff int;
begin
  update staff_session e set ended_at = p_at, ended_why = p_why
   where e.session_id = p_session_id and e.ended_at is null
     and (e.token_hash = p_token_hash or desk_manages() or e.staff_id = desk_staff_id())
  returning e.staff_id into v_staff;
  if v_staff is null then
    return false;
  end if;
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(desk_staff_id(), v_staff), 'session', p_session_id, 'session_ended', jsonb_build_object('why', p_why));
  perform pg_notify('desk_access', json_build_object('session', p_session_id)::text);
  return true;
end $$;

create function desk_set_password(p_staff_id int, p_hash text) returns void
language plpgsql security definer set search_path = public as $$
begin
  if not (desk_manages() or p_staff_id = desk_staff_id()) then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash) values (p_staff_id, p_hash)
  on conflict (staff_id) do update set password_hash = excluded.password_hash, changed_at = clock_timestamp();
end $$;

-- An empty desk has nobody who could invite the first person: this lets the first administrator in, once.
create function desk_first_administrator(p_sign_in_name text, p_full_name text, p_timezone text, p_hash text) returns int
language plpgsql security definer set search_path = public as $$
declare v_staff int;
begin
  perform pg_advisory_xact_lock(7301116);
  if exists (select from staff where sign_in_name <> 'command-line') then
    raise exception 'this desk already has its people' using errcode = 'insufficient_privilege';
  end if;
  insert into staff (sign_in_name, full_name, role, timezone) values (lower(p_sign_in_name), p_full_name, 'administrator', p_timezone)
  returning staff_id into v_staff;
  insert into staff_credential (staff_id, password_hash) values (v_staff, p_hash);
  insert into audit_event (actor_id, noun, noun_id, verb) values (v_staff, 'staff', v_staff, 'founded');
  return v_staff;
end $$;

insert into staff (sign_in_name, full_name, role, timezone) values ('command-line', 'Command line', 'supervisor', 'UTC');
