"""Requests of the last 90 days under another clock or another day off: history as it is, and otherwise by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core import authorizations
from core.access import Actor, NotAllowed, Role
from core.authorizations import Key, LineDecided, Outcome, Party, rehearsing
from core.rules import Count, Rehearsal, Shown
from core.rules.rehearsing import tally
from core.statutes import Channel, Limit, Rule, Unit, holiday_list, kept, rule_for, setting
from core.transactions import acting, transaction
from tests import factories
from tests.core.authorizations.work import approved, look, now
from tests.core.authorizations.work import log as log_request
from tests.factories import NOW

DAY = timedelta(days=1)
WHY = "The operative report was asked for."


@pytest.fixture
def admin(desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, jurisdiction="CA")


def utc(month: int, day: int, hour: int = 18, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


class Office:
    """A VA and a nurse of one client, who log, extend and decide requests on one claim."""

    def __init__(self, va: Actor, nurse: Actor, client: int, claim: int) -> None:
        self.va, self.nurse, self.client, self.claim = va, nurse, client, claim
        self.keys: list[Key] = []

    def log(self, at: datetime, *, told: datetime | None = None, **other: Any) -> Key:
        """Log a request received *at*, complete unless said otherwise; decided and told, if *told*."""
        although = tuple(each.request_id for each in self.keys)
        other = {"received_at": at, "complete_at": at, **other}
        key = log_request(self.va, self.client, self.claim, at=max(at, other["complete_at"] or at), although=although,
                          **other)  # fmt: skip
        self.keys.append(key)
        if told is not None:
            self.tell(key, told)
        return key

    def step(self, what: str, key: Key, on: datetime, **more: Any) -> None:
        with acting(self.va) as tx:
            getattr(authorizations, what)(self.va, tx, now(self.va, key), on=on, at=on, **more)

    def tell(self, key: Key, told: datetime) -> None:
        with acting(self.nurse) as tx:
            number = authorizations.determine(
                self.nurse, tx, now(self.nurse, key), replace(approved(), decided_at=told), at=told
            )
        with acting(self.va) as tx:
            authorizations.tell(
                self.va, tx, client_id=key.client_id, claim_id=key.claim_id, request_id=key.request_id,
                determination_id=number, party=Party.PROVIDER, how=Channel.FAX, recipient="Dr. Ames", told_at=told,
                at=told,
            )  # fmt: skip


@pytest.fixture
def office(va, nurse, client, claim) -> Office:
    return Office(va, nurse, client, claim)


@pytest.fixture
def book(office: Office) -> Office:
    """Requests of several states in all that a clock can be: late and in time, extended, tolled, put off, by hand."""
    for told in (5, 9, 12, 16, 20):  # received on Friday 2 October after 17:30: Monday the 5th, due on Monday the 12th
        office.log(utc(10, 3, 1, 15), told=utc(10, told))
    extended = office.log(utc(9, 14))
    office.step("extend", extended, utc(9, 16), why=WHY)
    office.step("inform", extended, utc(9, 18))
    office.tell(extended, utc(9, 30))
    office.step("extend", office.log(utc(11, 16)), utc(11, 18), why=WHY)
    office.step("defer", office.log(utc(11, 2)), utc(11, 4), why=WHY)
    taken_up = office.log(utc(10, 12))
    office.step("defer", taken_up, utc(10, 13), why=WHY)
    office.step("take_up", taken_up, utc(10, 20))
    waiting = office.log(utc(11, 5), complete_at=None, missing="A signature.")
    completed = office.log(utc(11, 6), complete_at=None, missing="A signature.")
    office.step("complete", completed, utc(11, 10))
    # 72 true hours over the night in which the clocks go back, told a minute before and after they end.
    for minute in (-1, 1):
        office.log(utc(10, 31, 6), kind="expedited", told=utc(11, 3, 6) + timedelta(minutes=minute))
    office.log(utc(11, 12), due_at=utc(11, 13), due_why="Agreed with the provider.", told=utc(11, 14))
    tolled = office.log(utc(10, 1), jurisdiction="LA")
    office.step("toll", tolled, utc(10, 2), why="An examination was ordered.")
    resumed = office.log(utc(10, 1), jurisdiction="LA")
    office.step("toll", resumed, utc(10, 2), why="An examination was ordered.")
    office.step("resume", resumed, utc(10, 20))
    office.tell(resumed, utc(10, 23))
    office.log(utc(9, 3), jurisdiction="OH", told=utc(9, 9))  # over Labor Day
    office.log(utc(11, 6, 23, 30), jurisdiction="TX", kind="prospective", channel=Channel.PORTAL, told=utc(11, 12))
    for state, kind in (
        ("AZ", "prospective"),
        ("NY", "mtg_variance"),
        ("CO", "prospective"),
        ("TX", "network_preauthorization"),
    ):
        office.log(utc(10, 29, 23), jurisdiction=state, kind=kind)
    assert {look(office.va, key).frame.clock for key in office.keys} == {
        "waiting", "running", "extended", "tolled", "deferred", "stopped"
    }  # fmt: skip
    assert look(office.va, waiting).frame.clock == "waiting"
    return office


def held(admin: Actor, jurisdiction: str = "CA") -> tuple[Rule, ...]:
    with transaction(admin) as tx:
        return kept.rules(tx, jurisdiction)


def the(admin: Actor, kind: str = "prospective", jurisdiction: str = "CA", **other: Any) -> Rule:
    return replace(rule_for(held(admin, jurisdiction), jurisdiction, kind, at=NOW), **other)


def of_version(admin: Actor, rule: Rule) -> Rehearsal:
    with transaction(admin) as tx:
        return rehearsing.of_version(admin, tx, rule=rule, at=NOW)


def of_day_off(admin: Actor, day: date, *, off: bool, jurisdiction: str = "CA") -> Rehearsal:
    with transaction(admin) as tx:
        return rehearsing.of_day_off(admin, tx, jurisdiction=jurisdiction, day=day, off=off, at=NOW)


def exactly(*numbers: int) -> Shown:
    return Shown(*(Count(each, each) for each in numbers))


class TestUnderTodaysRules:
    """A replay is history, date by date."""

    def replayed(self, admin: Actor, jurisdiction: str) -> list[tuple[datetime | None, datetime | None]]:
        kind = rehearsing.KIND
        with transaction(admin) as tx:
            law = rehearsing.Law(jurisdiction, kept.rules(tx, jurisdiction), kept.changes(tx, jurisdiction))
            cases = kind.cases(tx, (law, None), NOW - 90 * DAY, NOW)
            return [(case.due_at, kind.due(case, law)) for case in cases]

    def test_every_date_is_as_it_is_stored(self, book: Office, admin: Actor) -> None:
        found = [pair for state in ("CA", "LA", "OH", "TX", "AZ", "NY", "CO") for pair in self.replayed(admin, state)]
        assert len(found) == len(book.keys)
        assert [stored for stored, _ in found] == [counted for _, counted in found]
        assert None in [stored for stored, _ in found], "some stand still"

    def test_also_where_a_version_began_and_days_off_were_set_meanwhile(self, book: Office, admin: Actor) -> None:
        shorter = the(admin, limit=Limit(2, Unit.WORKING_DAYS))
        with acting(admin) as tx:
            holiday_list.add(
                admin, tx, jurisdiction="CA", day=date(2026, 11, 25), name="A day", reason="x", at=NOW - DAY
            )
            setting.propose(admin, tx, shorter, since=date(2026, 11, 24), why="Amended.", at=NOW)
        setting.begin(at=NOW)
        assert authorizations.recount(at=NOW) == 0
        book.log(NOW - timedelta(hours=1))
        found = self.replayed(admin, "CA")
        assert [stored for stored, _ in found] == [counted for _, counted in found]

    @pytest.mark.parametrize(
        ("state", "kind"),
        [
            ("CA", "prospective"),
            ("CA", "expedited"),
            ("LA", "prospective"),
            ("AZ", "prospective"),
            ("OH", "prospective"),
        ],
    )
    def test_a_version_that_says_what_is_said_changes_nothing(
        self, book: Office, admin: Actor, state: str, kind: str
    ) -> None:
        with transaction(admin) as tx:
            law, same = rehearsing.Law(state, kept.rules(tx, state), ()), the(admin, kind, state, effective_from=None)
            cases = rehearsing.KIND.cases(tx, (law, same), NOW - 90 * DAY, NOW)
            tallies, as_given = tally(cases, rehearsing.KIND.due, as_is=law, changed=law._replace(new=same), at=NOW)
        [told] = tallies.values()
        assert (as_given, told.newly, told.no_longer, told.was) == (0, 0, 0, told.would)

    def test_a_day_that_is_off_already_changes_nothing(self, book: Office, admin: Actor) -> None:
        rehearsal = of_day_off(admin, date(2026, 11, 11), off=True)
        assert (rehearsal.whole.newly, rehearsal.whole.no_longer) == (Count(0, 0), Count(0, 0))


@pytest.fixture
def october(office: Office) -> Office:
    """
    Twenty requests received on Thursday 8 October 2026 at 11:00 in California, due in five working days, on the 15th.

    Of each five the provider was told on Tuesday the 13th, Thursday the 15th, Friday the 16th and Monday the 19th.
    """
    for day in (13, 15, 16, 19):
        for _ in range(5):
            office.log(utc(10, 8), told=utc(10, day))
    return office


class TestAnotherClock:
    def test_says_what_would_have_been_late(self, october: Office, admin: Actor) -> None:
        # Three working days end on the 13th, seven on the 19th.
        assert of_version(admin, the(admin, limit=Limit(3, Unit.WORKING_DAYS))).whole == exactly(20, 10, 15, 5, 0)
        assert of_version(admin, the(admin, limit=Limit(7, Unit.WORKING_DAYS))).whole == exactly(20, 10, 0, 0, 10)

    def test_is_of_the_requests_of_that_clock_alone(self, october: Office, admin: Actor) -> None:
        october.log(utc(10, 8), kind="expedited", told=utc(10, 19))
        october.log(utc(10, 8), jurisdiction="LA", told=utc(10, 19))
        assert of_version(admin, the(admin, limit=Limit(1, Unit.HOURS))).whole.cases == Count(20, 20)

    def test_leaves_out_what_is_longer_ago_or_was_withdrawn(self, october: Office, admin: Actor) -> None:
        october.log(NOW - 91 * DAY, told=NOW)
        withdrawn = october.log(utc(10, 8))
        line = LineDecided(1, Outcome.WITHDRAWN)
        with acting(october.nurse) as tx:
            authorizations.determine(
                october.nurse, tx, withdrawn, replace(approved(), lines=[line], reason="Withdrawn."), at=NOW
            )
        assert of_version(admin, the(admin)).whole.cases == Count(20, 20)

    def test_moves_no_date_that_was_set_by_hand(self, office: Office, admin: Actor) -> None:
        for _ in range(5):
            office.log(utc(10, 8), due_at=utc(10, 30), due_why="Agreed.", told=utc(10, 29))
        assert of_version(admin, the(admin, limit=Limit(1, Unit.HOURS))).whole == exactly(5, 0, 0, 0, 0)

    def test_is_counted_where_what_waits_is_overdue(self, office: Office, admin: Actor) -> None:
        for _ in range(5):
            office.log(utc(11, 19))  # a Thursday, due on Monday the 30th: Thanksgiving and the day after are off
        assert of_version(admin, the(admin)).whole == exactly(5, 0, 0, 0, 0)
        assert of_version(admin, the(admin, limit=Limit(2, Unit.WORKING_DAYS))).whole == exactly(5, 0, 5, 5, 0)

    def test_withholds_few(self, office: Office, admin: Actor) -> None:
        for day in (13, 13, 14, 15, 16, 16):
            office.log(utc(10, 8), told=utc(10, day))
        whole = of_version(admin, the(admin, limit=Limit(3, Unit.WORKING_DAYS))).whole
        assert whole == Shown(Count(6, 6), Count(1, 4), Count(2, 6), Count(1, 4), Count(0, 0))

    def test_that_there_is_not_or_cannot_be_is_refused(self, admin: Actor) -> None:
        for rule, refusal in (
            (the(admin, limit=Limit(0, Unit.DAYS)), setting.AmountNotSensible),
            (replace(the(admin), kind="acupuncture"), setting.NoSuchClock),
        ):
            with pytest.raises(refusal):
                of_version(admin, rule)


class TestAnotherDayOff:
    def test_says_what_would_have_been_in_time(self, october: Office, admin: Actor) -> None:
        assert of_day_off(admin, date(2026, 10, 13), off=True).whole == exactly(20, 10, 5, 0, 5)

    def test_taken_out_says_what_would_have_been_late(self, office: Office, admin: Actor) -> None:
        for _ in range(5):  # received on Monday 9 November: due on Tuesday the 17th, as the 11th is Veterans Day
            office.log(utc(11, 9), told=utc(11, 17))
        assert of_day_off(admin, date(2026, 11, 11), off=False).whole == exactly(5, 0, 5, 5, 0)

    def test_is_of_the_clocks_of_that_jurisdiction(self, october: Office, admin: Actor) -> None:
        october.log(utc(10, 8), kind="expedited", told=utc(10, 19))
        october.log(utc(10, 8), jurisdiction="LA", told=utc(10, 19))
        assert of_day_off(admin, date(2026, 10, 13), off=True).whole.cases == Count(21, 21)

    def test_is_refused_where_no_clock_is_kept(self, admin: Actor) -> None:
        with pytest.raises(holiday_list.NoDaysOff):
            of_day_off(admin, date(2026, 11, 11), off=True, jurisdiction="IL")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_rehearses_clocks_but_administrators(client: int, admin: Actor, role: Role) -> None:
    other, rule = factories.staff(role, client), the(admin)
    with pytest.raises(NotAllowed):
        of_version(other, rule)
    with pytest.raises(NotAllowed):
        of_day_off(other, date(2026, 11, 11), off=True)
