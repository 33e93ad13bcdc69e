"""Codes of an injury on the claim's page: chosen and corrected with what else is known, and told in words."""

import pytest
from streamlit.testing.v1 import AppTest

from core import intake
from core.access import Actor
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, one, press, words_of
from tests.pages.claim.test_correcting import begin, write
from tests.pages.test_injury_codes import CODES, STORY, chosen, offered

INJURY = "The injury"


def choose(page: AppTest, label: str, code: str) -> None:
    next(each for each in page.selectbox if each.label == label).set_value(code)


@pytest.fixture
def claim(client: int, desk: Desk) -> int:
    claim = factories.claim(client)
    with desk.owner() as db:
        db.execute("update claim_narrative set narrative = %s, body_part = 'left wrist'", (STORY,))
    return claim


def test_are_chosen_and_corrected_where_what_is_known_is(
    open_page: Open, client: int, claim: int, desk: Desk, va: Actor
) -> None:
    page = begin(open_page(va, claim, tab="Intake"), INJURY)
    assert offered(page)[0] == "34 Wrist?"
    press(page, "34 Wrist?")
    choose(page, "Cause of injury code", "29")
    write(page, "Reason", "As told.")

    press(page, "Save correction")

    assert one(desk, CODES) == ("34", None, "29")
    assert [each.value for each in page.toast] == ["2 fields added"]
    assert ":gray[Part of body code] Wrist (34)" in words_of(page)

    begin(page, INJURY)
    choose(page, "Part of body code", "35")
    write(page, "Reason", "It was the hand.")
    press(page, "Save correction")

    assert ":gray[Part of body code] Hand (35) :small[:gray[was Wrist (34)]]" in words_of(page)
    assert "Hand (35) :gray[· was Wrist (34)]" in words_of(open_page(va, claim, tab="History"))


def test_stand_in_the_overview(open_page: Open, client: int, claim: int, va: Actor) -> None:
    with transaction(va) as tx:
        seen = intake.open_claim(va, tx, client, claim).fields
        intake.correct_fields(
            va, tx, client_id=client, claim_id=claim, seen=seen, said={"part_code": "34", "cause_code": "32"},
            reason="As told.", at=NOW,
        )  # fmt: skip

    page = open_page(va, claim)

    assert ":gray[Codes] Wrist (34), On ice or snow (32) · fall, slip or trip injury" in words_of(page)


def test_that_no_vocabulary_has_any_more_are_shown_as_they_are(
    open_page: Open, client: int, claim: int, desk: Desk, va: Actor
) -> None:
    with desk.owner() as db:
        db.execute("update claim_narrative set part_code = '77'")

    page = begin(open_page(va, claim, tab="Intake"), INJURY)

    assert chosen(page, "Part of body code") is None
    assert ":gray[Codes] 77" in words_of(open_page(va, claim))
