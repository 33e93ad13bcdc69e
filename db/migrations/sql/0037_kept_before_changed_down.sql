drop policy by_the_act on audit_event;
drop trigger it_became on field_change;
drop trigger it_stood on field_change;
drop function desk_change_made();
drop function desk_change_guard();
drop trigger known_stands on claim;
drop trigger known_stands on injured_worker;
drop trigger known_stands on representative;
drop trigger story_stands on claim_narrative;
drop function desk_field_guard();
drop function desk_standing(int, bigint, text);
drop function desk_written(text, text);
drop function desk_fields();

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
create trigger story_stands before update on claim_narrative for each row
  when (current_user = 'desk_app') execute function desk_story_guard();

create or replace function desk_first_contact_made() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from contact_attempt a where a.client_id = new.client_id and a.claim_id = new.claim_id
                    and a.substantive and a.struck_at is null
                    and a.at = new.first_contact_at and a.by_id = new.first_contact_by) then
    raise exception 'a first contact is an attempt that reached the worker' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function desk_event_is_so() returns trigger language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $_$
declare
  v claim;
  v_so boolean;
begin
  if new.kind = 'pause_ended' then -- it ended when the contact was made, which may be told later
    v_so := exists (select from clock_pause p join claim c using (client_id, claim_id)
                     where p.client_id = new.client_id and p.claim_id = new.claim_id and p.ended_by = new.by_id
                       and p.ends_at = greatest(c.first_contact_at, p.starts_at));
  elsif new.kind in ('clock_paused', 'clock_resumed') then
    v_so := exists (select from clock_pause p where p.client_id = new.client_id and p.claim_id = new.claim_id
                       and case when new.kind = 'clock_paused' then p.starts_at = new.at and p.set_by = new.by_id
                                else p.ends_at = greatest(new.at, p.starts_at) and p.ended_by = new.by_id end);
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
        and new.kind in ('assigned', 'assignment_undone', 'report_corrected', 'clock_paused', 'clock_resumed', 'pause_ended',
                         'death_reported', 'death_corrected', 'death_withdrawn', 'death_acknowledged'))
  execute function desk_event_is_so();
