"""Days off by jurisdiction and year: the list, what an administrator adds or takes out, and which clocks go by that."""

from datetime import date, datetime, timedelta

import pytest

from core.access import Actor, NotAllowed, Role
from core.refusal import NoReason, Refusal, TooLong
from core.statutes import Events, due, holiday_list, kept
from core.transactions import acting, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.statutes.rules import at, the
from tests.factories import NOW

EVE = date(2026, 12, 24)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def admin(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def add(actor: Actor, day: date = EVE, jurisdiction: str = "OH", name: str = "Day of mourning",
        reason: str = "Proclaimed.", moment: datetime = NOW) -> None:  # fmt: skip
    with acting(actor) as tx:
        holiday_list.add(actor, tx, jurisdiction=jurisdiction, day=day, name=name, reason=reason, at=moment)


def take_out(actor: Actor, day: date = CHRISTMAS, jurisdiction: str = "OH", reason: str = "Repealed.",
             moment: datetime = NOW) -> None:  # fmt: skip
    with acting(actor) as tx:
        holiday_list.take_out(actor, tx, jurisdiction=jurisdiction, day=day, reason=reason, at=moment)


def listed(actor: Actor, jurisdiction: str = "OH", year: int = 2026, moment: datetime = NOW) -> dict[date, bool]:
    with transaction(actor) as tx:
        return {
            each.day: each.off
            for each in holiday_list.listed(actor, tx, jurisdiction=jurisdiction, year=year, at=moment)
        }  # fmt: skip


class TestTheList:
    def test_of_a_jurisdiction_is_by_its_own_rules(self, admin: Actor) -> None:
        assert date(2026, 7, 3) in listed(admin, "FL"), "Florida moves a Saturday holiday to Friday"
        assert date(2026, 7, 3) not in listed(admin, "CA")
        assert date(2026, 12, 24) in listed(admin, "TX")
        assert date(2026, 11, 27) in listed(admin, "CA")
        assert len(listed(admin, "OH", 2027)) == 9, "of eleven, two are on a Saturday"

    def test_shows_a_day_that_is_in_doubt_as_taken_out(self, admin: Actor) -> None:
        assert listed(admin, "NY")[date(2026, 11, 3)] is False
        add(admin, date(2026, 11, 3), "NY", "General Election Day")
        assert listed(admin, "NY")[date(2026, 11, 3)] is True

    def test_is_empty_where_none_was_read(self, admin: Actor) -> None:
        assert listed(admin, "KY") == {}
        add(admin, CHRISTMAS, "KY", "Christmas Day")
        assert listed(admin, "KY") == {CHRISTMAS: True}

    def test_is_of_jurisdictions_that_have_a_clock(self, admin: Actor) -> None:
        with pytest.raises(holiday_list.NoDaysOff, match="Illinois"):
            listed(admin, "IL")
        with pytest.raises(holiday_list.YearNotListed):
            listed(admin, year=9999)


class TestAChange:
    def test_is_seen_from_then_on_and_can_be_turned(self, admin: Actor) -> None:
        add(admin)
        assert listed(admin)[EVE]
        assert EVE not in listed(admin, "TX") or listed(admin, "TX")[EVE]
        take_out(admin, EVE, moment=NOW + timedelta(minutes=1))
        assert not listed(admin, moment=NOW + timedelta(minutes=1))[EVE]
        take_out(admin)
        assert not listed(admin)[CHRISTMAS]

    def test_holds_for_clocks_that_start_afterwards(self, admin: Actor) -> None:
        take_out(admin)
        add(admin)
        with transaction(admin) as tx:
            changes = kept.changes(tx, "OH")
        before, after = NOW - timedelta(hours=1), at("2026-12-22T10:00-05:00")
        rule = the("OH", "prospective")
        assert due(rule, Events(before), changes) == due(rule, Events(before))
        counted = due(rule, Events(after), changes)
        assert counted.due_on == date(2026, 12, 28), "Wed 23 = 1, Thu 24 off, Fri 25 = 2, Mon 28 = 3"

    def test_may_be_read_by_everybody_with_the_name_of_who_made_it(self, admin: Actor, client: int) -> None:
        add(admin)
        for role in Role:
            with transaction(factories.staff(role, client)) as tx:
                [change] = kept.changes(tx, "OH")
                assert (change.day, change.closed, change.reason) == (EVE, True, "Proclaimed.")

    def test_is_told_on_the_record(self, desk: Desk, admin: Actor) -> None:
        add(admin)
        take_out(admin)
        with desk.owner() as db:
            told = db.execute("select verb, noun, actor_id, detail from audit_event order by event_id").fetchall()
        said = {"jurisdictions": ["OH"], "effective_from": NOW.isoformat()}
        assert told == [
            ("holiday_added", "statutory_holiday", admin.staff_id,
             said | {"day": "2026-12-24", "name": "Day of mourning", "reason": "Proclaimed."}),
            ("holiday_taken_out", "statutory_holiday", admin.staff_id,
             said | {"day": "2026-12-25", "name": "Christmas Day", "reason": "Repealed."}),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "refusal"),
        [
            ({"day": date(2026, 12, 26)}, holiday_list.OnAWeekend),
            ({"day": CHRISTMAS}, holiday_list.OffAlready),
            ({"day": date(2100, 1, 4)}, holiday_list.YearNotListed),
            ({"jurisdiction": "IL"}, holiday_list.NoDaysOff),
            ({"name": " "}, NoReason),
            ({"name": "x" * 81}, TooLong),
            ({"reason": " "}, NoReason),
        ],
        ids=["weekend", "off", "far", "no clock", "no name", "long name", "no reason"],
    )
    def test_that_cannot_be_is_refused(self, admin: Actor, change: dict, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            add(admin, **change)

    def test_that_takes_out_what_is_not_there_is_refused(self, admin: Actor) -> None:
        with pytest.raises(holiday_list.NotOff):
            take_out(admin, EVE)

    def test_that_somebody_made_meanwhile_is_told(self, admin: Actor) -> None:
        take_out(admin, moment=NOW + timedelta(seconds=1))
        with pytest.raises(holiday_list.ChangedMeanwhile):
            take_out(admin)


def test_only_administrators_do_any_of_it(desk: Desk, client: int) -> None:
    for role in set(Role) - {Role.ADMINISTRATOR}:
        person = factories.staff(role, client)
        for act in (add, take_out, listed):
            with pytest.raises(NotAllowed):
                act(person)
