"""Whatever a person writes is kept without what PostgreSQL cannot hold, and without a social security number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from psycopg import sql
from sqlalchemy import Connection

from core import (
    client_changes,
    clients,
    closed_days,
    closing,
    contact,
    cover,
    drafts,
    feeds,
    intake,
    search,
    staff,
    typed,
)
from core.access import Actor, Role
from core.access_log import Filters, look
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.contact import Method, Outcome, Party
from core.drafts import Form
from core.refusal import NoReason
from core.transactions import transaction
from tests import claim_feeds, factories
from tests.conftest import Desk
from tests.core.intake.reports import LEAST
from tests.factories import NOW

WRITTEN = "  Lifted\0 a box, 900-12-7001 \ud83d"
"""A NUL, as some programs leave on the clipboard, half of an emoji, and what the desk does not keep."""
KEPT = "lifted a box, (number removed)"

PASSWORD = "seven green boats at noon"
PROMISE: dict[str, Any] = {"hours": 9, "clock": Clock.ELAPSED, "week": BusinessWeek("America/Chicago")}
LATER = NOW + timedelta(hours=1)
CALL: dict[str, Any] = {"method": Method.PHONE, "note": WRITTEN, "request": uuid4(), "at": NOW}
DIED = date(2026, 11, 23)


class Place(NamedTuple):
    """A client, and a claim of it: where something is written."""

    client: int
    claim: int

    @property
    def there(self) -> dict[str, Any]:
        return {"client_id": self.client, "claim_id": self.claim}


Act = Callable[[Actor, Connection, Place], object]


def reported(**words: str) -> Act:
    given = replace(LEAST, **words)
    return lambda by, tx, at: intake.report(by, tx, client_id=at.client, report=given, at=NOW, request=uuid4())


def answered(element: str, reason: str = "missing", **said: str) -> Act:
    def act(by: Actor, tx: Connection, at: Place) -> None:
        intake.answer_question(by, tx, **at.there, element=element, reason=reason, at=NOW, **said)

    return act


def corrected_death(by: Actor, tx: Connection, at: Place) -> None:
    intake.record_death(by, tx, **at.there, date_of_death=DIED, at=NOW)
    intake.correct_death(by, tx, **at.there, date_of_death=None, reason=WRITTEN, at=NOW)


def reopened(by: Actor, tx: Connection, at: Place) -> None:
    closing.close(by, tx, **at.there, reason="Withdrawn")
    closing.reopen(by, tx, **at.there, reason=WRITTEN)


def covered(by: Actor, tx: Connection, at: Place) -> None:
    person = factories.staff(Role.VA).staff_id
    cover.set_cover(
        by, tx, client_id=at.client, staff_id=person, starts_at=NOW, until=LATER, reason=WRITTEN, at=NOW
    )  # fmt: skip


def joined(by: Actor, tx: Connection, at: Place) -> None:
    staff.add(
        by, tx, sign_in_name=WRITTEN, full_name=WRITTEN, role=Role.VA, timezone="UTC", client_ids=frozenset(),
        password=PASSWORD, at=NOW,
    )  # fmt: skip


def imported(by: Actor, tx: Connection, at: Place) -> None:
    feed = claim_feeds.read_feed(b"Name,Injured,Reported\nSample,11/23/2026,11/24/2026\n")
    plan = feeds.plan(
        by, tx, feeds.CLAIMS, client_id=at.client, feed=feed, mapping=claim_feeds.mapping_for(feed), file_name=WRITTEN, at=NOW
    )  # fmt: skip
    feeds.commit(by, plan, at=NOW)


SUPERVISOR: dict[str, Act] = {
    "a report": reported(narrative=WRITTEN),
    "a worker's name": reported(family_name=WRITTEN),
    "an answer": answered("language", answer=WRITTEN),
    "an answer added to the narrative": answered("narrative", answer=WRITTEN),
    "why there is no answer": answered("language", unobtainable_why=WRITTEN),
    "an attempt": lambda by, tx, at: contact.log_attempt(
        by, tx, **at.there, **CALL, party=Party.WORKER, outcome=Outcome.VOICEMAIL
    ),
    "a pause": lambda by, tx, at: contact.pause_clock(by, tx, **at.there, reason=WRITTEN, at=NOW),
    "a correction": lambda by, tx, at: intake.correct_report(
        by, tx, **at.there, reported_at=NOW - timedelta(hours=1), reason=WRITTEN, seen=NOW - timedelta(hours=2), at=NOW
    ),
    "a death corrected": corrected_death,
    "closing": lambda by, tx, at: closing.close(by, tx, **at.there, reason=WRITTEN),
    "reopening": reopened,
    "cover": covered,
    "a draft": lambda by, tx, at: drafts.keep(
        by,
        tx,
        form=Form("attempt", at.client, at.claim),
        request=drafts.new_request(at=NOW),
        fields={"note": WRITTEN},
        at=NOW,
    ),
    "a file's name": imported,
}
CLINICAL: dict[str, Act] = {
    "a first contact": lambda by, tx, at: contact.record_first_contact(
        by,
        tx,
        **at.there,
        at=NOW,
        request=uuid4(),
        held=factories.held(note=WRITTEN, care=WRITTEN, work_note=WRITTEN, incomplete_why=WRITTEN),
    )
}
ADMINISTRATOR: dict[str, Act] = {
    "a person": joined,
    "a new client": lambda by, tx, at: clients.add(
        by, tx, code="NEW", name=WRITTEN, timezone="America/Chicago", **PROMISE, at=NOW
    ),
    "a client's name": lambda by, tx, at: client_changes.edit(
        by, tx, client_id=at.client, name=WRITTEN, timezone=None, effective_from=NOW, seen=1, at=NOW
    ),
    "a promise": lambda by, tx, at: client_changes.promise(
        by, tx, client_id=at.client, **PROMISE, effective_from=LATER, reason=WRITTEN, seen=1, at=NOW
    ),
    "a closed day": lambda by, tx, at: closed_days.add(
        by, tx, client_id=at.client, day=date(2026, 11, 30), name=WRITTEN, effective_from=LATER, reason=WRITTEN, at=NOW
    ),
    "a day worked": lambda by, tx, at: closed_days.take_out(
        by, tx, client_id=at.client, day=date(2026, 11, 26), effective_from=LATER, reason=WRITTEN, at=NOW
    ),
}
WORDS = {Role.SUPERVISOR: SUPERVISOR, Role.CLINICAL: CLINICAL, Role.ADMINISTRATOR: ADMINISTRATOR}


def everything(desk: Desk) -> set[str]:
    """Return every row of every table of ours, as text in small letters."""
    tables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    with desk.owner() as db:
        names = [name for (name,) in db.execute(f"{tables} and relname !~ '^procrastinate'").fetchall()]
        rows = [
            db.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name))).fetchall() for name in names
        ]
    return {row.casefold() for table in rows for (row,) in table}


def somewhere(desk: Desk, role: Role) -> tuple[Actor, Place]:
    """Make somebody in *role*, and a client of that person's with a claim on which something is asked."""
    client = factories.client(clock="business")
    claim = factories.claim(client)
    with desk.owner() as db:
        for element in ("language", "narrative"):
            db.execute(
                "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
                " values (%s, %s, %s, 'missing', 'x', %s)",
                (client, claim, element, NOW),
            )
    return factories.staff(role, client), Place(client, claim)


