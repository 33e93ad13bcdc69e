"""What becomes of a referral: confirmed by both sides, its appointment kept, missed or moved, and ended by the report or without."""

from datetime import datetime, timedelta

import pytest

from core import closing, merging, referrals
from core.access import Role
from core.claim_file import NoSuchDocument
from core.referrals import Inside, Outside, OutsideWhy, Party, State, Step, Way
from core.refusal import NoReason
from core.transactions import transaction
from tests import factories
from tests.core.referrals.work import LATER, book, change, confirm, end, of_claim, provider, refer
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = LATER + HOUR


@pytest.fixture
def claim(client) -> int:
    return factories.claim(client)


@pytest.fixture
def to(desk) -> Inside:
    return provider(desk, name="Mara Bone, MD")


@pytest.fixture
def made(client, va, claim, to) -> int:
    """A referral that nobody has confirmed."""
    return refer(va, client, claim, to)


def events(desk, claim: int) -> list[tuple[str, dict]]:
    with desk.owner() as db:
        return db.execute(
            "select kind, detail from claim_event where claim_id = %s and kind <> 'reported' order by event_id",
            (claim,),
        ).fetchall()


class TestConfirming:
    def test_by_the_treating_provider_is_a_disclosure_to_it(self, desk, client, va, claim, made) -> None:
        confirm(va, client, made, Party.WORKER)
        confirm(va, client, made, Party.PROVIDER, confirmed_at=NOW, at=NOW + HOUR)

        with desk.owner() as db:
            told = db.execute("select claim_id, recipient, purpose, at, by_id from disclosure").fetchall()
        assert told == [(claim, "Dr. Ames", "Confirmation of a referral", NOW, va.staff_id)]

    def test_takes_both_sides_each_with_who_when_and_how(self, client, va, nurse, claim, made) -> None:
        confirm(va, client, made, Party.PROVIDER, how=Way.FAX, with_whom="Dr. Ames' office", at=NOW + HOUR)
        [half] = of_claim(va, client, claim)
        confirm(
            nurse,
            client,
            made,
            Party.WORKER,
            with_whom="Robin Sample",
            words="Yes, after work.",
            confirmed_at=NOW,
            at=NOW + HOUR,
        )
        [whole] = of_claim(va, client, claim)

        assert (half.state, whole.state) == (State.PROVIDER_CONFIRMED, State.CONFIRMED)
        provider_side, worker = whole.confirmed(Party.PROVIDER), whole.confirmed(Party.WORKER)
        assert (provider_side.how, provider_side.with_whom, provider_side.at, provider_side.by) == (
            "fax",
            "Dr. Ames' office",
            NOW + HOUR,
            va.name,
        )
        assert (worker.words, worker.at, worker.recorded_at, worker.by) == (
            "Yes, after work.",
            NOW,
            NOW + HOUR,
            nurse.name,
        )

    def test_may_begin_with_the_worker(self, client, va, claim, made) -> None:
        confirm(va, client, made, Party.WORKER)

        [whole] = of_claim(va, client, claim)

        assert whole.state is State.WORKER_CONFIRMED
        assert [each.step for each in whole.steps] == [Step.CONFIRM_PROVIDER]

    def test_is_done_once_for_each_side(self, client, va, made) -> None:
        confirm(va, client, made, Party.PROVIDER)

        with pytest.raises(referrals.ConfirmedAlready):
            confirm(va, client, made, Party.PROVIDER, with_whom="Somebody else")

    def test_follows_its_making_to_the_minute(self, client, va, claim, to) -> None:
        made = refer(va, client, claim, to, at=NOW + timedelta(seconds=30))
        with pytest.raises(referrals.ConfirmedBeforeMade):
            confirm(va, client, made, Party.PROVIDER, confirmed_at=NOW - timedelta(minutes=1), at=NOW + HOUR)
        confirm(va, client, made, Party.PROVIDER, confirmed_at=NOW, at=NOW + HOUR)

    def test_says_with_whom_and_when_that_was(self, client, va, made) -> None:
        with pytest.raises(referrals.NobodySpokenTo):
            confirm(va, client, made, Party.PROVIDER, with_whom=" ")
        for told in (NOW + HOUR, NOW - 32 * DAY):
            with pytest.raises(referrals.NotThen):
                confirm(va, client, made, Party.PROVIDER, confirmed_at=told)

    def test_is_for_those_who_serve_the_client(self, client, made) -> None:
        with pytest.raises(referrals.NoSuchReferral):
            confirm(factories.staff(Role.VA, factories.client()), client, made, Party.PROVIDER)

    def test_is_told(self, desk, client, va, claim, made) -> None:
        confirm(va, client, made, Party.PROVIDER)

        kind, detail = events(desk, claim)[-1]

        assert (kind, detail["party"], detail["how"], detail["with"]) == (
            "referral_confirmed",
            "provider",
            "phone",
            "Front desk",
        )


