update authorization_request set change = 'reminded' where change = 'follow_up_moved';
create or replace function desk_authorization_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_was jsonb := to_jsonb(old);
  v_is jsonb := to_jsonb(new);
  v_step text; -- the column whose time the step puts there
  v_changed text[];
begin
  v_step := case new.change when 'completed' then 'complete_at' when 'extended' then 'information_asked_at'
    when 'informed' then 'information_at' when 'tolled' then 'tolled_at' when 'resumed' then 'resumed_at'
    when 'sent_back' then 'returned_at' when 'deferred' then 'deferred_at' when 'taken_up' then 'taken_up_at' end;
  select coalesce(array_agg(key), '{}') into v_changed from jsonb_each(v_is) each where value is distinct from v_was -> key;
  v_changed := array(select unnest(v_changed) except select unnest('{version,change,change_why,changed_at,changed_by}'::text[]));
  if new.version is distinct from old.version + 1 or old.decided_at is not null then
    raise exception 'a change counts, and is of what is not decided' using errcode = 'insufficient_privilege';
  end if;
  if (v_changed <@ case new.change
        when 'followed_up' then array['follow_up_at']
        when 'reminded' then array['follow_up_at']
        when 'assigned' then '{holder_id,reviewer_id,clock,rule,due_at,ours,follow_up_at}'
        when 'returned' then '{missing,clock,rule,due_at,ours,follow_up_at}'
        when 'due_set' then '{due_why,clock,rule,due_at,ours,follow_up_at}'
        when 'due_moved' then '{clock,rule,due_at,ours,follow_up_at}'
        else array['clock', 'rule', 'due_at', 'ours', 'follow_up_at', v_step] end
      and case new.change
        when 'returned' then new.complete_at is null and new.missing is not null
        when 'followed_up' then exists (
          select from authorization_follow_up f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.request_id = new.request_id
             and f.by_id = new.changed_by and f.xmin = pg_current_xact_id()::xid)
        when 'due_moved' then new.due_at is distinct from old.due_at
        when 'reminded' then new.follow_up_at is not null
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
  elsif new.change is distinct from 'followed_up' and new.version > old.version and new.changed_by is not null then
    perform desk_authorization_noted(new.client_id, new.claim_id, new.request_id, 'authorization_changed', new.changed_at,
      new.changed_by, jsonb_build_object('step', new.change, 'jurisdiction', new.jurisdiction,
        'follow_up_at', case when new.change = 'reminded' then new.follow_up_at end,
        'why', coalesce(new.change_why, case new.change when 'returned' then new.missing when 'due_set' then new.due_why end),
        'due_at', case when new.due_at is distinct from old.due_at then jsonb_build_array(old.due_at, new.due_at) end,
        'to', case when new.change = 'assigned' then
          case when new.holder_id is distinct from old.holder_id then new.holder_id else new.reviewer_id end end));
  end if;
  return null;
end $$;
drop function desk_rehearsed_follow_ups, desk_open_follow_ups, desk_cadences_begin;
alter table authorization_request drop constraint authorization_request_change_known;
alter table authorization_request add constraint authorization_request_change_known
  check (change in ('completed', 'returned', 'sent_back', 'extended', 'informed', 'tolled', 'resumed', 'deferred', 'taken_up',
                    'due_set', 'due_moved', 'assigned', 'followed_up', 'reminded'));
drop index authorization_to_clinical, authorization_to_supervisor;
alter table authorization_request drop column follow_up_by_hand, drop column unanswered, drop column to_clinical_at,
  drop column to_supervisor_at;
drop table cadence;
drop function desk_cadence_told, desk_closer_together;
