"""An administrator at the page, and a client."""

import pytest
from streamlit.testing.v1 import AppTest

from core import clients
from core.access import Actor
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.transactions import acting
from tests.factories import NOW
from tests.pages.clients.clients_page import PAGE, Open
from tests.pages.conftest import SitDown


@pytest.fixture
def open_page(sit_down: SitDown, administrator: Actor) -> Open:
    """Open the page as an administrator."""

    def run() -> AppTest:
        sit_down(administrator)
        page = AppTest.from_file(PAGE, default_timeout=30).run()
        assert not page.exception
        return page

    return run


@pytest.fixture
def acme(administrator: Actor) -> int:
    with acting(administrator) as tx:
        return clients.add(
            administrator, tx, code="ACME", name="Acme Works", timezone="America/Chicago", hours=24,
            clock=Clock.ELAPSED, week=BusinessWeek("America/Chicago"), at=NOW,
        )  # fmt: skip
