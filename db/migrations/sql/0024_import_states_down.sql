alter table claim_import drop constraint claim_import_counts_add_up, drop constraint claim_import_state_known;
alter table claim_import add column finished_at timestamptz,
  add constraint claim_import_counts_add_up check (state = 'running' or read = accepted + refused + duplicates),
  add constraint claim_import_state_known check (state in ('running', 'done', 'cancelled', 'undone'));
update claim_import set finished_at = started_at;
grant insert (finished_at) on claim_import to desk_app;

create or replace function desk_claims_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from (select p.client_id, p.effective_from, p.hours * interval '1 hour' as promised, desk_slack(p) as slack
                            from (select distinct client_id, sla_effective_from from made) carried
                            join sla_policy p on (p.client_id, p.effective_from) = (carried.client_id, carried.sla_effective_from)
                          offset 0) p
                    join made on (made.client_id, made.sla_effective_from) = (p.client_id, p.effective_from)
              where made.due_at not between made.reported_at + p.promised and made.reported_at + p.promised + p.slack)
     or exists (select from made join sla_policy other using (client_id)
                 where other.effective_from > made.sla_effective_from and other.effective_from <= made.reported_at
                    or other.effective_from < made.sla_effective_from and made.sla_effective_from > made.reported_at) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  if exists (select from (select distinct client_id, import_id, channel from made) brought
              where (import_id is not null) <> (channel = 'feed')
                 or import_id is not null and not exists
                    (select from claim_import i where (i.client_id, i.import_id) = (brought.client_id, brought.import_id)
                        and i.by_id = desk_staff_id() and i.state in ('running', 'done'))) then
    raise exception 'claims of a feed come with an import of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
