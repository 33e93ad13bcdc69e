-- Letters: which was made of what, for whom, in which language and from which version of its template; and whether it went out.
create table letter (
  client_id int not null,
  claim_id bigint not null,
  letter_id bigint generated always as identity,
  request_id bigint not null,
  determination_id bigint,
  party text not null,
  language text not null,
  template text not null,
  version smallint not null,
  document_id bigint,
  made_at timestamptz not null,
  made_by int not null,
  handed_out_at timestamptz,
  how text,
  recipient text,
  handed_out_by int,
  constraint letter_pkey primary key (client_id, claim_id, letter_id),
  constraint letter_request_fkey foreign key (client_id, claim_id, request_id) references authorization_request,
  constraint letter_determination_fkey
    foreign key (client_id, claim_id, request_id, determination_id) references determination,
  constraint letter_document_fkey foreign key (client_id, claim_id, document_id) references claim_document,
  constraint letter_made_by_fkey foreign key (made_by) references staff,
  constraint letter_handed_out_by_fkey foreign key (handed_out_by) references staff,
  constraint letter_party_known check (party in ('provider', 'worker', 'attorney', 'employer')),
  constraint letter_language_known check (language in ('en', 'es')),
  constraint letter_template_known check (template in ('determination_letter', 'return_letter')),
  constraint letter_template_of_its_kind check ((template = 'return_letter') = (determination_id is null)),
  constraint letter_returned_to_provider check (template <> 'return_letter' or party = 'provider'),
  constraint letter_version_counted check (version >= 1),
  constraint letter_how_known check (how in ('phone', 'fax', 'e-mail', 'mail', 'portal', 'person')),
  constraint letter_recipient_brief check (length(recipient) <= 200 and desk_shows(recipient)),
  constraint letter_handed_out_whole
    check (num_nonnulls(handed_out_at, how, recipient, handed_out_by) in (0, 4)
           and (handed_out_at is null or document_id is not null)));
create unique index letter_of_document on letter (client_id, claim_id, document_id) where document_id is not null;
create index letter_of_request on letter (client_id, claim_id, request_id, letter_id);

-- A request that was not complete and went back to its provider waits for nothing that has a date.
alter table authorization_request add returned_at timestamptz;
alter table authorization_request add constraint authorization_request_returned_first check (returned_at >= received_at);
alter table authorization_request drop constraint authorization_request_change_known;
alter table authorization_request add constraint authorization_request_change_known
  check (change in ('completed', 'returned', 'sent_back', 'extended', 'informed', 'tolled', 'resumed', 'deferred', 'taken_up',
                    'due_set', 'due_moved', 'assigned', 'followed_up'));
grant update (returned_at) on authorization_request to desk_app;
do $$ begin
  execute replace(pg_get_functiondef('desk_authorization_changes'::regproc),
    'when ''deferred'' then ''deferred_at''',
    'when ''sent_back'' then ''returned_at'' when ''deferred'' then ''deferred_at''');
end $$;

do $$
declare
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
  v_works text := '(select desk_works()) and ' || v_scope;
begin
  execute 'alter table letter enable row level security';
  execute 'alter table letter force row level security';
  execute 'create policy house on letter to current_user using (true) with check (true)';
  execute 'revoke all on letter from public';
  execute 'grant select on letter to desk_app';
  execute 'create policy scope on letter for select to desk_app using (' || v_scope || ')';
  execute 'create policy make on letter for insert to desk_app with check (' || v_works
    || ' and made_by = (select desk_staff_id()) and made_at <@ (select desk_moment()))';
  execute 'create policy hand_out on letter for update to desk_app using (' || v_works
    || ' and handed_out_at is null) with check (' || v_works
    || ' and handed_out_by = (select desk_staff_id()) and handed_out_at <= upper((select desk_moment())))';
end $$;
grant insert (client_id, claim_id, request_id, determination_id, party, language, template, version, document_id, made_at,
    made_by), update (handed_out_at, how, recipient, handed_out_by) on letter to desk_app;

-- Requests of a claim that was merged go on there, and so do their letters.
drop trigger merged_stands on claim_document;
create trigger merged_stands before insert on claim_document for each row
  when (current_user = 'desk_app' and new.kind <> 'letter') execute function desk_merged_guard();

