"""A first contact holds what it must, was made between the report and now, and keeps what was said."""

from datetime import timedelta

import pytest

from core import contact, intake
from core.access import Actor, NotAllowed, Role
from core.contact import Explained, Identity, WorkStatus
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import log, one, reach
from tests.factories import NOW

HOUR = timedelta(hours=1)


class TestWhatItHolds:
    def test_is_kept_with_it_and_shown_on_the_timeline(self, desk: Desk, client: int, nurse: Actor, va: Actor) -> None:
        claim = factories.claim(client)

        reach(
            nurse, client, claim, note="Spoke at length.", care=" Saw a doctor. ", work_note="No lifting.",
            identity=[Identity.EMPLOYER, Identity.FULL_NAME, Identity.EMPLOYER],
            explained=[Explained.RIGHTS, Explained.WHO_WE_ARE], work_status=WorkStatus.RESTRICTED,
        )  # fmt: skip

        with transaction(va) as tx:
            [entry] = [each for each in intake.open_claim(va, tx, client, claim).timeline if each.kind == "attempt"]
        assert (entry.substantive, entry.note) == (True, "Spoke at length.")
        assert entry.held == {
            "identity": ["full_name", "employer"], "explained": ["who_we_are", "rights"], "care": "Saw a doctor.",
            "work_status": "restricted", "work_note": "No lifting.", "incomplete_why": None,
        }  # fmt: skip

    @pytest.mark.parametrize("identity", [[], [Identity.BIRTH_DATE], [Identity.BIRTH_DATE, Identity.BIRTH_DATE]])
    def test_has_the_identity_confirmed_by_two_items(
        self, desk: Desk, client: int, nurse: Actor, identity: list[Identity]
    ) -> None:
        claim = factories.claim(client)

        with pytest.raises(contact.IdentityNotConfirmed):
            reach(nurse, client, claim, identity=identity)

        assert one(desk, "select first_contact_at from claim") is None

    def test_says_all_at_once_what_it_lacks(self, client: int, nurse: Actor) -> None:
        with pytest.raises(contact.NotHeld) as refused:
            reach(nurse, client, factories.claim(client), identity=[], explained=[], work_status=None)

        lacking = (contact.IdentityNotConfirmed, contact.NothingExplained, contact.WorkNotSaid)
        assert str(refused.value) == " ".join(each.text for each in lacking)

    def test_has_something_explained(self, client: int, nurse: Actor) -> None:
        with pytest.raises(contact.NothingExplained):
            reach(nurse, client, factories.claim(client), explained=[])

    def test_says_how_work_stands(self, client: int, nurse: Actor) -> None:
        with pytest.raises(contact.WorkNotSaid):
            reach(nurse, client, factories.claim(client), work_status=None)

    @pytest.mark.parametrize(("field", "most"), [("care", 1000), ("work_note", 500), ("note", 4000)])
    def test_is_no_longer_than_its_form_takes(self, client: int, nurse: Actor, field: str, most: int) -> None:
        claim = factories.claim(client)

        with pytest.raises(TooLong, match=f"at most {most:,} characters"):
            reach(nurse, client, claim, **{field: "x" * (most + 1)})
        reach(nurse, client, claim, **{field: "x" * most})

    def test_is_read_by_nobody_who_may_not_read_the_claim(self, desk: Desk, client: int, nurse: Actor) -> None:
        reach(nurse, client, factories.claim(client), care="Saw a doctor.")

        seen = {}
        for role in Role:
            with desk.app(factories.staff(role, client).staff_id) as db:
                seen[role] = len(db.execute("select care from first_contact").fetchall())
        with desk.app(factories.staff(Role.VA, factories.client()).staff_id) as db:
            assert db.execute("select care from first_contact").fetchall() == []
        assert {role for role in Role if seen[role]} == {Role.VA, Role.CLINICAL, Role.SUPERVISOR, Role.COMPLIANCE}


class TestWhenItWasMade:
    def test_is_when_the_clock_stops(self, desk: Desk, client: int, nurse: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 3 * HOUR)

        reach(nurse, client, claim, made_at=NOW - HOUR)

        assert one(desk, "select first_contact_at from claim") == NOW - HOUR
        assert one(desk, "select at from contact_attempt") == NOW - HOUR

    def test_is_at_the_report_at_the_earliest(self, desk: Desk, client: int, nurse: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 3 * HOUR)

        with pytest.raises(contact.ReportInTheFuture):
            reach(nurse, client, claim, made_at=NOW - 3 * HOUR - timedelta(minutes=1))
        reach(nurse, client, claim, made_at=NOW - 3 * HOUR)

    def test_does_not_lie_ahead(self, client: int, nurse: Actor) -> None:
        with pytest.raises(contact.ContactInTheFuture):
            reach(nurse, client, factories.claim(client), made_at=NOW + timedelta(minutes=1))

    def test_is_when_the_pause_ends_that_it_ends(self, desk: Desk, client: int, nurse: Actor, boss: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 10 * HOUR)
        due_at = one(desk, "select due_at from claim")
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="Surgery.", at=NOW - 6 * HOUR)

        reach(nurse, client, claim, made_at=NOW - 2 * HOUR)

        assert one(desk, "select ends_at from clock_pause") == NOW - 2 * HOUR
        assert one(desk, "select due_at from claim") == due_at + 4 * HOUR

    def test_before_a_pause_leaves_that_without_a_length(
        self, desk: Desk, client: int, nurse: Actor, boss: Actor
    ) -> None:
        claim = factories.claim(client, reported_at=NOW - 10 * HOUR)
        due_at = one(desk, "select due_at from claim")
        with transaction(boss) as tx:
            contact.pause_clock(boss, tx, client_id=client, claim_id=claim, reason="Surgery.", at=NOW - 2 * HOUR)

        reach(nurse, client, claim, made_at=NOW - 6 * HOUR)

        assert one(desk, "select ends_at = starts_at from clock_pause") is True
        assert one(desk, "select due_at from claim") == due_at


class TestWhenAnAttemptWasMade:
    def test_is_now_unless_it_is_said(self, desk: Desk, client: int, va: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 3 * HOUR)

        log(va, client, claim)
        log(va, client, claim, made_at=NOW - HOUR)

        assert one(desk, "select array_agg(at order by attempt_id) from contact_attempt") == [NOW, NOW - HOUR]

    def test_lies_between_the_report_and_now(self, desk: Desk, client: int, va: Actor) -> None:
        claim = factories.claim(client, reported_at=NOW - 3 * HOUR)

        with pytest.raises(contact.ReportInTheFuture):
            log(va, client, claim, made_at=NOW - 4 * HOUR)
        with pytest.raises(contact.ContactInTheFuture):
            log(va, client, claim, made_at=NOW + HOUR)

        assert one(desk, "select count(*) from contact_attempt") == 0

    def test_on_a_claim_of_another_client_tells_nothing_of_its_report(self, va: Actor) -> None:
        elsewhere = factories.client()

        with pytest.raises(NotAllowed, match="no such claim"):
            log(va, elsewhere, factories.claim(elsewhere), made_at=NOW - 9 * HOUR)
