-- As before: the latest events, whatever they are about.
drop function desk_audit_lines;
create function desk_audit_recent(p_most int, p_at timestamptz default 'infinity', p_event_id bigint default 0)
returns table (at timestamptz, actor text, client text, noun text, noun_id bigint, verb text, detail jsonb,
               event_id bigint, client_id int)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.at, coalesce(s.full_name, 'Not signed in'), c.name, e.noun, e.noun_id, e.verb, e.detail, e.event_id, e.client_id
    from (select * from audit_event a where a.at <= p_at and (a.at, a.event_id) < (p_at, p_event_id)
           order by a.at desc, a.event_id desc limit least(greatest(p_most, 0), 1000)) e
    left join staff s on s.staff_id = e.actor_id left join client c on c.client_id = e.client_id
   where (select desk_role()) = 'compliance' order by e.at desc, e.event_id desc $$;
revoke execute on function desk_audit_recent from public;
grant execute on function desk_audit_recent to desk_app;
