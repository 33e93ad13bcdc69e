-- Whoever began an intake by telephone has its words: left by another, it can still be finished, and they wait for that.
alter policy finish on telephone_intake
  using ((ended_at is null or left_why is not null and ended_by <> begun_by and begun_by = (select desk_staff_id()))
         and (select desk_reports())
         and ((select desk_supervises()) or client_id = any ((select desk_identity_clients())::int[])));

create or replace function desk_forget_drafts(p_before timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with gone as (
    delete from draft d
     where d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours')
       and (d.saved_at < least(p_before, upper(desk_present()) - interval '24 hours') - interval '29 days'
            or not exists (select from telephone_intake t
                            where t.client_id = d.client_id and t.claim_id = d.claim_id and t.begun_by = d.staff_id
                              and d.form = 'report' and (t.ended_at is null or t.left_why is not null)))
    returning 1)
  select count(*)::int from gone $$;

create or replace function desk_call_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for no key update;
  if not found or new.starts_at > coalesce(new.changed_at, new.booked_at) + interval '32 days' then
    raise exception 'a call is booked within a month, on an open claim whose worker was not reached yet'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function desk_request_can_be() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.date_of_death is null
      and c.first_contact_at is null
      for no key update;
  if not found or exists (select from triage_call t where t.client_id = new.client_id and t.claim_id = new.claim_id
                             and t.status = 'booked') then
    raise exception 'a time is asked for on an open claim whose worker was not reached and whose call is not booked'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function desk_rights_ended() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_table_name = 'staff' then
    update client_cover set ended_at = clock_timestamp(), ended_by = coalesce(desk_staff_id(), set_by)
     where staff_id = old.staff_id and ended_at is null
       and not exists (select from staff s where s.staff_id = old.staff_id and s.active and s.role in ('va', 'clinical'));
  end if;
  update call_request q
     set settled_at = clock_timestamp(), settled_by = coalesce(desk_staff_id(), 1), outcome = 'declined',
         settled_why = 'The clinician makes no calls any more'
   where q.clinician_id = old.staff_id and q.settled_at is null and not desk_may_call(q.clinician_id, q.client_id);
  perform desk_take_back(old.staff_id, null);
  return null;
end $$;

create or replace function desk_requirements_begin(p_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_at constant timestamptz := least(desk_now_about(p_at), upper(desk_moment()));
  v intake_requirement;
  v_here int[];
  v_asked int;
  v_dropped int;
  v_done int := 0;
begin
  for v in
    select * from intake_requirement r
     where r.withdrawn_at is null and r.in_force_at is null
       and r.effective_from <= (v_at at time zone 'Etc/GMT-14')::date
     order by r.effective_from, r.requirement_id for update
  loop
    v_here := array(select c.client_id from client c
                     where (v.client_id is null or c.client_id = v.client_id) and c.client_id <> all (v.begun)
                       and v.effective_from <= desk_client_day(c.client_id, v_at) order by 1);
    continue when v_here = '{}';
    select a.asked, a.dropped into v_asked, v_dropped
      from desk_ask_as_required(v_here, null, v.element, v.jurisdiction, v.proposed_by, v_at) a;
    update intake_requirement r
       set begun = r.begun || v_here, claims_asked = r.claims_asked + v_asked, claims_dropped = r.claims_dropped + v_dropped,
           in_force_at = case when not exists (
             select from client c where (v.client_id is null or c.client_id = v.client_id)
                and c.client_id <> all (r.begun || v_here)) then v_at end
     where r.requirement_id = v.requirement_id;
    v_done := v_done + 1;
  end loop;
  return v_done;
end $$;

create or replace function desk_ask_of_claim(p_client integer, p_claim bigint, p_at timestamp with time zone) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.asked + a.dropped
    from desk_ask_as_required(
           case when desk_works() and (desk_supervises() or p_client = any (desk_identity_clients())) then array[p_client] else '{}' end,
           p_claim, null, null, desk_staff_id(), least(desk_now_about(p_at), upper(desk_moment()))) a $$;

create or replace function desk_requirement_moves(p_clients integer[], p_claim bigint, p_element text, p_state text, p_at timestamp with time zone, p_new intake_requirement) RETURNS TABLE(client_id integer, claim_id bigint, element text, asks boolean, why text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with waiting as (
    select c.client_id, c.claim_id, c.jurisdiction, c.injured_time, w, n
      from claim c
      join injured_worker w on (w.client_id, w.worker_id) = (c.client_id, c.worker_id)
      left join claim_narrative n on (n.client_id, n.claim_id) = (c.client_id, c.claim_id)
     where c.client_id = any (p_clients) and (p_claim is null or c.claim_id = p_claim)
       and (p_state is null or c.jurisdiction = p_state)
       and c.first_contact_at is null and c.closed_at is null and c.date_of_death is null),
  decided as (
    select p.client_id, p.jurisdiction, e.element, (d.version).asked, (d.version).only_if, d.version
      from (select distinct v.client_id, v.jurisdiction from waiting v) p
      cross join (select distinct r.element from intake_requirement r
                   where r.element = p_element or p_element is null and r.proposed_by is not null
                  union select (p_new).element where (p_new).element is not null) e
      cross join lateral (
        select desk_requirement(e.element, p.client_id, p.jurisdiction,
                                greatest(desk_client_day(p.client_id, p_at), (p_new).effective_from), p_new) as version) d),
  wanted as (
    select v.client_id, v.claim_id, d.element, d.version,
           case d.element
             when 'treated_at' then (v.n).initial_treatment is distinct from 'none'
             when 'last_day_worked' then (v.n).lost_time is distinct from 'no'
             when 'return_to_work' then (v.n).lost_time is distinct from 'no'
             else true end
           and coalesce(d.asked = 'required' or d.asked = 'only_if' and case d.only_if
             when 'lost_time' then (v.n).lost_time in ('expected', 'yes')
             when 'treated' then (v.n).initial_treatment <> 'none'
             when 'not_english' then lower(btrim((v.w).language)) not in ('', 'english', 'en', 'eng') end, false) as is_wanted,
           case d.element
             when 'birth_date' then (v.w).birth_date is null
             when 'preferred_contact' then (v.w).preferred_contact is null
             when 'best_hours' then (v.w).best_hours is null
             when 'language' then (v.w).language is null
             when 'interpreter' then (v.w).interpreter is null
             when 'address' then (v.w).address is null
             when 'injury_place' then (v.n).injury_place is null
             when 'injured_time' then v.injured_time is null
             when 'body_part' then coalesce((v.n).body_part, (v.n).part_code) is null
             when 'nature' then coalesce((v.n).nature, (v.n).nature_code) is null
             when 'cause' then coalesce((v.n).cause, (v.n).cause_code) is null
             when 'initial_treatment' then (v.n).initial_treatment is null
             when 'treated_at' then (v.n).treated_at is null
             when 'occupation' then (v.n).occupation is null
             when 'lost_time' then (v.n).lost_time is null
             when 'last_day_worked' then (v.n).last_day_worked is null
             when 'return_to_work' then (v.n).return_to_work is null
             when 'modified_duty' then (v.n).modified_duty is null
             when 'work_supervisor' then (v.n).work_supervisor is null end as lacks
      from waiting v join decided d on d.client_id = v.client_id and d.jurisdiction is not distinct from v.jurisdiction)
  select m.client_id, m.claim_id, m.element, m.is_wanted,
         concat_ws(' ', 'Not in the report. Asked',
                   case when (m.version).client_id is not null then 'of this client'
                        when (m.version).jurisdiction is null then 'of every claim' end,
                   'in ' || (m.version).jurisdiction, 'from', to_char((m.version).effective_from, 'MM/DD/YYYY'), 'on.')
    from wanted m
   where case when m.is_wanted then m.lacks and not exists (
                select from intake_question q
                 where q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
                   and (q.answered_at is null or q.reason = 'missing' and q.unobtainable_why is not null))
              else exists (
                select from intake_question q
                 where q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
                   and q.reason = 'missing'
                   and (q.answered_at is null or q.ask_again_at is not null and q.asked_again_at is null)) end $$;

create or replace function desk_ask_as_required(p_clients integer[], p_claim bigint, p_element text, p_state text, p_by integer, p_at timestamp with time zone, OUT asked integer, OUT dropped integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v_new intake_requirement;
begin
  with moves as materialized (
    select m.* from desk_requirement_moves(p_clients, p_claim, p_element, p_state, p_at, v_new) m
      join claim c on (c.client_id, c.claim_id) = (m.client_id, m.claim_id)
     where c.first_contact_at is null and c.closed_at is null and c.date_of_death is null
     order by c.client_id, c.claim_id for no key update of c),
  opened as (
    insert into intake_question (client_id, claim_id, element, reason, why, opened_at)
    select m.client_id, m.claim_id, m.element, 'missing', m.why, p_at from moves m where m.asks
    on conflict do nothing),
  gone as (
    delete from intake_question q using moves m
     where not m.asks and q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
       and q.reason = 'missing' and q.answered_at is null),
  not_again as (
    update intake_question q set ask_again_at = null from moves m
     where not m.asks and q.client_id = m.client_id and q.claim_id = m.claim_id and q.element = m.element
       and q.reason = 'missing' and q.ask_again_at is not null and q.asked_again_at is null),
  by_claim as (
    select m.client_id, m.claim_id, bool_or(m.asks) as asks, bool_or(not m.asks) as drops,
           jsonb_strip_nulls(jsonb_build_object(
             'asked', jsonb_agg(m.element order by m.element) filter (where m.asks),
             'dropped', jsonb_agg(m.element order by m.element) filter (where not m.asks))) as detail
      from moves m group by 1, 2),
  told as (
    insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
    select b.client_id, b.claim_id, p_at, p_by, 'asked_by_rule', b.detail from by_claim b),
  recorded as (
    insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
    select p_by, b.client_id, 'claim', b.claim_id, 'asked_by_rule', b.detail from by_claim b),
  by_client as (
    select b.client_id, case when count(*) <= 200 then jsonb_agg(b.claim_id order by b.claim_id) end as claims
      from by_claim b group by 1),
  announced as (
    select pg_notify('desk_claim', jsonb_build_object('client', b.client_id, 'claims', b.claims)::text) from by_client b)
  select count(*) filter (where b.asks), count(*) filter (where b.drops) into asked, dropped
    from by_claim b, (select count(*) from announced) n;
end $$;

-- What only some of a client's claims are asked tells of a worker where there are few: then no number is told.
create function desk_not_few(p_number bigint, p_only_if text) returns bigint language sql immutable
return case when p_only_if is null or p_number = 0 or p_number >= 5 then p_number end;
revoke execute on function desk_not_few from public;
create or replace function desk_requirement_preview(p_element text, p_client integer, p_state text, p_asked text, p_only_if text, p_from date, p_at timestamp with time zone) RETURNS TABLE(client_id integer, asks bigint, drops bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  v intake_requirement;
begin
  if not desk_manages() then
    return;
  end if;
  v.element := p_element;
  v.client_id := p_client;
  v.jurisdiction := p_state;
  v.asked := p_asked;
  v.only_if := p_only_if;
  v.effective_from := p_from;
  return query
    select m.client_id, desk_not_few(count(*) filter (where m.asks), p_only_if), desk_not_few(count(*) filter (where not m.asks), p_only_if)
      from desk_requirement_moves(
             array(select c.client_id from client c where p_client is null or c.client_id = p_client), null, p_element, p_state,
             p_at, v) m
     group by 1 order by 1;
end $$;
