"""The measurements run and say everything they promise to; how fast it was is not asked here."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from bench import __main__ as bench
from bench import books, measure
from bench.measure import Line, table
from tests.conftest import ADDRESSES

WAITING = 200
PROMISES = (
    "Queue at 1 k, all clients: service over the same SQL",
    "Queue at 1 k, 20 clients: service over the same SQL",
    "Queue at 3 k, all clients: service over the same SQL",
    "Queue at 3 k, 20 clients: service over the same SQL",
    "Queue, all clients: 3 k over 1 k claims",
    "Queue, 20 clients: 3 k over 1 k claims",
    "Search a name at 1 k, all clients: service over the same SQL",
    "Search a name at 3 k, 20 clients: service over the same SQL",
    "Search a number, all clients: 3 k over 1 k claims",
    "Search a name, 20 clients: 3 k over 1 k claims",
    "Search a name with a slip at 3 k, all clients",
    "Claim file at 1 k, all clients: service over the same SQL",
    "Claim file at 3 k, 20 clients: service over the same SQL",
    "Claim file, all clients: 3 k over 1 k claims",
    "Claim file, 20 clients: 3 k over 1 k claims",
    "Best slots among 50 clinicians at 3 k: service over the same SQL",
    "Best slots among 50 clinicians: 3 k over 1 k claims",
    "The gate's check at 3 k: service over the same SQL",
    "Heatmap, 90 days of 3 k, whole book",
    "Heatmap, 90 days of 3 k, one client",
    "Heatmap, 90 days of 3 k, one state",
    "Aging at 1 k, all clients: service over the same SQL",
    "Aging at 3 k, 20 clients: service over the same SQL",
    "Rows behind aging at 3 k, all clients: service over the same SQL",
    "Aging, all clients: 3 k over 1 k ended, as many open",
    "Rows behind aging, 20 clients: 3 k over 1 k ended, as many open",
    "Heatmap of aging at 3 k",
    "Log an attempt at 1 k",
    "Log an attempt at 3 k",
    "Import 3,000 rows into 3 k",
    "20 viewers, a change a second at 3 k: commit to socket",
    "20 viewers, a change a second at 3 k, over 3 lists: commit to socket",
    "20 viewers, a change a second at 3 k: share of a core",
    "20 viewers, a change a second at 3 k: a click elsewhere",
    "Statements per change, 20 viewers over 1",
    "Turn to First contact at 3 k in Chromium",
)


def measured() -> list[Line]:
    """Measure tiny books, every part of it."""
    measure.WARM = 1  # nobody reads these figures
    admin, owner, app = os.environ[ADDRESSES].split("\n")
    filled = books.on((admin, owner, app), [1_000, 3_000], WAITING, say=lambda _: None)
    try:
        return bench.measured(filled, rounds=3)
    finally:
        books.forget(filled)


@pytest.mark.slow
def test_every_promise_has_its_line() -> None:
    # In a process of its own: a browser that another test has open keeps an event loop running in this one.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        lines = apart.submit(measured).result()

    said = table(lines)
    assert [promise for promise in PROMISES if promise not in said] == []
    assert [line.what for line in lines if not 0 < line.figure < float("inf")] == []
    [statements] = [line for line in lines if line.what.startswith("Statements per change")]
    assert statements.figure == 1


def test_a_line_says_whether_its_promise_holds() -> None:
    slow = Line("Slow", "3 ms", "1 ms", 3.0, most=1.2)
    fast = Line("Fast", "1 ms", "60 ms", 60.0, least=50)
    told = Line("Told", "1 ms", "1 ms", 1.0)

    assert [line.holds for line in (slow, fast, told)] == [False, True, None]
    assert table([slow, fast]).splitlines()[2:] == [
        "Slow  3 ms  1 ms       3 times   at most 1.2 times  NO",
        "Fast  1 ms  60 ms      60 times  at least 50 times  yes",
    ]