class TestAnAppointment:
    def test_is_booked_on_clocks_where_it_is(self, desk, client, va, claim) -> None:
        far = provider(desk, postal_code="90012", state="CA", timezone="America/Los_Angeles")
        made = refer(va, client, claim, far)
        book(va, client, made, timezone="America/Chicago")

        [whole] = of_claim(va, client, claim)

        assert (whole.booked.starts_at, whole.booked.timezone, whole.booked.sequence) == (
            LATER,
            "America/Los_Angeles",
            0,
        )
        assert whole.state is State.BOOKED

    def test_is_booked_outside_of_the_network_in_the_zone_that_is_said(self, client, va, claim) -> None:
        made = refer(va, client, claim, Outside("Dr. Far", OutsideWhy.URGENT))
        book(va, client, made, timezone="America/Denver")

        assert of_claim(va, client, claim)[0].booked.timezone == "America/Denver"

    @pytest.mark.parametrize("starts_at", [NOW, NOW - DAY, NOW + 367 * DAY, NOW + timedelta(seconds=30)])
    def test_is_ahead_at_a_full_minute(self, client, va, made, starts_at: datetime) -> None:
        with pytest.raises(referrals.NotAhead):
            book(va, client, made, starts_at)

    def test_is_one_at_a_time(self, client, va, made) -> None:
        book(va, client, made)

        with pytest.raises(referrals.BookedAlready):
            book(va, client, made)

    def test_that_is_moved_stays_with_its_reason_and_another_follows(self, desk, client, va, claim, made) -> None:
        first = book(va, client, made)
        change(va, client, made, referrals.move, first, starts_at=LATER + DAY, why="The office is closed.")

        [whole] = of_claim(va, client, claim)

        after, before = whole.appointments
        assert (before.status, before.changed_why, before.changed_by) == ("moved", "The office is closed.", va.name)
        assert (after.status, after.starts_at, after.sequence) == ("booked", LATER + DAY, 1)
        kinds = [kind for kind, _ in events(desk, claim)]
        assert kinds == ["referral_made", "appointment_booked", "appointment_moved"]
        assert events(desk, claim)[-1][1]["starts_at"] == [
            f"{LATER:%Y-%m-%dT%H:%M:%S}+00:00",
            f"{LATER + DAY:%Y-%m-%dT%H:%M:%S}+00:00",
        ]

    def test_that_was_missed_is_booked_again(self, desk, client, va, claim, made) -> None:
        first = book(va, client, made)
        change(va, client, made, referrals.missed, first, at=AFTER, why="No ride.")
        [missed] = of_claim(va, client, claim)
        book(va, client, made, LATER + DAY, at=AFTER)
        [again] = of_claim(va, client, claim)

        assert missed.state is State.MISSED
        assert (Step.BOOK, AFTER + DAY) in missed.steps
        assert again.state is State.BOOKED
        assert [each.status for each in again.appointments] == ["booked", "missed"]
        assert [kind for kind, _ in events(desk, claim)][-2:] == ["appointment_missed", "appointment_moved"]

    def test_that_was_cancelled_is_as_none_and_calendars_count_both(self, client, va, claim, made) -> None:
        first = book(va, client, made)
        change(va, client, made, referrals.cancel, first, why="The surgeon is away.")
        [cancelled] = of_claim(va, client, claim)
        book(va, client, made)

        assert cancelled.state is State.MADE
        assert of_claim(va, client, claim)[0].booked.sequence == 2  # the cancelled one was sent as 1

    def test_was_kept_or_missed_once_its_time_has_come(self, client, va, claim, made) -> None:
        first = book(va, client, made)
        for act in (referrals.kept, referrals.missed):
            with pytest.raises(referrals.NotYet):
                change(va, client, made, act, first, at=LATER - HOUR)

        change(va, client, made, referrals.kept, first, at=LATER)

        [whole] = of_claim(va, client, claim)
        assert whole.state is State.KEPT
        assert whole.steps == [(Step.REPORT, LATER + 10 * DAY)]

    def test_that_has_ended_is_not_ended_again(self, client, va, made) -> None:
        first = book(va, client, made)
        change(va, client, made, referrals.kept, first, at=AFTER)

        for act, more in ((referrals.kept, {}), (referrals.missed, {}), (referrals.cancel, {"why": "x"}),
                          (referrals.move, {"starts_at": LATER + DAY})):  # fmt: skip
            with pytest.raises(referrals.AppointmentChanged):
                change(va, client, made, act, first, at=AFTER, **more)
        with pytest.raises(referrals.KeptAlready):
            book(va, client, made, LATER + DAY, at=AFTER)

    def test_is_cancelled_for_a_reason(self, client, va, made) -> None:
        first = book(va, client, made)

        with pytest.raises(NoReason):
            change(va, client, made, referrals.cancel, first, why=" ")


