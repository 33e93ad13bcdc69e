-- A worker who has died is not called: the claim waits for no first contact and is no promise missed.
alter table claim
  add column date_of_death date,
  add column death_seen_at timestamptz,
  add column death_seen_by integer constraint claim_death_seen_by_fkey references staff (staff_id),
  add constraint claim_death_seen_paired check ((death_seen_at is null) = (death_seen_by is null)),
  add constraint claim_death_seen_of_a_death check (death_seen_at is null or date_of_death is not null);
grant insert (date_of_death) on claim to desk_app;
grant update (date_of_death, death_seen_at, death_seen_by) on claim to desk_app;

drop index claim_waiting;
drop index claim_waiting_by_client;
create index claim_waiting on claim (due_at, claim_id)
  where first_contact_at is null and closed_at is null and date_of_death is null;
create index claim_waiting_by_client on claim (client_id, due_at, claim_id)
  where first_contact_at is null and closed_at is null and date_of_death is null;
create index claim_death_unseen on claim (client_id, claim_id) where date_of_death is not null and death_seen_at is null;

-- A date of death once recorded is changed by a supervisor, and seen in one's own name; and nobody reaches the dead.
create function desk_death_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.date_of_death is null then
    new.death_seen_at := null;
    new.death_seen_by := null;
  end if;
  if current_user <> 'desk_app' then
    return new;
  end if;
  if old.date_of_death is not null and new.date_of_death is distinct from old.date_of_death
     and desk_role() is distinct from 'supervisor' then
    raise exception 'a date of death is corrected by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if new.death_seen_at is not null
     and (new.death_seen_at, new.death_seen_by) is distinct from (old.death_seen_at, old.death_seen_by)
     and (desk_role() is distinct from 'supervisor' or new.death_seen_by is distinct from desk_staff_id()
          or old.death_seen_at is not null) then
    raise exception 'a death is acknowledged by a supervisor, in one''s own name' using errcode = 'insufficient_privilege';
  end if;
  if new.death_seen_at is null and old.death_seen_at is not null and new.date_of_death is not null then
    raise exception 'an acknowledged death stays acknowledged' using errcode = 'insufficient_privilege';
  end if;
  if new.date_of_death is not null and new.first_contact_at is distinct from old.first_contact_at then
    raise exception 'the worker has died: nobody is called' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger death_guard before update of date_of_death, death_seen_at, death_seen_by, first_contact_at on claim
  for each row execute function desk_death_guard();

-- As the owner: whether the worker lives is no question of the asker's scope, which the attempt's own policies hold.
create function desk_dead_are_not_called() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id
                    and c.date_of_death is not null) then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  return new;
end $$;
create trigger dead_are_not_called before insert on contact_attempt for each row
  when (new.party = 'worker' and current_user = 'desk_app') execute function desk_dead_are_not_called();

-- Compliance hears of every date of death, however it came: by form, by feed, or by hand.
create function desk_death_on_record() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare v_verb text := 'death_reported';
begin
  if tg_op = 'UPDATE' then
    v_verb := case when new.date_of_death is null then 'death_withdrawn'
                   when old.date_of_death is null then 'death_reported' else 'death_corrected' end;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), 0), new.client_id, 'claim', new.claim_id, v_verb);
  return null;
end $$;
create trigger death_reported after insert on claim for each row when (new.date_of_death is not null)
  execute function desk_death_on_record();
create trigger death_changed after update of date_of_death on claim for each row
  when (new.date_of_death is distinct from old.date_of_death) execute function desk_death_on_record();

revoke execute on function desk_death_guard, desk_dead_are_not_called, desk_death_on_record from public;
