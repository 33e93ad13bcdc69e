-- As before: a ticket goes on for its thirty seconds.
create or replace function desk_manages() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'administrator') $$;

create or replace function desk_set_password(p_staff_id int, p_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (desk_manages() or p_staff_id = desk_staff_id()) then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash) values (p_staff_id, p_hash)
  on conflict (staff_id) do update set password_hash = excluded.password_hash, changed_at = clock_timestamp();
end $$;

drop function desk_end_tickets(int);

create or replace function desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamptz)
returns table (session_id bigint, staff_id int) language plpgsql security definer set search_path = public, pg_temp as $$
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
