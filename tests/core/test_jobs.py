"""Background work: what is due by itself, and that the application's own role can do it."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import procrastinate
import psycopg
import pytest

from core import instant, jobs
from core.access import Role
from db import locks, migrate
from tests import factories, loops

PATIENCE = 30.0
"""Seconds after which something that does not end is a failure."""


def waiting(desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from fact_delta").fetchone()[0]


def workers(desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from procrastinate_workers").fetchone()[0]


def take_away(desk) -> None:
    """Have the server end every connection to *desk* and let nobody in any more."""
    address = desk.admin_url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f"alter database {desk.name} allow_connections false")
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (desk.name,))


def test_folding_adds_up_everything_that_waits_also_beyond_one_batch(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FOLD_AT_ONCE", 2)
    client = factories.client()
    for _ in range(5):
        factories.claim(client)

    assert jobs.fold_facts() == 5
    assert waiting(desk) == 0
    assert jobs.fold_facts() == 0


def test_folding_leaves_it_to_whoever_folds_already(desk) -> None:
    factories.claim(factories.client())
    with desk.owner() as other, other.transaction():
        other.execute("select pg_advisory_xact_lock(%s)", (locks.FOLDING,))
        assert jobs.fold_facts() == 0
    assert waiting(desk) == 1


def test_refused_sign_ins_come_on_the_record_by_themselves(desk) -> None:
    with desk.owner() as db:
        db.execute(
            "insert into sign_in_refusal (name_key, address, tries, first_at, last_at)"
            " values ('somebody', '192.0.2.1', 3, now() - interval '40 days', now() - interval '40 days')"
        )

    jobs.app.tasks["tell_refusals"](timestamp=0)

    with desk.owner() as db:
        told = db.execute("select detail -> 'tries' from audit_event where verb = 'refused'").fetchall()
    assert told == [(3,)]


def test_words_that_were_never_sent_go_by_themselves(desk) -> None:
    va = factories.staff(Role.VA)
    with desk.owner() as db:
        db.execute(
            "insert into draft (staff_id, form, request, fields, saved_at)"
            " values (%s, 'report', gen_random_uuid(), '{\"narrative\": \"Fell\"}', now() - interval '40 days')",
            (va.staff_id,),
        )

    jobs.app.tasks["forget_drafts"](timestamp=0)

    with desk.owner() as db:
        assert db.execute("select count(*) from draft").fetchone() == (0,)


def test_the_record_gets_a_table_for_each_month_to_come(desk) -> None:
    with desk.owner() as db:
        last = db.execute(
            "select max(relname) from pg_class where relname ~ '^audit_event_[0-9]{6}$' and relkind = 'r'"
        ).fetchone()[0]
        db.execute(f"drop table {last}")

    assert jobs.make_audit_months() == 1
    with desk.owner() as db:
        assert db.execute("select to_regclass(%s) is not null", (last,)).fetchone() == (True,)
    assert jobs.make_audit_months() == 0


class TestAMonthThatWasMissing:
    """The job did not run for a while: what happened meanwhile went to the rest."""

    @pytest.fixture(autouse=True)
    def went_to_the_rest(self, desk) -> None:
        with desk.owner() as db:
            this_month = f"audit_event_{instant.now():%Y%m}"
            db.execute(f"drop table {this_month}")
            db.execute(
                "insert into audit_event (actor_id, noun, noun_id, verb) select 0, 'claim', n, 'read' from generate_series(1, 3) n"
            )
            db.execute(
                "insert into audit_event (at, actor_id, noun, noun_id, verb) values ('2019-02-03Z', 0, 'claim', 4, 'read')"
            )
            self.before = db.execute("select * from audit_event order by event_id").fetchall()
            assert db.execute("select count(*) from audit_event_rest").fetchone() == (4,)

    def test_is_made_and_its_events_move_to_it(self, desk) -> None:
        assert jobs.make_audit_months() == 2

        with desk.owner() as db:
            assert db.execute("select count(*) from audit_event_rest").fetchone() == (0,)
            assert db.execute(f"select count(*) from audit_event_{instant.now():%Y%m}").fetchone() == (3,)
            assert db.execute("select noun_id from audit_event_201902").fetchall() == [(4,)]
            assert db.execute("select * from audit_event order by event_id").fetchall() == self.before
        assert jobs.make_audit_months() == 0

    @pytest.mark.parametrize("table", ["audit_event_rest", "audit_event_201902"])
    def test_leaves_a_record_that_stands(self, desk, table: str) -> None:
        jobs.make_audit_months()
        with desk.owner() as db:
            db.execute(
                "insert into audit_event (at, actor_id, noun, noun_id, verb) values ('2018-01-01Z', 0, 'x', 5, 'x')"
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(f"delete from {table}")


@pytest.mark.parametrize("ahead", [100_000, -5, None])
def test_the_record_gets_a_year_of_months_at_the_most(desk, ahead: int | None) -> None:
    with desk.app() as db:
        made = db.execute("select desk_audit_months(%s::int)", (ahead,)).fetchone()[0]

    assert made <= 12 - jobs.MONTHS_AHEAD


def test_a_job_that_was_asked_for_is_done_by_the_applications_role_and_forgotten(desk) -> None:
    client, va = factories.client(), factories.staff(Role.VA)
    factories.cover(client, va, lasts=timedelta(microseconds=1))
    factories.claim(client, assignee=va.staff_id)

    async def ask_and_work() -> None:
        async with jobs.opened() as app:
            await app.tasks["fold_facts"].defer_async(timestamp=0)
            await app.tasks["end_cover"].defer_async(timestamp=0)
            await app.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False, delete_jobs="successful"
            )

    loops.run(ask_and_work())

    assert waiting(desk) == 0
    with desk.owner() as db:
        failed = db.execute("select task_name from procrastinate_jobs where status = 'failed'").fetchall()
        held = db.execute("select assignee_id from claim").fetchone()
    assert failed == []
    assert held == (None,), "cover is over, and what was held by it is back"


def test_the_worker_ends_when_it_is_told_to(desk) -> None:
    async def work_for_a_moment() -> None:
        working = asyncio.create_task(jobs.worker())
        await asyncio.sleep(0.2)
        assert not working.done()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
        assert working.cancelled()

    loops.run(work_for_a_moment())


def test_the_worker_ends_when_it_is_told_to_while_the_database_is_away(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking leave of the database fails then; that failure must not take the place of the cancelling."""
    monkeypatch.setattr(jobs, "_REACHED_WITHIN", 1)  # leave is taken for so long

    async def lose_the_database_and_end() -> None:
        working = asyncio.create_task(jobs.worker())
        while not await asyncio.to_thread(workers, desk):
            await asyncio.sleep(0.05)
        await asyncio.to_thread(take_away, desk)

        working.cancel()
        await asyncio.wait({working}, timeout=PATIENCE)

        assert working.cancelled()

    loops.run(lose_the_database_and_end())


