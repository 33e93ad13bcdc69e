-- A lockout hurts whoever guesses and not the colleague whose name is guessed at: a browser that has signed in by that
-- name before is counted by itself. What was refused meanwhile is one event with its count. A password that somebody
-- else has set is changed before anything else is done.

create table known_browser (
  staff_id int not null references staff,
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  last_at timestamptz not null,
  primary key (staff_id, browser_hash));
create table sign_in_refusal (
  name_key text not null,
  address text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  tries int not null default 1,
  primary key (name_key, address));
alter table known_browser enable row level security;
alter table known_browser force row level security;
create policy house on known_browser to current_user using (true) with check (true);
revoke all on known_browser from public;
alter table sign_in_refusal enable row level security;
alter table sign_in_refusal force row level security;
create policy house on sign_in_refusal to current_user using (true) with check (true);
revoke all on sign_in_refusal from public;
alter table sign_in_attempt add column browser_hash bytea;
alter table staff_credential add column must_change boolean not null default false;

drop function desk_failures(text, text, timestamptz);
-- Failures since p_since, or since the last success by that name: by browsers the name does not know, from the address
-- by any, and by this browser, which has signed in by that name before or has not.
create function desk_failures(p_name text, p_name_key text, p_address text, p_browser_hash bytea, p_since timestamptz)
returns table (by_name int, by_address int, by_browser int, known boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select k.browser_hash from known_browser k join staff s using (staff_id) where s.sign_in_name = lower(p_name)),
       failed as (select a.browser_hash from sign_in_attempt a where a.name_key = p_name_key and not a.ok
                     and a.at > greatest(p_since, (select max(at) from sign_in_attempt where name_key = p_name_key and ok)))
  select (select count(*) from failed f where f.browser_hash is null or f.browser_hash not in (select browser_hash from mine))::int,
         (select count(*) from sign_in_attempt where address = p_address and at > p_since and not ok)::int,
         (select count(*) from failed f where f.browser_hash = p_browser_hash)::int,
         exists (select from mine where browser_hash = p_browser_hash) $$;

drop function desk_note_attempt(text, text, boolean, timestamptz);
create function desk_note_attempt(p_name_key text, p_address text, p_browser_hash bytea, p_ok boolean, p_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_attempt (at, name_key, address, browser_hash, ok)
  values (desk_now_about(p_at), left(p_name_key, 64), left(p_address, 100), substr(p_browser_hash, 1, 32), p_ok);
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  select 0, 'sign_in', 0, 'sign_in_failed', jsonb_build_object('address', left(p_address, 100)) where not p_ok $$;

create function desk_note_refusal(p_name_key text, p_address text, p_at timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_refusal as r (name_key, address, first_at, last_at)
  values (left(p_name_key, 64), left(p_address, 100), desk_now_about(p_at), desk_now_about(p_at))
  on conflict (name_key, address) do update set tries = r.tries + 1, last_at = greatest(r.last_at, excluded.last_at) $$;

-- Put on the record, as one event each, what was refused by one name from one address: once it has stopped by
-- p_quiet_since, or goes on since before p_long_since.
create function desk_tell_refusals(p_quiet_since timestamptz, p_long_since timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with told as (delete from sign_in_refusal where last_at < least(p_quiet_since, clock_timestamp()) or first_at < least(p_long_since, clock_timestamp())
                returning *),
       kept as (insert into audit_event (actor_id, noun, noun_id, verb, detail)
                select 0, 'sign_in', 0, 'refused',
                       jsonb_build_object('why', 'locked', 'address', address, 'tries', tries, 'since', first_at, 'until', last_at) from told
                returning 1)
  select count(*)::int from kept $$;

create or replace function desk_set_password(p_staff_id int, p_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_by_another boolean := p_staff_id is distinct from desk_staff_id();
begin
  if (desk_manages() or p_staff_id = desk_staff_id()) is not true then
    raise exception 'a password is set by its owner or an administrator' using errcode = 'insufficient_privilege';
  end if;
  insert into staff_credential (staff_id, password_hash, must_change) values (p_staff_id, p_hash, v_by_another)
  on conflict (staff_id) do update
     set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = clock_timestamp();
  if v_by_another then
    delete from known_browser where staff_id = p_staff_id;
  end if;
end $$;

-- One use, in time, in the browser it was made for, which the person's name knows from then on.
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
  insert into known_browser as k (staff_id, browser_hash, last_at) values (v_staff, p_browser_hash, v_at)
  on conflict on constraint known_browser_pkey do update set last_at = excluded.last_at;
  delete from known_browser k where k.staff_id = v_staff and k.last_at < v_at - interval '400 days';
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (v_staff, 'session', v_session, 'signed_in', jsonb_build_object('address', v_address));
  return query select v_session, v_staff;
end $$;

drop function desk_who(bytea, timestamptz, interval);
-- The truth about a session, as of now: the role and the clients are today's, not those of the sign-in.
create function desk_who(p_token_hash bytea, p_at timestamptz, p_idle interval)
returns table (session_id bigint, staff_id int, full_name text, sign_in_name text, role text, timezone text, clients int[],
               last_seen_at timestamptz, clients_until timestamptz, must_change boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.session_id, s.staff_id, s.full_name, s.sign_in_name, s.role, s.timezone,
         coalesce((select array_agg(r.client_id order by r.client_id) from reaches r where r.staff_id = s.staff_id), '{}'),
         e.last_seen_at,
         (select min(case when c.starts_at > now() then c.starts_at else c.until end) from client_cover c
           where c.staff_id = s.staff_id and c.ended_at is null and c.until > now()),
         coalesce((select c.must_change from staff_credential c where c.staff_id = s.staff_id), false)
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash and e.ended_at is null and s.active and e.last_seen_at > p_at - p_idle
     and e.issued_at > p_at - interval '12 hours' $$;

revoke execute on function desk_failures, desk_note_attempt, desk_note_refusal, desk_tell_refusals, desk_who from public;
grant execute on function desk_failures, desk_note_attempt, desk_note_refusal, desk_tell_refusals, desk_who to desk_app;
