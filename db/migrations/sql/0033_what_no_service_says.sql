-- Open hours that overlap, or end as they begin, cannot be kept. Times are compared as hours and minutes side by side,
-- those of the next day 2400 higher.
create function desk_hours_apart(p_hours text) returns boolean language sql immutable parallel safe
begin atomic
  select bool_and(opens <> closes and ends <= coalesce(following, first + 2400))
    from (select opens, closes, closes + case when closes <= opens then 2400 else 0 end as ends,
                 lead(opens) over (order by opens) as following, min(opens) over () as first
            from (select replace(split_part(stretch, '-', 1), ':', '')::int as opens,
                         replace(split_part(stretch, '-', 2), ':', '')::int as closes
                    from unnest(string_to_array(p_hours, ',')) stretch) stretches) in_order;
end;
revoke execute on function desk_hours_apart from public;
grant execute on function desk_hours_apart to desk_app;

-- Whether a name is found by its key: no case, no accents, no punctuation. It is told of letters of the Latin scripts,
-- which every edition of Unicode takes apart alike; the services fold all others as they know them.
create function desk_name_keyed(p_name text, p_key text) returns boolean language sql immutable parallel safe
return case
  when octet_length(p_name) = length(p_name)
    then p_key = left(btrim(regexp_replace(lower(p_name collate "C"), '[^a-z0-9]+', ' ', 'g')), 200)
  when p_name collate "C" !~ '^[\u0001-\u024f\u0300-\u036f]*$' then true
  else octet_length(regexp_replace(normalize(p_name, nfkd), '[\u0300-\u036f]', '', 'g'))
         > length(regexp_replace(normalize(p_name, nfkd), '[\u0300-\u036f]', '', 'g'))
    or p_key = left(btrim(regexp_replace(lower(regexp_replace(normalize(p_name, nfkd), '[\u0300-\u036f]', '', 'g') collate "C"),
                                         '[^a-z0-9]+', ' ', 'g')), 200)
  end;
revoke execute on function desk_name_keyed from public;
grant execute on function desk_name_keyed to desk_app;

-- A day is closed, or worked, for what is reported from now on or later: one on which the client works by its promise,
-- within two years, and not before the change begins. Days are those of the client's zone.
create function desk_closed_day_listed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_promise sla_policy;
  v_today date;
begin
  select * into v_promise from sla_policy p where p.client_id = new.client_id
   order by p.effective_from <= new.effective_from desc,
            case when p.effective_from <= new.effective_from then p.effective_from end desc, p.effective_from limit 1;
  v_today := (new.set_at at time zone v_promise.timezone)::date;
  if (new.set_at <@ desk_moment() and new.effective_from >= new.set_at
      and new.day between greatest(v_today, (new.effective_from at time zone v_promise.timezone)::date) and v_today + 730
      and extract(isodow from new.day)::smallint = any (v_promise.working_days)) is not true then
    raise exception 'a day is closed or worked from now on, and within two years' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_closed_day_listed from public;
create trigger day_listed before insert on client_holiday for each row
  when (current_user = 'desk_app') execute function desk_closed_day_listed();

-- Cover ends after the present, and is ended now; what is over ended when its time was over.
create trigger cover_to_come before insert on client_cover for each row
  when (current_user = 'desk_app' and desk_begun(new.until))
  execute function desk_refused('cover ends later than now');
create trigger cover_ended_now before update of ended_at on client_cover for each row
  when (current_user = 'desk_app' and (new.ended_at <@ desk_present()) is not true
        and not (new.ended_at = new.until and desk_begun(new.until)))
  execute function desk_refused('cover is ended now');

-- A clock stands still while it would run: nobody was reached, nothing is closed, nobody has died. It goes on unless the
-- claim is closed. The claim is held, so that none of it comes to be meanwhile.
create function desk_clock_runs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null
     and (tg_op = 'UPDATE' or c.first_contact_at is null and c.date_of_death is null) for no key update;
  if not found then
    raise exception 'the clock of this claim no longer runs' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_clock_runs from public;
create trigger clock_runs before insert or update on clock_pause for each row
  when (current_user = 'desk_app' and desk_works()) execute function desk_clock_runs();

