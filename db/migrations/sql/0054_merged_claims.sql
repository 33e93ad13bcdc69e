-- Two claims that are of one injury: the one reported later is closed, and leads to the other; nothing else of it changes.
-- What counts closed claims leaves it out; what looks for the attempts of an injury looks on both.
create function desk_one_injury(p_client int, p_claim bigint) returns bigint[]
language sql stable
return array(select p_claim union all select claim_id from claim where client_id = p_client and merged_into = p_claim);
revoke execute on function desk_one_injury from public;
grant execute on function desk_one_injury to desk_app;

create or replace function desk_first_contact(p_clients int[], p_jurisdictions text[], p_assignees int[], p_since timestamptz[], p_shifts int[], p_from timestamptz, p_until timestamptz, p_at timestamptz) returns table (weekday int, hour int, week date, reported bigint, decided bigint, on_time bigint)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select number % 168 / 24 + 1, number % 168 % 24, date '0001-01-01' + number / 168 * 7,
         sum(reported), sum(reported) - sum(running), sum(on_time)
    from (select (date_part('epoch', hour) / 3600)::int + 17259888 + p_shifts[width_bucket(hour, p_since)] as number,
                 reported, on_time, running
         from (select hour, reported::int, on_time::int, 0 as running from desk_by_hour(p_from, p_until)
                where p_clients is null and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0
                 from desk_by_jurisdiction_hour(p_jurisdictions, p_from, p_until)
                where p_clients is null and p_jurisdictions is not null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_client_hour
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_all_hour
                where client_id = any (p_clients) and jurisdiction = any (p_jurisdictions)
                  and hour >= p_from and hour < p_until and p_assignees is null
               union all
               select hour, reported, on_time, 0 from fact_delta
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and (p_jurisdictions is null or jurisdiction = any (p_jurisdictions)) and p_assignees is null
               union all
               select date_bin('1 hour', reported_at, '2000-01-01Z'), count(*)::int,
                      count(*) filter (where first_contact_at <= due_at)::int, 0
                 from claim
                where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
                  and (closed_at is null and date_of_death is null or first_contact_at is not null) and merged_into is null
                  and (p_clients is null or client_id = any (p_clients))
                  and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
                group by 1
               union all
               select hour, 0, 0, running::int
                 from desk_running(p_clients, p_jurisdictions, p_assignees, p_from, p_until, p_at)) parts
          offset 0) numbered -- keeps the planner from numbering once for each use
   group by grouping sets ((number % 168), (number / 168))
  having sum(reported) > 0
   order by number / 168 nulls first, number % 168;
end $$;

create or replace function desk_fact_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.merged_into is null and (old.closed_at is null and old.date_of_death is null or old.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op = 'UPDATE' and new.merged_into is null
     and (new.closed_at is null and new.date_of_death is null or new.first_contact_at is not null) then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (new.client_id, coalesce(new.jurisdiction, '--'), date_trunc('hour', new.reported_at, 'UTC'), 1,
            (new.first_contact_at is not null)::int, coalesce((new.first_contact_at <= new.due_at)::int, 0),
            desk_duration_bin(new.reported_at, new.first_contact_at));
  end if;
  return null;
end $$;

create or replace function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
                                            p_outcome text, p_substantive boolean, p_note text, p_request uuid,
                                            p_call_again timestamptz default null, p_recorded timestamptz default null,
                                            p_late_why text default null, p_permitted boolean default false)
