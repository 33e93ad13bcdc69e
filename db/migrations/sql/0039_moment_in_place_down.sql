create or replace function desk_moment() returns tstzrange language sql stable set search_path = public, pg_temp as $$
  select tstzrange(now() - interval '2 minutes', now() + interval '1 minute', '[]') $$;
