-- How often a party is asked how a request stands: a version for each, from a day on. Rows are added and never changed.
create function desk_closer_together(p_left int[], p_every int[], p_last int) returns boolean
language sql immutable set search_path = public, pg_temp as $$
  select array_ndims(p_left) = 1 and array_ndims(p_every) = 1 and cardinality(p_left) = cardinality(p_every)
     and cardinality(p_left) <= 8
     and array_position(p_left, null) is null and array_position(p_every, null) is null
     and (select bool_and(s.left_hours between 1 and 2160 and s.every_hours between 1 and 2160
                          and (s.left_hours < s.longer) is not false and (s.every_hours <= s.seldomer) is not false)
            from (select left_hours, every_hours, lag(left_hours) over w as longer, lag(every_hours) over w as seldomer
                    from unnest(p_left, p_every) with ordinality step (left_hours, every_hours, number)
                  window w as (order by number)) s)
     and p_every[cardinality(p_every)] >= p_last $$;
revoke execute on function desk_closer_together from public;
grant execute on function desk_closer_together to desk_app;

create table cadence (
  cadence_id bigint generated always as identity,
  party text not null,
  effective_from date not null,
  left_hours int[] not null,
  every_hours int[] not null,
  last_hours int not null,
  undated_hours int not null,
  promised_hours int not null,
  opens time not null,
  closes time not null,
  unanswered int not null,
  share int not null,
  why text not null,
  proposed_by int,
  proposed_at timestamptz not null,
  withdrawn_by int,
  withdrawn_at timestamptz,
  withdrawn_why text,
  in_force_at timestamptz,
  constraint cadence_pkey primary key (cadence_id),
  constraint cadence_proposed_by_fkey foreign key (proposed_by) references staff,
  constraint cadence_withdrawn_by_fkey foreign key (withdrawn_by) references staff,
  constraint cadence_party_known check (party in ('provider', 'reviewer')),
  constraint cadence_closer_together check (desk_closer_together(left_hours, every_hours, last_hours) is true),
  constraint cadence_hours_sensible check (
    last_hours between 1 and 2160 and undated_hours between 1 and 2160 and promised_hours between 1 and 2160),
  constraint cadence_opens_first check (opens < closes),
  constraint cadence_escalates_sensibly check (unanswered between 1 and 20 and share between 1 and 99),
  constraint cadence_why_brief check (length(why) <= 300 and desk_shows(why)),
  constraint cadence_withdrawn_paired check ((withdrawn_at is null) = (withdrawn_by is null)),
  constraint cadence_withdrawn_reasoned check (
    (withdrawn_at is null) = (withdrawn_why is null) and length(withdrawn_why) <= 300 and desk_shows(withdrawn_why)),
  constraint cadence_withdrawn_before check (withdrawn_at is null or in_force_at is null),
  constraint cadence_of_our_time check (
    effective_from > '1900-01-01' and effective_from < '2200-01-01'
    and proposed_at > '1900-01-01Z' and proposed_at < '2200-01-01Z'));
create index cadence_to_begin on cadence (effective_from) where withdrawn_at is null and in_force_at is null;

-- What the desk comes with. It begins when the desk first runs, which counts the follow-ups of what is open.
insert into cadence (party, effective_from, left_hours, every_hours, last_hours, undated_hours, promised_hours, opens, closes,
  unanswered, share, why, proposed_at)
select party, '2000-01-01', '{120,48,24,4}', '{48,24,4,2}', 1, 48, 24, '08:00', '17:00', 3, 25, 'What the desk comes with.',
       '2000-01-01Z'
  from unnest('{provider,reviewer}'::text[]) party;

alter table cadence enable row level security;
alter table cadence force row level security;
create policy house on cadence to current_user using (true) with check (true);
create policy signed_in on cadence for select to desk_app using ((select desk_staff_id()) is not null);
create policy propose on cadence for insert to desk_app
  with check ((select desk_manages()) and proposed_by = (select desk_staff_id()) and proposed_at <@ (select desk_moment())
              and effective_from >= (lower(desk_moment()) at time zone 'America/New_York')::date);
create policy withdraw on cadence for update to desk_app
  using ((select desk_manages()) and withdrawn_at is null
         and not desk_begun(effective_from::timestamp at time zone 'America/New_York'))
  with check (withdrawn_by = (select desk_staff_id()) and withdrawn_at <@ (select desk_moment()));
revoke all on cadence from public;
grant select,
  insert (party, effective_from, left_hours, every_hours, last_hours, undated_hours, promised_hours, opens, closes, unanswered,
          share, why, proposed_by, proposed_at),
  update (withdrawn_by, withdrawn_at, withdrawn_why) on cadence to desk_app;

-- What becomes of one is on the record, whoever writes the row.
create function desk_cadence_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_verb constant text := case when tg_op = 'INSERT' then 'rule_proposed'
                               when new.withdrawn_at is not null then 'rule_withdrawn' else 'rule_in_force' end;
