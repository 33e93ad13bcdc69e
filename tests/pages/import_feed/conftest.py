"""Somebody who imports claims."""

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor
from core.feeds import CLAIMS
from pages.parts.import_feed import kinds
from tests.conftest import Desk
from tests.pages.conftest import SitDown
from tests.pages.import_feed.import_page import PAGE, Open


@pytest.fixture(autouse=True)
def _one_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let claims be all that is taken in, so that nobody is asked what a file holds."""
    monkeypatch.setattr(kinds, "KINDS", (CLAIMS,))


@pytest.fixture
def open_page(sit_down: SitDown, desk: Desk) -> Open:
    """Open the page as somebody."""

    def run(actor: Actor) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run
