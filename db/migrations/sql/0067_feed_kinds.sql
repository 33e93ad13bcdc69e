-- An import is of a kind, and no longer of claims alone.
alter table claim_import rename to feed_import;
alter sequence claim_import_import_id_seq rename to feed_import_import_id_seq;
do $$
declare named text;
begin
  for named in select conname from pg_constraint where conrelid = 'feed_import'::regclass and conname like 'claim_import\_%' loop
    execute format('alter table feed_import rename constraint %I to %I', named, replace(named, 'claim_import', 'feed_import'));
  end loop;
end $$;

alter table feed_import add kind text not null default 'claims';
alter table feed_import alter kind drop default,
  add constraint feed_import_kind_form check (kind ~ '^[a-z][a-z_]{0,39}$');
grant insert (kind) on feed_import to desk_app;

-- A client has a mapping for each kind.
alter table feed_mapping add kind text not null default 'claims';
alter table feed_mapping alter kind drop default,
  add constraint feed_mapping_kind_form check (kind ~ '^[a-z][a-z_]{0,39}$'),
  drop constraint feed_mapping_pkey,
  add constraint feed_mapping_pkey primary key (client_id, kind);
grant insert (kind) on feed_mapping to desk_app;

-- A duplicate names what it repeats by its key in the table of its kind, and the import that brought that.
alter table import_duplicate add of_id bigint, add of_import bigint;
update import_duplicate d set of_id = d.claim_id, of_import = c.import_id
  from claim c where c.client_id = d.client_id and c.claim_id = d.claim_id;
alter table import_duplicate drop claim_id, alter of_id set not null,
  add constraint import_duplicate_of_import_fkey
    foreign key (client_id, of_import) references feed_import (client_id, import_id);
create index import_duplicate_of on import_duplicate (client_id, of_import);
grant insert (of_id, of_import) on import_duplicate to desk_app;

-- What an import brought goes as a whole, and not while rows of another were left out because of it.
create or replace function desk_undone_as_a_whole() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  if exists (select from import_duplicate d where d.client_id = new.client_id and d.of_import = new.import_id) then
    raise exception 'an import that others rest on is undone after them' using errcode = 'check_violation';
  end if;
  return null;
end $$;
