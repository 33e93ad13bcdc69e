"""Two people who act at the same moment, each on a connection of their own, in an order that the test knows."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep

import psycopg
from sqlalchemy import Connection

from core.access import Actor
from core.transactions import transaction
from tests.conftest import Desk

PATIENCE = 30.0
"""Seconds after which somebody who does not come to wait for a lock is a failure."""

Act = Callable[[Connection], object]


def meanwhile(desk: Desk, first: tuple[Actor, Act], second: tuple[Actor, Act], *, then: Act | None = None) -> object:
    """
    Let the *second* act begin while the *first* is done but not committed, and wait for it; then commit the first,
    which *then* does something more before that.

    Return what the second returns; what it raises is raised here.
    """
    done, go_on = threading.Event(), threading.Event()

    def begin_with() -> None:
        actor, act = first
        with transaction(actor) as tx:
            act(tx)
            done.set()
            assert go_on.wait(PATIENCE)
            if then:
                then(tx)

    def follow() -> object:
        actor, act = second
        with transaction(actor) as tx:
            return act(tx)

    with ThreadPoolExecutor(2) as pool:
        one: Future[None] = pool.submit(begin_with)
        try:
            assert done.wait(PATIENCE) or one.result(0)
            other = pool.submit(follow)
            _wait_until_one_waits(desk, other)
        finally:
            go_on.set()
        one.result(PATIENCE)
        return other.result(PATIENCE)


def _wait_until_one_waits(desk: Desk, other: Future[object]) -> None:
    address = desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
    until = monotonic() + PATIENCE
    with psycopg.connect(address, autocommit=True) as admin:
        while not admin.execute(
            "select 1 from pg_stat_activity where datname = %s and wait_event_type = 'Lock'", (desk.name,)
        ).fetchone():
            if other.done():
                other.result()
                raise AssertionError("the second did not wait for the first")
            assert monotonic() < until, "nobody waits"
            sleep(0.01)
