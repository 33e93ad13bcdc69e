"""Background jobs: the tables that procrastinate keeps, and what the application may do with them."""

from db.migrations.statements import run, run_file

revision = "0002_jobs"
down_revision = "0001_first_day"
branch_labels = None
depends_on = None


# No row tells of a client or a person: arguments are instants, so the application has these tables to itself.
_GRANTS = """
do $$
declare r record;
begin
  for r in select c.oid::regclass as name, c.relkind from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relname like 'procrastinate\\_%' and c.relkind in ('r', 'S') loop
    execute format('revoke all on %s %s from public', case r.relkind when 'S' then 'sequence' else 'table' end, r.name);
    execute format(case r.relkind when 'S' then 'grant usage, select on sequence %s to desk_app'
                                  else 'grant select, insert, update, delete on %s to desk_app' end, r.name);
  end loop;
end $$
"""

_DROP = """
do $$
declare r record;
begin
  drop table procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers cascade;
  for r in select oid::regprocedure as name from pg_proc
            where pronamespace = 'public'::regnamespace and proname like 'procrastinate\\_%' loop
    execute format('drop function %s', r.name);
  end loop;
  for r in select oid::regtype as name from pg_type
            where typnamespace = 'public'::regnamespace and typname like 'procrastinate\\_%' and typtype in ('e', 'c') loop
    execute format('drop type %s', r.name);
  end loop;
end $$
"""


def upgrade() -> None:
    run_file("0002_jobs.sql")
    run(_GRANTS)


def downgrade() -> None:
    run(_DROP)