returns bigint language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_merged boolean;
  v_due timestamptz;
  v_recorded timestamptz := greatest(p_at, coalesce(p_recorded, lower(desk_moment())));
  v_late boolean;
  v_spoken_for boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null, c.merged_into is not null, c.due_at,
         (p_party = 'worker' and c.date_of_death is null and r.permits is not true
          and (coalesce(r.name, r.firm, r.phone, r.email) is not null or w.preferred_contact = 'attorney')) is true
    into v_by, v_role, v_dead, v_closed, v_merged, v_due, v_spoken_for
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join representative r on (r.client_id, r.claim_id) = (c.client_id, c.claim_id)
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and (s.role = 'supervisor' or s.role in ('va', 'clinical') and exists
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client))
     and p_at <= upper(desk_moment()) and (p_at >= c.reported_at or p_at >= lower(desk_moment()))
     and (p_recorded <@ desk_moment()) is not false;
  if not found or p_substantive and (v_role <> 'clinical' or v_closed) then
    raise exception 'this contact_attempt is not theirs to log' using errcode = 'insufficient_privilege';
  end if;
  if v_merged then
    raise exception 'a merged claim is worked where it leads'
      using errcode = 'check_violation', constraint = 'contact_attempt_claim_merged';
  end if;
  if v_dead and p_party = 'worker' then
    raise exception 'the worker has died: nobody is called'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_alive';
  end if;
  if v_spoken_for and p_permitted is not true then
    raise exception 'somebody speaks for the worker, and has not permitted this'
      using errcode = 'check_violation', constraint = 'contact_attempt_worker_spoken_for';
  end if;
  if (p_call_again > lower(desk_moment()) and p_call_again <= upper(desk_moment()) + interval '30 days') is false then
    raise exception 'a call is promised for a time of the next 30 days' using errcode = 'check_violation';
  end if;
  v_late := p_at < v_recorded - interval '12 hours';
  if p_substantive and p_at <= v_due and v_due < v_recorded then
    v_late := v_late or not exists (
      select from clock_pause p
       where p.client_id = p_client and p.claim_id = p_claim and p.starts_at < v_due
         and (p.ends_at is null or p.ended_by = v_by and p.ends_at = greatest(p_at, p.starts_at)));
  end if;
  if v_late and length(btrim(coalesce(p_late_why, ''))) = 0 then
    raise exception 'a contact that is recorded late says why'
      using errcode = 'check_violation', constraint = 'contact_attempt_late_reasoned';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, recorded_at, late_why, permitted, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
          v_recorded, case when v_late then p_late_why end, v_spoken_for,
          case when p_call_again is not null then desk_called(p_client, p_claim, p_party, p_at, null, p_call_again) end)
  on conflict (client_id, request) where request is not null do nothing
  returning attempt_id into v_attempt;
  if v_attempt is not null then
    update contact_attempt set called_attempt_id = v_attempt
     where client_id = p_client and claim_id = any (desk_one_injury(p_client, p_claim)) and party = p_party and at <= p_at
       and attempt_id < v_attempt
       and call_again_at is not null and called_attempt_id is null
       and (p_outcome in ('reached', 'reached_deferred', 'refused') or p_at >= call_again_at - interval '30 minutes');
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    values (v_by, p_client, 'claim', p_claim,
            case when p_substantive then 'first_contact_recorded' else 'attempt_logged' end,
            jsonb_build_object('attempt', v_attempt, 'party', p_party, 'method', p_method, 'outcome', p_outcome)
            || case when p_at < lower(desk_moment()) then jsonb_build_object('made_at', p_at) else '{}' end
            || case when v_spoken_for then jsonb_build_object('permitted', true) else '{}' end);
  end if;
  return v_attempt;
end $$;

create or replace function desk_called(p_client int, p_claim bigint, p_party text, p_after timestamptz, p_attempt bigint, p_promised timestamptz) returns bigint
language sql stable set search_path = public, pg_temp as $$
  select attempt_id from contact_attempt
   where client_id = p_client and claim_id = any (desk_one_injury(p_client, p_claim)) and party = p_party and struck_at is null
     and (at > p_after or at = p_after and attempt_id > p_attempt)
     and (outcome in ('reached', 'reached_deferred', 'refused') or at >= p_promised - interval '30 minutes')
   order by at, attempt_id limit 1 $$;

create or replace function desk_reopen_claim(p_client int, p_claim bigint, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_holder int;
begin
  update claim set closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is not null and merged_into is null
     and desk_supervises()
  returning assignee_id into v_holder;
  perform desk_closing_told(found, p_client, p_claim, 'reopened', p_why);
  perform desk_take_back(v_holder, null);
  return true;
end $$;

drop policy by_the_act on audit_event;
create policy by_the_act on audit_event as restrictive for insert to desk_app
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,merged,merge_undone,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn}'));

drop trigger fact_changed on claim;
create trigger fact_changed after update on claim for each row
  when (old.client_id is distinct from new.client_id or old.jurisdiction is distinct from new.jurisdiction
        or old.reported_at is distinct from new.reported_at or old.due_at is distinct from new.due_at
        or old.first_contact_at is distinct from new.first_contact_at or old.closed_at is distinct from new.closed_at
        or old.date_of_death is distinct from new.date_of_death or old.merged_into is distinct from new.merged_into)
  execute function desk_fact_changed();

