drop trigger corrects on determination;
drop function desk_corrected_after_told;
drop trigger is_a_step on authorization_follow_up;
drop function desk_follow_up_is_a_step;

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
     where k.clock_id = p_rule), false) $$;

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
        when 'assigned' then '{holder_id,reviewer_id,clock,rule,due_at,ours}'
        when 'returned' then '{missing,clock,rule,due_at,ours}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours}'
        when 'due_moved' then '{clock,rule,due_at,ours}'
        else array['clock', 'rule', 'due_at', 'ours', v_step] || case new.change when 'deferred' then array['deferred_why'] else '{}'::text[] end end)
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

create or replace function desk_referral_confirmed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral
     set provider_confirmed_at = case when new.party = 'provider' then new.at else provider_confirmed_at end,
         worker_confirmed_at = case when new.party = 'worker' then new.at else worker_confirmed_at end
   where client_id = new.client_id and referral_id = new.referral_id and ended_at is null;
  if not found then
    raise exception 'an open referral is confirmed' using errcode = 'insufficient_privilege';
  end if;
  perform desk_referral_tell(new.client_id, new.referral_id, 'referral_confirmed', new.recorded_at, new.by_id,
                             jsonb_build_object('party', new.party),
                             jsonb_build_object('party', new.party, 'how', new.how, 'with', new.with_whom, 'confirmed_at', new.at));
  return null;
end $$;

drop function desk_due_sensibly;
drop function desk_kind_known;
drop function desk_counted_by_its_law;
