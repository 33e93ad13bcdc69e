drop policy as_told on audit_event;
drop function desk_told;
drop trigger doubts_stay on claim;
drop function desk_doubt_settled;

drop function desk_log_attempt;
create function desk_log_attempt(
  p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text, p_outcome text, p_substantive boolean,
  p_note text, p_request uuid, p_call_again timestamptz default null)
returns bigint language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
declare
  v_by int;
  v_role text;
  v_dead boolean;
  v_closed boolean;
  v_attempt bigint;
begin
  select s.staff_id, s.role, c.date_of_death is not null, c.closed_at is not null into v_by, v_role, v_dead, v_closed
    from staff s join claim c on c.client_id = p_client and c.claim_id = p_claim
   where s.staff_id = nullif(current_setting('desk.staff', true), '')::int and s.active
     and (s.role = 'supervisor' or s.role in ('va', 'clinical') and exists
           (select from reaches r where r.staff_id = s.staff_id and r.client_id = p_client))
     and p_at <= upper(desk_moment()) and (p_at >= c.reported_at or p_at >= lower(desk_moment()));
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
  insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive, note, request,
                               call_again_at, called_attempt_id)
  values (p_client, p_claim, p_at, v_by, p_party, p_method, p_outcome, p_substantive, p_note, p_request, p_call_again,
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
alter table contact_attempt drop recorded_at, drop late_why;

create or replace function desk_running(p_clients int[], p_jurisdictions text[], p_assignees int[], p_from timestamptz, p_until timestamptz, p_at timestamptz)
returns table (hour timestamptz, running bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select date_bin('1 hour', c.reported_at, '2000-01-01Z'), count(*) from (
    select client_id, jurisdiction, assignee_id, reported_at from claim
     where p_clients is null and first_contact_at is null and closed_at is null and date_of_death is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at
      from (select distinct unnest(p_clients) as client_id) asked join claim using (client_id)
     where first_contact_at is null and closed_at is null and date_of_death is null and due_at > p_at
    union all
    select client_id, jurisdiction, assignee_id, reported_at from clock_pause p join claim using (client_id, claim_id)
     where desk_stands_still(p.starts_at, p.ends_at, due_at)
       and first_contact_at is null and closed_at is null and date_of_death is null and due_at <= p_at
       and (p_clients is null or client_id = any (p_clients))) c
   where c.reported_at >= p_from and c.reported_at < p_until
     and ((select desk_sees_all()) or c.client_id = any ((select desk_clients())::int[]))
     and (p_jurisdictions is null or coalesce(c.jurisdiction, '--') = any (p_jurisdictions))
     and (p_assignees is null or c.assignee_id = any (p_assignees))
   group by 1 $$;

create or replace function desk_held(p_staff int, p_at timestamptz)
returns table (client_id int, code text, name text, covered boolean, claims int, overdue int)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.client_id, k.code, k.name,
         not exists (select from staff_client s where (s.staff_id, s.client_id) = (p_staff, c.client_id))
         and exists (select from reaches r where (r.staff_id, r.client_id) = (p_staff, c.client_id)),
         count(*)::int, count(*) filter (where c.due_at < least(p_at, p.starts_at))::int
    from claim c join client k using (client_id)
    left join clock_pause p on p.client_id = c.client_id and p.claim_id = c.claim_id and p.ends_at is null
   where c.assignee_id = p_staff and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     and ((select desk_manages()) or (select desk_supervises()))
   group by c.client_id, k.code, k.name order by k.code $$;
