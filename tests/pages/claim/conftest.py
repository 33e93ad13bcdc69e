"""The page of a claim."""

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Actor
from tests.pages.claim.claim_page import PAGE, Open
from tests.pages.conftest import SitDown


@pytest.fixture
def open_page(sit_down: SitDown, client: int) -> Open:
    """Open the page as somebody, on a claim and one of its tabs."""

    def run(actor: Actor, claim: int | str | None, of: int | None = None, *, tab: str | None = None) -> AppTest:
        sit_down(actor)
        page = AppTest.from_file(PAGE, default_timeout=30)
        if claim is not None:
            page.query_params["client"] = str(of or client)
            page.query_params["claim"] = str(claim)
        if tab is not None:
            page.query_params["tab"] = tab
        page.run()
        assert not page.exception
        return page

    return run
