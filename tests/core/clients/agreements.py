"""Clients as administrators add them, what is promised to them, and what that means for a claim."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg

from core import client_changes, clients, intake
from core.access import Actor, Role
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.intake import Report
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

CHICAGO = BusinessWeek("America/Chicago")

TOMORROW = NOW + timedelta(days=1)

ACME: dict[str, Any] = {
    "code": "ACME-2", "name": "Acme Works", "timezone": "America/Chicago", "hours": 24, "clock": Clock.ELAPSED,
    "week": CHICAGO,
}  # fmt: skip

LATER: dict[str, Any] = {
    "hours": 9, "clock": Clock.BUSINESS, "week": BusinessWeek("America/Chicago", calendar="US-OH"),
    "effective_from": TOMORROW, "reason": "A new contract", "seen": 1,
}  # fmt: skip

FIRST_FEED = ("Sample,Ana,02/28/2004,03/01/2004,09:00,IL", "Typed,Wrong,11/20/2024,11/21/1924,09:00,IL")

_numbers = count(1)


def add(actor: Actor, **other: Any) -> int:
    with acting(actor) as tx:
        return clients.add(actor, tx, **{**ACME, **other}, at=NOW)


def promise(actor: Actor, to: int, **other: Any) -> None:
    with acting(actor) as tx:
        client_changes.promise(actor, tx, **{"client_id": to, "at": NOW, **LATER, **other})


def listed(actor: Actor, at: datetime = NOW) -> list[clients.Client]:
    with transaction(actor) as tx:
        return clients.listed(actor, tx, at=at)


def report(client_id: int, reported_at: datetime) -> tuple[datetime, int]:
    """Report a claim as a VA does; when it is due, and its id."""
    va = factories.staff(Role.VA, client_id)
    told = Report(family_name=f"Sample{next(_numbers)}", date_of_injury=date(2026, 11, 20), reported_at=reported_at)
    with acting(va) as tx:
        made = intake.report(va, tx, client_id=client_id, report=told, at=reported_at, request=uuid4())
    return due(va, client_id, made.claim_id), made.claim_id


def due(actor: Actor, client_id: int, claim_id: int) -> datetime:
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client_id, claim_id).header.due_at


def events(desk: Desk, verb: str) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select actor_id, client_id, noun, noun_id, detail from audit_event where verb = %s order by event_id",
            (verb,),
        ).fetchall()


def stored(desk: Desk) -> tuple[int, int]:
    with desk.owner() as db:
        return db.execute("select (select count(*) from client), (select count(*) from sla_policy)").fetchone()


@contextmanager
def watching(desk: Desk) -> Iterator[Any]:
    """Give what tells whether a statement of the application waits for another's lock."""
    with psycopg.connect(desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)) as db:
        db.autocommit = True
        yield lambda: db.execute(
            "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'", (desk.name,)
        ).fetchone()[0]
