-- As before: a search is told by itself alone.
drop function desk_audit_lines;
create function desk_audit_lines(
  p_most int, p_before timestamptz default 'infinity', p_before_id bigint default 0,
  p_from timestamptz default '-infinity', p_until timestamptz default 'infinity', p_actor int default null,
  p_client int default null, p_claims bigint[] default null, p_workers bigint[] default null,
  p_verbs text[] default null, p_other_verbs text[] default null)
returns table (at timestamptz, event_id bigint, first_at timestamptz, times bigint, actor text, client text, client_id int,
               noun text, noun_id bigint, verb text, detail jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_same constant text :=
    $q$o.noun = e.noun and o.noun_id = e.noun_id and o.actor_id = e.actor_id and o.verb = 'read'
       and o.client_id is not distinct from e.client_id and o.detail is not distinct from e.detail$q$;
  v_asked text := concat_ws(' and ',
    'e.at <= $2 and (e.at, e.event_id) < ($2, $3) and e.at >= $4 and e.at < $5',
    case when p_actor is not null then 'e.actor_id = $6' end,
    case when p_client is not null then 'e.client_id = $7' end,
    case when p_claims is not null or p_workers is not null then
      $q$((e.noun = 'claim' and e.noun_id = any ($8)) or (e.noun = 'injured_worker' and e.noun_id = any ($9)))$q$ end,
    case when p_verbs is not null then 'e.verb = any ($10)' end,
    case when p_other_verbs is not null then 'e.verb <> all ($11)' end);
begin
  if desk_role() is distinct from 'compliance' then
    return;
  end if;
  return query execute format($q$
    select e.at, e.event_id, coalesce(v.first_at, e.at), coalesce(v.times, 1), coalesce(s.full_name, 'Not signed in'),
           c.name, e.client_id, e.noun, e.noun_id, e.verb, e.detail
      from (select * from audit_event e
             where %1$s
               and (e.verb <> 'read' or (select 1 from audit_event o
                                          where %2$s and (o.at, o.event_id) > (e.at, e.event_id) and o.at < $5
                                            and o.at >= e.at and o.at <= e.at + interval '30 minutes' limit 1) is null)
             order by e.at desc, e.event_id desc limit $1) e
      left join lateral (
        select b.at as first_at,
               (select count(*) from audit_event o
                 where %2$s and o.at >= b.at and o.at <= e.at and (o.at, o.event_id) <= (e.at, e.event_id)) as times
          from (select o.at from audit_event o
                 where %2$s and o.at <= e.at and o.at >= $4
                   and (select 1 from audit_event p
                         where p.noun = o.noun and p.noun_id = o.noun_id and p.actor_id = o.actor_id and p.verb = 'read'
                           and p.client_id is not distinct from o.client_id and p.detail is not distinct from o.detail
                           and (p.at, p.event_id) < (o.at, o.event_id) and p.at >= $4
                           and p.at <= o.at and p.at >= o.at - interval '30 minutes' limit 1) is null
                 order by o.at desc, o.event_id desc limit 1) b
        where e.verb = 'read') v on true
      left join staff s on s.staff_id = e.actor_id
      left join client c on c.client_id = e.client_id
     order by e.at desc, e.event_id desc$q$, v_asked, v_same)
  using least(greatest(p_most, 0), 1000), p_before, p_before_id, p_from, p_until, p_actor, p_client,
        coalesce(p_claims[1:100], '{}'), coalesce(p_workers[1:100], '{}'), p_verbs[1:100], p_other_verbs[1:100];
end $$;
revoke execute on function desk_audit_lines from public;
grant execute on function desk_audit_lines to desk_app;
