-- Who put what into a field of a claim, in the place of what: it is added to, and never changed.
create table field_change (
  client_id int not null,
  claim_id bigint not null,
  change_id bigint generated always as identity,
  field text not null,
  was text,
  became text,
  why text,
  at timestamptz not null,
  by_id int not null,
  constraint field_change_pkey primary key (client_id, claim_id, change_id),
  constraint field_change_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint field_change_by_id_fkey foreign key (by_id) references staff,
  constraint field_change_field_form check (field ~ '^[a-z_]{1,40}$'),
  constraint field_change_changes check (was is distinct from became),
  constraint field_change_brief check (length(was) <= 200000 and length(became) <= 200000 and length(why) <= 500));

-- Who speaks for the worker of a claim, and whether the worker may be called all the same.
create table representative (
  client_id int not null,
  claim_id bigint not null,
  kind text,
  name text,
  firm text,
  phone text,
  email text,
  permits boolean not null default false,
  constraint representative_pkey primary key (client_id, claim_id),
  constraint representative_claim_fkey foreign key (client_id, claim_id) references claim,
  constraint representative_kind_known check (kind in ('attorney', 'other')),
  constraint representative_brief check (
    length(name) <= 200 and length(firm) <= 200 and length(phone) <= 200 and length(email) <= 254));

do $$
declare
  v_table text;
  v_scope text := '((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]))';
begin
  foreach v_table in array array['field_change', 'representative'] loop
    execute format('alter table %I enable row level security', v_table);
    execute format('alter table %I force row level security', v_table);
    execute format('create policy house on %I to current_user using (true) with check (true)', v_table);
    execute format('revoke all on %I from public', v_table);
    execute format('grant select on %I to desk_app', v_table);
    execute format('create policy scope on %I for select to desk_app using (%s)', v_table, v_scope);
  end loop;
  execute 'create policy keep on field_change for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ' and by_id = (select desk_staff_id()) and at <@ (select desk_present()))';
  execute 'create policy add on representative for insert to desk_app with check ((select desk_works()) and ' || v_scope
    || ')';
  execute 'create policy change on representative for update to desk_app using ((select desk_works()) and ' || v_scope
    || ') with check ((select desk_works()) and ' || v_scope || ')';
end $$;

grant insert (client_id, claim_id, field, was, became, why, at, by_id) on field_change to desk_app;
grant insert (client_id, claim_id, kind, name, firm, phone, email, permits),
  update (kind, name, firm, phone, email, permits) on representative to desk_app;
grant update (address, postal_code) on injured_worker to desk_app;
grant update (emergency) on claim to desk_app;
grant update (nature, cause, reporter, injury_place) on claim_narrative to desk_app;

-- What was told of an injury is added to; whoever writes it over has kept, in the same claim, what it was.
create function desk_story_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from jsonb_each_text(to_jsonb(old)) o join jsonb_each_text(to_jsonb(new)) n using (key)
     where o.key in ('narrative', 'body_part', 'nature', 'cause', 'injury_place', 'reporter', 'reporter_phone')
       and o.value is not null and n.value is distinct from o.value
       and not (o.key = 'narrative' and coalesce(starts_with(n.value, o.value), false))
       and not exists (select from field_change f
                        where f.client_id = old.client_id and f.claim_id = old.claim_id
                          and f.field = o.key and f.was = o.value and f.became is not distinct from n.value))
  then
    raise insufficient_privilege using message = 'what was told of an injury is added to, or kept where it is corrected';
  end if;
  return new;
end $$;

drop trigger story_stands on claim_narrative;
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app') execute function desk_story_guard();

-- What whoever acts may put on a timeline: that fields were corrected, too.
create or replace function desk_tells() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select case when desk_role() in ('va', 'supervisor') then array['reported'] else '{}' end
      || case when desk_role() in ('va', 'clinical', 'supervisor')
           then array['assigned', 'assignment_undone', 'question_answered', 'question_unobtainable', 'fields_corrected',
                      'death_reported',
                      'document_added', 'disclosed', 'condition_added', 'condition_changed', 'network_set'] else '{}' end
      || case when desk_role() = 'clinical' then array['pause_ended'] else '{}' end
      || case when desk_role() = 'supervisor'
           then array['report_corrected', 'clock_paused', 'clock_resumed', 'death_corrected', 'death_withdrawn',
                      'death_acknowledged'] else '{}' end $$;