begin
  insert into audit_event (actor_id, noun, noun_id, verb, detail)
  values (coalesce(case v_verb when 'rule_withdrawn' then new.withdrawn_by else new.proposed_by end, 0), 'cadence',
          new.cadence_id, v_verb,
          jsonb_build_object('party', new.party, 'effective_from', new.effective_from,
                             'why', coalesce(new.withdrawn_why, new.why)));
  return null;
end $$;
revoke execute on function desk_cadence_told from public;
create trigger told after insert on cadence for each row execute function desk_cadence_told();
create trigger told_of_change after update on cadence for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null or old.in_force_at is null and new.in_force_at is not null)
  execute function desk_cadence_told();

create function desk_cadences_begin(p_at timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_at constant timestamptz := desk_now_about(p_at);
  v_done int;
begin
  update cadence
     set in_force_at = v_at
   where withdrawn_at is null and in_force_at is null and effective_from <= (v_at at time zone 'America/New_York')::date;
  get diagnostics v_done = row_count;
  return v_done;
end $$;
revoke execute on function desk_cadences_begin from public;
grant execute on function desk_cadences_begin to desk_app;

-- When a request is followed up next: by its cadence, unless somebody set that; how often in a row nobody has answered; and
-- from when on it is for clinical staff and for supervisors.
alter table authorization_request
  add column follow_up_by_hand boolean not null default false,
  add column unanswered int not null default 0,
  add column to_clinical_at timestamptz,
  add column to_supervisor_at timestamptz,
  add constraint authorization_request_escalated_in_our_time check (
    to_clinical_at > '1900-01-01Z' and to_clinical_at < '2200-01-01Z'
    and to_supervisor_at > '1900-01-01Z' and to_supervisor_at < '2200-01-01Z' and unanswered >= 0);
create index authorization_to_clinical on authorization_request (to_clinical_at, client_id)
  where ended_at is null and decided_at is null;
create index authorization_to_supervisor on authorization_request (to_supervisor_at, client_id)
  where ended_at is null and decided_at is null;
grant insert (unanswered, to_clinical_at, to_supervisor_at),
  update (follow_up_by_hand, unanswered, to_clinical_at, to_supervisor_at) on authorization_request to desk_app;

alter table authorization_request drop constraint authorization_request_change_known;
alter table authorization_request add constraint authorization_request_change_known
  check (change in ('completed', 'returned', 'sent_back', 'extended', 'informed', 'tolled', 'resumed', 'deferred', 'taken_up',
                    'due_set', 'due_moved', 'assigned', 'followed_up', 'reminded',
                    'follow_up_moved'));
create or replace function desk_authorization_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_was jsonb := to_jsonb(old);
  v_is jsonb := to_jsonb(new);
  v_step text; -- the column whose time the step puts there
  v_changed text[];
  -- when it is followed up next, and when nobody has answered by then
  v_next constant text[] := '{follow_up_at,follow_up_by_hand,unanswered,to_clinical_at,to_supervisor_at}';
begin
  v_step := case new.change when 'completed' then 'complete_at' when 'extended' then 'information_asked_at'
    when 'informed' then 'information_at' when 'tolled' then 'tolled_at' when 'resumed' then 'resumed_at'
    when 'sent_back' then 'returned_at' when 'deferred' then 'deferred_at' when 'taken_up' then 'taken_up_at' end;
  select coalesce(array_agg(key), '{}') into v_changed from jsonb_each(v_is) each where value is distinct from v_was -> key;
  v_changed := array(select unnest(v_changed) except select unnest('{version,change,change_why,changed_at,changed_by}'::text[]));
  if new.version is distinct from old.version + 1 or old.decided_at is not null then
    raise exception 'a change counts, and is of what is not decided' using errcode = 'insufficient_privilege';
  end if;
  if (v_changed <@ (v_next || case new.change
        when 'followed_up' then '{}'::text[]
        when 'reminded' then '{}'
        when 'follow_up_moved' then '{}'
        when 'assigned' then '{holder_id,reviewer_id,clock,rule,due_at,ours}'
        when 'returned' then '{missing,clock,rule,due_at,ours}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours}'
        when 'due_moved' then '{clock,rule,due_at,ours}'
        else array['clock', 'rule', 'due_at', 'ours', v_step] end)
      and case new.change
        when 'returned' then new.complete_at is null and new.missing is not null
        when 'followed_up' then exists (
          select from authorization_follow_up f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.request_id = new.request_id
             and f.by_id = new.changed_by and f.xmin = pg_current_xact_id()::xid)
        when 'due_moved' then (new.rule, new.due_at) is distinct from (old.rule, old.due_at)
        when 'reminded' then new.follow_up_at is not null
        when 'follow_up_moved' then new.change_why is not null and cardinality(v_changed) > 0
        when 'due_set' then true
        when 'assigned' then true
        else v_was ->> v_step is null
             and (v_is ->> v_step)::timestamptz between new.received_at and upper(desk_moment()) end) is not true then
    raise exception 'a step changes what it is about, once, and after the request came'
      using errcode = 'insufficient_privilege';
  end if;
  if ((new.reviewer_id is not distinct from old.reviewer_id or new.reviewer_id is null
       or desk_may_call(new.reviewer_id, new.client_id))
      and (new.holder_id is not distinct from old.holder_id or new.holder_id is null
           or desk_may_hold(new.holder_id, new.client_id))) is not true then
    raise exception 'those who have and review a request work for its client' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace function desk_authorization_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_logged', new.logged_at,
      new.logged_by, jsonb_build_object('kind', new.kind, 'due_at', new.due_at, 'about', new.about_id,
        'jurisdiction', new.jurisdiction));
  elsif new.change is distinct from 'followed_up'
        -- what is counted anew and comes to the same is not told
        and (new.change is distinct from 'follow_up_moved' or new.follow_up_at is distinct from old.follow_up_at)
        and (new.change is distinct from 'due_moved' or new.due_at is distinct from old.due_at)
        and new.version > old.version and new.changed_by is not null then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', new.changed_at,
      new.changed_by, jsonb_build_object('step', new.change, 'jurisdiction', new.jurisdiction,
        'follow_up_at', case new.change when 'reminded' then to_jsonb(new.follow_up_at)
          when 'follow_up_moved' then jsonb_build_array(old.follow_up_at, new.follow_up_at) end,
        'why', coalesce(new.change_why, case new.change when 'returned' then new.missing when 'due_set' then new.due_why end),
        'due_at', case when new.due_at is distinct from old.due_at then jsonb_build_array(old.due_at, new.due_at) end,
        'to', case when new.change = 'assigned' then
          case when new.holder_id is distinct from old.holder_id then new.holder_id else new.reviewer_id end end));
  end if;
  return null;
