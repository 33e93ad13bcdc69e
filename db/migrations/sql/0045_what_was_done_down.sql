drop policy as_done on audit_event;
drop function desk_done;
alter policy as_told on audit_event
  with check (noun <> 'claim' or verb = any ('{read,refused,draft_kept,snoozed,skipped,taken_up}') or desk_told(client_id, noun_id, verb));
alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn}'));

drop function desk_take_up;
create policy take_up on work_mark for delete to desk_app using (staff_id = (select desk_staff_id()));
grant delete on work_mark to desk_app;

drop function desk_withdraw_closed_day;
create policy withdraw on client_holiday for delete to desk_app
  using ((select desk_manages()) and not desk_begun(effective_from));
grant delete on client_holiday to desk_app;

drop function desk_clear_lockout;
create function desk_clear_failures(p_name_key text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_attempt where name_key = p_name_key and not ok and desk_manages() $$;
revoke execute on function desk_clear_failures from public;
grant execute on function desk_clear_failures to desk_app;

create or replace function desk_opened_last(p_most integer) RETURNS TABLE(client_id integer, claim_id bigint, opened_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select e.client_id, (e.detail ->> 'claim')::bigint, max(e.at)
    from (select * from audit_event
           where actor_id = desk_staff_id() and at > now() - interval '30 days' order by at desc limit 1000) e
   where e.noun = 'injured_worker' and e.verb = 'read'
   group by 1, 2 order by 3 desc limit least(greatest(p_most, 0), 20) $$;

create or replace function desk_event_is_so() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
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

create or replace function desk_closing_told(p_done boolean, p_client integer, p_claim bigint, p_kind text, p_why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not p_done then
    raise exception 'an open claim is closed, and a closed one reopened, by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if p_why is null or length(btrim(p_why)) not between 1 and 200 then
    raise exception 'a claim is closed and reopened for a reason' using errcode = 'check_violation';
  end if;
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, clock_timestamp(), desk_staff_id(), p_kind, jsonb_build_object('why', p_why));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (desk_staff_id(), p_client, 'claim', p_claim, p_kind);
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;
