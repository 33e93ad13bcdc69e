-- When an act happens that is done now. Its body is bound where it is made and needs no path to be set, so it is put in place
-- wherever it is asked: five times for each attempt that is logged, once for each claim of a feed.
create or replace function desk_moment() returns tstzrange language sql stable
  return tstzrange(now() - interval '2 minutes', now() + interval '1 minute', '[]');
