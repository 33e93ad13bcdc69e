"""A feed of a few rows, planned and imported, and what it leaves."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from core import claims, feeds
from core.access import Actor
from core.feeds import Imported, Line, Plan
from core.intake import BRIEFLY
from core.transactions import transaction
from db import session
from tests import claim_feeds
from tests.factories import NOW

HEAD = "Claim No,Last Name,First Name,DOB,Phone,Date of Injury,Date Reported,Time Reported,State,Narrative"

ROWS = (
    "A-1,Núñez,Ana,03/04/1985,217-555-0110,11/20/2026,11/23/2026,08:30,IL,Slipped.",
    "A-2,Sample,Bo,,,11/21/2026,11/23/2026,,Mars,",
    "A-3,Nobody,Cy,,,when?,11/23/2026,,IL,=1+1",
)


def file(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def planned(actor: Actor, client_id: int, data: bytes, at: datetime = NOW, *, sheet: str = "") -> Plan:
    feed = claim_feeds.read_feed(data, sheet=sheet)
    with transaction(actor) as tx:
        mapping = claim_feeds.mapping_for(feed, feeds.saved_mapping(actor, tx, feeds.CLAIMS, client_id))
        return feeds.plan(
            actor, tx, feeds.CLAIMS, client_id=client_id, feed=feed, mapping=mapping, file_name="feed.csv", at=at
        )


def imported(actor: Actor, client_id: int, data: bytes, at: datetime = NOW) -> Imported:
    return feeds.commit(actor, planned(actor, client_id, data, at), at=at)


def counts(result: Imported) -> tuple[int, int, int, int]:
    return result.read, result.accepted, result.refused, result.duplicates


def undone(actor: Actor, client_id: int, import_id: int) -> int:
    with transaction(actor) as tx:
        return feeds.undo(actor, tx, feeds.CLAIMS, client_id=client_id, import_id=import_id, at=NOW)


def rows(desk: Any, query: str) -> Sequence[Any]:
    with desk.owner() as db:
        return db.execute(query).fetchall()


def questions(desk: Any, number: str) -> dict[str, str]:
    return dict(rows(
        desk, "select element, why from intake_question join claim using (client_id, claim_id)"
        f" where client_claim_number = '{number}'",
    ))  # fmt: skip


_ELEMENTS = {words: element for element, words in BRIEFLY.items()}


def asks(line: Line) -> tuple[str, ...]:
    """Return the elements that a row of a plan stays to be asked for."""
    return tuple(_ELEMENTS[words] for words in line.cells[1].said.split(", ") if words)


def overdue(plan: Plan) -> int:
    [figure] = feeds.CLAIMS.figures
    return plan.counted(figure)


@contextmanager
def held(client_id: int) -> Iterator[Callable[[], None]]:
    """Hold the client's claims, so that whoever brings some waits; what lets them go."""
    with session.begin(1) as tx:
        claims.one_at_a_time(tx, client_id)
        yield tx.rollback


def waiting(desk: Any, count: int) -> None:
    """Wait until so many wait for a client's claims."""
    for _ in range(200):
        if rows(desk, "select count(*) from pg_locks where locktype = 'advisory' and not granted and database ="
                " (select oid from pg_database where datname = current_database())") == [(count,)]:  # fmt: skip
            return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
