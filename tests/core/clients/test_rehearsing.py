"""A client's claims of the last 90 days under another promise: history as it is, and otherwise by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from core import closed_days, contact, intake, promise_rehearsal, promises
from core.access import Actor, NotAllowed, Role
from core.calendars import BusinessWeek
from core.clocks import Clock, NeverDue
from core.intake import Report
from core.open_hours import Stretch
from core.promises import HoursNotPromised
from core.rules import Count, Rehearsal, Shown
from core.scope import NoSuchClient
from core.transactions import acting, transaction
from tests import factories
from tests.core.clients.agreements import CHICAGO, add
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THE_SAME: dict[str, Any] = {"hours": 24, "clock": Clock.ELAPSED, "week": CHICAGO}
NINE_OPEN: dict[str, Any] = {"hours": 9, "clock": Clock.BUSINESS, "week": CHICAGO}

_numbers = count(1)


def utc(month: int, day: int, hour: int = 15) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def rehearsed(actor: Actor, client_id: int, **terms: Any) -> Rehearsal:
    with transaction(actor) as tx:
        return promise_rehearsal.of_promise(actor, tx, client_id=client_id, **{**THE_SAME, **terms}, at=NOW)


def replayed(actor: Actor, client_id: int) -> list[tuple[datetime | None, datetime | None]]:
    """Return of each claim when it is due as stored, and as counted by what was promised."""
    kind = promise_rehearsal.KIND
    with transaction(actor) as tx:
        known = promises.policies(actor, tx, client_id)
        return [(case.due_at, kind.due(case, known)) for case in kind.cases(tx, client_id, NOW - 90 * DAY, NOW)]


def exactly(*numbers: int) -> Shown:
    return Shown(*(Count(each, each) for each in numbers))


class Desk:
    """People who serve a client, and report, pause and reach claims of it."""

    def __init__(self, client_id: int) -> None:
        self.client_id = client_id
        self.va, self.nurse = factories.staff(Role.VA, client_id), factories.staff(Role.CLINICAL, client_id)
        self.boss = factories.staff(Role.SUPERVISOR)

    def report(self, at: datetime, *, after: timedelta | None = None) -> int:
        """Report a claim, reached so long *after*, if it is."""
        name = "".join(chr(97 + int(digit)) for digit in str(next(_numbers) * 7919))
        told = Report(family_name=name.capitalize(), date_of_injury=at.date(), reported_at=at)
        with acting(self.va) as tx:
            made = intake.report(self.va, tx, client_id=self.client_id, report=told, at=at, request=uuid4())
        if after is not None:
            factories.first_contact(self.client_id, made.claim_id, self.nurse, at=at + after)
        return made.claim_id

    def pause(self, claim: int, at: datetime, until: datetime | None = None) -> None:
        with acting(self.boss) as tx:
            contact.pause_clock(self.boss, tx, client_id=self.client_id, claim_id=claim, reason="Surgery.", at=at)
        if until is not None:
            with acting(self.boss) as tx:
                contact.resume_clock(self.boss, tx, client_id=self.client_id, claim_id=claim, at=until)


@pytest.fixture
def desk_of(desk) -> Callable[[int], Desk]:
    return Desk


def mixed(of: Desk) -> None:
    """Claims in all that a clock can be: over the clocks' going back, nights, Thanksgiving; paused, late, reached, open."""
    for at in (utc(10, 30, 23), utc(10, 31, 20), utc(11, 1, 7), utc(9, 4, 22), utc(11, 10, 23), utc(11, 23, 22)):
        of.report(at, after=20 * HOUR)
        of.report(at, after=30 * HOUR)
        of.report(at)
    paused = of.report(utc(10, 30, 21))
    of.pause(paused, utc(10, 30, 22), utc(11, 2, 18))
    of.pause(paused, utc(11, 2, 19), utc(11, 3, 19))
    factories.first_contact(of.client_id, paused, of.nurse, at=utc(11, 4, 19))
    of.pause(of.report(utc(11, 20)), utc(11, 20, 16))
    overdue = of.report(utc(11, 3))
    of.pause(overdue, utc(11, 9), utc(11, 10))
    of.report(NOW - 91 * DAY)


