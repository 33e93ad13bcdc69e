drop trigger facts_begin on claim;
drop trigger fact_changed on claim;
drop trigger fact_gone on claim;
drop function desk_facts_begin();

create or replace function desk_fact_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and (old.client_id, old.jurisdiction, old.reported_at, old.due_at, old.first_contact_at, old.closed_at, old.date_of_death)
       is not distinct from (new.client_id, new.jurisdiction, new.reported_at, new.due_at, new.first_contact_at, new.closed_at, new.date_of_death) then
    return null;
  end if;
  if tg_op <> 'INSERT' and (old.closed_at is null and old.date_of_death is null or old.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op <> 'DELETE' and (new.closed_at is null and new.date_of_death is null or new.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (new.client_id, coalesce(new.jurisdiction, '--'), date_trunc('hour', new.reported_at, 'UTC'), 1,
            (new.first_contact_at is not null)::int, coalesce((new.first_contact_at <= new.due_at)::int, 0),
            desk_duration_bin(new.reported_at, new.first_contact_at));
  end if;
  return null;
end $$;
create trigger fact_changed after insert or delete or update on claim for each row execute function desk_fact_changed();

create or replace function desk_claim_numbered() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.claim_number := 'C-' || new.claim_id;
  return new;
end $$;
