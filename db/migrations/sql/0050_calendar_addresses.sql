-- At an address of its own a calendar program reads a clinician's calls. Of the address its digest is kept; whoever has it
-- learns when that person calls about which claim, and nothing of the worker. A new address ends the one before.
create table calendar_address (
  staff_id int not null,
  token_hash bytea not null,
  made_at timestamptz not null,
  constraint calendar_address_pkey primary key (staff_id),
  constraint calendar_address_token_hash_key unique (token_hash),
  constraint calendar_address_staff_id_fkey foreign key (staff_id) references staff,
  constraint calendar_address_token_hash_whole check (octet_length(token_hash) = 32));

alter table calendar_address enable row level security;
alter table calendar_address force row level security;
create policy house on calendar_address to current_user using (true) with check (true);
revoke all on calendar_address from public;
grant select (staff_id, made_at), delete on calendar_address to desk_app;
grant insert (staff_id, token_hash, made_at), update (token_hash, made_at) on calendar_address to desk_app;
create policy own on calendar_address for select to desk_app using (desk_sets_calendar(staff_id));
create policy make on calendar_address for insert to desk_app
  with check (staff_id = (select desk_staff_id()) and desk_is_clinical(staff_id) and made_at <@ (select desk_moment()));
create policy renew on calendar_address for update to desk_app
  using (staff_id = (select desk_staff_id()) and desk_is_clinical(staff_id))
  with check (staff_id = (select desk_staff_id()) and desk_is_clinical(staff_id) and made_at <@ (select desk_moment()));
create policy withdraw on calendar_address for delete to desk_app using (desk_sets_calendar(staff_id));

-- That an address was made or withdrawn is on the record, whoever does it.
create function desk_calendar_address_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into audit_event (actor_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), case when tg_op = 'DELETE' then old.staff_id else new.staff_id end), 'clinician',
          case when tg_op = 'DELETE' then old.staff_id else new.staff_id end,
          case when tg_op = 'DELETE' then 'calendar_address_withdrawn' else 'calendar_address_made' end);
  return null;
end $$;
revoke execute on function desk_calendar_address_told from public;
create trigger told after insert or update or delete on calendar_address
  for each row execute function desk_calendar_address_told();

-- Whoever may not make calls any more has no address either.
create function desk_calendar_address_ends() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from calendar_address where staff_id = new.staff_id;
  return null;
end $$;
revoke execute on function desk_calendar_address_ends from public;
create trigger calendar_address_ends after update of active, role on staff for each row
  when (not new.active or new.role <> 'clinical') execute function desk_calendar_address_ends();

-- The calls of whoever has the address, of clients still worked for; a look at them is on the record. Without an address
-- that there is: nothing.
create function desk_calendar_at(p_token_hash bytea, p_from timestamptz)
returns table (full_name text, timezone text, claim_number text, client text, starts_at timestamptz, ends_at timestamptz,
               status text, uid uuid, sequence int, changed_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_staff int;
begin
  select a.staff_id into v_staff from calendar_address a where a.token_hash = p_token_hash and desk_is_clinical(a.staff_id);
  if v_staff is null then
    return;
  end if;
  insert into audit_event (actor_id, noun, noun_id, verb) values (v_staff, 'calendar', v_staff, 'read');
  return query
    select s.full_name, s.timezone, c.claim_number, k.name, t.starts_at, t.ends_at, t.status, t.uid, t.sequence,
           coalesce(t.changed_at, t.booked_at)
      from staff s
      left join (triage_call t join claim c using (client_id, claim_id) join client k using (client_id))
        on t.clinician_id = s.staff_id and t.starts_at >= p_from
       and exists (select from reaches r where r.staff_id = v_staff and r.client_id = t.client_id)
     where s.staff_id = v_staff
     order by t.starts_at, t.call_id;
end $$;
revoke execute on function desk_calendar_at from public;
grant execute on function desk_calendar_at to desk_app;

alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn}'));
