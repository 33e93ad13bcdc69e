-- The fields of a claim that people can set, by their names in a report.
create function desk_fields() returns text[] language sql immutable parallel safe
  return array['given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
               'language', 'date_of_injury', 'injured_time', 'jurisdiction', 'client_claim_number', 'emergency',
               'injury_place', 'body_part', 'nature', 'cause', 'narrative', 'reporter', 'reporter_phone',
               'representative_kind', 'representative_name', 'representative_firm', 'representative_phone',
               'representative_email', 'representative_permits'];
revoke execute on function desk_fields from public;
grant execute on function desk_fields to desk_app;

-- What stands in a field, as people write it: a day is 01/31/1980, a time 14:30, and what is empty is null.
create function desk_written(p_field text, p_kept text) returns text
language sql stable parallel safe set search_path = public, pg_temp as $$
  select case when p_field in ('birth_date', 'date_of_injury') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;
revoke execute on function desk_written from public;
grant execute on function desk_written to desk_app;

create function desk_standing(p_client int, p_claim bigint, p_field text) returns text
language sql stable set search_path = public, pg_temp as $$
  select desk_written(p_field,
           case when p_field like 'representative\_%' then
                  coalesce(to_jsonb(r) ->> substr(p_field, 16), case p_field when 'representative_permits' then 'false' end)
                else (coalesce(to_jsonb(n), '{}') || to_jsonb(c) || to_jsonb(w)) ->> p_field end)
    from claim c
    join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
    left join claim_narrative n on (n.client_id, n.claim_id) = (c.client_id, c.claim_id)
    left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
   where (c.client_id, c.claim_id) = (p_client, p_claim) $$;
revoke execute on function desk_standing from public;
grant execute on function desk_standing to desk_app;

-- What was known of a claim is written over by whoever has kept, as the last that became of the field, what it was and what
-- it is now. A story is added to without that.
create function desk_field_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  v_old jsonb := to_jsonb(old);
  v_claims bigint[] := case when v_old ? 'claim_id' then array[(v_old ->> 'claim_id')::bigint]
    else array(select c.claim_id from claim c
                where c.client_id = old.client_id and c.worker_id = (v_old ->> 'worker_id')::bigint) end;
begin
  if exists (
    select from jsonb_each_text(v_old) o
      join jsonb_each_text(to_jsonb(new)) n using (key)
     cross join lateral (select case tg_table_name when 'representative' then 'representative_' else '' end || key as field) k
     cross join lateral (select desk_written(field, o.value) as was, desk_written(field, n.value) as became) v
     where o.value is distinct from n.value and field = any (desk_fields()) and was is not null
       and became is distinct from was
       and not (field = 'narrative' and coalesce(starts_with(became, was), false))
       and not exists (select from (select f.was, f.became from field_change f
                                     where f.client_id = old.client_id and f.claim_id = any (v_claims) and f.field = k.field
                                     order by f.change_id desc limit 1) f
                        where f.was = v.was and f.became is not distinct from v.became))
  then
    raise insufficient_privilege using message = 'what is known of a claim is kept where it is corrected';
  end if;
  return new;
end $$;
revoke execute on function desk_field_guard from public;

drop trigger story_stands on claim_narrative;
drop function desk_story_guard();
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app') execute function desk_field_guard();
create trigger known_stands before update on representative for each row
  when (current_user = 'desk_app') execute function desk_field_guard();
create trigger known_stands before update on injured_worker for each row
  when (current_user = 'desk_app') execute function desk_field_guard();
create trigger known_stands
  before update of date_of_injury, injured_time, jurisdiction, client_claim_number, emergency on claim for each row
  when (current_user = 'desk_app') execute function desk_field_guard();

-- What is kept is what stood there, for a reason or as the answer to a question of that moment; and it becomes so.
create function desk_change_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.field <> all (desk_fields())
     or new.was is distinct from desk_standing(new.client_id, new.claim_id, new.field)
     or new.why is null and not exists (
          select from intake_question q
           where q.client_id = new.client_id and q.claim_id = new.claim_id and q.answered_at = new.at
             and q.answered_by = new.by_id and q.unobtainable_why is null)
  then
    raise insufficient_privilege using message = 'what is kept of a claim is what stood there, and why it changes';
  end if;
  return new;