-- A merged claim is as it was: it is worked where it leads. What of it goes to somebody outside is still told on it.
create function desk_merged_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from claim c
              where c.client_id = new.client_id and c.claim_id = new.claim_id and c.merged_into is not null) then
    raise exception 'a merged claim is worked where it leads' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_merged_guard from public;
create trigger merged_stands before update on claim for each row
  when (current_user = 'desk_app' and old.merged_into is not null)
  execute function desk_refused('a merged claim is worked where it leads');
create trigger merged_stands before insert on claim_event for each row
  when (current_user = 'desk_app' and new.kind <> all (array['reported', 'disclosed']))
  execute function desk_merged_guard();
create trigger merged_stands before insert on field_change for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
create trigger merged_stands before update on claim_narrative for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
create trigger merged_stands before insert or update on representative for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
create trigger merged_stands before update on intake_question for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
create trigger merged_stands before insert on claim_document for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();
create trigger merged_stands before insert or update on claim_condition for each row
  when (current_user = 'desk_app') execute function desk_merged_guard();

-- The claim that is kept was reported first, and stays so.
create function desk_kept_first() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from claim c where c.client_id = new.client_id and c.merged_into = new.claim_id
                and (c.reported_at, c.claim_id) < (new.reported_at, new.claim_id)) then
    raise exception 'a claim was reported before those merged into it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke execute on function desk_kept_first from public;
create trigger kept_first before update of reported_at on claim for each row
  when (current_user = 'desk_app' and new.reported_at > old.reported_at)
  execute function desk_kept_first();

