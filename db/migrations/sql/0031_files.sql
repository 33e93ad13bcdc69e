-- What is kept of paper: files as they came, documents of claims, what of them went to somebody outside, the conditions
-- that are alleged, allowed or denied, and whether a claim is in a certified network.

create table file (
  client_id int not null,
  file_id bigint generated always as identity,
  kind text not null,
  name text not null,
  size int not null,
  digest bytea not null,
  uploaded_at timestamptz not null,
  uploaded_by int not null,
  received_at timestamptz,
  stamped_by int,
  set_aside_at timestamptz,
  set_aside_by int,
  set_aside_why text,
  constraint file_pkey primary key (client_id, file_id),
  constraint file_client_id_fkey foreign key (client_id) references client,
  constraint file_uploaded_by_fkey foreign key (uploaded_by) references staff,
  constraint file_stamped_by_fkey foreign key (stamped_by) references staff,
  constraint file_set_aside_by_fkey foreign key (set_aside_by) references staff,
  constraint file_kind_known check (kind in ('pdf', 'png', 'jpeg', 'tiff', 'text')),
  constraint file_name_brief check (length(name) between 1 and 200),
  constraint file_size_bounded check (size between 1 and 10485760),
  constraint file_digest_whole check (octet_length(digest) = 32),
  constraint file_stamped_paired check ((received_at is null) = (stamped_by is null)),
  constraint file_received_first check (received_at <= uploaded_at and received_at > '1900-01-01Z'),
  constraint file_set_aside_paired check ((set_aside_at is null) = (set_aside_by is null)
                                          and (set_aside_at is null) = (set_aside_why is null)),
  constraint file_set_aside_reasoned check (length(btrim(set_aside_why)) between 1 and 200),
  constraint file_settled_once check (received_at is null or set_aside_at is null));
create index file_waiting on file (client_id, uploaded_at, file_id) where received_at is null and set_aside_at is null;
create unique index file_waiting_once on file (client_id, digest) where received_at is null and set_aside_at is null;

create table file_content (
  client_id int not null,
  file_id bigint not null,
  content bytea not null,
  constraint file_content_pkey primary key (client_id, file_id),
  constraint file_content_file_fkey foreign key (client_id, file_id) references file,
  constraint file_content_bounded check (octet_length(content) between 1 and 10485760));
alter table file_content alter column content set storage external;  -- what comes is compressed already

create table claim_document (
  client_id int not null,
  claim_id bigint not null,
  document_id bigint generated always as identity,
  file_id bigint not null,
  kind text not null,
  title text not null,
  added_at timestamptz not null,
  added_by int not null,
  constraint claim_document_pkey primary key (client_id, claim_id, document_id),
  constraint claim_document_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint claim_document_file_fkey foreign key (client_id, file_id) references file,
  constraint claim_document_added_by_fkey foreign key (added_by) references staff,
  constraint claim_document_kind_known
    check (kind in ('injury_report', 'medical_record', 'work_status', 'letter', 'authorization_request', 'other')),
  constraint claim_document_title_brief check (length(btrim(title)) between 1 and 200));
create unique index claim_document_file on claim_document (client_id, file_id);

create table disclosure (
  client_id int not null,
  claim_id bigint not null,
  disclosure_id bigint generated always as identity,
  document_id bigint,
  digest bytea not null,
  recipient text not null,
  purpose text not null,
  at timestamptz not null,
  by_id int not null,
  constraint disclosure_pkey primary key (client_id, claim_id, disclosure_id),
  constraint disclosure_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint disclosure_document_fkey foreign key (client_id, claim_id, document_id) references claim_document,
  constraint disclosure_by_id_fkey foreign key (by_id) references staff,
  constraint disclosure_digest_whole check (octet_length(digest) = 32),
  constraint disclosure_recipient_brief check (length(btrim(recipient)) between 1 and 200),
  constraint disclosure_purpose_brief check (length(btrim(purpose)) between 1 and 500));

create table claim_condition (
  client_id int not null,
  claim_id bigint not null,
  condition_id bigint generated always as identity,
  code text,
  words text not null,
  status text not null,
  since date not null,
  set_at timestamptz not null,
  set_by int not null,
  constraint claim_condition_pkey primary key (client_id, claim_id, condition_id),
  constraint claim_condition_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint claim_condition_set_by_fkey foreign key (set_by) references staff,
  constraint claim_condition_code_form check (code ~ '^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$'),
  constraint claim_condition_words_brief check (length(btrim(words)) between 1 and 300),
  constraint claim_condition_status_known check (status in ('alleged', 'allowed', 'denied')),
  constraint claim_condition_of_our_time check (since > '1900-01-01' and since < '2200-01-01'));
create unique index claim_condition_code on claim_condition (client_id, claim_id, code);

alter table claim add certified_network boolean;
grant update (certified_network) on claim to desk_app;

do $$
declare
  v_table text;
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
begin
  foreach v_table in array array['file', 'file_content', 'claim_document', 'disclosure', 'claim_condition'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
    execute format('create policy scope on %I for select to desk_app using (%s)', v_table, v_scope);
  end loop;
  execute 'create policy keep on file for insert to desk_app with check ((select desk_works()) and '
    || v_scope || ' and uploaded_by = (select desk_staff_id()) and uploaded_at <@ (select desk_present())'
    || ' and coalesce(stamped_by, uploaded_by) = uploaded_by)';
  -- What waits is settled once, by whom it says: it becomes a document, or is put aside.
  execute 'create policy settle on file for update to desk_app using ((select desk_works()) and ' || v_scope
    || ' and received_at is null and set_aside_at is null) with check ((select desk_works()) and ' || v_scope
    || ' and coalesce(stamped_by, set_aside_by) = (select desk_staff_id())'
    || ' and (set_aside_at is null or set_aside_at <@ (select desk_present())))';
  -- Only what one has just uploaded oneself gets its content, and once.
  execute 'create policy keep on file_content for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and (client_id, file_id) in (select f.client_id, f.file_id from file f'
    || ' where f.uploaded_by = (select desk_staff_id()) and f.size = octet_length(content) and f.digest = sha256(content)))';
  execute 'create policy add on claim_document for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and added_by = (select desk_staff_id()) and added_at <@ (select desk_present())'
    || ' and (client_id, file_id) in (select f.client_id, f.file_id from file f where f.received_at is not null))';
  execute 'create policy tell on disclosure for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and by_id = (select desk_staff_id()) and at <@ (select desk_present()))';
  execute 'create policy add on claim_condition for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and set_by = (select desk_staff_id()) and set_at <@ (select desk_present()))';
  execute 'create policy change on claim_condition for update to desk_app using ((select desk_works()) and ' || v_scope
    || ') with check ((select desk_works()) and ' || v_scope
    || ' and set_by = (select desk_staff_id()) and set_at <@ (select desk_present()))';
end $$;

grant insert (client_id, kind, name, size, digest, uploaded_at, uploaded_by, received_at, stamped_by),
  update (received_at, stamped_by, set_aside_at, set_aside_by, set_aside_why) on file to desk_app;
grant insert (client_id, file_id, content) on file_content to desk_app;
grant insert (client_id, claim_id, file_id, kind, title, added_at, added_by) on claim_document to desk_app;
grant insert (client_id, claim_id, document_id, digest, recipient, purpose, at, by_id) on disclosure to desk_app;
grant insert (client_id, claim_id, code, words, status, since, set_at, set_by),
  update (code, words, status, since, set_at, set_by) on claim_condition to desk_app;