end $$;
revoke execute on function desk_change_guard from public;
create trigger it_stood before insert on field_change for each row
  when (current_user = 'desk_app') execute function desk_change_guard();

create function desk_change_made() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.became is distinct from desk_standing(new.client_id, new.claim_id, new.field)
     and not exists (select from field_change f where f.client_id = new.client_id and f.claim_id = new.claim_id
                        and f.field = new.field and f.change_id > new.change_id)
  then
    raise exception 'this did not become of the field' using errcode = 'check_violation';
  end if;
  return null;
end $$;
revoke execute on function desk_change_made from public;
create constraint trigger it_became after insert on field_change deferrable initially deferred for each row
  when (current_user = 'desk_app') execute function desk_change_made();

-- As before, and a clock that stands still goes on with the first contact, or before it.
create or replace function desk_first_contact_made() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.struck_at is null
                    and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  if exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ends_at is null) then
    raise exception 'a pause ends with the first contact' using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- As before, and fields were corrected that have changes of that moment; a pause ended with a contact that stands.
create or replace function desk_event_is_so() returns trigger language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $_$
declare
  v claim;
  v_so boolean;
begin
  if new.kind = 'pause_ended' then -- it ended when the contact was made, which may be told later
    v_so := exists (select from clock_pause p join claim c using (client_id, claim_id)
                     where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
                       and c.first_contact_at is not null and p.ends_at = greatest(c.first_contact_at, p.starts_at));
  elsif new.kind in ('clock_paused', 'clock_resumed') then
    v_so := exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id
                       and case when new.kind = 'clock_paused' then p.starts_at = new.at and p.set_by = new.by_id
                                else p.ends_at = greatest(new.at, p.starts_at) and p.ended_by = new.by_id end);
  elsif new.kind = 'fields_corrected' then
    v_so := jsonb_typeof(new.detail -> 'fields') = 'array' and new.detail - 'fields' = '{}' and new.detail -> 'fields' <> '[]'
      and new.detail -> 'fields' <@ (
        select jsonb_agg(f.field) from field_change f
         where f.client_id = new.client_id and f.claim_id = new.claim_id
           and f.at = new.at and f.by_id = new.by_id and f.why is not null);
  else
    select * into v from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id;
    v_so := case new.kind
      when 'death_reported' then v.date_of_death is not null and v.death_seen_at is null
      when 'death_corrected' then v.date_of_death is not null
      when 'death_withdrawn' then v.date_of_death is null
      when 'death_acknowledged' then v.death_seen_at = new.at and v.death_seen_by = new.by_id
      when 'report_corrected' then new.detail ->> 'why' <> ''
        and concat_ws(' ', new.detail #>> '{reported_at,0}', new.detail #>> '{reported_at,1}', new.detail #>> '{due_at,0}',
                      new.detail #>> '{due_at,1}')
            ~ '^(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{6})?[+-]\d\d:\d\d( |$)){4}$'
        and (new.detail #>> '{reported_at,1}')::timestamptz = v.reported_at
        and (new.detail #>> '{due_at,1}')::timestamptz = v.due_at
      else v.assignee_id::text is not distinct from new.detail ->> 'to' end;
  end if;
  if v_so is not true then
    raise exception 'this did not happen to the claim' using errcode = 'check_violation';
  end if;
  return new;
end $_$;

drop trigger it_is_so on claim_event;
create trigger it_is_so before insert on claim_event for each row
  when (current_user = 'desk_app'
        and new.kind in ('assigned', 'assignment_undone', 'report_corrected', 'fields_corrected', 'clock_paused', 'clock_resumed',
                         'pause_ended', 'death_reported', 'death_corrected', 'death_withdrawn', 'death_acknowledged'))
  execute function desk_event_is_so();

-- What the owner's functions do they put on the record themselves: nobody else says that it was done.
create policy by_the_act on audit_event as restrictive for insert to desk_app
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded}'));