def test_the_worker_outlives_a_database_that_is_away(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    async def away() -> None:
        tries.append(1)
        if len(tries) == 3:
            raise asyncio.CancelledError
        raise ConnectionError

    monkeypatch.setattr(jobs, "_work", away)
    monkeypatch.setattr(jobs, "_AGAIN_AFTER", 0)
    with pytest.raises(asyncio.CancelledError):
        loops.run(jobs.worker())
    assert len(tries) == 3


@pytest.mark.parametrize(
    ("name", "cron"),
    [
        ("fold_facts", "* * * * *"),
        ("begin_rules", "* * * * *"),
        ("make_audit_months", "7 3 * * *"),
        ("forget_jobs", "17 3 * * *"),
    ],
)
def test_comes_by_itself(name: str, cron: str) -> None:
    found = {task.task.name: task.cron for task in jobs.app.periodic_registry.periodic_tasks.values()}
    assert found[name] == cron


def test_a_job_hands_nobodys_data_to_whoever_looks_at_the_queue(desk) -> None:
    """Jobs are asked for with an instant and nothing else, so their tables need no policy."""
    for task in jobs.app.periodic_registry.periodic_tasks.values():
        assert set(task.configure_kwargs.get("task_kwargs", {})) <= {"timestamp"}
    supervisor = factories.staff(Role.SUPERVISOR)
    with desk.app(supervisor.staff_id) as db:
        assert db.execute("select count(*) from procrastinate_jobs").fetchone() == (0,)


def test_the_tables_are_those_of_the_library_in_use() -> None:
    """A newer library brings migrations of its own: they become one of ours."""
    ours = (migrate.MIGRATIONS / "sql" / "0002_jobs.sql").read_text().split("\n", 1)[1]
    assert ours == (Path(procrastinate.__file__).parent / "sql" / "schema.sql").read_text()
