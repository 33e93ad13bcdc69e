"""Clinicians' calendars: set by themselves or a supervisor, and in force for every booking from then on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import triage
from core.access import NotAllowed, Role
from core.open_hours import HoursUnclear
from core.transactions import transaction
from tests import factories
from tests.core.triage import work
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CHICAGO = ZoneInfo("America/Chicago")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO)


def put(actor, person, *, version: int = 0, **changes) -> None:
    usual = {
        "hours": work.WEEKDAYS, "languages": ["Spanish"], "licences": ["IL"], "compact": False, "daily_calls": 6,
    }  # fmt: skip
    with transaction(actor) as tx:
        triage.set_calendar(actor, tx, staff_id=person.staff_id, version=version, at=NOW, **usual | changes)


def seen(actor) -> list[triage.Calendar]:
    with transaction(actor) as tx:
        return triage.calendars(actor, tx, at=NOW)


class TestACalendar:
    def test_is_empty_until_it_is_set_and_then_as_it_was_set(self, client, nurse) -> None:
        assert [(each.version, each.hours) for each in seen(nurse)] == [(0, [""] * 7)]

        put(nurse, nurse, hours=["13:00-17:00, 08:00-12:00", *[""] * 6], licences=["TX", "IL", "TX"])

        (calendar,) = seen(nurse)
        assert (calendar.version, calendar.hours[0], calendar.licences) == (1, "08:00-12:00,13:00-17:00", ["IL", "TX"])

    def test_is_set_by_oneself_or_a_supervisor_and_by_nobody_else(self, client, nurse, va, boss) -> None:
        put(nurse, nurse)
        put(boss, nurse, version=1)

        with pytest.raises(triage.NotYours):
            put(factories.staff(Role.CLINICAL, client), nurse, version=2)
        with pytest.raises(triage.NotYours):
            put(boss, va)
        with pytest.raises(NotAllowed):
            put(va, nurse, version=2)

    def test_of_two_who_set_it_the_second_is_told(self, nurse, boss) -> None:
        put(nurse, nurse)

        for version in (0, 7):
            with pytest.raises(triage.CalendarChanged):
                put(boss, nurse, version=version)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"hours": ["from eight", *[""] * 6]}, HoursUnclear),
            ({"languages": ["x" * 41]}, triage.NotALanguage),
            ({"licences": ["ZZ"]}, triage.NotAState),
            ({"daily_calls": 49}, triage.CallsOutOfRange),
        ],
    )
    def test_that_cannot_be_is_refused(self, nurse, changes, refusal) -> None:
        with pytest.raises(refusal):
            put(nurse, nurse, **changes)

    def test_that_is_set_is_on_the_record(self, desk, nurse, boss) -> None:
        put(boss, nurse)

        rows = desk.maker.execute("select verb, actor_id, noun_id from audit_event where noun = 'clinician'").fetchall()
        assert rows == [("calendar_set", boss.staff_id, nurse.staff_id)]


class TestTimeOff:
    @pytest.fixture
    def dana(self, desk, client):
        return work.clinician(desk, client)

    def off(self, actor, person, since: datetime, until: datetime) -> int:
        with transaction(actor) as tx:
            return triage.add_time_off(actor, tx, staff_id=person.staff_id, starts_at=since, ends_at=until, at=NOW)

    def test_says_how_many_booked_calls_it_meets_and_leaves_them(self, client, va, dana) -> None:
        claim = factories.claim(client)
        work.book(va, client, claim, dana, TEN)

        assert self.off(dana, dana, TEN - work.HOUR, TEN + work.HOUR) == 1
        assert [call.status for call in work.calls(va, client, claim)] == ["booked"]

    def test_keeps_others_from_booking_until_it_is_withdrawn(self, client, va, dana) -> None:
        claim = factories.claim(client)
        self.off(dana, dana, TEN - work.HOUR, TEN + work.HOUR)
        with pytest.raises(triage.AgainstTheCalendar):
            work.book(va, client, claim, dana, TEN)

        [off] = seen(dana)[0].away
        with transaction(dana) as tx:
            triage.withdraw_time_off(dana, tx, staff_id=dana.staff_id, off_id=off.off_id)

        work.book(va, client, claim, dana, TEN)

    def test_is_ones_own_or_set_by_a_supervisor(self, client, dana, boss) -> None:
        self.off(boss, dana, TEN, TEN + work.HOUR)
        other = factories.staff(Role.CLINICAL, client)

        with pytest.raises(triage.NotYours):
            self.off(other, dana, TEN, TEN + work.HOUR)
        [off] = seen(dana)[0].away
        with pytest.raises(triage.NoSuchTimeOff), transaction(other) as tx:
            triage.withdraw_time_off(other, tx, staff_id=dana.staff_id, off_id=off.off_id)

    @pytest.mark.parametrize(
        ("since", "until"),
        [(TEN, TEN), (TEN, TEN - work.HOUR), (NOW - 2 * work.HOUR, NOW), (TEN, TEN + timedelta(days=366))],
    )
    def test_that_cannot_be_is_refused(self, dana, since, until) -> None:
        with pytest.raises(triage.TimeOffUnclear):
            self.off(dana, dana, since, until)
