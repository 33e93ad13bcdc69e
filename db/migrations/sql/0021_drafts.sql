-- What somebody has typed into a form and not sent yet: theirs alone, of a bounded size, for a day. And when, and why, a
-- session ends or has ended, for whoever holds its token.

create table draft (
  draft_id bigint generated always as identity,
  staff_id int not null,
  form text not null,
  client_id int,
  claim_id bigint,
  request uuid not null,
  fields jsonb,
  saved_at timestamptz not null,
  constraint draft_pkey primary key (draft_id),
  constraint draft_staff_id_fkey foreign key (staff_id) references staff,
  constraint draft_claim_fkey foreign key (client_id, claim_id) references claim on delete cascade,
  constraint draft_claim_paired check ((client_id is null) = (claim_id is null)),
  constraint draft_form_brief check (length(form) between 1 and 40),
  constraint draft_fields_brief check (octet_length(fields::text) <= 65536));
create unique index draft_one on draft (staff_id, form, client_id, claim_id) nulls not distinct;
create index draft_claim on draft (client_id, claim_id) where claim_id is not null;
create index draft_saved on draft (saved_at);

alter table draft enable row level security;
alter table draft force row level security;
create policy house on draft to current_user using (true) with check (true);
create policy own on draft to desk_app
  using (staff_id = (select desk_staff_id()) and (select desk_works())
         and (claim_id is null or (select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])))
  with check (staff_id = (select desk_staff_id()) and (select desk_works()) and saved_at <= (select upper(desk_present()))
              and (claim_id is null or (select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
revoke all on draft from public;
grant select on draft to desk_app;
grant insert (staff_id, form, client_id, claim_id, request, fields, saved_at) on draft to desk_app;
grant update (request, fields, saved_at) on draft to desk_app;

-- Nobody's are taken before their day is over.
create function desk_forget_drafts(p_before timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from draft where saved_at < least(p_before, upper(desk_present()) - interval '24 hours') returning 1)
  select count(*)::int from gone $$;

-- Until when the session is good if nobody does anything, or when it ended; and what ends it.
create function desk_session_ends(p_token_hash bytea, p_idle interval) returns table (ends_at timestamptz, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(e.ended_at, least(e.last_seen_at + p_idle, e.issued_at + interval '12 hours')),
         case when not s.active then 'disabled'
              when e.ended_why = 'disabled' then 'ended by an administrator'
              when e.ended_at is not null then e.ended_why
              when e.last_seen_at + p_idle <= e.issued_at + interval '12 hours' then 'idle'
              else 'twelve hours' end
    from staff_session e join staff s using (staff_id)
   where e.token_hash = p_token_hash $$;

revoke execute on function desk_forget_drafts, desk_session_ends from public;
grant execute on function desk_forget_drafts, desk_session_ends to desk_app;
