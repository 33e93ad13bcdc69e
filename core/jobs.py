"""What happens by itself, on the same PostgreSQL: counts are folded, the record gets its months, what is over ends."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import DeleteJobCondition
from sqlalchemy import text

from core import authorizations, cover, drafts, instant, staff
from core.access import COMMAND_LINE
from core.authorizations import cadences
from core.intake import ruling
from core.statutes import setting
from core.transactions import system_transaction
from db import locks, session

MONTHS_AHEAD = 3
"""For how many months to come the record has a table of its own."""

FOLD_AT_ONCE = 50_000
"""How many changes of the counts one transaction adds up."""

_AGAIN_AFTER = 5.0
_REACHED_WITHIN = 3.0
"""Seconds to wait for a connection: a worker that ends while the database is away must not linger."""

_KEPT_HOURS = 7 * 24
_END = (signal.SIGINT, signal.SIGTERM)
_log = logging.getLogger(__name__)

# One process folds at a time; the others find it busy and leave it be.
_FOLD = text(f"select case when pg_try_advisory_xact_lock({locks.FOLDING}) then fold_facts(:most) else 0 end")
_MONTHS = text("select desk_audit_months(:ahead)")

app = App(connector=PsycopgConnector())
"""The jobs by name. A job is only a nudge: running it twice, or late, does no harm."""


def fold_facts() -> int:
    """Add up the changes of the counts that wait; return how many there were."""
    folded = 0
    while True:
        with system_transaction() as tx:
            done: int = tx.execute(_FOLD, {"most": FOLD_AT_ONCE}).scalar_one()
        folded += done
        if done < FOLD_AT_ONCE:
            return folded


def make_audit_months() -> int:
    """Give the record its tables for this month and the next ones; return how many were made."""
    with system_transaction() as tx:
        made: int = tx.execute(_MONTHS, {"ahead": MONTHS_AHEAD}).scalar_one()
    return made


@app.periodic(cron="* * * * *")
@app.task(name="fold_facts", queueing_lock="fold_facts")
def _fold_every_minute(timestamp: int) -> None:
    fold_facts()


@app.periodic(cron="* * * * *")
@app.task(name="tell_refusals", queueing_lock="tell_refusals")
def _tell_refusals_every_minute(timestamp: int) -> None:
    staff.tell_refusals(at=instant.now())


@app.periodic(cron="7 3 * * *")
@app.task(name="make_audit_months", queueing_lock="make_audit_months")
def _make_audit_months_daily(timestamp: int) -> None:
    make_audit_months()


@app.periodic(cron="* * * * *")
@app.task(name="end_cover", queueing_lock="end_cover")
def _end_cover_every_minute(timestamp: int) -> None:
    cover.end_those_over(COMMAND_LINE)


@app.periodic(cron="* * * * *")
@app.task(name="begin_rules", queueing_lock="begin_rules")
def _begin_rules_every_minute(timestamp: int) -> None:
    ruling.begin(at=instant.now())
    if setting.begin(at=instant.now()):
        authorizations.recount(at=instant.now())
    if cadences.begin(at=instant.now()):
        authorizations.recount_follow_ups(at=instant.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="forget_drafts", queueing_lock="forget_drafts")
def _forget_drafts_every_ten_minutes(timestamp: int) -> None:
    drafts.forget_old(at=instant.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="forget_jobs", queueing_lock="forget_jobs", pass_context=False)
async def _forget_jobs_daily(timestamp: int) -> None:
    await app.job_manager.delete_old_jobs(
        _KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def worker() -> None:
    """
    Work until cancelled: inside the application, or in a process of its own; as many of them as one likes.

    It asks every few seconds and does not listen, so that it works behind a pooler too. A database that went away is
    tried again.
    """
    itself = asyncio.current_task()
    while True:
        try:
            await _work()
        except Exception as trouble:  # whatever it was: background work must outlive it
            _log.warning("Background work stopped (%s).", type(trouble).__name__)
        if itself is not None and itself.cancelling():
            # Taking leave of a database that is away fails, and that failure took the place of the cancelling.
            raise asyncio.CancelledError
        await asyncio.sleep(_AGAIN_AFTER)


def run_worker() -> None:
    """Work in this process, which is bound to a database, until it is told to stop by SIGINT or SIGTERM."""
    asyncio.run(_until_told())
    for word in _END:
        signal.signal(word, signal.SIG_IGN)  # a second word must not cut the closing short


async def _until_told() -> None:
    working = asyncio.ensure_future(worker())
    for word in _END:
        asyncio.get_running_loop().add_signal_handler(word, working.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await working


@asynccontextmanager
async def opened() -> AsyncIterator[App]:
    """Connect the jobs to the database of this process, for as long as the block runs."""
    connector = PsycopgConnector(
        conninfo=session.libpq_address(),
        min_size=1,
        max_size=4,
        timeout=_REACHED_WITHIN,
        kwargs={"prepare_threshold": None},
    )
    with app.replace_connector(connector):
        async with app.open_async():
            yield app


async def _work() -> None:
    async with opened():
        await app.run_worker_async(
            concurrency=2,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            shutdown_graceful_timeout=10,
        )
