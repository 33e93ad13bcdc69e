-- Whoever reads measures alone reads no row of a claim: it holds a date of death, and why it was closed. Of whom a claim
-- was assigned to, no counts are kept: the owner counts them here, within the scope of whoever asks.
create function desk_by_assignee_hour(p_clients int[], p_jurisdictions text[], p_assignees int[],
                                      p_from timestamptz, p_until timestamptz)
returns table (hour timestamptz, reported bigint, on_time bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select date_bin('1 hour', reported_at, '2000-01-01Z'), count(*), count(*) filter (where first_contact_at <= due_at)
    from claim
   where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
     and (closed_at is null and date_of_death is null or first_contact_at is not null) and merged_into is null
     and ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))
     and (p_clients is null or client_id = any (p_clients))
     and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
   group by 1 $$;
revoke execute on function desk_by_assignee_hour from public;
grant execute on function desk_by_assignee_hour to desk_app;

create function desk_durations_by_assignee(p_clients int[], p_jurisdictions text[], p_assignees int[],
                                           p_from timestamptz, p_until timestamptz)
returns table (bin smallint, contacted bigint)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select desk_duration_bin(reported_at, first_contact_at), count(*)
    from claim
   where assignee_id = any (p_assignees) and reported_at >= p_from and reported_at < p_until
     and first_contact_at is not null and merged_into is null
     and ((select desk_sees_all()) or client_id = any ((select desk_clients())::int[]))
     and (p_clients is null or client_id = any (p_clients))
     and (p_jurisdictions is null or coalesce(jurisdiction, '--') = any (p_jurisdictions))
   group by 1 $$;
revoke execute on function desk_durations_by_assignee from public;
grant execute on function desk_durations_by_assignee to desk_app;

create or replace function desk_first_contact(p_clients int[], p_jurisdictions text[], p_assignees int[],
                                   p_since timestamptz[], p_shifts int[], p_from timestamptz, p_until timestamptz,
                                   p_at timestamptz)
returns table (weekday int, hour int, week date, reported bigint, decided bigint, on_time bigint)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select number % 168 / 24 + 1, number % 168 % 24, date '0001-01-01' + number / 168 * 7,
         sum(reported), sum(reported) - sum(running), sum(on_time)
    from (select (date_part('epoch', hour) / 3600)::int + 17259888 + p_shifts[width_bucket(hour, p_since)] as number,
                 reported, on_time, running
         from (select hour, reported::int, on_time::int, 0 as running from desk_by_hour(p_from, p_until)
                where p_clients is null and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0
                 from desk_by_jurisdiction_hour(p_jurisdictions, p_from, p_until)
                where p_clients is null and p_jurisdictions is not null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_client_hour
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and p_jurisdictions is null and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0 from by_all_hour
                where client_id = any (p_clients) and jurisdiction = any (p_jurisdictions)
                  and hour >= p_from and hour < p_until and p_assignees is null
               union all
               select hour, reported, on_time, 0 from fact_delta
                where client_id = any (p_clients) and hour >= p_from and hour < p_until
                  and (p_jurisdictions is null or jurisdiction = any (p_jurisdictions)) and p_assignees is null
               union all
               select hour, reported::int, on_time::int, 0
                 from desk_by_assignee_hour(p_clients, p_jurisdictions, p_assignees, p_from, p_until)
                where p_assignees is not null
               union all
               select hour, 0, 0, running::int
                 from desk_running(p_clients, p_jurisdictions, p_assignees, p_from, p_until, p_at)) parts
          offset 0) numbered -- keeps the planner from numbering once for each use
   group by grouping sets ((number % 168), (number / 168))
  having sum(reported) > 0
   order by number / 168 nulls first, number % 168;
end $$;

alter policy scope on claim
  using ((select desk_sees_all()) or client_id = any ((select desk_identity_clients())::int[]));