@pytest.mark.parametrize("role", WORDS)
def test_words_are_kept_without_what_cannot_be(desk: Desk, role: Role) -> None:
    for name, act in WORDS[role].items():
        by, place = somewhere(desk, role)
        before = everything(desk)

        with transaction(by) as tx:
            act(by, tx, place)

        written = everything(desk) - before
        assert any(KEPT in row for row in written), name
        assert not any("7001" in row for row in written), name


def test_what_is_looked_for_is_read_without_it_too(desk: Desk) -> None:
    client = factories.client()
    claim = factories.claim(client)
    nurse, reader = factories.staff(Role.CLINICAL, client), factories.staff(Role.COMPLIANCE)
    number = f" C-{claim}\0\ud83d"

    with transaction(nurse) as tx:
        assert [hit.claim_id for hit in search.find(nurse, tx, number, NOW)] == [claim]
    with transaction(reader) as tx:
        assert [found.claim_id for found in look(reader, tx, Filters(subject=number)).claims] == [claim]
    with pytest.raises(staff.WrongSignIn):
        staff.sign_in(name=number, password="x", address="192.0.2.1", browser="b", at=NOW)


def test_a_reason_that_says_nothing_is_none() -> None:
    with pytest.raises(NoReason, match=r"^The reason for it is missing: say why, in at most 1,000 characters\.$"):
        typed.reason(" \0\n", 1000, "The reason for it")


@pytest.mark.parametrize("text", ["", " \u00a0 ", "\u200b", "\u2800", "\u3164", "\u0301"])
def test_a_line_of_which_nothing_shows_is_empty(text: str) -> None:
    assert typed.one_line(text) == ""