-- The two claims of a merge, done or undone, each told of the other: on the timelines, on the record, and to open lists.
create function desk_merging_told(p_kept claim, p_other claim, p_kind text, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
  values (p_kept.client_id, p_kept.claim_id, p_at, desk_staff_id(), p_kind, jsonb_build_object('other', p_other.claim_number)),
         (p_other.client_id, p_other.claim_id, p_at, desk_staff_id(), p_kind, jsonb_build_object('into', p_kept.claim_number));
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (desk_staff_id(), p_kept.client_id, 'claim', p_kept.claim_id, p_kind, jsonb_build_object('other', p_other.claim_number)),
         (desk_staff_id(), p_other.client_id, 'claim', p_other.claim_id, p_kind, jsonb_build_object('into', p_kept.claim_number));
  perform pg_notify('desk_claim', json_build_object('client', p_kept.client_id,
                                                    'claims', json_build_array(p_kept.claim_id, p_other.claim_id))::text);
end $$;
revoke execute on function desk_merging_told from public;

create function desk_merge_claims(p_client int, p_kept bigint, p_other bigint, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kept claim;
  v_other claim;
begin
  if desk_supervises() then
    perform from claim where client_id = p_client and claim_id in (p_kept, p_other) order by claim_id for no key update;
    select * into v_kept from claim where client_id = p_client and claim_id = p_kept;
    select * into v_other from claim where client_id = p_client and claim_id = p_other;
  end if;
  if (p_at <@ desk_moment() and v_kept.closed_at is null and v_other.closed_at is null
      and (v_kept.reported_at, v_kept.claim_id) < (v_other.reported_at, v_other.claim_id)) is not true
     or exists (select from claim where client_id = p_client and merged_into = p_other) then
    raise exception 'two open claims of one client are merged by a supervisor, into the one reported first'
      using errcode = 'insufficient_privilege';
  end if;
  if exists (select from triage_call where client_id = p_client and claim_id = p_other and status = 'booked')
     or v_kept.first_contact_at is not null and v_other.first_contact_at is not null
     or v_other.date_of_death is not null and v_other.date_of_death is distinct from v_kept.date_of_death
     or v_other.first_contact_at is not null
        and exists (select from clock_pause where client_id = p_client and claim_id = p_kept and ends_at is null) then
    raise exception 'claims that say different things of one worker are not merged' using errcode = 'check_violation';
  end if;
  update claim set merged_into = p_kept, closed_at = p_at, closed_why = 'Merged into ' || v_kept.claim_number,
                   closed_by = desk_staff_id(), version = version + 1
   where client_id = p_client and claim_id = p_other;
  -- A first contact with the worker is one of the injury, on whichever claim it was recorded.
  update claim set first_contact_at = coalesce(first_contact_at, v_other.first_contact_at),
                   first_contact_by = coalesce(first_contact_by, v_other.first_contact_by), version = version + 1
   where client_id = p_client and claim_id = p_kept;
  -- That they are of one injury is no question any more, nor that they share a number.
  with settled as (
      update intake_question q set answered_at = p_at, answered_by = desk_staff_id()
       where q.client_id = p_client and q.claim_id in (p_kept, p_other) and q.answered_at is null
         and (q.element = 'same_claim' or q.reason = 'same_number')
         and exists (select from claim n where n.client_id = p_client and n.claim_id <> q.claim_id
                        and (n.claim_id in (p_kept, p_other) or n.merged_into = p_kept)
                        and q.why ~ ('\m' || n.claim_number || '\M'))
      returning q.claim_id, jsonb_build_object('element', q.element, 'reason', q.reason) as which,
                case q.element when 'same_claim' then jsonb_build_object('answer', 'yes') else '{}' end as answer),
    told as (
      insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
      select p_client, claim_id, p_at, desk_staff_id(), 'question_answered', which || answer from settled)
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  select desk_staff_id(), p_client, 'claim', claim_id, 'question_answered', which from settled;
  perform desk_merging_told(v_kept, v_other, 'merged', p_at);
  return true;
end $$;
revoke execute on function desk_merge_claims from public;
grant execute on function desk_merge_claims to desk_app;

-- Both as they were before the merge, as long as nothing happened since that would be missing on one of them.
create function desk_unmerge_claims(p_client int, p_other bigint, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kept claim;
  v_other claim;
begin
  if desk_supervises() then
    perform from claim c
     where c.client_id = p_client
       and (c.claim_id = p_other
            or c.claim_id = (select o.merged_into from claim o where o.client_id = p_client and o.claim_id = p_other))
     order by c.claim_id for no key update;
    select * into v_other from claim where client_id = p_client and claim_id = p_other;
    select * into v_kept from claim where client_id = p_client and claim_id = v_other.merged_into;
  end if;
  if (p_at <@ desk_moment() and v_kept.closed_at is null and v_other.merged_into is not null) is not true then
    raise exception 'a merge is undone by a supervisor, while the claim that was kept is open' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from contact_attempt a where a.client_id = p_client and a.claim_id = v_kept.claim_id and a.substantive
                and a.struck_at is null and coalesce(a.recorded_at, a.at) > v_other.closed_at)
     or exists (select from claim_event e where e.client_id = p_client and e.claim_id = v_kept.claim_id
                   and e.kind = 'death_reported' and e.at > v_other.closed_at and v_kept.date_of_death is not null) then
    raise exception 'what happened since the merge would be missing on the other claim' using errcode = 'check_violation';
  end if;
  update claim set merged_into = null, closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_other;
  update claim k set version = version + 1,
                     first_contact_at = case when own.made then k.first_contact_at end,
                     first_contact_by = case when own.made then k.first_contact_by end
    from (select v_other.first_contact_at is null or v_kept.first_contact_at is distinct from v_other.first_contact_at
                 or exists (select from contact_attempt a
                             where a.client_id = p_client and a.claim_id = v_kept.claim_id and a.substantive
                               and a.struck_at is null) as made) own
   where k.client_id = p_client and k.claim_id = v_kept.claim_id;
  update intake_question q set answered_at = null, answered_by = null
   where q.client_id = p_client and q.claim_id in (v_kept.claim_id, p_other) and q.answered_at = v_other.closed_at
     and q.answered_by = v_other.closed_by and q.unobtainable_why is null
     and not exists (select from intake_question o
                      where o.client_id = q.client_id and o.claim_id = q.claim_id and o.element = q.element
                        and o.reason = q.reason and o.answered_at is null);
  perform desk_merging_told(v_kept, v_other, 'merge_undone', p_at);
  -- Whoever lost the right to one of them while nothing was due on it does not have it again.
  perform desk_take_back(v_other.assignee_id, null);
  perform desk_take_back(v_kept.assignee_id, null);
  return true;
end $$;
revoke execute on function desk_unmerge_claims from public;
grant execute on function desk_unmerge_claims to desk_app;
