-- One delta for all the new claims of a statement that count alike: an import left one for each of its rows.
create function desk_facts_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
  select client_id, coalesce(jurisdiction, '--'), date_trunc('hour', reported_at, 'UTC'), count(*),
         count(first_contact_at), count(*) filter (where first_contact_at <= due_at),
         desk_duration_bin(reported_at, first_contact_at)
    from made
   where closed_at is null and date_of_death is null or first_contact_at is not null
   group by 1, 2, 3, 7;
  return null;
end $$;
revoke execute on function desk_facts_begin from public;

create or replace function desk_fact_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.closed_at is null and old.date_of_death is null or old.first_contact_at is not null then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op = 'UPDATE' and (new.closed_at is null and new.date_of_death is null or new.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (new.client_id, coalesce(new.jurisdiction, '--'), date_trunc('hour', new.reported_at, 'UTC'), 1,
            (new.first_contact_at is not null)::int, coalesce((new.first_contact_at <= new.due_at)::int, 0),
            desk_duration_bin(new.reported_at, new.first_contact_at));
  end if;
  return null;
end $$;

drop trigger fact_changed on claim;
create trigger facts_begin after insert on claim referencing new table as made for each statement
  execute function desk_facts_begin();
create trigger fact_changed after update on claim for each row
  when ((old.client_id, old.jurisdiction, old.reported_at, old.due_at, old.first_contact_at, old.closed_at, old.date_of_death)
        is distinct from
        (new.client_id, new.jurisdiction, new.reported_at, new.due_at, new.first_contact_at, new.closed_at, new.date_of_death))
  execute function desk_fact_changed();
create trigger fact_gone after delete on claim for each row execute function desk_fact_changed();

-- Names that say where they are found need no path to be set, which cost more than the number, for each row.
create or replace function desk_claim_numbered() returns trigger language plpgsql as $$
begin
  new.claim_number := 'C-' operator(pg_catalog.||) new.claim_id::pg_catalog.text;
  return new;
end $$;
