"""A wrong number has another one asked for, once."""

from datetime import timedelta

import pytest

from core import intake
from core.access import Actor, Role
from core.contact import Outcome, Party
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.contact.work import log, one, represented
from tests.factories import NOW

WRONG = Outcome.WRONG_NUMBER
ASKED = (
    "select array_agg((element || ' ' || reason) order by question_id) from intake_question where answered_at is null"
)


def answer(actor: Actor, client: int, claim: int, element: str, said: str) -> None:
    with transaction(actor) as tx:
        intake.answer_question(
            actor, tx, client_id=client, claim_id=claim, element=element, reason="wrong_number", answer=said, at=NOW
        )


@pytest.mark.parametrize(
    ("party", "asked"),
    [
        (Party.WORKER, ["reach wrong_number"]),
        (Party.EMPLOYER, ["reporter_phone wrong_number"]),
        (Party.PROVIDER, None),
        (Party.ATTORNEY, None),
    ],
)
def test_asks_for_another_of_the_party_of_whom_one_is_kept(
    desk: Desk, client: int, va: Actor, party: Party, asked: list[str] | None
) -> None:
    log(va, client, factories.claim(client), WRONG, party=party)

    assert one(desk, ASKED) == asked


@pytest.mark.parametrize("kind", ["attorney", "other", ""])
def test_asks_for_another_of_whoever_speaks_for_the_worker(desk: Desk, client: int, va: Actor, kind: str) -> None:
    claim = factories.claim(client)
    represented(va, client, claim, representative_kind=kind)

    assert log(va, client, claim, WRONG, party=Party.ATTORNEY).asked

    assert one(desk, ASKED) == ["representative_phone wrong_number"]


def test_and_of_one_who_is_known_by_e_mail_alone(desk: Desk, client: int, va: Actor) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute(
            "insert into representative (client_id, claim_id, email) values (%s, %s, 'law@firm.example')",
            (client, claim),
        )

    assert log(va, client, claim, WRONG, party=Party.ATTORNEY).asked


def test_a_corrected_number_closes_the_question(desk: Desk, client: int, va: Actor) -> None:
    claim = factories.claim(client)
    represented(va, client, claim)
    log(va, client, claim, WRONG, party=Party.ATTORNEY)

    represented(va, client, claim, representative_firm="Law & Sons")
    assert one(desk, ASKED) == ["representative_phone wrong_number"]
    represented(va, client, claim, representative_phone="(614) 555-0135")

    assert one(desk, ASKED) is None


def test_asks_once(desk: Desk, client: int, va: Actor) -> None:
    claim = factories.claim(client)
    log(va, client, claim, WRONG)
    log(va, client, claim, WRONG, at=NOW + timedelta(hours=1))

    assert one(desk, ASKED) == ["reach wrong_number"]


def test_no_other_outcome_asks(desk: Desk, client: int, va: Actor) -> None:
    log(va, client, factories.claim(client), Outcome.NO_ANSWER)

    assert one(desk, ASKED) is None


def test_asks_nothing_on_a_closed_claim(desk: Desk, client: int, va: Actor) -> None:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute("update claim set closed_at = %s, closed_why = 'x'", (NOW,))

    log(va, client, claim, WRONG)

    assert one(desk, ASKED) is None


class TestTheAnswer:
    @pytest.fixture
    def claim(self, client: int, va: Actor) -> int:
        made = factories.claim(client)
        log(va, client, made, WRONG)
        log(va, client, made, WRONG, party=Party.EMPLOYER)
        represented(va, client, made)
        log(va, client, made, WRONG, party=Party.ATTORNEY)
        return made

    @pytest.mark.parametrize(
        ("element", "kept"),
        [
            ("reach", "select phone from injured_worker"),
            ("reporter_phone", "select reporter_phone from claim_narrative"),
            ("representative_phone", "select phone from representative"),
        ],
    )
    def test_is_a_number_that_takes_its_place(
        self, desk: Desk, client: int, va: Actor, claim: int, element: str, kept: str
    ) -> None:
        answer(va, client, claim, element, "(312) 555-0177")

        assert one(desk, kept) == "+13125550177"
        assert f"{element} wrong_number" not in one(desk, ASKED)

    @pytest.mark.parametrize("said", ["robin@example.com", "(312) 555-0101"], ids=["no number", "the wrong one"])
    def test_is_another_number(self, desk: Desk, client: int, va: Actor, claim: int, said: str) -> None:
        with pytest.raises(intake.AnswerNotUnderstood):
            answer(va, client, claim, "reach", said)

        assert "reach wrong_number" in one(desk, ASKED)

    def test_lets_it_be_asked_again_where_that_is_wrong_too(self, desk: Desk, client: int, claim: int) -> None:
        va = factories.staff(Role.VA, client)
        answer(va, client, claim, "reach", "(312) 555-0177")
        log(va, client, claim, WRONG, permitted=True)

        assert "reach wrong_number" in one(desk, ASKED)