-- A determination stands that decided and was not corrected.
create function desk_determination_stands(p_client int, p_claim bigint, p_request bigint, p_determination bigint)
returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from determination d
     where d.client_id = p_client and d.claim_id = p_claim and d.request_id = p_request
       and d.determination_id = p_determination and d.outcome not in ('deferred', 'pended', 'withdrawn')
       and not exists (select from determination c
                        where c.client_id = d.client_id and c.claim_id = d.claim_id and c.request_id = d.request_id
                          and c.corrects_id = d.determination_id)) $$;
revoke execute on function desk_determination_stands from public;

-- What a letter tells of is so: a determination that stands, or that a request is not complete. Its request is locked
-- for that; a later one of the same takes its place.
create function desk_letter_holds(p letter) returns boolean
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
revoke execute on function desk_letter_holds from public;

create function desk_letter_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not desk_letter_holds(new) then
    raise exception 'a letter tells of a determination that stands, or of what is missing'
      using errcode = 'insufficient_privilege';
  end if;
  if new.party = 'attorney' and not exists (
    select from representative p
     where p.client_id = new.client_id and p.kind = 'attorney'
       and p.claim_id = (select coalesce(c.merged_into, c.claim_id) from claim c
                          where c.client_id = new.client_id and c.claim_id = new.claim_id)
       and (desk_shows(p.name) or desk_shows(p.firm))) then
    raise exception 'an attorney is written to where there is one' using errcode = 'insufficient_privilege';
  end if;
  if new.document_id is not null and not exists (
    select from claim_document d
     where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id
       and d.kind = 'letter' and d.added_by = desk_staff_id() and d.xmin = pg_current_xact_id()::xid) then
    raise exception 'a letter is kept as a document when it is made' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_letter_can_be from public;
create trigger can_be before insert on letter for each row when (current_user = 'desk_app')
  execute function desk_letter_can_be();

-- By itself a letter goes out that returns a request; one of a determination goes out with its notice.
create function desk_letter_goes_out() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.determination_id is null and new.document_id is not null and new.handed_out_at is not null
      and desk_letter_holds(old)) is not true then
    raise exception 'a letter of a determination goes out with its notice, and only while that stands'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_letter_goes_out from public;
create trigger goes_out before update on letter for each row when (current_user = 'desk_app')
  execute function desk_letter_goes_out();

create function desk_letter_went_out() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into disclosure (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id)
  select new.client_id, new.claim_id, new.document_id, f.digest, new.recipient, 'Request returned as not complete',
         new.handed_out_at, new.handed_out_by
    from claim_document d join file f using (client_id, file_id)
   where d.client_id = new.client_id and d.claim_id = new.claim_id and d.document_id = new.document_id;
  return null;
end $$;
revoke execute on function desk_letter_went_out from public;
create trigger went_out after update of handed_out_at on letter for each row
  when (new.determination_id is null and old.handed_out_at is null and new.handed_out_at is not null)
  execute function desk_letter_went_out();

-- A request was returned when its letter went out.
create function desk_request_returned() returns trigger
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
revoke execute on function desk_request_returned from public;
create trigger returned before update on authorization_request for each row
  when (current_user = 'desk_app' and new.returned_at is distinct from old.returned_at)
  execute function desk_request_returned();

-- A notice by a letter is of the determination that the letter tells of, while that stands, and to whom it is written.
create function desk_notice_by_letter() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v letter;
begin
  select * into v from letter l
   where l.client_id = new.client_id and l.claim_id = new.claim_id and l.document_id = new.document_id;
  if found and (v.determination_id = new.determination_id and v.party = new.party and desk_letter_holds(v)) is not true then
    raise exception 'a letter goes out to whom it is written, and while its determination stands'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_notice_by_letter from public;
create trigger by_letter before insert on determination_notice for each row when (new.document_id is not null)
  execute function desk_notice_by_letter();

create function desk_letter_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update letter
     set handed_out_at = new.at, how = new.how, recipient = new.recipient, handed_out_by = new.by_id
   where client_id = new.client_id and claim_id = new.claim_id and document_id = new.document_id and handed_out_at is null;
  return null;
end $$;
revoke execute on function desk_letter_told from public;
create trigger went_out after insert on determination_notice for each row when (new.document_id is not null)
  execute function desk_letter_told();
