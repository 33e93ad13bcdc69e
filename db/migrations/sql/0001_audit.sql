-- Append-only: the application may insert, under its own name, and nothing else; nobody may change or empty it.

create table audit_event_rest partition of audit_event default;

create function desk_audit_months(p_ahead int) returns int language plpgsql security definer set search_path = public as $$
declare v_month timestamptz; v_name text; v_made int := 0;
begin
  for i in 0 .. p_ahead loop
    v_month := date_trunc('month', clock_timestamp() at time zone 'UTC') at time zone 'UTC' + make_interval(months => i);
    v_name := 'audit_event_' || to_char(v_month at time zone 'UTC', 'YYYYMM');
    if to_regclass(v_name) is null then
      execute format('create table %I partition of audit_event for values from (%L) to (%L)', v_name, v_month,
                     (v_month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
      v_made := v_made + 1;
    end if;
  end loop;
  return v_made;
end $$;
select desk_audit_months(3);

grant insert (actor_id, client_id, noun, noun_id, verb, detail) on audit_event to desk_app;
create policy own_hand on audit_event for insert to desk_app
  with check (actor_id = coalesce((select desk_staff_id()), 0)
              or actor_id = coalesce(nullif(current_setting('desk.staff', true), '')::int, 0));

create function desk_audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_stands before update or delete on audit_event for each row execute function desk_audit_stands();
create trigger audit_stays before truncate on audit_event for each statement execute function desk_audit_stands();

create function desk_audit_recent(p_most int)
returns table (at timestamptz, actor text, client text, noun text, noun_id bigint, verb text, detail jsonb)
language sql stable security definer set search_path = public as $$
  select e.at, coalesce(s.full_name, 'Not signed in'), c.name, e.noun, e.noun_id, e.verb, e.detail
    from (select * from audit_event order by at desc limit least(p_most, 1000)) e
    left join staff s on s.staff_id = e.actor_id left join client c on c.client_id = e.client_id
   where (select desk_role()) = 'compliance' order by e.at desc $$;
