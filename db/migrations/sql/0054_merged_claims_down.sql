-- What was merged stays closed, and its first contact stays on the claim that it was merged into.
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
                  and (closed_at is null and date_of_death is null or first_contact_at is not null)
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
  if old.closed_at is null and old.date_of_death is null or old.first_contact_at is not null then
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    values (old.client_id, coalesce(old.jurisdiction, '--'), date_trunc('hour', old.reported_at, 'UTC'), -1,
            -(old.first_contact_at is not null)::int, -coalesce((old.first_contact_at <= old.due_at)::int, 0),
            desk_duration_bin(old.reported_at, old.first_contact_at));
  end if;
  if tg_op = 'UPDATE' and (new.closed_at is null and new.date_of_death is null or new.first_contact_at is not null) then
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
  v_due timestamptz;
  v_recorded timestamptz := greatest(p_at, coalesce(p_recorded, lower(desk_moment())));
  v_late boolean;
  v_spoken_for boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null, c.due_at,
         (p_party = 'worker' and c.date_of_death is null and r.permits is not true
          and (coalesce(r.name, r.firm, r.phone, r.email) is not null or w.preferred_contact = 'attorney')) is true
    into v_by, v_role, v_dead, v_closed, v_due, v_spoken_for
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
     where client_id = p_client and claim_id = p_claim and party = p_party and at <= p_at and attempt_id < v_attempt
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
   where client_id = p_client and claim_id = p_claim and party = p_party and struck_at is null
     and (at > p_after or at = p_after and attempt_id > p_attempt)
     and (outcome in ('reached', 'reached_deferred', 'refused') or at >= p_promised - interval '30 minutes')
   order by at, attempt_id limit 1 $$;

create or replace function desk_reopen_claim(p_client int, p_claim bigint, p_why text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_holder int;
begin
  update claim set closed_at = null, closed_why = null, closed_by = null, version = version + 1
   where client_id = p_client and claim_id = p_claim and closed_at is not null and desk_supervises()
  returning assignee_id into v_holder;
  perform desk_closing_told(found, p_client, p_claim, 'reopened', p_why);
  perform desk_take_back(v_holder, null);
  return true;
end $$;

drop policy by_the_act on audit_event;
create policy by_the_act on audit_event as restrictive for insert to desk_app
  with check (verb <> all ('{attempt_logged,first_contact_recorded,first_contact_struck,closed,reopened,taken_back,signed_in,session_ended,sign_in_failed,founded,death_reported,death_corrected,death_withdrawn,taken_up,closed_day_withdrawn,lockout_cleared,call_booked,call_moved,call_done,call_missed,call_cancelled,calendar_set,time_off_added,time_off_withdrawn,calendar_address_made,calendar_address_withdrawn}'));

drop trigger fact_changed on claim;
create trigger fact_changed after update on claim for each row
  when (old.client_id is distinct from new.client_id or old.jurisdiction is distinct from new.jurisdiction
        or old.reported_at is distinct from new.reported_at or old.due_at is distinct from new.due_at
        or old.first_contact_at is distinct from new.first_contact_at or old.closed_at is distinct from new.closed_at
        or old.date_of_death is distinct from new.date_of_death)
  execute function desk_fact_changed();
drop function desk_unmerge_claims(int, bigint, timestamptz);
drop function desk_merge_claims(int, bigint, bigint, timestamptz);
drop function desk_merging_told(claim, claim, text, timestamptz);
drop trigger kept_first on claim;
drop function desk_kept_first();
drop trigger merged_stands on claim;
drop trigger merged_stands on claim_event;
drop trigger merged_stands on field_change;
drop trigger merged_stands on claim_narrative;
drop trigger merged_stands on representative;
drop trigger merged_stands on intake_question;
drop trigger merged_stands on claim_document;
drop trigger merged_stands on claim_condition;
drop function desk_merged_guard();
drop function desk_one_injury(int, bigint);
