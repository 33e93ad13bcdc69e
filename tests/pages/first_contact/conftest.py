"""Readers of First contact, and a client whose claims are counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import desk_board
import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor
from tests import factories
from tests.factories import NOW
from tests.pages.first_contact.picture import FILTERS_OPEN, MORE_OPEN, PAGE


@pytest.fixture
def choose(monkeypatch) -> Callable[..., None]:
    """Have the heatmap answer with cells that somebody chose: weekday, from 0 for Monday, and hour."""

    def chosen(*cells: tuple[int, int]) -> None:
        monkeypatch.setattr(desk_board, "heatmap", lambda *args, **named: frozenset(cells))

    return chosen


@pytest.fixture
def open_as(sit_down) -> Callable[..., AppTest]:
    """Open the page as somebody, at NOW."""

    def opened(
        actor: Actor,
        *,
        address: dict[str, Any] | None = None,
        filters: bool = False,
    ) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(str(PAGE), default_timeout=30)
        page.query_params.update(address or {})
        page.session_state[MORE_OPEN] = True
        page.session_state[FILTERS_OPEN] = filters
        return page.run()

    return opened


@pytest.fixture
def other() -> int:
    client = factories.client()
    for n in range(7):
        factories.claim(client, reported_at=NOW - timedelta(days=3, minutes=n + 1))
    return client


@pytest.fixture
def client() -> int:
    client = factories.client()
    for n in range(6):
        factories.claim(client, reported_at=NOW - timedelta(days=2, minutes=n + 1))  # Sunday, 08:54 to 08:59 in Chicago
    return client
