"""Live intake and Intake: who opens them, and what a selection can be made to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_board import Answer
from streamlit.testing.v1 import AppTest

from core.access import Actor, Role
from pages.parts import desk as desk_part
from pages.parts import queue
from tests import factories

PAGES = Path(desk_part.__file__).parent.parent
LIVE, INTAKE = PAGES / "supervision" / "live_intake.py", PAGES / "coordination" / "intake.py"

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def open_as(monkeypatch) -> Callable[..., AppTest]:
    """Open a page as somebody, whose list answers what the test says."""

    def opened(page: Path, actor: Actor | None, **answer: Any) -> AppTest:
        monkeypatch.setattr(desk_part, "signed_in", lambda: actor)
        answers = iter([Answer(**answer)])
        lasting = Answer(selected=answer.get("selected", ()))
        monkeypatch.setattr(queue, "board", lambda *args, **named: next(answers, lasting))
        return AppTest.from_file(str(page)).run()

    return opened


def whose(desk, claim: int) -> int | None:
    with desk.owner() as db:
        return db.execute("select assignee_id from claim where claim_id = %s", (claim,)).fetchone()[0]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_live_intake_shows_other_roles_one_sentence(open_as, role: Role) -> None:
    page = open_as(LIVE, factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]
    assert not page.button
    assert not page.title


@pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
def test_intake_shows_roles_without_a_queue_one_sentence(open_as, role: Role) -> None:
    page = open_as(INTAKE, factories.staff(role))
    assert [error.value for error in page.error] == [desk_part.NOT_YOURS]


@pytest.mark.parametrize("page", [LIVE, INTAKE])
def test_the_list_itself_is_drawn(monkeypatch, page: Path) -> None:
    supervisor = factories.staff(Role.SUPERVISOR)
    monkeypatch.setattr(desk_part, "signed_in", lambda: supervisor)
    assert not AppTest.from_file(str(page)).run().exception


def test_nobody_sees_anything_but_where_to_sign_in(open_as) -> None:
    assert [error.value for error in open_as(LIVE, None).error] == [desk_part.SIGN_IN_FIRST]


def test_without_a_selection_it_says_what_to_do(open_as) -> None:
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR))
    assert [caption.value for caption in page.caption] == ["Select claims to assign them. Press ? for the keys."]
    assert not page.button


def test_a_selection_is_handed_to_the_person_who_is_chosen(desk, open_as) -> None:
    client = factories.client()
    claims = [(client, factories.claim(client)) for _ in range(3)]
    va = factories.staff(Role.VA, client)
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=tuple(claims))

    assert [button.label for button in page.button] == ["Assign 3 claims"]
    named = next(option for option in page.selectbox[0].options if option.startswith(va.name))
    page.selectbox[0].select(named)
    page.button[0].click().run()

    assert [whose(desk, claim) for _, claim in claims] == [va.staff_id] * 3
    assert [toast.value for toast in page.toast] == [f"3 claims with {va.name}."]


def test_a_claim_reached_in_the_meantime_is_refused_in_words(open_as) -> None:
    client = factories.client()
    nurse = factories.staff(Role.CLINICAL, client)
    over = factories.claim(client, first_contact_at=factories.NOW, first_contact_by=nurse.staff_id)
    page = open_as(LIVE, factories.staff(Role.SUPERVISOR), selected=((client, over),))

    page.button[0].click().run()

    assert [error.value for error in page.error] == [
        "A selected claim was reached or closed in the meantime; nothing was assigned."
    ]


def test_a_va_takes_a_claim_that_nobody_has(desk, open_as) -> None:
    client = factories.client()
    claim = factories.claim(client)
    va = factories.staff(Role.VA, client)

    page = open_as(INTAKE, va, act="take", claims=((client, claim),))

    assert not page.exception
    assert whose(desk, claim) == va.staff_id


def test_a_va_is_told_when_somebody_was_quicker(desk, open_as) -> None:
    client = factories.client()
    va, other = factories.staff(Role.VA, client), factories.staff(Role.VA, client)
    claim = factories.claim(client, assignee=other.staff_id)

    page = open_as(INTAKE, va, act="take", claims=((client, claim),))

    assert [error.value for error in page.error] == [
        "Somebody else has this claim already. A supervisor can hand it over."
    ]
    assert whose(desk, claim) == other.staff_id


class TestWhatTheBrowserSays:
    """What comes from a browser can be forged: only pairs of numbers are claims."""

    @pytest.mark.parametrize("said", [None, "1", 7, [[1]], [[1, "2"]], [["1", 2]], [[1, 2, 3]], [[True, 2]], [None]])
    def test_what_is_no_pair_of_numbers_is_left_out(self, said: Any) -> None:
        from desk_board import _claims

        assert _claims(said) == ()

    def test_pairs_are_kept(self) -> None:
        from desk_board import _claims

        assert _claims([[3, 17], "x", [3, 18]]) == ((3, 17), (3, 18))
