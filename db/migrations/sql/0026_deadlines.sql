-- A deadline moves with the report's time, or with the pause that ends now and began before it. Whether a first contact
-- was in time thereby hangs on what was paused, and on no figure that somebody sends along.
create function desk_pause_ends(p_client int, p_claim bigint, p_due timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim and starts_at < p_due
                    and ended_by = desk_staff_id() and ends_at <@ desk_moment()) $$;
revoke execute on function desk_pause_ends from public;
grant execute on function desk_pause_ends to desk_app;

drop trigger deadline_stands on claim;
create trigger deadline_stands before update of due_at, sla_effective_from on claim for each row
  when (current_user = 'desk_app'
        and (new.due_at, new.sla_effective_from) is distinct from (old.due_at, old.sla_effective_from)
        and new.reported_at = old.reported_at
        and not (new.sla_effective_from = old.sla_effective_from and new.due_at > old.due_at
                 and desk_pause_ends(new.client_id, new.claim_id, old.due_at)))
  execute function desk_refused('a deadline moves with its report, or with a pause that ends');
drop function desk_was_paused(int, bigint);

-- A report was received: only what a feed says of the future is kept, and then it is in doubt.
create trigger report_received before update of reported_at on claim for each row
  when (current_user = 'desk_app' and new.reported_at is distinct from old.reported_at
        and new.reported_at > upper(desk_moment()))
  execute function desk_refused('a report is not corrected into the future');

-- The latest moment at which open time that is counted from a moment on can be used up: by the days that it takes at the
-- most, with the weekends between them, the days that the client has closed itself, and the calendar's holidays, which the
-- database does not have. Those are four in five days at the most (core/holiday_calendars.py), and no more than one in
-- fourteen beside them. One day more is for clocks that are set, and for open hours over midnight.
create function desk_latest(p sla_policy, p_from timestamptz, p_open interval) returns timestamptz
language plpgsql stable set search_path = public, pg_temp as $$
declare
  v_week int := cardinality(p.working_days);
  v_worked int;
  v_shut int := 0;
  v_days int := 0;
  v_before int;
begin
  select ceil(extract(epoch from p_open) / extract(epoch from desk_open_a_week(p) / v_week)) + 1 into v_worked;
  loop
    v_before := v_days;
    v_days := v_worked + v_shut + case p.calendar when 'NONE' then 0 else 4 + v_before / 14 end;
    v_days := v_days + ceil(v_days::numeric / v_week) * (7 - v_week) + 1;
    exit when v_days = v_before or v_days > 10000;
    select count(distinct day) into v_shut from client_holiday
     where client_id = p.client_id and closed
       and day between (p_from at time zone p.timezone)::date - 1 and (p_from at time zone p.timezone)::date + v_days;
  end loop;
  return p_from + v_days * interval '24 hours';
end $$;
revoke execute on function desk_latest from public;

-- As before, but an elapsed promise to the microsecond, a business one by the days that it can take, and nothing of the
-- future that nobody doubts.
create or replace function desk_claims_begin() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists (select from (select p.client_id, p.effective_from, p.clock, p.hours * interval '1 hour' as promised, carried.day,
                                 case p.clock when 'business'
                                   then desk_latest(p, carried.day + interval '24 hours', p.hours * interval '1 hour') end as latest
                            from (select distinct client_id, sla_effective_from, date_trunc('day', reported_at, 'UTC') as day
                                    from made) carried
                            join sla_policy p on (p.client_id, p.effective_from) = (carried.client_id, carried.sla_effective_from)
                          offset 0) p
                    join made on (made.client_id, made.sla_effective_from, date_trunc('day', made.reported_at, 'UTC'))
                                 = (p.client_id, p.effective_from, p.day)
              where made.due_at < made.reported_at + p.promised
                 or made.due_at > coalesce(p.latest, made.reported_at + p.promised))
     or exists (select from made join sla_policy other using (client_id)
                 where other.effective_from > made.sla_effective_from and other.effective_from <= made.reported_at
                    or other.effective_from < made.sla_effective_from and made.sla_effective_from > made.reported_at) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  if exists (select from made where reported_at > upper(desk_moment()) and not 'future_date' = any (flags)) then
    raise exception 'a report of the future is in doubt' using errcode = 'check_violation';
  end if;
  if exists (select from (select distinct client_id, import_id, channel from made) brought
              where (import_id is not null) <> (channel = 'feed')
                 or import_id is not null and not exists
                    (select from claim_import i where (i.client_id, i.import_id) = (brought.client_id, brought.import_id)
                        and i.by_id = desk_staff_id() and i.state = 'done')) then
    raise exception 'claims of a feed come with an import of one''s own' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create or replace function desk_claim_agrees() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  v claim;
  v_promise sla_policy;
  v_promised interval;
  v_earliest timestamptz;
  v_latest timestamptz;
  v_pause record;
begin
  select * into v from claim where client_id = new.client_id and claim_id = new.claim_id;
  select * into v_promise from sla_policy where client_id = v.client_id and effective_from = v.sla_effective_from;
  v_promised := v_promise.hours * interval '1 hour';
  v_earliest := v.reported_at + v_promised;
  if v_promise.clock = 'elapsed' then
    v_earliest := v_earliest + desk_paused(v.client_id, v.claim_id, v.reported_at, v_promise.hours);
    v_latest := v_earliest;
  else -- each pause costs itself, and what is closed before as much time has been open again
    v_latest := desk_latest(v_promise, v.reported_at, v_promised);
    for v_pause in select starts_at, ends_at from clock_pause
                    where client_id = v.client_id and claim_id = v.claim_id and ends_at > starts_at order by starts_at loop
      if v_pause.starts_at < v_latest then
        v_latest := desk_latest(v_promise, greatest(v_latest, v_pause.ends_at),
                                least(v_pause.ends_at - v_pause.starts_at, v_promised));
      end if;
    end loop;
    if tg_table_name = 'claim' then
      if new.reported_at = old.reported_at then -- it moves with the pause that ended last
        select starts_at, ends_at into v_pause from clock_pause
         where client_id = v.client_id and claim_id = v.claim_id and ends_at is not null order by ends_at desc limit 1;
        v_latest := least(v_latest, desk_latest(v_promise, greatest(old.due_at, v_pause.ends_at),
                                                least(v_pause.ends_at - v_pause.starts_at, v_promised)));
      end if;
    end if;
  end if;
  -- The end of a pause never makes a claim due earlier than it was; a deadline that is moved is looked at by itself.
  if v.due_at < v_earliest or (tg_table_name = 'claim' and v.due_at > v_latest) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop function desk_slack(sla_policy);
