-- Who may set a password, and what ends with it.

-- An administrator manages, and so does whoever may act as the tables' owner: somebody must be able to help the only
-- administrator. `current_user` is the owner here, and the application's role is no member of it.
create or replace function desk_manages() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select pg_has_role(session_user, current_user, 'usage')
      or exists (select from staff where staff_id = nullif(current_setting('desk.staff', true), '')::int and active
                                     and role = 'administrator') $$;

-- Nobody is not the password's owner: of no acting person, or a disabled one, the comparison is null, and was let pass.
create or replace function desk_set_password(p_staff_id int, p_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (desk_manages() or p_staff_id = desk_staff_id()) is not true then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash) values (p_staff_id, p_hash)
  on conflict (staff_id) do update set password_hash = excluded.password_hash, changed_at = clock_timestamp();
end $$;

-- What was granted under an old password, or to somebody who is shut out since, opens nothing: tickets end as sessions do.
-- Whoever is being changed is locked first, here and at the redeeming: a ticket that becomes a session in this very
-- moment is either stopped or already a session, which is then ended.
create function desk_end_tickets(p_staff_id int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if desk_manages() or p_staff_id = desk_staff_id() then
    perform from staff s where s.staff_id = p_staff_id for update;
    delete from sign_in_ticket t where t.staff_id = p_staff_id;
  end if;
end $$;
revoke execute on function desk_end_tickets from public;
grant execute on function desk_end_tickets to desk_app;

-- One use, in time, in the browser it was made for.
create or replace function desk_ticket_redeem(p_ticket_hash bytea, p_browser_hash bytea, p_token_hash bytea, p_address text, p_at timestamptz)
returns table (session_id bigint, staff_id int) language plpgsql security definer set search_path = public, pg_temp as $$
declare v_staff int; v_session bigint;
begin
  perform from staff s join sign_in_ticket t using (staff_id) where t.ticket_hash = p_ticket_hash for key share of s;
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
