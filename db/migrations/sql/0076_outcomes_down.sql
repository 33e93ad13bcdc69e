create or replace function desk_line_determined() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from determination d
                  where d.client_id = new.client_id and d.claim_id = new.claim_id and d.request_id = new.request_id
                    and d.determination_id = new.determination_id and d.xmin = pg_current_xact_id()::xid) then
    raise exception 'a line is decided with its determination' using errcode = 'insufficient_privilege';
  end if;
  if new.units > (select l.units from service_line l
                   where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id
                     and l.line = new.line) then
    raise exception 'no more is approved than was asked for' using errcode = 'insufficient_privilege';
  end if;
  update service_line
     set outcome = new.outcome, approved_units = new.units, approved_words = new.words, from_on = new.from_on,
         until_on = new.until_on, authorization_number = new.authorization_number,
         used_units = least(used_units, coalesce(new.units, 0))
   where client_id = new.client_id and claim_id = new.claim_id and request_id = new.request_id and line = new.line;
  return null;
end $$;
drop trigger by_lapse on determination;
drop function desk_determined_by_lapse, desk_given_by_lapse;
-- What was determined by lapse is told as modified: with what is approved, and that nobody reviewed it.
alter table determination drop constraint determination_lapse_of_a_clock;
update determination set outcome = 'modified', reviewer_credentials = coalesce(reviewer_credentials, 'none: by lapse'),
  reason = coalesce(reason, 'By lapse.') where outcome = 'lapsed';
update determination_line set outcome = 'modified', words = coalesce(words, 'By lapse') where outcome = 'lapsed';
update service_line set outcome = 'modified', approved_words = coalesce(approved_words, 'By lapse') where outcome = 'lapsed';
update authorization_request set outcome = 'modified' where outcome = 'lapsed';
alter table determination_line drop constraint determination_line_approves;
alter table determination_line add constraint determination_line_approves
  check ((outcome in ('approved', 'modified')) = (units is not null) and units between 1 and 9999);
alter table determination drop constraint determination_refusal_reasoned;
alter table determination add constraint determination_refusal_reasoned check (outcome = 'approved' or reason is not null);
do $$
declare
  v_table text;
begin
  foreach v_table in array array['authorization_request', 'determination', 'determination_line', 'service_line'] loop
    execute format('alter table %I drop constraint %I', v_table, v_table || '_outcome_known');
    execute format('alter table %I add constraint %I check (outcome in (''approved'', ''modified'', ''denied'', ''deferred'','
      || ' ''pended'', ''dismissed'', ''withdrawn''))', v_table, v_table || '_outcome_known');
  end loop;
  execute replace(pg_get_functiondef('desk_all_lines_determined'::regproc), '{approved,modified,lapsed}', '{approved,modified}');
end $$;
alter table determination drop column lapse_of;

create or replace function desk_request_returned() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (old.returned_at is null and exists (
       select from letter l
        where l.client_id = new.client_id and l.claim_id = new.claim_id and l.request_id = new.request_id
          and l.determination_id is null and l.handed_out_at = new.returned_at)) is not true then
    raise exception 'a request is returned by its letter, once' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace function desk_letter_went_out() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  select new.client_id, new.claim_id, new.document_id, f.digest, new.recipient, 'Request returned as not complete',
         new.handed_out_at, new.handed_out_by
    from claim_document d join file f using (client_id, file_id)
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id;
  return null;
end $$;
create or replace function desk_letter_holds(p letter) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v authorization_request;
begin
  select * into v from authorization_request r
   where r.client_id = p.client_id and r.claim_id = p.claim_id and r.request_id = p.request_id for no key update;
  return found
    and case when p.determination_id is null
               then v.complete_at is null and v.decided_at is null and v.ended_at is null
             else desk_determination_stands(p.client_id, p.claim_id, p.request_id, p.determination_id) end
    and not exists (select from letter n
                     where n.client_id = p.client_id and n.claim_id = p.claim_id and n.request_id = p.request_id
                       and n.determination_id is not distinct from p.determination_id and n.party = p.party
                       and n.language = p.language and n.letter_id > p.letter_id and n.document_id is not null);
end $$;
delete from letter where template = 'deferral_letter';
alter table letter drop constraint letter_template_of_its_kind;
alter table letter add constraint letter_template_of_its_kind
  check ((template = 'return_letter') = (determination_id is null));
alter table letter drop constraint letter_template_known;
alter table letter add constraint letter_template_known check (template in ('determination_letter', 'return_letter'));
do $$ begin
  execute replace(pg_get_functiondef('desk_authorization_changes'::regproc),
    '''ours'', v_step] || case new.change when ''deferred'' then array[''deferred_why''] else ''{}''::text[] end',
    '''ours'', v_step]');
end $$;
alter table authorization_request drop column deferred_why;