class TestUnderTodaysPromise:
    """A replay is history, claim by claim."""

    @pytest.mark.parametrize(
        "terms", [THE_SAME, NINE_OPEN, {**NINE_OPEN, "week": BusinessWeek("America/New_York", calendar="US-OH")}]
    )
    def test_every_date_is_as_it_is_stored(self, administrator: Actor, desk_of, terms: dict[str, Any]) -> None:
        client_id = add(administrator, code="BOOK", **terms)
        of = desk_of(client_id)
        mixed(of)
        found = replayed(administrator, client_id)
        assert len(found) == 21
        assert [stored for stored, _ in found] == [counted for _, counted in found]
        rehearsal = rehearsed(administrator, client_id, **terms)
        assert rehearsal.as_given == Count(0, 0)
        assert (rehearsal.whole.newly, rehearsal.whole.no_longer) == (Count(0, 0), Count(0, 0))
        assert rehearsal.whole.was == rehearsal.whole.would

    def test_also_where_a_promise_and_closed_days_changed_meanwhile(self, administrator: Actor, desk, desk_of) -> None:
        client_id = add(administrator, code="BOOK", **NINE_OPEN)
        of = desk_of(client_id)
        with desk.owner() as db:
            db.execute(factories.ANOTHER_PROMISE, (utc(10, 15), 4, client_id))
        with acting(administrator) as tx:
            closed_days.add(
                administrator, tx, client_id=client_id, day=date(2026, 12, 2), name="A day", effective_from=NOW,
                reason="x", at=NOW,
            )  # fmt: skip
        mixed(of)
        found = replayed(administrator, client_id)
        assert [stored for stored, _ in found] == [counted for _, counted in found]


class TestAnotherPromise:
    def test_says_what_would_have_been_late(self, administrator: Actor, acme: int, desk_of) -> None:
        for after in [2, 11, 13, 23, 25, 30]:
            for _ in range(5 if after < 30 else 3):
                desk_of(acme).report(utc(11, 3), after=after * HOUR)
        assert rehearsed(administrator, acme, hours=12).whole.newly == Count(10, 10)
        assert rehearsed(administrator, acme, hours=12).whole == exactly(28, 8, 18, 10, 0)
        assert rehearsed(administrator, acme, hours=30).whole == exactly(28, 8, 0, 0, 8)

    def test_counts_open_hours_where_that_is_promised(self, administrator: Actor, acme: int, desk_of) -> None:
        for _ in range(5):  # on Friday at 16:00 in Chicago: nine open hours end on Monday at 16:00
            desk_of(acme).report(utc(11, 6, 22), after=70 * HOUR)
        assert rehearsed(administrator, acme, **NINE_OPEN).whole == exactly(5, 5, 0, 0, 5)

    def test_counts_pauses(self, administrator: Actor, acme: int, desk_of) -> None:
        of = desk_of(acme)
        for _ in range(5):
            claim = of.report(utc(11, 3))
            of.pause(claim, utc(11, 3, 16), utc(11, 4, 16))
            factories.first_contact(acme, claim, of.nurse, at=utc(11, 3, 15) + 37 * HOUR)
        assert rehearsed(administrator, acme, hours=13).whole == exactly(5, 0, 0, 0, 0)
        assert rehearsed(administrator, acme, hours=12).whole == exactly(5, 0, 5, 5, 0)

    def test_leaves_out_what_nobody_was_to_reach_any_more(self, administrator: Actor, acme: int, desk, desk_of) -> None:
        closed = desk_of(acme).report(utc(11, 3))
        with desk.owner() as db:
            db.execute("update claim set closed_at = %s, closed_why = 'x' where claim_id = %s", (NOW, closed))
        assert rehearsed(administrator, acme, hours=1).whole == exactly(0, 0, 0, 0, 0)

    def test_withholds_few(self, administrator: Actor, acme: int, desk_of) -> None:
        for after in (2, 2, 2, 13, 13, 25):
            desk_of(acme).report(utc(11, 3), after=after * HOUR)
        whole = rehearsed(administrator, acme, hours=12).whole
        assert whole == Shown(Count(6, 6), Count(1, 4), Count(2, 6), Count(1, 4), Count(0, 0))

    def test_is_of_that_client_alone(self, administrator: Actor, acme: int, client: int) -> None:
        factories.claim(client)
        assert rehearsed(administrator, acme).clients == ()

    def test_that_cannot_be_is_refused(self, administrator: Actor, acme: int) -> None:
        never = BusinessWeek("America/Chicago", (Stretch(time(8), time(8, 1)),), frozenset({1}))
        for client_id, terms, refusal in (
            (acme, {"hours": 0}, HoursNotPromised), (acme, {**NINE_OPEN, "hours": 720, "week": never}, NeverDue),
            (999, {}, NoSuchClient),
        ):  # fmt: skip
            with pytest.raises(refusal):
                rehearsed(administrator, client_id, **terms)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_rehearses_promises_but_administrators(acme: int, role: Role) -> None:
    with pytest.raises(NotAllowed):
        rehearsed(factories.staff(role, acme), acme)
