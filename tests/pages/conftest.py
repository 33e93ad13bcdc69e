"""Who is at the desk when a page is drawn without a browser, and when that is."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import instant
from core.access import Actor, Role
from pages.parts import desk as at_desk
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

SitDown = Callable[[Actor], None]


@pytest.fixture
def sit_down(monkeypatch: pytest.MonkeyPatch) -> SitDown:
    """Put somebody at the desk, at NOW: without a browser there is no cookie to know people by."""

    def seated(actor: Actor) -> None:
        instant.set_clock(lambda: NOW)
        monkeypatch.setattr(at_desk, "signed_in", lambda **_: actor)

    return seated


@pytest.fixture
def administrator(desk: Desk) -> Actor:
    return factories.staff(Role.ADMINISTRATOR)


def drawn(block: Any) -> Iterator[Any]:
    """Go through everything that is drawn in *block*, in its order."""
    for each in block.children.values():
        yield each
        if hasattr(each, "children"):
            yield from drawn(each)


def above(page: AppTest, button: str) -> str:
    """Return what kind of element is drawn last before the *button*, within the same form."""
    order = [each for each in drawn(page.main) if not hasattr(each, "children")]
    at = next(n for n, each in enumerate(order) if each.type == "button" and each.label == button)
    return str(order[at - 1].type)


def as_typed(value: Any) -> Any:
    """Return *value* as somebody types it into a field of text: days and moments as the forms show them."""
    if isinstance(value, datetime):
        return f"{value:%m/%d/%Y %H:%M}"
    return f"{value:%m/%d/%Y}" if isinstance(value, date) else value
