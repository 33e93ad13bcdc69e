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
    '''follow_up_at'', v_step] || case new.change when ''deferred'' then array[''deferred_why''] else ''{}''::text[] end',
    '''follow_up_at'', v_step]');
end $$;
alter table authorization_request drop column deferred_why;