-- What whoever acts may put on a timeline; that a claim was closed, reopened or taken back is told by the owner's functions.
create function desk_tells() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select case when desk_role() in ('va', 'supervisor') then array['reported'] else '{}' end
      || case when desk_role() in ('va', 'clinical', 'supervisor')
           then array['assigned', 'assignment_undone', 'question_answered', 'question_unobtainable', 'death_reported',
                      'document_added', 'disclosed', 'condition_added', 'condition_changed', 'network_set'] else '{}' end
      || case when desk_role() = 'clinical' then array['pause_ended'] else '{}' end
      || case when desk_role() = 'supervisor'
           then array['report_corrected', 'clock_paused', 'clock_resumed', 'death_corrected', 'death_withdrawn',
                      'death_acknowledged'] else '{}' end $$;
revoke execute on function desk_tells from public;
grant execute on function desk_tells to desk_app;
-- A long file is read and judged before its import begins, which says of all its claims when that was.
alter policy own_hand on claim_event
  with check (by_id = (select desk_staff_id()) and kind = any ((select desk_tells())::text[])
              and (at <@ (select desk_moment()) or kind = 'reported' and at <@ (select desk_present())));

-- What a timeline tells of hands, clocks, deaths and corrections is so.
create function desk_event_is_so() returns trigger language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v claim;
  v_so boolean;
begin
  if new.kind in ('clock_paused', 'clock_resumed', 'pause_ended') then
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
end $$;
revoke execute on function desk_event_is_so from public;
create trigger it_is_so before insert on claim_event for each row
  when (current_user = 'desk_app'
        and new.kind in ('assigned', 'assignment_undone', 'report_corrected', 'clock_paused', 'clock_resumed', 'pause_ended',
                         'death_reported', 'death_corrected', 'death_withdrawn', 'death_acknowledged'))
  execute function desk_event_is_so();

-- A claim is held from the moment it was given. Only a supervisor gives one back as of before, and nobody had it before it
-- was there.
drop trigger holding_since on claim;
create trigger holding_since before update of assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assigned_at is distinct from old.assigned_at
        and (new.assignee_id is not distinct from old.assignee_id
             or not new.assigned_at <@ desk_moment()
                and not (desk_supervises() and new.assigned_at <= upper(desk_moment())
                         and new.assigned_at >= least(new.reported_at, new.created_at) - interval '2 minutes')))
  execute function desk_refused('a claim is held from the moment it was given');

-- A page is open from now on, and heard of now.
alter policy arrive on claim_viewer
  with check (staff_id = (select desk_staff_id()) and since = seen_at and seen_at <@ (select desk_moment())
              and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));
create trigger heard_of_now before update on claim_viewer for each row
  when (current_user = 'desk_app'
        and (not new.seen_at <@ desk_moment() or new.since <> old.since and new.since <> new.seen_at))
  execute function desk_refused('a page is open from now on');

alter policy own_hand on claim_import
  with check (by_id = (select desk_staff_id()) and state <> 'undone' and started_at <@ (select desk_present()));
alter policy asked_now on intake_question with check (opened_at <@ (select desk_present()));
alter policy report on request_key with check (staff_id = (select desk_staff_id()) and at <@ (select desk_present()));
alter policy own_hand on feed_mapping
  with check (saved_by = (select desk_staff_id()) and saved_at <@ (select desk_present()));

-- As before, and for the days on which clocks are set forward: they skip what is open then, which can be all that is open on
-- that day. One is among the days more; the next comes half a year later at the earliest.
create or replace function desk_latest(p sla_policy, p_from timestamptz, p_open interval) returns timestamptz
language plpgsql stable set search_path = public, pg_temp as $$
declare
  v_week int := cardinality(p.working_days);
  v_worked int;
  v_shut int := 0;
  v_days int := 0;
  v_before int;
begin
  select ceil(extract(epoch from p_open) / extract(epoch from desk_open_a_week(p) / v_week)) + 1 into v_worked;
  loop
    v_before := v_days;
    v_days := v_worked + v_shut + v_before / 180 + case p.calendar when 'NONE' then 0 else 4 + v_before / 14 end;
    v_days := v_days + ceil(v_days::numeric / v_week) * (7 - v_week) + 1;
    exit when v_days = v_before or v_days > 10000;
    select count(distinct day) into v_shut from client_holiday
     where client_id = p.client_id and closed
       and day between (p_from at time zone p.timezone)::date - 1 and (p_from at time zone p.timezone)::date + v_days;
  end loop;
  return p_from + v_days * interval '24 hours';
end $$;