class TestAnEnd:
    def test_is_the_report_once_the_appointment_was_kept(self, desk, client, va, claim, made) -> None:
        with pytest.raises(referrals.NotKept):
            end(va, client, made, referrals.report_received)
        change(va, client, made, referrals.kept, book(va, client, made), at=AFTER)
        document = self.document(desk, client, claim)

        end(va, client, made, referrals.report_received, received_at=AFTER, document=(claim, document), at=AFTER + DAY)

        [whole] = of_claim(va, client, claim)
        assert (whole.state, whole.steps) == (State.REPORTED, [])
        assert (whole.referral.report_received_at, whole.referral.report_document_id) == (AFTER, document)
        assert whole.referral.ended_at == AFTER + DAY

    def test_is_a_report_on_this_claim(self, desk, client, va, claim, made) -> None:
        change(va, client, made, referrals.kept, book(va, client, made), at=AFTER)
        other = factories.claim(client)

        with pytest.raises(NoSuchDocument):
            end(
                va,
                client,
                made,
                referrals.report_received,
                document=(other, self.document(desk, client, other)),
                at=AFTER,
            )

    def test_may_be_withdrawing_for_a_reason_and_cancels_the_appointment(self, client, va, claim, made) -> None:
        book(va, client, made)
        with pytest.raises(NoReason):
            end(va, client, made, referrals.withdraw, why=" ")

        end(va, client, made, referrals.withdraw, why="The worker is well.")

        [whole] = of_claim(va, client, claim)
        assert (whole.state, whole.referral.ended_why, whole.referral.ended_by) == (
            State.WITHDRAWN,
            "The worker is well.",
            va.name,
        )
        assert [(each.status, each.changed_why) for each in whole.appointments] == [
            ("cancelled", "The worker is well.")
        ]

    def test_stays(self, client, va, made) -> None:
        end(va, client, made, referrals.withdraw, why="Well.")

        with pytest.raises(referrals.ReferralEnded):
            confirm(va, client, made, Party.WORKER)
        with pytest.raises(referrals.ReferralEnded):
            book(va, client, made)
        with pytest.raises(referrals.ReferralEnded):
            end(va, client, made, referrals.withdraw, why="Again.")

    def test_comes_with_the_claims_own(self, client, va, boss, claim, made) -> None:
        book(va, client, made)
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        [whole] = of_claim(boss, client, claim)

        assert (whole.state, whole.referral.ended_why) == (State.OVER, "The claim was closed")
        assert whole.appointments[0].status == "cancelled"

    def test_does_not_come_with_merging_the_claim_it_goes_on_where_that_leads(self, desk, client, va, boss, to) -> None:
        kept, other = factories.claim(client, reported_at=NOW - DAY), factories.claim(client)
        made = refer(va, client, other, to)
        with transaction(boss) as tx:
            seen = merging.compare(boss, tx, client_id=client, claim_id=kept, number=f"C-{other}")
            merging.merge(boss, tx, seen=seen, take=[], at=NOW)

        confirm(va, client, made, Party.WORKER)

        [whole] = of_claim(va, client, kept)
        assert whole.state is State.WORKER_CONFIRMED
        assert events(desk, kept)[-1][0] == "referral_confirmed"

    def document(self, desk, client: int, claim: int) -> int:
        with desk.owner() as db:
            return db.execute(
                "with kept as (insert into file (client_id, kind, name, size, digest, uploaded_at, uploaded_by)"
                " values (%(client)s, 'text', 'report', 1, sha256(%(claim)s::text::bytea), now(), 1) returning file_id)"
                " insert into claim_document (client_id, claim_id, file_id, kind, title, added_at, added_by)"
                " select %(client)s, %(claim)s, file_id, 'medical_record', 'Report', now(), 1 from kept returning document_id",
                {"client": client, "claim": claim},
            ).fetchone()[0]
