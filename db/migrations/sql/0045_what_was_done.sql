-- What can be seen of a text is what counts of a reason: blanks and signs without a shape alone are none.
create or replace function desk_closing_told(p_done boolean, p_client int, p_claim bigint, p_kind text, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not p_done then
    raise exception 'an open claim is closed, and a closed one reopened, by a supervisor' using errcode = 'insufficient_privilege';
  end if;
  if (length(p_why) <= 200 and desk_shows(p_why)) is not true then
    raise exception 'a claim is closed and reopened for a reason' using errcode = 'check_violation';
  end if;
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_client, p_claim, clock_timestamp(), desk_staff_id(), p_kind, jsonb_build_object('why', p_why));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb)
  values (desk_staff_id(), p_client, 'claim', p_claim, p_kind);
  perform pg_notify('desk_claim', json_build_object('client', p_client, 'claims', json_build_array(p_claim))::text);
  return true;
end $$;

create or replace function desk_event_is_so() returns trigger
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
      when 'report_corrected' then desk_shows(new.detail ->> 'why')
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
end $$;

-- What somebody wrote on the record by hand, and is no number, is no claim that they opened.
create or replace function desk_opened_last(p_most int) returns table (client_id int, claim_id bigint, opened_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.client_id, e.claim_id, max(e.at)
    from (select a.client_id, a.noun, a.verb, a.at,
                 case when a.detail ->> 'claim' ~ '^[0-9]{1,18}$' then (a.detail ->> 'claim')::bigint end as claim_id
            from audit_event a
           where a.actor_id = desk_staff_id() and a.at > now() - interval '30 days' order by a.at desc limit 1000) e
   where e.noun = 'injured_worker' and e.verb = 'read' and e.claim_id is not null
   group by 1, 2 order by 3 desc limit least(greatest(p_most, 0), 20) $$;

-- Of what is taken away no row is left that a record could be held against: whoever takes it away puts that on the record.
create function desk_take_up(p_client int, p_claim bigint, p_kind int, p_work text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from work_mark m
   where m.client_id = p_client and m.claim_id = p_claim and m.kind = p_kind and m.staff_id = desk_staff_id();
  if not found then
    return false;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_client, 'claim', p_claim, 'taken_up', jsonb_build_object('work', left(p_work, 40)));
  return true;
end $$;
revoke execute on function desk_take_up from public;
grant execute on function desk_take_up to desk_app;
drop policy take_up on work_mark;
revoke delete on work_mark from desk_app;

create function desk_withdraw_closed_day(p_client int, p_day date, p_from timestamptz, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp set timezone = 'UTC' as $$
declare v_name text;
begin
  if (length(p_why) <= 300 and desk_shows(p_why)) is not true then
    raise exception 'a closed day is withdrawn for a reason' using errcode = 'check_violation';
  end if;
  delete from client_holiday h
   where h.client_id = p_client and h.day = p_day and h.effective_from = p_from and not desk_begun(p_from) and desk_manages()
  returning name into v_name;
  if not found then
    return false;
  end if;
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_client, 'client', p_client, 'closed_day_withdrawn',
          jsonb_build_object('day', p_day, 'name', v_name, 'reason', p_why, 'effective_from', p_from));
  return true;
end $$;
revoke execute on function desk_withdraw_closed_day from public;
grant execute on function desk_withdraw_closed_day to desk_app;
drop policy withdraw on client_holiday;
revoke delete on client_holiday from desk_app;

drop function desk_clear_failures;
create function desk_clear_lockout(p_staff int) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_name text;
begin
  select sign_in_name into v_name from staff where staff_id = p_staff and desk_manages();
  if not found then
    return false;
  end if;
  delete from sign_in_attempt where name_key = encode(sha256(convert_to(v_name, 'UTF8')), 'hex') and not ok;
  insert into audit_event (actor_id, noun, noun_id, verb)
  values (coalesce(desk_staff_id(), 0), 'staff', p_staff, 'lockout_cleared');
  return true;
end $$;
revoke execute on function desk_clear_lockout from public;
grant execute on function desk_clear_lockout to desk_app;

alter policy by_the_act on audit_event
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared}'));

alter policy as_told on audit_event
  with check (noun <> 'claim' or verb = any ('{read,refused,draft_kept,snoozed,skipped}') or desk_told(client_id, noun_id, verb));

-- Whether the rows are there that an act leaves behind, written in this transaction by whoever says so.
create function desk_done(p_client int, p_noun text, p_id bigint, p_verb text, p_detail jsonb) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_me constant int := desk_staff_id();
  v_now constant xid := pg_current_xact_id()::xid;
