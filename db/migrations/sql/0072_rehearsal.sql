-- What the clocks of requests asked that came in a period, decided ones too: no request, claim or person is told by it. One
-- that was withdrawn was neither in time nor late.
create function desk_rehearsed_requests(p_jurisdiction text, p_since timestamptz, p_until timestamptz)
returns table (client_id int, kind text, rule bigint, in_network boolean, received_at timestamptz, channel text,
               postmarked_on date, complete_at timestamptz, information_asked_at timestamptz, information_at timestamptz,
               tolled_at timestamptz, resumed_at timestamptz, deferred_at timestamptz, taken_up_at timestamptz,
               due_at timestamptz, by_hand boolean, communicated_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.client_id, r.kind, r.rule, c.certified_network, r.received_at, r.channel, r.postmarked_on, r.complete_at,
         r.information_asked_at, r.information_at, r.tolled_at, r.resumed_at, r.deferred_at, r.taken_up_at, r.due_at,
         r.due_why is not null, r.communicated_at
    from authorization_request r join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
   where r.jurisdiction = p_jurisdiction and r.received_at >= p_since and r.received_at < p_until
     and r.outcome is distinct from 'withdrawn' and (select desk_manages()) $$;
revoke execute on function desk_rehearsed_requests from public;
grant execute on function desk_rehearsed_requests to desk_app;

-- The same of a client's reports and first contacts; of those whom the figures of first contact count.
create function desk_rehearsed_reports(p_client int, p_since timestamptz, p_until timestamptz)
returns table (client_id int, reported_at timestamptz, first_contact_at timestamptz, due_at timestamptz,
               promised_from timestamptz, paused timestamptz[], resumed timestamptz[])
language sql stable security definer set search_path = public, pg_temp as $$
  select c.client_id, c.reported_at, c.first_contact_at, c.due_at, c.sla_effective_from, z.paused, z.resumed
    from claim c
    left join (select p.claim_id, array_agg(p.starts_at order by p.starts_at, p.pause_id) as paused,
                      array_agg(p.ends_at order by p.starts_at, p.pause_id) as resumed
                 from clock_pause p where p.client_id = p_client group by p.claim_id) z on z.claim_id = c.claim_id
   where c.client_id = p_client and c.reported_at >= p_since and c.reported_at < p_until and c.merged_into is null
     and (c.closed_at is null and c.date_of_death is null or c.first_contact_at is not null) and (select desk_manages()) $$;
revoke execute on function desk_rehearsed_reports from public;
grant execute on function desk_rehearsed_reports to desk_app;
