-- What intake asks for: a version for each element, client and state, from a day on. Of the client and state of a claim the
-- most specific version decides that is in force; one that says "as elsewhere" leaves it to the wider ones.
create table intake_requirement (
  requirement_id bigint generated always as identity,
  element text not null,
  client_id int,
  jurisdiction text,
  asked text not null,
  only_if text,
  effective_from date not null,
  why text not null,
  sureness text not null,
  proposed_by int,
  proposed_at timestamptz not null,
  withdrawn_by int,
  withdrawn_at timestamptz,
  withdrawn_why text,
  begun int[] not null default '{}',
  in_force_at timestamptz,
  claims_asked int not null default 0,
  claims_dropped int not null default 0,
  constraint intake_requirement_pkey primary key (requirement_id),
  constraint intake_requirement_client_id_fkey foreign key (client_id) references client,
  constraint intake_requirement_proposed_by_fkey foreign key (proposed_by) references staff,
  constraint intake_requirement_withdrawn_by_fkey foreign key (withdrawn_by) references staff,
  constraint intake_requirement_element_known check (element in (
    'birth_date', 'preferred_contact', 'best_hours', 'language', 'interpreter', 'address', 'injury_place', 'injured_time',
    'body_part', 'nature', 'cause', 'initial_treatment', 'treated_at', 'occupation', 'lost_time', 'last_day_worked',
    'return_to_work', 'modified_duty', 'work_supervisor')),
  constraint intake_requirement_jurisdiction_form check (jurisdiction ~ '^[A-Z]{2}$'),
  constraint intake_requirement_asked_known check (asked in ('required', 'only_if', 'not_asked', 'as_elsewhere')),
  constraint intake_requirement_only_if_known check (only_if in ('lost_time', 'treated', 'not_english')),
  constraint intake_requirement_only_if_said check ((asked = 'only_if') = (only_if is not null)),
  constraint intake_requirement_elsewhere_is check (
    asked <> 'as_elsewhere' or client_id is not null or jurisdiction is not null),
  constraint intake_requirement_sureness_known check (sureness in ('source_read', 'knowledge')),
  constraint intake_requirement_why_brief check (length(why) <= 300 and desk_shows(why)),
  constraint intake_requirement_withdrawn_paired check ((withdrawn_at is null) = (withdrawn_by is null)),
  constraint intake_requirement_withdrawn_reasoned check (
    (withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300 and desk_shows(withdrawn_why)),
  constraint intake_requirement_withdrawn_before check (withdrawn_at is null or begun = '{}' and in_force_at is null),
  constraint intake_requirement_of_our_time check (
    effective_from > '1900-01-01' and effective_from < '2200-01-01'
    and proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'));
create index intake_requirement_holding on intake_requirement (element, effective_from) where withdrawn_at is null;
create index intake_requirement_to_begin on intake_requirement (effective_from)
  where withdrawn_at is null and in_force_at is null;

-- What was asked until now, asked of every claim. A name, a way to reach the worker, the state and what happened open a
-- claim, and no rule says otherwise of them.
insert into intake_requirement (element, asked, effective_from, why, sureness, proposed_at, in_force_at)
select element, 'required', '2000-01-01', 'What intake has asked for from the beginning.', 'knowledge', '2000-01-01Z',
       '2000-01-01Z'
  from unnest('{birth_date,preferred_contact,language,body_part}'::text[]) with ordinality e (element, n) order by n;

-- Which day it is for a client.
create function desk_client_day(p_client int, p_at timestamptz) returns date
language sql stable security definer set search_path = public, pg_temp as $$
  select (p_at at time zone coalesce(
           (select p.timezone from sla_policy p where p.client_id = c.client_id and p.effective_from <= p_at
             order by p.effective_from desc limit 1), c.timezone))::date
    from client c where c.client_id = p_client $$;
revoke execute on function desk_client_day from public;

-- Whether a day has begun for a client or, where none is given, for any.
create function desk_day_begun(p_client int, p_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from client c
     where (p_client is null or c.client_id = p_client)
       and desk_begun(p_day::timestamp at time zone coalesce(
             (select p.timezone from sla_policy p where p.client_id = c.client_id and p.effective_from <= now()
               order by p.effective_from desc limit 1), c.timezone))) $$;
revoke execute on function desk_day_begun from public;
grant execute on function desk_day_begun to desk_app;

do $$
begin
  alter table intake_requirement enable row level security;
  alter table intake_requirement force row level security;
  create policy house on intake_requirement to current_user using (true) with check (true);
  revoke all on intake_requirement from public;
end $$;
create policy scope on intake_requirement for select to desk_app
  using ((select desk_staff_id()) is not null
         and (client_id is null or (select desk_sees_all()) or (select desk_manages())
              or client_id = any ((select desk_clients())::int[])));
create policy propose on intake_requirement for insert to desk_app
  with check ((select desk_manages()) and proposed_by = (select desk_staff_id()) and proposed_at <@ (select desk_moment())
              and effective_from >= (lower(desk_moment()) at time zone 'Etc/GMT+12')::date);
create policy withdraw on intake_requirement for update to desk_app
  using ((select desk_manages()) and withdrawn_at is null and not desk_day_begun(client_id, effective_from))
  with check (withdrawn_by = (select desk_staff_id()) and withdrawn_at <@ (select desk_moment()));
grant select on intake_requirement to desk_app;
grant insert (element, client_id, jurisdiction, asked, only_if, effective_from, why, sureness, proposed_by, proposed_at),
  update (withdrawn_by, withdrawn_at, withdrawn_why) on intake_requirement to desk_app;

-- What becomes of a version is on the record, whoever writes the row.
create function desk_requirement_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_verb constant text := case when tg_op = 'INSERT' then 'rule_proposed'
                               when new.withdrawn_at is not null then 'rule_withdrawn' else 'rule_in_force' end;
begin
  insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)
  values (coalesce(case v_verb when 'rule_withdrawn' then new.withdrawn_by else new.proposed_by end, 0), new.client_id,
          'requirement', new.requirement_id, v_verb,
          jsonb_build_object('element', new.element, 'rule', new.asked, 'effective_from', new.effective_from,
                             'why', coalesce(new.withdrawn_why, new.why))
          || case when new.only_if is not null then jsonb_build_object('only_if', new.only_if) else '{}' end
          || case when new.jurisdiction is not null
                  then jsonb_build_object('jurisdictions', jsonb_build_array(new.jurisdiction)) else '{}' end
          || case when v_verb = 'rule_in_force'
                  then jsonb_build_object('claims', new.claims_asked + new.claims_dropped) else '{}' end);
  return null;
end $$;
revoke execute on function desk_requirement_told from public;
create trigger told after insert on intake_requirement for each row execute function desk_requirement_told();
create trigger told_of_change after update on intake_requirement for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null or old.in_force_at is null and new.in_force_at is not null)
  execute function desk_requirement_told();

-- The version that decides about an element for a client and a state on a day; p_new is one that is not kept, beside them.
create function desk_requirement(p_element text, p_client int, p_state text, p_day date, p_new intake_requirement)
returns intake_requirement language sql stable security definer set search_path = public, pg_temp as $$
  select (r.said).* from (
    select distinct on (here.client_id, here.jurisdiction) here as said
      from (select * from intake_requirement where element = p_element and withdrawn_at is null and effective_from <= p_day
            union all
            select (p_new).* where (p_new).element = p_element and (p_new).effective_from <= p_day) here
     where (here.client_id is null or here.client_id = p_client)
       and (here.jurisdiction is null or here.jurisdiction = p_state)
     order by here.client_id, here.jurisdiction, here.effective_from desc, here.requirement_id desc nulls first) r
   where (r.said).asked <> 'as_elsewhere'
   order by ((r.said).client_id is not null) desc, ((r.said).jurisdiction is not null) desc limit 1 $$;
revoke execute on function desk_requirement from public;

-- Of claims that wait for first contact, what would be asked and is not, and what is asked and would not be: by the versions
-- in force on each client's day, p_new beside them, for its element and state; or for one claim, by all of them about an
-- element of which somebody has said something: what was asked from the beginning was asked when it was reported.
create function desk_requirement_moves(p_clients int[], p_claim bigint, p_element text, p_state text, p_at timestamptz,
                                       p_new intake_requirement)
returns table (client_id int, claim_id bigint, element text, asks boolean, why text)
language sql stable security definer set search_path = public, pg_temp as $$
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
                   and q.reason = 'missing' and q.answered_at is null) end $$;
