"""What the worker is given of an appointment: calendar file, letter and words of a text message."""

import io
from datetime import UTC, timedelta

import icalendar
import pypdf
import pytest

from core import claim_file, intake, referrals
from core.access import NotAllowed, Role
from core.referrals import Outside, OutsideWhy
from core.transactions import transaction
from tests import factories
from tests.core.referrals import work
from tests.core.referrals.work import LATER, book, change, provider, refer
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

DAY = timedelta(days=1)


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client, family_name="Secretname")


@pytest.fixture
def made(desk, client, va, claim) -> int:
    return refer(va, client, claim, provider(desk, name="Mara Bone, MD"))


def file_of(actor, client: int, referral: int) -> bytes:
    with transaction(actor) as tx:
        return referrals.calendar_file(actor, tx, client_id=client, referral_id=referral)


def letter(actor, client: int, claim: int, referral: int, *, at=NOW) -> bytes:
    with transaction(actor) as tx:
        page = intake.open_claim(actor, tx, client, claim)
        return referrals.hand_out_letter(actor, tx, page=page, referral_id=referral, at=at)


def words_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


class TestTheCalendarFile:
    def test_says_when_and_where_and_neither_with_whom_nor_for_what(self, client, va, claim, made) -> None:
        book(va, client, made)

        file = file_of(va, client, made).decode()

        [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
        assert event["summary"] == f"Appointment, claim C-{claim}"
        assert event["location"] == "1 Main St, Town, IL 60601"
        assert event["dtstart"].dt.astimezone(UTC) == LATER
        assert "TZID:America/Chicago" in file
        assert not any(word in file for word in ("Secretname", "Bone", "Orthopaedic"))

    def test_of_a_moved_appointment_is_the_same_event_with_a_higher_number(self, client, va, made) -> None:
        first = book(va, client, made)
        files = [file_of(va, client, made)]
        moved = change(va, client, made, referrals.move, first, starts_at=LATER + DAY)
        files.append(file_of(va, client, made))
        change(va, client, made, referrals.cancel, moved, why="Away.")
        files.append(file_of(va, client, made))
        book(va, client, made)
        files.append(file_of(va, client, made))

        events = [icalendar.Calendar.from_ical(file).walk("VEVENT")[0] for file in files]

        assert len({event["uid"] for event in events}) == 1
        assert [event["sequence"] for event in events] == [0, 1, 2, 3]
        assert b"METHOD:CANCEL" in files[2]

    def test_is_on_the_record(self, desk, client, va, claim, made) -> None:
        appointment = book(va, client, made)
        file_of(va, client, made)

        with desk.owner() as db:
            said = db.execute("select noun, noun_id, detail from audit_event where verb = 'exported'").fetchall()
        assert said == [("appointment", appointment, {"claim": claim, "form": "calendar"})]

    def test_is_of_an_appointment(self, client, va, made) -> None:
        with pytest.raises(referrals.NothingBooked):
            file_of(va, client, made)
        with pytest.raises(referrals.NothingBooked):
            file_of(factories.staff(Role.VA, factories.client()), client, made)


class TestTheLetter:
    def test_tells_the_worker_when_where_and_with_whom(self, desk, client, va, claim, made) -> None:
        desk.maker.execute("update injured_worker set address = '5 Elm St, Chicago, IL', postal_code = '60601'")
        book(va, client, made)

        told = words_of(letter(va, client, claim, made))

        for said in (
            "Robin Secretname", "5 Elm St, Chicago, IL", "Fri 27 Nov 2026, 09:00 CST", "Mara Bone, MD", "Orthopaedic Surgery",
            "1 Main St, Town, IL 60601", "(312) 555-0150", "Dr. Ames", f"under claim C-{claim}. Tell the office so.",
        ):  # fmt: skip
            assert said in told

    def test_stays_on_the_claim_with_to_whom_it_went_and_is_kept_once(self, client, va, claim, made) -> None:
        book(va, client, made)
        first, again = letter(va, client, claim, made), letter(va, client, claim, made, at=NOW + DAY)

        with transaction(va) as tx:
            kept = claim_file.read(va, tx, client, claim)

        assert first == again
        assert [document.title for document in kept.documents] == [
            "Letter of the appointment, Fri 27 Nov 2026, 09:00 CST"
        ]
        assert [(each.recipient, each.purpose) for each in kept.disclosures] == [
            ("Robin Secretname, the injured worker", "Letter of the appointment")
        ] * 2

    def test_is_of_a_booked_appointment_of_this_claim(self, client, va, claim, made) -> None:
        with pytest.raises(referrals.NothingBooked):
            letter(va, client, claim, made)
        book(va, client, made)
        with pytest.raises(referrals.NoSuchReferral):
            letter(va, client, factories.claim(client), made)

    def test_is_handed_out_by_those_who_may(self, client, va, claim, made) -> None:
        book(va, client, made)

        with pytest.raises(NotAllowed):
            letter(factories.staff(Role.COMPLIANCE), client, claim, made)


def test_a_text_message_says_when_and_where_and_whom_to_call(client, va, claim, made) -> None:
    book(va, client, made)
    [whole] = work.of_claim(va, client, claim)

    assert referrals.text_message(whole.referral, whole.booked) == (
        f"Your appointment for claim C-{claim}: Fri 27 Nov 2026, 09:00 CST at 1 Main St, Town, IL 60601."
        " If you cannot come, tell us, or call (312) 555-0150."
    )


def test_a_text_message_does_without_what_is_not_known(client, va, claim) -> None:
    made = refer(va, client, claim, Outside("Dr. Far", OutsideWhy.URGENT))
    book(va, client, made)
    [whole] = work.of_claim(va, client, claim)

    assert referrals.text_message(whole.referral, whole.booked).endswith("09:00 CST. If you cannot come, tell us.")
