"""The page on which a supervisor lets somebody work for a client for a while, and ends it early."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import instant
from core.access import Actor, Role
from pages import menu
from pages.parts import cover as parts
from pages.parts import desk as at_desk
from tests import factories
from tests.conftest import Desk
from tests.pages.conftest import as_typed

PAGE = str(Path(menu.__file__).parent / "supervision" / "cover.py")

Open = Callable[[], AppTest]


@pytest.fixture
def open_page(boss: Actor, monkeypatch: pytest.MonkeyPatch) -> Open:
    def run() -> AppTest:
        monkeypatch.setattr(at_desk, "signed_in", lambda **_: boss)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run


def field(page: AppTest, label: str):
    return next(f for f in [*page.text_input, *page.selectbox] if f.label == label)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def one(desk: Desk, statement: str):
    with desk.owner() as db:
        row = db.execute(statement).fetchone()
        return row[0] if row and len(row) == 1 else row


def test_cover_is_set_for_whole_days_and_listed(open_page: Open, desk: Desk, boss: Actor) -> None:
    factories.client("ACME")
    va = factories.staff(Role.VA)
    page = open_page()
    assert parts.NOBODY in [each.value for each in page.info]
    field(page, "Client").select_index(0)
    page.run()
    field(page, "Who covers").select_index(0)
    last = instant.now().date() + timedelta(days=7)
    field(page, "Last day").set_value(as_typed(last))
    field(page, "Reason").input("Ana is on leave")

    press(page, "Set cover")

    local = "(until at time zone 'America/Chicago')"
    assert one(desk, f"select staff_id, {local}::date, {local}::time::text, reason, set_by from client_cover") == (
        va.staff_id, last + timedelta(days=1), "00:00:00", "Ana is on leave", boss.staff_id,
    )  # fmt: skip
    assert [row["Who"] for row in page.dataframe[0].value.to_dict("records")] == [va.name]
    assert page.toast[0].value.startswith(f"{va.name} covers Client ")


def test_all_that_is_not_said_is_asked_for_at_once(open_page: Open, desk: Desk) -> None:
    factories.client("ACME")
    factories.staff(Role.VA)
    page = open_page()
    field(page, "Client").select_index(0)
    page.run()
    press(page, "Set cover")

    assert [each.value for each in page.error] == ["Choose who covers.", "Give the last day.", "Give the reason."]
    assert one(desk, "select count(*) from client_cover") == 0

    field(page, "Last day").set_value("02/30/2027")
    press(page, "Set cover")
    assert "Last day: There is no such day in the calendar: month first, then day, then year." in [
        each.value for each in page.error
    ]


def test_a_refusal_is_shown_in_its_own_words(open_page: Open) -> None:
    factories.client("ACME")
    factories.staff(Role.VA)
    page = open_page()
    field(page, "Client").select_index(0)
    page.run()
    field(page, "Who covers").select_index(0)
    field(page, "Last day").set_value(as_typed(instant.now().date() - timedelta(days=2)))
    field(page, "Reason").input("x")

    press(page, "Set cover")

    assert [each.value for each in page.error] == ["Cover ends after it begins and after the present moment."]


def test_ending_shows_what_is_held_by_it_and_says_where_that_goes(open_page: Open, desk: Desk) -> None:
    client = factories.client("ACME")
    va, colleague = factories.staff(Role.VA, factories.client()), factories.staff(Role.VA, client)
    factories.cover(client, va)
    factories.claim(client, assignee=va.staff_id, due_at=instant.now() - timedelta(hours=1))
    page = open_page()
    field(page, "Cover").select_index(0)
    page.run()
    said = " ".join(each.value for each in page.caption)
    assert f"{va.name} holds 1 claim that waits for first contact: ACME 1 (1 overdue)." in said

    field(page, "They go to").select(colleague.name)
    press(page, "End cover now")

    assert page.toast[0].value.endswith(f"; 1 claim with {colleague.name}.")
    assert one(desk, "select assignee_id from claim") == colleague.staff_id
    assert one(desk, "select ended_at is not null from client_cover") is True
