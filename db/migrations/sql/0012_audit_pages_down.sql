-- As before: the latest events alone.
drop function desk_audit_recent(int, timestamptz, bigint);
create function desk_audit_recent(p_most int)
returns table (at timestamptz, actor text, client text, noun text, noun_id bigint, verb text, detail jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.at, coalesce(s.full_name, 'Not signed in'), c.name, e.noun, e.noun_id, e.verb, e.detail
    from (select * from audit_event order by at desc limit least(p_most, 1000)) e
    left join staff s on s.staff_id = e.actor_id left join client c on c.client_id = e.client_id
   where (select desk_role()) = 'compliance' order by e.at desc $$;
revoke execute on function desk_audit_recent from public;
grant execute on function desk_audit_recent to desk_app;
