drop function desk_failures(text, text, text, bytea, timestamptz);
drop function desk_note_attempt(text, text, bytea, boolean, timestamptz);
drop function desk_note_refusal(text, text, timestamptz);
drop function desk_tell_refusals(timestamptz, timestamptz);
drop function desk_who(bytea, timestamptz, interval);
create function desk_failures(p_name_key text, p_address text, p_since timestamptz)
returns table (by_name int, by_address int) language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from sign_in_attempt where name_key = p_name_key and at > greatest(p_since,
            (select max(at) from sign_in_attempt where name_key = p_name_key and ok)) and not ok)::int,
         (select count(*) from sign_in_attempt where address = p_address and at > p_since and not ok)::int $$;

create function desk_note_attempt(p_name_key text, p_address text, p_ok boolean, p_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_attempt (at, name_key, address, ok)
  values (desk_now_about(p_at), left(p_name_key, 64), left(p_address, 100), p_ok);
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select 0, 'sign_in', 0, 'sign_in_failed', jsonb_build_object('address', left(p_address, 100)) where not p_ok $$;

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

create or replace function desk_set_password(p_staff_id int, p_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (desk_manages() or p_staff_id = desk_staff_id()) is not true then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash) values (p_staff_id, p_hash)
  on conflict (staff_id) do update set password_hash = excluded.password_hash, changed_at = clock_timestamp();
end $$;

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

revoke execute on function desk_failures, desk_note_attempt, desk_who from public;
grant execute on function desk_failures, desk_note_attempt, desk_who to desk_app;
drop table known_browser;
drop table sign_in_refusal;
alter table sign_in_attempt drop column browser_hash;
alter table staff_credential drop column must_change;
