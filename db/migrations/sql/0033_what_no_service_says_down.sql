create or replace function desk_latest(p sla_policy, p_from timestamptz, p_open interval) returns timestamptz
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

alter policy own_hand on feed_mapping with check (saved_by = (select desk_staff_id()));
alter policy report on request_key with check (staff_id = (select desk_staff_id()));
alter policy asked_now on intake_question with check (opened_at <= (select upper(desk_present())));
alter policy own_hand on claim_import
  with check (by_id = (select desk_staff_id()) and state <> 'undone' and started_at <= (select upper(desk_present())));

drop trigger heard_of_now on claim_viewer;
alter policy arrive on claim_viewer
  with check (staff_id = (select desk_staff_id()) and seen_at <= (select upper(desk_present()))
              and ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[])));

drop trigger holding_since on claim;
create trigger holding_since before update of assigned_at on claim for each row
  when (current_user = 'desk_app' and new.assigned_at is distinct from old.assigned_at
        and (new.assignee_id is not distinct from old.assignee_id or new.assigned_at > upper(desk_present())))
  execute function desk_refused('a claim is held from the moment it was given');

drop trigger it_is_so on claim_event;
drop function desk_event_is_so();
alter policy own_hand on claim_event
  with check (by_id = (select desk_staff_id()) and at <@ (select desk_present())
              and (kind not in ('report_corrected', 'clock_paused') or (select desk_supervises()))
              and (kind <> 'first_contact_recorded' or (select desk_role()) = 'clinical')
              and kind not in ('closed', 'reopened', 'taken_back'));
drop function desk_tells();

drop trigger clock_runs on clock_pause;
drop function desk_clock_runs();
drop trigger cover_ended_now on client_cover;
drop trigger cover_to_come on client_cover;
drop trigger day_listed on client_holiday;
drop function desk_closed_day_listed();
drop function desk_name_keyed(text, text);
drop function desk_hours_apart(text);
