drop trigger call_spoken_for on injured_worker;
drop trigger call_spoken_for_now on representative;
drop trigger call_spoken_for on representative;
drop function desk_call_spoken_for;

drop function desk_log_attempt;
create function desk_log_attempt(p_client int, p_claim bigint, p_at timestamptz, p_party text, p_method text,
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
revoke execute on function desk_log_attempt from public;
grant execute on function desk_log_attempt to desk_app;

alter table contact_attempt drop against_why;

do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), ',consent_given,consent_refused,consent_revoked', '') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;

drop table contact_consent;
drop function desk_consent_told, desk_consent, desk_number_key;

create or replace function desk_written(p_field text, p_kept text) returns text
language sql stable parallel safe set search_path = public, pg_temp as $$
  select case when p_field in ('birth_date', 'date_of_injury') then to_char(p_kept::date, 'MM/DD/YYYY')
              when p_field = 'injured_time' then left(p_kept, 5)
              when p_field in ('emergency', 'representative_permits') then
                case p_kept when 'true' then 'yes' when 'false' then 'no' end
              else nullif(p_kept, '') end $$;

create or replace function desk_fields() returns text[] language sql immutable parallel safe
return array[
  'given_name', 'family_name', 'birth_date', 'phone', 'email', 'address', 'postal_code', 'preferred_contact',
  'language', 'date_of_injury', 'injured_time', 'jurisdiction', 'client_claim_number', 'emergency', 'injury_place',
  'body_part', 'nature', 'cause', 'narrative', 'reporter', 'reporter_phone', 'representative_kind',
  'representative_name', 'representative_firm', 'representative_phone', 'representative_email',
  'representative_permits', 'part_code', 'nature_code', 'cause_code'];

alter table injured_worker drop best_hours, drop timezone, drop interpreter, drop do_not_contact;
