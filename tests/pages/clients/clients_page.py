"""The page Clients, as tests open it, fill it in and read it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from streamlit.testing.v1 import AppTest

from core.clocks import Clock
from pages import menu
from tests.conftest import Desk
from tests.pages.conftest import as_typed

PAGE = str(Path(menu.__file__).parent / "administration" / "clients.py")

CHICAGO = ZoneInfo("America/Chicago")

BEGINS = "Begins, Central time"

MIDNIGHT = datetime(2026, 11, 25, tzinfo=CHICAGO)

Open = Callable[[], AppTest]


def field(page: AppTest, label: str) -> Any:
    kinds = [*page.text_input, *page.selectbox, *page.number_input]
    kinds += page.button_group
    return next(each for each in kinds if each.label == label)


def labels(page: AppTest) -> set[str]:
    kinds = (
        page.text_input,
        page.selectbox,
        page.number_input,
        page.button_group,
    )
    return {each.label for kind in kinds for each in kind}


def fill(page: AppTest, **said: object) -> None:
    for name, value in said.items():
        field(page, name.replace("_", " ").capitalize()).set_value(as_typed(value))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def choose(page: AppTest, client_id: int, what: str = "Promise") -> AppTest:
    """Open a client's row, and what is to be seen of it."""
    row = page.session_state["clients.drawn"].index(client_id)
    page.session_state["clients.list"] = {"selection": {"rows": [row]}}
    page.run()
    if what != "Promise":
        field(page, "What to see").set_value(what).run()
    assert not page.exception
    return page


def adding(page: AppTest) -> AppTest:
    """Open the form that adds a client, where it is not the only thing there is."""
    for button in page.button:
        if button.label == "Add a client":
            button.click()
    page.run()
    assert not page.exception
    return page


def examples(page: AppTest) -> list[str]:
    return [each.value.split("Example: ")[1].replace("\\", "") for each in page.caption if "Example: " in each.value]


def clock(page: AppTest, chosen: Clock, form: int = -1) -> AppTest:
    """Choose the clock in the last form, which adds a client, or in the first, which changes a promise."""
    [each for each in page.button_group if each.label == "Which hours count"][form].set_value(chosen).run()
    assert not page.exception
    return page


def refusals(page: AppTest) -> list[str]:
    return [each.value for each in page.error]


def promises(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select code, hours, clock, open_hours, working_days, calendar, effective_from, reason"
            " from sla_policy join client using (client_id) order by effective_from"
        ).fetchall()