revoke execute on function desk_requirement_moves from public;

-- How many claims that wait would be asked for more, or for less, by a version that is not kept: numbers by client.
create function desk_requirement_preview(p_element text, p_client int, p_state text, p_asked text, p_only_if text, p_from date,
                                         p_at timestamptz)
returns table (client_id int, asks bigint, drops bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
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
    select m.client_id, count(*) filter (where m.asks), count(*) filter (where not m.asks)
      from desk_requirement_moves(
             array(select c.client_id from client c where p_client is null or c.client_id = p_client), null, p_element, p_state,
             p_at, v) m
     group by 1 order by 1;
end $$;
revoke execute on function desk_requirement_preview from public;
grant execute on function desk_requirement_preview to desk_app;

-- Ask what is to be asked of claims that wait, and ask no longer what is not; both are on the timeline and on the record.
create function desk_ask_as_required(p_clients int[], p_claim bigint, p_element text, p_state text, p_by int, p_at timestamptz,
                                     out asked int, out dropped int)
language plpgsql security definer set search_path = public, pg_temp as $$
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
revoke execute on function desk_ask_as_required from public;

-- The same of one claim, once that is known on which it depends.
create function desk_ask_of_claim(p_client int, p_claim bigint, p_at timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  select a.asked + a.dropped
    from desk_ask_as_required(
           case when desk_works() and (desk_supervises() or p_client = any (desk_identity_clients())) then array[p_client] else '{}' end,
           p_claim, null, null, desk_staff_id(), desk_now_about(p_at)) a $$;
revoke execute on function desk_ask_of_claim from public;
grant execute on function desk_ask_of_claim to desk_app;

-- A claim that waits again, reopened or with its first contact struck, is asked what has begun meanwhile.
create function desk_waits_again() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform desk_ask_as_required(array[new.client_id], new.claim_id, null, null, coalesce(desk_staff_id(), 1), now());
  return null;
end $$;
revoke execute on function desk_waits_again from public;
create trigger waits_again after update of first_contact_at, closed_at on claim for each row
  when ((old.first_contact_at is not null or old.closed_at is not null)
        and new.first_contact_at is null and new.closed_at is null and new.date_of_death is null)
  execute function desk_waits_again();

-- Put in force what begins: each version once for each client, on the client's own day. Tells how many did for somebody.
create function desk_requirements_begin(p_at timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at constant timestamptz := desk_now_about(p_at);
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
revoke execute on function desk_requirements_begin from public;
grant execute on function desk_requirements_begin to desk_app;

-- What a rule asked of a claim is nobody's work on it: an import is undone with that.
alter policy what_was_done_stays on claim_event using (kind in ('reported', 'asked_by_rule'));

-- What the tables put on the record nobody says by hand.
do $$
begin
  execute (select 'alter policy by_the_act on audit_event with check ('
                  || replace(pg_get_expr(polwithcheck, polrelid), '}', ',rule_proposed,rule_withdrawn,rule_in_force,asked_by_rule}') || ')'
             from pg_policy where polname = 'by_the_act' and polrelid = 'audit_event'::regclass);
end $$;