begin
  return coalesce(case p_noun
    when 'claim' then case
      when p_verb = 'draft_kept' then exists (
        select from draft d where d.xmin = v_now and d.staff_id = v_me and d.form = p_detail ->> 'form'
           and d.client_id is not distinct from p_client and coalesce(d.claim_id, 0) = p_id)
      when p_verb in ('snoozed', 'skipped') then exists (
        select from work_mark m where m.xmin = v_now and m.staff_id = v_me and m.client_id = p_client and m.claim_id = p_id
           and (m.reason is null) = (p_verb = 'snoozed') and m.until = (p_detail ->> 'until')::timestamptz) end
    when 'file' then exists (
      select from file f where f.xmin = v_now and f.client_id = p_client and f.file_id = p_id
         and case p_verb when 'kept' then f.uploaded_by = v_me and f.set_aside_at is null
                         when 'set_aside' then f.set_aside_by = v_me end)
    when 'import' then exists (
      select from claim_import i where i.xmin = v_now and i.client_id = p_client and i.import_id = p_id
         and case p_verb when 'imported' then i.state = 'done' and i.by_id = v_me
                         when 'cancelled' then i.state = 'cancelled' and i.by_id = v_me
                         when 'undone' then i.state = 'undone' and i.undone_by = v_me end)
    when 'feed_mapping' then p_verb = 'saved' and exists (
      select from feed_mapping f where f.xmin = v_now and f.client_id = p_client and p_id = p_client and f.saved_by = v_me)
    when 'client' then p_id = p_client and case
      when p_verb in ('promise_changed', 'promise_replanned', 'timezone_changed') then exists (
        select from sla_policy p where p.xmin = v_now and p.client_id = p_client and p.set_by = v_me
           and (p_verb <> 'timezone_changed' or p.timezone = p_detail ->> 'to'))
      when p_verb in ('closed_day_added', 'closed_day_taken_out') then exists (
        select from client_holiday h where h.xmin = v_now and h.client_id = p_client and h.set_by = v_me
           and h.closed = (p_verb = 'closed_day_added') and h.day = (p_detail ->> 'day')::date)
      else exists (
        select from client c where c.xmin = v_now and c.client_id = p_client
           and case p_verb when 'added' then c.version = 1 and c.code = p_detail ->> 'code'
                           when 'renamed' then c.name = p_detail ->> 'to'
                           when 'promise_withdrawn' then not exists (
                             select from sla_policy p where p.client_id = p_client
                                and p.effective_from = (p_detail ->> 'effective_from')::timestamptz) end) end
    when 'staff' then case
      when p_verb in ('cover_set', 'cover_ended', 'cover_over') then exists (
        select from client_cover c where c.xmin = v_now and c.client_id = p_client and c.staff_id = p_id
           and c.cover_id = (p_detail ->> 'cover')::bigint
           and case p_verb when 'cover_set' then c.set_by = v_me and c.ended_at is null
                           when 'cover_ended' then c.ended_by = v_me
                           else c.ended_by = v_me and c.ended_at = c.until end)
      when p_verb = 'password_set' then exists (
        select from staff_credential c where c.xmin = v_now and c.staff_id = p_id)
      when p_verb = 'sessions_ended' then desk_manages() and (p_detail ->> 'sessions_ended')::bigint = (
        select count(*) from staff_session e where e.xmin = v_now and e.staff_id = p_id and e.ended_at is not null)
      when p_verb = 'sample_founded' then p_id = v_me and desk_manages() and exists (
        select from client c where c.xmin = v_now)
      else exists (
        select from staff s where s.xmin = v_now and s.staff_id = p_id
           and case p_verb when 'added' then s.created_at >= now() and s.role = p_detail ->> 'role'
                           when 'enabled' then s.active
                           when 'disabled' then not s.active
                           when 'role_changed' then s.role = p_detail ->> 'to'
                           when 'clients_set' then
                             p_detail -> 'added' <@ (select coalesce(jsonb_agg(c.client_id), '[]') from staff_client c
                                                      where c.xmin = v_now and c.staff_id = p_id)
                             and not exists (select from staff_client c
                                              where c.staff_id = p_id and p_detail -> 'removed' @> to_jsonb(c.client_id)) end) end
  end, false);
end $$;
revoke execute on function desk_done from public;
grant execute on function desk_done to desk_app;

-- Nobody says by hand what was not done: looks, refusals and files that left change no row, claims are told of on their
-- timelines, and for everything else there is a row.
create policy as_done on audit_event as restrictive for insert to desk_app
  with check (verb = any ('{read,refused,exported}') or noun = 'claim' and verb <> all ('{draft_kept,snoozed,skipped}')
              or desk_done(client_id, noun, noun_id, verb, detail));
