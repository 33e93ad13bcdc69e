-- Steps of a request follow each other, and it is counted by its own law.

-- Whether the rule that a request is counted by is of its law: of its kind, or of sending back what is not complete.
create function desk_counted_by_its_law(p authorization_request) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select p.rule is null or exists (
    select from statutory_clock k
     where k.clock_id = p.rule and k.jurisdiction = p.jurisdiction and k.withdrawn_at is null
       and (k.kind = p.kind or k.kind = 'incomplete_request_return' and p.clock = 'waiting' and p.returned_at is null)) $$;
revoke execute on function desk_counted_by_its_law from public;

-- Whether a kind can be asked for in a jurisdiction: its law knows it, or it is one that is due by hand.
create function desk_kind_known(p_jurisdiction text, p_kind text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select p_kind in ('prospective', 'expedited', 'concurrent', 'retrospective', 'reconsideration_decision')
      or exists (select from statutory_clock k where k.jurisdiction = p_jurisdiction and k.kind = p_kind) $$;
revoke execute on function desk_kind_known from public;

-- Whether a request is due after it came, and not years from a moment; a rule may count as long as its own limits. By
-- some laws what came late by mail counts as received days after its postmark.
create function desk_due_sensibly(p authorization_request, p_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select p.due_at is null or case
    when p.due_why is not null then p.due_at between p.received_at and p_at + interval '1096 days'
    else p.due_at >= least(p.received_at, p.postmarked_on::timestamptz) and p.due_at <= p_at + greatest(interval '1096 days', (
      select 2 * (k.amount + coalesce(k.extension_amount, 0) + coalesce(k.information_amount, 0)) * interval '1 day'
        from statutory_clock k where k.clock_id = p.rule)) end $$;
revoke execute on function desk_due_sensibly from public;

create or replace function desk_given_by_lapse(p authorization_request, p_rule bigint, p_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((
    select p.rule = p_rule and p.ours and p.due_why is null and p.complete_at is not null and p.due_at < p_at
           and p.clock in ('running', 'extended') and p.communicated_at is null
           and case k.lapse
                 when 'deemed' then k.jurisdiction <> 'FL' or p.channel not in ('phone', 'person')
                 when 'conditional' then p.document_id is not null and c.closed_at is null and exists (
                   select from claim_condition d
                    where d.client_id = p.client_id and d.claim_id = p.claim_id and d.status = 'allowed')
                 else false end
      from statutory_clock k join claim c on c.client_id = p.client_id and c.claim_id = p.claim_id
     where k.clock_id = p_rule and k.jurisdiction = p.jurisdiction and k.kind = p.kind), false) $$;

create or replace function desk_authorization_can_be() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from claim c
    where c.client_id = new.client_id and c.claim_id = new.claim_id and c.closed_at is null and c.merged_into is null
      for share;
  if not found then
    raise exception 'a request is logged on an open claim' using errcode = 'insufficient_privilege';
  end if;
  if new.about_id is not null and not exists (
    select from authorization_request r join claim c using (client_id, claim_id)
     where r.client_id = new.client_id and r.request_id = new.about_id and r.decided_at <= new.received_at
       and new.claim_id in (r.claim_id, c.merged_into)) then
    raise exception 'what is appealed was decided before' using errcode = 'insufficient_privilege';
  end if;
  if (new.clock in ('waiting', 'running') and (new.holder_id is null or desk_may_hold(new.holder_id, new.client_id))
      and (new.reviewer_id is null or desk_may_call(new.reviewer_id, new.client_id))) is not true then
    raise exception 'a request begins, and is held and reviewed by those who work for its client'
      using errcode = 'insufficient_privilege';
  end if;
  if (desk_counted_by_its_law(new) and desk_due_sensibly(new, new.logged_at) and desk_kind_known(new.jurisdiction, new.kind)
      and (new.ours or new.rule is not null) and new.received_at >= new.logged_at - interval '3650 days') is not true then
    raise exception 'a request is of a kind that its law knows, and is due by its law or by hand within our time'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

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
        when 'assigned' then '{holder_id,reviewer_id}'
        when 'returned' then '{missing}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours}'
        when 'due_moved' then '{clock,rule,due_at,ours}'
        else array['clock', 'rule', 'due_at', 'ours', v_step] || case new.change when 'deferred' then array['deferred_why'] else '{}'::text[] end end)
      and case new.change
        when 'returned' then new.complete_at is null and new.missing is not null
        when 'followed_up' then exists (
          select from authorization_follow_up f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.request_id = new.request_id
             and f.by_id = new.changed_by and f.xmin = pg_current_xact_id()::xid)
        when 'due_moved' then new.changed_by = 1 -- it is counted anew by the desk itself
          and (new.rule, new.due_at, new.clock) is distinct from (old.rule, old.due_at, old.clock)
        when 'reminded' then new.follow_up_at is not null
        when 'follow_up_moved' then new.change_why is not null and cardinality(v_changed) > 0
        when 'due_set' then new.due_why is not null and new.due_at is not null or new.due_why is null and old.due_why is not null
        when 'assigned' then true
        else v_was ->> v_step is null
             and (v_is ->> v_step)::timestamptz between new.received_at and upper(desk_moment())
             and case new.change
               when 'extended' then old.clock <> 'waiting' and new.change_why is not null
               when 'informed' then new.information_at >= old.information_asked_at
               when 'tolled' then new.change_why is not null
               when 'resumed' then new.resumed_at >= old.tolled_at
               when 'deferred' then new.deferred_why is not null
               when 'taken_up' then new.taken_up_at >= old.deferred_at
               else true end end) is not true then
    raise exception 'a step changes what it is about, once, and after the request came'
      using errcode = 'insufficient_privilege';
  end if;
  if (((new.ours = old.ours or new.rule is distinct from old.rule) and (new.ours or new.rule is not null))
      and ((new.rule, new.clock, new.returned_at) is not distinct from (old.rule, old.clock, old.returned_at)
           or desk_counted_by_its_law(new))
      and ((new.due_at, new.due_why) is not distinct from (old.due_at, old.due_why)
           or desk_due_sensibly(new, new.changed_at) and (new.change = 'due_set' or new.due_why is null))) is not true then
    raise exception 'a request is due by its own law, or by hand within our time' using errcode = 'insufficient_privilege';
  end if;
  if ((new.reviewer_id is not distinct from old.reviewer_id or new.reviewer_id is null
       or desk_may_call(new.reviewer_id, new.client_id))
      and (new.holder_id is not distinct from old.holder_id or new.holder_id is null
           or desk_may_hold(new.holder_id, new.client_id))) is not true then
    raise exception 'those who have and review a request work for its client' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function desk_referral_confirmed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral
     set provider_confirmed_at = case when new.party = 'provider' then new.at else provider_confirmed_at end,
         worker_confirmed_at = case when new.party = 'worker' then new.at else worker_confirmed_at end
   where client_id = new.client_id and referral_id = new.referral_id and ended_at is null
     and date_trunc('minute', made_at) <= new.at;
  if not found then
    raise exception 'an open referral is confirmed, after it was made' using errcode = 'insufficient_privilege';
  end if;
  perform desk_referral_tell(new.client_id, new.referral_id, 'referral_confirmed', new.recorded_at, new.by_id,
                             jsonb_build_object('party', new.party),
                             jsonb_build_object('party', new.party, 'how', new.how, 'with', new.with_whom, 'confirmed_at', new.at));
  return null;
end $$;

-- Where somebody was asked, the request says so.
create function desk_follow_up_is_a_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select from authorization_request r
     where r.client_id = new.client_id and r.claim_id = new.claim_id and r.request_id = new.request_id
       and r.change = 'followed_up' and r.changed_by = new.by_id and r.xmin = pg_current_xact_id()::xid) then
    raise exception 'a follow-up is a step of its request' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke execute on function desk_follow_up_is_a_step from public;
create constraint trigger is_a_step after insert on authorization_follow_up deferrable initially deferred
  for each row when (current_user = 'desk_app') execute function desk_follow_up_is_a_step();

-- What was told is corrected by what was decided after.
create function desk_corrected_after_told() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (
    select from determination_notice n
     where n.client_id = new.client_id and n.claim_id = new.claim_id and n.request_id = new.request_id
       and n.determination_id = new.corrects_id and date_trunc('minute', n.at) > new.decided_at) then
    raise exception 'a correction is decided after what it corrects was told' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function desk_corrected_after_told from public;
create trigger corrects before insert on determination for each row when (new.corrects_id is not null)
  execute function desk_corrected_after_told();
