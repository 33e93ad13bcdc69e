"""Whether all is well with the desk's own works; if not, what to do."""

import re

import pytest

from core import jobs, status
from core.access import Actor, NotAllowed, Role
from core.settings import ROOT
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def worker_seen(desk: Desk, seconds_ago: int) -> None:
    with desk.owner() as db:
        db.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))",
            (seconds_ago,),
        )


def findings(administrator: Actor) -> list[tuple[str, str]]:
    with transaction(administrator) as tx:
        return [tuple(finding) for finding in status.look(administrator, tx).findings]


def test_all_is_well_where_a_worker_was_heard_of(desk: Desk, administrator: Actor) -> None:
    jobs.make_audit_months()
    worker_seen(desk, 3600)
    worker_seen(desk, 15)
    assert findings(administrator) == []


@pytest.mark.parametrize("seconds_ago", [None, 300])
def test_background_work_that_stands_still_is_told_with_what_to_do(desk, administrator, seconds_ago) -> None:
    jobs.make_audit_months()
    if seconds_ago:
        worker_seen(desk, seconds_ago)
    [(what, to_do)] = findings(administrator)
    assert what.startswith("Background work stands still")
    assert to_do == "Restart the desk, or start python -m core worker beside it."


def test_jobs_that_failed_within_a_day_are_told_by_what_they_do(desk: Desk, administrator: Actor) -> None:
    jobs.make_audit_months()
    worker_seen(desk, 0)
    with desk.owner() as db:
        for task, ago in (("end_cover", "1 hour"), ("end_cover", "2 hours"), ("fold_facts", "2 days")):
            db.execute(
                "with j as (insert into procrastinate_jobs (queue_name, task_name) values ('default', %s) returning id),"
                " e as (insert into procrastinate_events (job_id, type, at) select id, 'failed', now() - %s::interval from j)"
                " select 1",
                (task, ago),
            )
            db.execute("update procrastinate_jobs set status = 'failed'")
    [(what, _)] = findings(administrator)
    assert what == "A background job failed 2 times in the last 24 hours: ending cover that is over."


def test_a_month_without_its_table_is_told(desk: Desk, administrator: Actor) -> None:
    worker_seen(desk, 0)
    with desk.owner() as db:
        name = db.execute("select 'audit_event_' || to_char(now() at time zone 'UTC', 'YYYYMM')").fetchone()[0]
        db.execute(f"drop table if exists {name}".encode())
    [(what, _)] = findings(administrator)
    assert what.startswith("The record has no table of its own for this month")


def test_every_background_job_has_its_words() -> None:
    assert {name for name in jobs.app.tasks if "builtin" not in name} == set(status.TASKS)


def test_every_background_job_is_in_the_operating_guide() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)`: ", guide, re.MULTILINE)) == set(status.TASKS)


def test_the_status_is_for_administrators(desk: Desk) -> None:
    va = factories.staff(Role.VA)
    with pytest.raises(NotAllowed), transaction(va) as tx:
        status.look(va, tx)
