"""Triage calls in calendar programs: a file of one call, and an address that a program reads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from core import triage
from core.access import NotAllowed, Role
from core.transactions import transaction
from tests import factories
from tests.core.triage import work
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

CHICAGO = ZoneInfo("America/Chicago")
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO)


@pytest.fixture
def dana(desk, client):
    return work.clinician(desk, client)


@pytest.fixture
def claim(client):
    return factories.claim(client, family_name="Secretname")


def file_of(actor, client: int, claim: int) -> bytes:
    call = work.calls(actor, client, claim)[0]
    with transaction(actor) as tx:
        return triage.of_call(actor, tx, client_id=client, claim_id=claim, claim_number=f"C-{claim}", call=call)


def address(person) -> str:
    with transaction(person) as tx:
        return triage.make_address(person, tx, at=NOW)


def read(file: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(file).walk("VEVENT"))


class TestTheFileOfACall:
    def test_has_its_time_zone_inside_and_nothing_of_the_worker(self, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)

        file = file_of(va, client, claim).decode()

        assert "BEGIN:VTIMEZONE\r\nTZID:America/Chicago" in file
        assert "DTSTART;TZID=America/Chicago:20261124T100000" in file
        assert f"SUMMARY:Triage call C-{claim}" in file
        assert not any(word in file for word in ("Secretname", "Robin", "5550101"))

    def test_is_the_same_for_the_same_call(self, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)

        assert file_of(va, client, claim) == file_of(va, client, claim)

    def test_of_a_moved_call_is_the_same_event_with_a_higher_number(self, client, va, dana, claim) -> None:
        call = work.book(va, client, claim, dana, TEN)
        [before] = read(file_of(va, client, claim))
        work.change(va, client, claim, triage.move, call, clinician_id=dana.staff_id, starts_at=TEN + work.HOUR)
        [after] = read(file_of(va, client, claim))
        work.change(va, client, claim, triage.cancel, call, sequence=1, why="Not needed")
        cancelled = file_of(va, client, claim)
        [gone] = read(cancelled)

        assert before["uid"] == after["uid"] == gone["uid"]
        assert [event["sequence"] for event in (before, after, gone)] == [0, 1, 2]
        assert after["dtstart"].dt.astimezone(UTC) == (TEN + work.HOUR).astimezone(UTC)
        assert gone["status"] == "CANCELLED"
        assert b"METHOD:CANCEL" in cancelled

    def test_says_when_it_is_on_both_sides_of_a_clock_change(self, desk, client, va, claim) -> None:
        """Read by another library than the one that writes it, by the rules of the zone inside the file."""
        always = work.clinician(desk, client, hours=["00:00-24:00"] * 7)
        for at in (
            datetime(2026, 10, 31, 10, 0, tzinfo=CHICAGO), datetime(2026, 11, 2, 10, 0, tzinfo=CHICAGO),  # clocks go back
            datetime(2027, 3, 13, 10, 0, tzinfo=CHICAGO), datetime(2027, 3, 14, 10, 0, tzinfo=CHICAGO),  # and forward
        ):  # fmt: skip
            of = factories.claim(client)
            work.book(va, client, of, always, at, at=at - timedelta(hours=2))
            event = vobject.readOne(file_of(va, client, of).decode()).vevent
            assert event.dtstart.value.astimezone(UTC) == at.astimezone(UTC)
            assert event.dtend.value - event.dtstart.value == timedelta(minutes=30)

    def test_that_left_is_on_the_record(self, desk, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)
        file_of(va, client, claim)

        rows = desk.maker.execute("select noun_id, detail from audit_event where verb = 'exported'").fetchall()
        assert rows == [(1, {"claim": claim, "form": "calendar"})]


class TestAnAddress:
    def test_is_read_by_whoever_has_it_and_by_nobody_else(self, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)
        token = address(dana)

        [event] = read(triage.at_address(token, at=NOW))

        assert event["summary"] == f"Triage call C-{claim}"
        assert triage.at_address(token + "x", at=NOW) is None
        assert triage.at_address("", at=NOW) is None

    def test_of_somebody_without_calls_is_an_empty_calendar(self, dana) -> None:
        assert read(triage.at_address(address(dana), at=NOW)) == []

    def test_made_anew_ends_the_one_before(self, dana) -> None:
        first = address(dana)
        second = address(dana)

        assert triage.at_address(first, at=NOW) is None
        assert triage.at_address(second, at=NOW) is not None

    def test_is_withdrawn_by_its_clinician_or_a_supervisor(self, desk, client, dana, boss) -> None:
        for person in (dana, boss):
            token = address(dana)
            with transaction(person) as tx:
                assert triage.withdraw_address(person, tx, staff_id=dana.staff_id)
            assert triage.at_address(token, at=NOW) is None
        address(dana)
        other = factories.staff(Role.CLINICAL, client)
        with transaction(other) as tx:
            assert not triage.withdraw_address(other, tx, staff_id=dana.staff_id)

    def test_is_made_by_a_clinician_alone(self, client, va, boss) -> None:
        with pytest.raises(NotAllowed):
            address(va)
        with pytest.raises(triage.NotYours):
            address(boss)

    def test_ends_with_the_right_to_make_calls(self, desk, client, va, dana, claim) -> None:
        work.book(va, client, claim, dana, TEN)
        token = address(dana)
        desk.maker.execute("delete from staff_client where staff_id = %s", (dana.staff_id,))
        assert read(triage.at_address(token, at=NOW)) == [], "of a client not worked for any more"

        desk.maker.execute("update staff set active = false where staff_id = %s", (dana.staff_id,))
        desk.maker.execute("update staff set active = true where staff_id = %s", (dana.staff_id,))
        assert triage.at_address(token, at=NOW) is None

    def test_keeps_a_cancelled_call_as_cancelled_so_that_programs_drop_it(self, client, va, dana, claim) -> None:
        call = work.book(va, client, claim, dana, TEN)
        work.change(va, client, claim, triage.cancel, call, why="Not needed")

        [event] = read(triage.at_address(address(dana), at=NOW))
        assert event["status"] == "CANCELLED"

    def test_that_is_read_is_on_the_record_and_the_address_itself_is_kept_nowhere(self, desk, dana) -> None:
        token = address(dana)
        triage.at_address(token, at=NOW)

        rows = desk.maker.execute(
            "select verb, actor_id, noun from audit_event where verb in ('read', 'calendar_address_made') order by at, event_id"
        ).fetchall()
        assert rows == [("calendar_address_made", dana.staff_id, "clinician"), ("read", dana.staff_id, "calendar")]
        kept = desk.maker.execute("select token_hash from calendar_address").fetchone()[0]
        assert token.encode() not in bytes(kept)
