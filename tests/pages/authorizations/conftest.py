"""The page Authorizations."""

from importlib import import_module
from typing import Any

import pytest
from desk_board import Answer
from streamlit.testing.v1 import AppTest

from core.access import Actor
from tests.pages.authorizations.list_page import PAGE, Open, answering
from tests.pages.conftest import SitDown


@pytest.fixture
def answers() -> list[Answer]:
    """What the list answers in the runs to come."""
    return []


@pytest.fixture
def open_list(sit_down: SitDown, monkeypatch: pytest.MonkeyPatch, answers: list[Answer]) -> Open:
    """Open the page as somebody; its list answers this at first."""

    def run(actor: Actor, **answer: Any) -> AppTest:
        sit_down(actor)
        monkeypatch.setattr(import_module("pages.parts.authorizations.opened"), "board", answering(answer, answers))
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run
