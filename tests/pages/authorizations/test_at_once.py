"""What is done to all selected requests: chosen, previewed line by line, done, and undone."""

import pytest
from desk_board import Answer
from streamlit.testing.v1 import AppTest

from core import authorizations
from core.access import Actor
from core.authorizations import Key
from core.transactions import acting
from tests import factories
from tests.conftest import Desk
from tests.core.authorizations.work import DAY, denied, log, look
from tests.factories import NOW
from tests.pages.authorizations.list_page import Open, pressed, said
from tests.pages.claim.claim_page import pick


@pytest.fixture
def keys(desk: Desk, va: Actor, client: int) -> list[Key]:
    return [log(va, client, factories.claim(client, jurisdiction="CA")) for _ in range(2)]


def chosen(open_list: Open, actor: Actor, act: str, keys: list[Key]) -> AppTest:
    return open_list(actor, act=act, keys=tuple(key[:3] for key in keys))


def test_a_reviewer_is_assigned_as_previewed_and_taken_back(
    open_list: Open, va: Actor, nurse: Actor, keys: list[Key]
) -> None:
    page = chosen(open_list, va, "assign", keys)
    page.selectbox[0].select(nurse.staff_id)
    pressed(page, "Preview")
    assert said(page).count("until now nobody") == 2
    assert [look(va, key).frame.reviewer_id for key in keys] == [None, None]
    pressed(page, "Do this for 2")
    assert [look(va, key).frame.reviewer_id for key in keys] == [nurse.staff_id] * 2
    pressed(page, "Undo")
    assert [look(va, key).frame.reviewer_id for key in keys] == [None, None]


def test_the_preview_says_what_was_decided_and_it_is_left_out(
    open_list: Open, va: Actor, nurse: Actor, keys: list[Key]
) -> None:
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, keys[0], denied(), at=NOW)
    page = chosen(open_list, va, "follow_up", keys)
    pick(page, "What came of it", "message")
    pressed(page, "Preview")
    assert authorizations.RequestDecided.text in said(page)
    pressed(page, "Do this for 1 of 2")
    assert [len(look(va, key).follow_ups) for key in keys] == [0, 1]
    assert "A follow-up that was logged stays" in said(page)
    assert not page.error  # what the preview had left out is told once
    assert not [button for button in page.button if button.label.startswith("Undo")]


def test_what_changed_after_the_preview_is_refused_by_its_line(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = chosen(open_list, va, "follow_up", keys)
    pick(page, "What came of it", "message")
    pressed(page, "Preview")
    with acting(va) as tx:
        authorizations.set_due(va, tx, keys[0], due_at=NOW + DAY, why="Agreed.", at=NOW)
    pressed(page, "Do this for 2")
    assert f"C-{keys[0].claim_id}: {authorizations.RequestChanged.text}" in said(page)
    assert [len(look(va, key).follow_ups) for key in keys] == [0, 1]


def test_a_reminder_is_set_on_all_of_them(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = chosen(open_list, va, "remind", keys)
    pressed(page, "Preview")
    assert "Say when they are to be followed up." in said(page)
    page.text_input[0].input("12/01/2026 10:30")
    pressed(page, "Preview")
    assert said(page).count("Follow up Tue 1 Dec 2026, 10:30 CST") == 2
    pressed(page, "Do this for 2")
    assert len({look(va, key).frame.follow_up_at for key in keys}) == 1


def test_opening_a_line_closes_it(open_list: Open, va: Actor, keys: list[Key], answers: list[Answer]) -> None:
    page = chosen(open_list, va, "remind", keys)
    answers.append(Answer(opened=keys[0][:3]))
    page.run()
    assert "Set reminder" not in said(page)
    assert "Prospective: MRI of the lumbar spine" in said(page)
