"""The call sheet beside the list: all that waits for an office, what came of each line, and what was refused."""

import pytest
from streamlit.testing.v1 import AppTest

from core import authorizations
from core.access import Actor
from core.authorizations import Key
from core.transactions import acting
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.core.authorizations.work import denied, log, look
from tests.factories import NOW
from tests.pages.authorizations.list_page import Open, pressed, said
from tests.pages.claim.claim_page import pick
from tests.pages.conftest import SitDown

LOG = "Log what came of it"


@pytest.fixture
def keys(desk: Desk, va: Actor, client: int) -> list[Key]:
    return [
        log(va, client, factories.claim(client, jurisdiction="CA"), complete_at=None, missing=missing)
        for missing in ("The report behind it.", "The signature.")
    ]


def number(key: Key) -> str:
    return f"C-{key.claim_id}"


def sheet_of(open_list: Open, actor: Actor, key: Key) -> AppTest:
    return pressed(open_list(actor, opened=key[:3]), "Call sheet")


def note(page: AppTest, key: Key, words: str) -> None:
    next(field for field in page.text_input if field.label == f"Note on {number(key)}").input(words)


def test_it_lists_everything_that_waits_for_the_office(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = sheet_of(open_list, va, keys[0])
    for words in (
        "Call sheet: Dr. Ames",
        "Robin Sample",
        "2 requests wait",
        *map(number, keys),
        "The report behind it.",
        "The signature.",
    ):
        assert words in said(page)


def test_one_submit_logs_each_line_that_something_came_of(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = sheet_of(open_list, va, keys[0])
    pick(page, f"What came of {number(keys[1])}", "promised")
    note(page, keys[1], "By noon.")
    pressed(page, LOG)
    assert [[each.note for each in look(va, key).follow_ups] for key in keys] == [[], ["By noon."]]
    assert not [field.value for field in page.text_input if field.value]


def test_a_refused_line_is_named_and_keeps_its_words(open_list: Open, va: Actor, nurse: Actor, keys: list[Key]) -> None:
    page = sheet_of(open_list, va, keys[0])
    for key in keys:
        pick(page, f"What came of {number(key)}", "message")
        note(page, key, "Line two.")
    with acting(va) as tx:
        authorizations.send_back(va, tx, keys[0], missing="The chart.", at=NOW)
    pressed(page, LOG)
    assert [each.value.replace("\\", "") for each in page.error] == [
        f"{number(keys[0])}: {authorizations.RequestChanged.text}"
    ]
    assert [len(look(va, key).follow_ups) for key in keys] == [0, 1]
    assert [field.value for field in page.text_input if field.value] == ["Line two."]
    pressed(page, LOG)
    assert [len(look(va, key).follow_ups) for key in keys] == [1, 1]


def test_what_was_decided_meanwhile_is_refused_by_its_line(
    open_list: Open, va: Actor, nurse: Actor, keys: list[Key]
) -> None:
    page = sheet_of(open_list, va, keys[0])
    pick(page, f"What came of {number(keys[1])}", "message")
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, keys[1], denied(), at=NOW)
    pressed(page, LOG)
    assert f"{number(keys[1])}: {authorizations.RequestDecided.text}" in said(page)
    assert "1 request waits" in said(page)


def test_a_note_without_a_reply_is_asked_about(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = sheet_of(open_list, va, keys[0])
    pressed(page, LOG)
    assert "Choose what came of at least one line." in said(page)
    note(page, keys[0], "Hm.")
    pressed(page, LOG)
    assert f"{number(keys[0])}: choose what came of it." in said(page)


def test_one_goes_back_to_the_request(open_list: Open, va: Actor, keys: list[Key]) -> None:
    page = pressed(sheet_of(open_list, va, keys[0]), "Back to the request")
    assert "Call sheet: Dr. Ames" not in said(page)
    assert "Prospective: MRI of the lumbar spine" in said(page)


def test_the_claims_page_leads_to_it(sit_down: SitDown, va: Actor, keys: list[Key]) -> None:
    sit_down(va)
    page = AppTest.from_file(menu.__file__, default_timeout=30).run()
    page.switch_page("coordination/claim.py")
    page.query_params.update(client=str(keys[0].client_id), claim=str(keys[0].claim_id), tab="Authorizations")
    page.run()

    pressed(page, "Call sheet")

    assert "2 requests wait" in said(page)
