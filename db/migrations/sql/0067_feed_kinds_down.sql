-- Before, there were imports of claims alone: those of other kinds are forgotten, with what they refused or repeated.
delete from import_duplicate d using feed_import i
 where i.client_id = d.client_id and i.import_id = d.import_id and i.kind <> 'claims';
delete from import_refusal r using feed_import i
 where i.client_id = r.client_id and i.import_id = r.import_id and i.kind <> 'claims';
delete from feed_mapping where kind <> 'claims';

create or replace function desk_undone_as_a_whole() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.import_id = new.import_id) then
    raise exception 'an import is undone as a whole' using errcode = 'check_violation';
  end if;
  return null;
end $$;

alter table import_duplicate add claim_id bigint;
update import_duplicate set claim_id = of_id;
alter table import_duplicate drop of_id, drop of_import, alter claim_id set not null,
  add constraint import_duplicate_claim_fkey foreign key (client_id, claim_id) references claim (client_id, claim_id);
create index import_duplicate_of_claim on import_duplicate (client_id, claim_id);
grant insert (claim_id) on import_duplicate to desk_app;

alter table feed_mapping drop constraint feed_mapping_pkey, drop kind, add constraint feed_mapping_pkey primary key (client_id);

delete from feed_import where kind <> 'claims';
alter table feed_import drop kind;
alter sequence feed_import_import_id_seq rename to claim_import_import_id_seq;
alter table feed_import rename to claim_import;
do $$
declare named text;
begin
  for named in select conname from pg_constraint where conrelid = 'claim_import'::regclass and conname like 'feed_import\_%' loop
    execute format('alter table claim_import rename constraint %I to %I', named, replace(named, 'feed_import', 'claim_import'));
  end loop;
end $$;
