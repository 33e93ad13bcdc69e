"""How a worker wishes to be reached: hours and zone, an interpreter, nobody at all; and whom somebody speaks for."""

from datetime import timedelta

import pytest

from core import contact, intake, triage
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.test_consents import corrected
from tests.core.contact.work import count, log, one, reach, represented
from tests.factories import NOW


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client)


def page(actor: Actor, client: int, claim: int) -> intake.ClaimPage:
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim)


class TestHowAWorkerIsReached:
    def test_is_told_and_what_it_was_stays_beside_it(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        said = {
            "best_hours": "17:00-20:00, 8:00-09:30", "timezone": "America/Denver", "interpreter": "yes",
            "do_not_contact": "Asked for letters only.",
        }  # fmt: skip
        corrected(va, client, claim, **said)
        corrected(va, client, claim, interpreter="no", do_not_contact="")

        worker = page(va, client, claim).worker
        assert (worker.best_hours, worker.timezone) == ("08:00-09:30,17:00-20:00", "America/Denver")
        assert (worker.interpreter, worker.do_not_contact) == (False, None)
        assert one(desk, "select count(*) from field_change where field = any (%s)", list(said)) == 6

    @pytest.mark.parametrize(
        ("field", "answer"),
        [
            ("best_hours", "evenings"),
            ("best_hours", "08:00-10:00,09:00-11:00"),
            ("timezone", "Mountain"),
            ("interpreter", "perhaps"),
            ("do_not_contact", "x" * 501),
        ],
    )
    def test_that_cannot_be_read_is_not_kept(
        self, desk: Desk, client: int, claim: int, va: Actor, field: str, answer: str
    ) -> None:
        with pytest.raises(intake.AnswerNotUnderstood):
            corrected(va, client, claim, **{field: answer})
        assert count(desk, "field_change") == 0

    def test_says_where_the_clocks_are_read(self, client: int, claim: int, va: Actor) -> None:
        sources = []
        for said in (
            {"jurisdiction": "IL"},
            {"postal_code": "79936"},
            {"timezone": "Pacific/Honolulu"},
            {"timezone": ""},
        ):
            if page(va, client, claim).fields | said != page(va, client, claim).fields:
                corrected(va, client, claim, **said)
            place = page(va, client, claim).place
            assert place
            sources.append(place.source)

        assert sources == ["from the state", "from ZIP 79936", "set by hand", "from ZIP 79936"]


class TestAWorkerWhoIsNotToBeContacted:
    @pytest.fixture(autouse=True)
    def unwanted(self, client: int, claim: int, va: Actor) -> None:
        corrected(va, client, claim, do_not_contact="Threatened the nurse.")

    @pytest.mark.parametrize(("method", "outcome"), [(Method.PHONE, Outcome.NO_ANSWER), (Method.LETTER, Outcome.SENT)])
    def test_is_tried_for_a_reason_only(
        self, desk: Desk, client: int, claim: int, va: Actor, method: Method, outcome: Outcome
    ) -> None:
        with pytest.raises(contact.NotToBeContacted):
            log(va, client, claim, outcome, method=method)

        log(va, client, claim, outcome, method=method, against_why="Called us back.")

        assert one(desk, "select against_why from contact_attempt") == "Called us back."

    def test_is_reached_for_a_reason_only(self, desk: Desk, client: int, claim: int, nurse: Actor) -> None:
        with pytest.raises(contact.NotToBeContacted):
            reach(nurse, client, claim)
        assert one(desk, "select first_contact_at from claim") is None

        reach(nurse, client, claim, against_why="Called us back.")

    def test_has_an_employer_who_is_called_as_before(self, client: int, claim: int, va: Actor) -> None:
        log(va, client, claim, Outcome.NO_ANSWER, party=Party.EMPLOYER)


class TestABookedCallOfAWorkerForWhomSomebodySpeaks:
    @pytest.fixture(autouse=True)
    def booked(self, desk: Desk, client: int, claim: int) -> None:
        caller = factories.staff(Role.CLINICAL, client).staff_id
        with desk.owner() as db:
            db.execute(
                "insert into clinician (staff_id, hours, set_at, set_by)"
                " values (%s, array_fill('00:00-24:00'::text, array[7]), now(), 1)",
                (caller,),
            )
            db.execute(
                "insert into triage_call (client_id, claim_id, clinician_id, starts_at, ends_at, booked_at, booked_by)"
                " values (%s, %s, %s, %s, %s, %s, 1)",
                (client, claim, caller, NOW + timedelta(hours=2), NOW + timedelta(hours=2, minutes=30), NOW),
            )

    CALL = "select status, ended_why from triage_call"

    def test_is_cancelled_and_its_timeline_says_why(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        represented(va, client, claim)

        assert one(desk, self.CALL) == ("cancelled", "The worker is represented")
        kind, by, why = one(desk, "select kind, by_id, detail ->> 'why' from claim_event where kind like 'call_%%' order by event_id desc limit 1")  # fmt: skip
        assert (kind, by, why) == ("call_cancelled", va.staff_id, "The worker is represented")
        assert one(desk, "select actor_id from audit_event where verb = 'call_cancelled'") == va.staff_id

    def test_stays_where_the_representative_permits_it(self, desk: Desk, client: int, claim: int, va: Actor) -> None:
        represented(va, client, claim, representative_permits="yes")
        assert one(desk, self.CALL) == ("booked", None)

        represented(va, client, claim, representative_permits="no")

        assert one(desk, self.CALL) == ("cancelled", "The worker is represented")

    def test_is_cancelled_where_the_worker_is_reached_through_an_attorney(
        self, desk: Desk, client: int, claim: int, va: Actor
    ) -> None:
        corrected(va, client, claim, preferred_contact="attorney")

        assert one(desk, self.CALL) == ("cancelled", "The worker is represented")

    def test_that_is_of_another_claim_or_agreed_with_them_since_stays(
        self, desk: Desk, client: int, claim: int, va: Actor
    ) -> None:
        represented(va, client, factories.claim(client))
        assert one(desk, self.CALL) == ("booked", None)
        represented(va, client, claim)
        with desk.owner() as db:
            db.execute("update triage_call set status = 'booked', ended_why = null")

        represented(va, client, claim, representative_firm="Law & Co")

        assert one(desk, self.CALL) == ("booked", None)


def test_a_call_is_offered_in_the_hours_and_on_the_clocks_of_the_worker(
    desk: Desk, client: int, claim: int, va: Actor
) -> None:
    caller = factories.staff(Role.CLINICAL, client).staff_id
    with desk.owner() as db:
        db.execute(
            "insert into clinician (staff_id, hours, licences, set_at, set_by)"
            " values (%s, array_fill('00:00-24:00'::text, array[7]), '{IL}', now(), 1)",
            (caller,),
        )

    def first() -> triage.Slot:
        with transaction(va) as tx:
            return triage.offers(va, tx, client_id=client, claim_id=claim, at=NOW).slots[0]

    assert first().starts_at == NOW + timedelta(minutes=30)
    corrected(va, client, claim, best_hours="11:00-12:00")
    assert first().starts_at == NOW + timedelta(hours=2)
    assert "in the worker's best hours" in first().reasons
    corrected(va, client, claim, postal_code="79936")
    assert first().starts_at == NOW + timedelta(hours=3)
