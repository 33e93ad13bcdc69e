drop trigger report_received on claim;

create or replace function desk_slack(p sla_policy) returns interval language sql stable set search_path = public, pg_temp as $$
  select case p.clock when 'elapsed' then interval '1 second'
              else (2 * ceil(p.hours * 3600 / extract(epoch from desk_open_a_week(p))) + 4) * interval '168 hours' end $$;
revoke execute on function desk_slack from public;

create or replace function desk_claim_agrees() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v claim;
  v_promise sla_policy;
  v_due timestamptz;
  v_slack interval;
begin
  select * into v from claim where client_id = new.client_id and claim_id = new.claim_id;
  select * into v_promise from sla_policy where client_id = v.client_id and effective_from = v.sla_effective_from;
  v_due := v.reported_at + v_promise.hours * interval '1 hour';
  v_slack := desk_slack(v_promise);
  if v_promise.clock = 'elapsed' then
    v_due := v_due + desk_paused(v.client_id, v.claim_id, v.reported_at, v_promise.hours);
  else -- a pause costs itself, and a wait until it is open again
    v_slack := v_slack + (select coalesce(sum(make_interval(secs => extract(epoch from ends_at - starts_at)) + interval '168 hours'),
                                          interval '0')
                            from clock_pause where client_id = v.client_id and claim_id = v.claim_id and ends_at is not null);
  end if;
  -- The end of a pause never makes a claim due earlier than it was; a deadline that is moved is looked at by itself.
  if v.due_at < v_due - interval '1 second' or (tg_table_name = 'claim' and v.due_at > v_due + v_slack) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function desk_claims_begin() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from (select p.client_id, p.effective_from, p.hours * interval '1 hour' as promised, desk_slack(p) as slack
                            from (select distinct client_id, sla_effective_from from made) carried
                            join sla_policy p on (p.client_id, p.effective_from) = (carried.client_id, carried.sla_effective_from)
                          offset 0) p
                    join made on (made.client_id, made.sla_effective_from) = (p.client_id, p.effective_from)
              where made.due_at not between made.reported_at + p.promised and made.reported_at + p.promised + p.slack)
     or exists (select from made join sla_policy other using (client_id)
                 where other.effective_from > made.sla_effective_from and other.effective_from <= made.reported_at
                    or other.effective_from < made.sla_effective_from and made.sla_effective_from > made.reported_at) then
    raise exception 'a claim is due as it was promised' using errcode = 'check_violation';
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

drop function desk_latest(sla_policy, timestamptz, interval);

create or replace function desk_was_paused(p_client int, p_claim bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from clock_pause where client_id = p_client and claim_id = p_claim) $$;
revoke execute on function desk_was_paused from public;
grant execute on function desk_was_paused to desk_app;

drop trigger deadline_stands on claim;
create trigger deadline_stands before update of due_at, sla_effective_from on claim for each row
  when (current_user = 'desk_app'
        and (new.due_at, new.sla_effective_from) is distinct from (old.due_at, old.sla_effective_from)
        and not desk_supervises()
        and not (old.first_contact_at is null and new.first_contact_at is not null
                 and new.sla_effective_from = old.sla_effective_from and desk_was_paused(new.client_id, new.claim_id)))
  execute function desk_refused('a deadline is moved by a supervisor');
drop function desk_pause_ends(int, bigint, timestamptz);
