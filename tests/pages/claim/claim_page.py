"""A claim's page, as tests open it, read it and press its buttons."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from core import assignment
from core.access import Actor, Role
from core.transactions import transaction
from pages import menu
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

PAGE = str(Path(menu.__file__).parent / "coordination" / "claim.py")

SAME_CLAIM = "Whether it is a claim reported before"

Open = Callable[..., AppTest]

Act = Callable[[], None]


def words_of(page: AppTest) -> str:
    """Everything that stands on the page."""
    told = [*page.title, *page.markdown, *page.caption, *page.subheader, *page.info, *page.error, *page.warning]
    return "\n".join([*(each.value for each in told), *clocks_of(page), *time_there(page)]).replace("\\", "")


def clocks_of(page: AppTest) -> list[str]:
    """Every clock on the page: its state, and its words."""
    drawn = "".join(each.proto.body for each in page.get("html"))
    return [": ".join(clock) for clock in re.findall(r'desk-clock" data-state="(\w+)".*?<span>(.*?)</span>', drawn)]


def time_there(page: AppTest) -> list[str]:
    """What time it is where the worker is: whether people are called there now, and the words."""
    drawn = "".join(each.proto.body for each in page.get("html"))
    return [": ".join(told) for told in re.findall(r'desk-there" data-kind="(\w+)".*?<span>(.*?)</span>', drawn)]


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def pick(page: AppTest, label: str, value: object) -> None:
    next(group for group in page.button_group if group.label == label).set_value(value)


def tick(page: AppTest, label: str, *, ticked: bool = True) -> None:
    next(box for box in page.checkbox if box.label == label).set_value(ticked)


def moment_of(page: AppTest, label: str) -> Any:
    """Return the field of a day and a time whose label begins so."""
    return next(field for field in page.text_input if field.label.startswith(label))


def one(desk: Desk, statement: str) -> object:
    with desk.owner() as db:
        row = db.execute(statement).fetchone()
        return row[0] if row and len(row) == 1 else row


def assigned(to: Actor, client: int, claim: int) -> None:
    boss = factories.staff(Role.SUPERVISOR)
    with transaction(boss) as tx:
        assignment.assign(boss, tx, claims=[(client, claim)], to=to.staff_id, at=NOW)


def ask(desk: Desk, client: int, claim: int, *elements: str) -> None:
    """Open a question about each of *elements*."""
    with desk.owner() as db:
        for element in elements:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, %s, 'Not in the report.', %s)",
                (client, claim, element, NOW),
            )
