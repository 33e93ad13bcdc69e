-- An answer settles a doubt only where the claim's timeline tells of it.
create or replace function desk_doubt_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_now constant xid := pg_current_xact_id()::xid;
  v_dates constant text[] := array['future_injury', 'negative_lag', 'future_date', 'report_time_missing', 'report_time_unread',
                                   'report_time_midnight'];
  v_deaths constant text[] := array['death_in_future', 'death_before_injury'];
  v_settled text[] := '{}';
begin
  select coalesce(array_agg(each), '{}') into v_settled
    from (select f.field from field_change f
           where f.client_id = new.client_id and f.claim_id = new.claim_id and f.xmin = v_now
          union
          select q.element from intake_question q
           where q.client_id = new.client_id and q.claim_id = new.claim_id and q.xmin = v_now
             and q.answered_at is not null and q.unobtainable_why is null
             and exists (select from claim_event e
                          where e.client_id = q.client_id and e.claim_id = q.claim_id and e.xmin = v_now
                            and e.kind = 'question_answered' and e.detail @> jsonb_build_object('element', q.element,
                                                                                                'reason', q.reason))
         ) known (field),
         unnest(case known.field
                  when 'birth_date' then array['age_doubtful']
                  when 'date_of_injury' then v_dates || v_deaths || array['age_doubtful', 'hired_after_injury']
                  when 'injured_time' then v_dates
                end) each;
  v_settled := v_settled || array(
    select unnest(case when e.kind = 'report_corrected' then v_dates else v_deaths end) from claim_event e
     where e.client_id = new.client_id and e.claim_id = new.claim_id and e.xmin = v_now
       and e.kind in ('report_corrected', 'death_reported', 'death_corrected', 'death_withdrawn'));
  if exists (select unnest(old.flags) except select unnest(new.flags) except select unnest(v_settled)) then
    raise exception 'a doubt is answered, or stays' using errcode = 'check_violation';
  end if;
  return null;
end $$;
