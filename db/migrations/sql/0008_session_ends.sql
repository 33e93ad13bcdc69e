-- A sign-in is good for one day's work, however busy: after twelve hours one signs in again (NIST SP 800-63B-3, section 4.2.3).
create or replace function desk_who(p_token_hash bytea, p_at timestamptz, p_idle interval)
returns table (session_id bigint, staff_id int, full_name text, sign_in_name text, role text, timezone text, clients int[],
               last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(c.client_id order by c.client_id) from staff_client c where c.staff_id = s.staff_id), '{}'),
         e.last_seen_at
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle
     and e.issued_at > p_at - interval '12 hours' $$;
