-- A promise is missed after its due time: at that time it can still be kept.
create or replace function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[], p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (hour timestamptz, running bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select date_bin('1 hour', c.reported_at, '2000-01-01Z'), count(*) from (
    select client_id, jurisdiction, assignee_id, reported_at from claim
     where p_clients is null and first_contact_at is null and closed_at is null and date_of_death is null and due_at >= p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at
      from (select distinct unnest(p_clients) as client_id) asked join claim using (client_id)
     where first_contact_at is null and closed_at is null and date_of_death is null and due_at >= p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at from clock_pause p join claim using (client_id, claim_id)
     where desk_stands_still(p.starts_at, p.ends_at, due_at)
       and first_contact_at is null and closed_at is null and date_of_death is null and due_at < p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;

-- What somebody holds is overdue by the one rule of a clock that stands still.
create or replace function desk_held(p_staff int, p_at timestamptz)
returns table (client_id int, code text, name text, covered boolean, claims int, overdue int)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.client_id, k.code, k.name,
         not exists (select from staff_client s where (s.staff_id, s.client_id) = (p_staff, c.client_id))
         and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, c.client_id)),
         count(*)::int, count(*) filter (where c.due_at < p_at and desk_stands_still(p.starts_at, p.ends_at, c.due_at) is not true)::int
    from claim c join client k using (client_id)
    left join clock_pause p on p.client_id = c.client_id and p.claim_id = c.claim_id and p.ends_at is null
   where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     and ((select desk_manages()) or (select desk_supervises()))
   group by c.client_id, k.code, k.name order by k.code $$;

-- When a contact was put on record, and why so late, where that was long after it or after a due time that it keeps.
alter table contact_attempt
  add recorded_at timestamptz,
  add late_why text,
  add constraint contact_attempt_recorded_after check (recorded_at >= at and (late_why is null or recorded_at is not null)),
  add constraint contact_attempt_late_reasoned check (length(btrim(late_why)) between 1 and 500);

-- As before, and what is recorded more than twelve hours after it was made says why; so does a first contact by which a
-- claim that is overdue was reached in time. A clock that stands still, until then or until the contact, is not overdue.
drop function desk_log_attempt;
create function desk_log_attempt(
  p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text, p_outcome text, p_substantive boolean,
  p_note text, p_request uuid, p_call_again timestamptz default null, p_recorded timestamptz default null, p_late_why text default null)
returns bigint language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_due timestamptz;
  v_recorded timestamptz := greatest(p_at, coalesce(p_recorded, lower(desk_moment())));
  v_late boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null, c.due_at
    into v_by, v_role, v_dead, v_closed, v_due
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
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
  if (p_call_again > lower(desk_moment()) and p_call_again <= upper(desk_moment()) + interval '30 days') is false then
    raise exception 'a call is promised for a time of the next 30 days' using errcode = 'check_violation';
  end if;
  v_late := p_at < v_recorded - interval '12 hours'
    or p_substantive and p_at <= v_due and v_due < v_recorded
       and not exists (select from clock_pause p
                        where p.client_id = p_client and p.claim_id = p_claim and p.starts_at < v_due
                          and (p.ends_at is null or p.ended_by = v_by and p.ends_at = greatest(p_at, p.starts_at)));
  if v_late and length(btrim(coalesce(p_late_why, ''))) = 0 then
    raise exception 'a contact that is recorded late says why'
      using errcode = 'check_violation', constraint = 'contact_attempt_late_reasoned';
  end if;
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, recorded_at, late_why, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
          v_recorded, case when v_late then p_late_why end,
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
            || case when p_at < lower(desk_moment()) then jsonb_build_object('made_at', p_at) else '{}' end);
  end if;
  return v_attempt;
end $$;
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

-- A doubt leaves a claim with the answer, the correction or the settled death that disproves it, in the same transaction.
create function desk_doubt_settled() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_now constant xid := pg_current_xact_id()::xid;
  v_dates constant text[] := array['future_injury', 'negative_lag', 'future_date', 'report_time_missing', 'report_time_unread',
                                   'report_time_midnight'];
  v_deaths constant text[] := array['death_in_future', 'death_before_injury'];
  v_settled text[] := '{}';
begin
  if exists (select from field_change f
              where f.client_id = new.client_id and f.claim_id = new.claim_id and f.xmin = v_now
                and f.field in ('birth_date', 'date_of_injury', 'injured_time'))
     or exists (select from intake_question q
                 where q.client_id = new.client_id and q.claim_id = new.claim_id and q.xmin = v_now
                   and q.element in ('birth_date', 'date_of_injury') and q.answered_at is not null
                   and q.unobtainable_why is null) then
    v_settled := v_dates || v_deaths || array['age_doubtful'];
  end if;
  v_settled := v_settled || array(
    select unnest(case when e.kind = 'report_corrected' then v_dates else v_deaths end) from claim_event e
     where e.client_id = new.client_id and e.claim_id = new.claim_id and e.xmin = v_now
       and e.kind in ('report_corrected', 'death_reported', 'death_corrected', 'death_withdrawn'));
  if exists (select unnest(old.flags) except select unnest(new.flags) except select unnest(v_settled)) then
    raise exception 'a doubt is answered, or stays' using errcode = 'check_violation';
  end if;
  return null;
end $$;
revoke execute on function desk_doubt_settled from public;
create constraint trigger doubts_stay after update of flags on claim deferrable initially deferred for each row
  when (current_user = 'desk_app' and not old.flags <@ new.flags) execute function desk_doubt_settled();

-- What is on a claim's timeline is on the record as done by whoever put it there, in the same transaction.
create function desk_told(p_client int, p_claim bigint, p_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from claim_event e
                  where e.client_id = p_client and e.claim_id = p_claim and e.kind = p_kind and e.by_id = desk_staff_id()
                    and e.xmin = pg_current_xact_id()::xid) $$;
revoke execute on function desk_told from public;
grant execute on function desk_told to desk_app;
create policy as_told on audit_event as restrictive for insert to desk_app
  with check (noun <> 'claim'
              or verb <> all ('{reported,assigned,assignment_undone,clock_paused,clock_resumed,pause_ended,report_corrected,fields_corrected,question_answered,question_unobtainable,death_acknowledged,document_added,disclosed,condition_added,condition_changed,network_set}')
              or desk_told(client_id, noun_id, verb));