end $$;

-- What the follow-ups of open requests are counted by, for who sets cadences: no request, claim or person is told by it.
create function desk_open_follow_ups()
returns table (client_id int, jurisdiction text, clock text, ours boolean, received_at timestamptz, complete_at timestamptz,
               information_asked_at timestamptz, information_at timestamptz, tolled_at timestamptz, resumed_at timestamptz,
               deferred_at timestamptz, taken_up_at timestamptz, due_at timestamptz, logged_at timestamptz,
               follow_up_at timestamptz, to_clinical_at timestamptz, parties text[], replies text[], tried timestamptz[])
language sql stable security definer set search_path = public, pg_temp as $$
  select r.client_id, r.jurisdiction, r.clock, r.ours, r.received_at, r.complete_at, r.information_asked_at, r.information_at,
         r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at, r.logged_at, r.follow_up_at, r.to_clinical_at,
         f.parties, f.replies, f.tried
    from authorization_request r
   cross join lateral (
     select coalesce(array_agg(f.party order by f.at, f.follow_up_id), '{}') as parties,
            coalesce(array_agg(f.outcome order by f.at, f.follow_up_id), '{}') as replies,
            coalesce(array_agg(f.at order by f.at, f.follow_up_id), '{}') as tried
       from authorization_follow_up f
      where f.client_id = r.client_id and f.claim_id = r.claim_id and f.request_id = r.request_id) f
   where r.ended_at is null and r.decided_at is null and not r.follow_up_by_hand and (select desk_manages()) $$;
revoke execute on function desk_open_follow_ups from public;
grant execute on function desk_open_follow_ups to desk_app;

-- From when to when somebody waited to be asked, of a party, in a period; of who was asked next, or would have been.
create function desk_rehearsed_follow_ups(p_party text, p_since timestamptz, p_until timestamptz)
returns table (client_id int, jurisdiction text, due_at timestamptz, waits_from timestamptz, reply text, waits_until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.client_id, s.jurisdiction, s.due_at, s.at, s.reply, coalesce(s.next_at, s.decided_at)
    from (select r.client_id, r.jurisdiction, r.due_at, r.decided_at, t.at, t.reply, lead(t.at) over w as next_at,
                 coalesce(lead(t.party) over w,
                          case when r.decided_at is null and r.clock in ('waiting', 'extended', 'tolled') then 'provider'
                               else 'reviewer' end) as party
            from authorization_request r
           cross join lateral (
             select r.logged_at as at, null as party, null as reply, 0::bigint as number
             union all
             select f.at, f.party, f.outcome, f.follow_up_id from authorization_follow_up f
              where f.client_id = r.client_id and f.claim_id = r.claim_id and f.request_id = r.request_id) t
           where (r.decided_at is null or r.decided_at >= p_since) and (select desk_manages())
          window w as (partition by r.client_id, r.request_id order by t.at, t.number)) s
   where s.party = p_party and s.at >= p_since and s.at < p_until $$;
revoke execute on function desk_rehearsed_follow_ups from public;
grant execute on function desk_rehearsed_follow_ups to desk_app;
