"""First contact in a browser: what may leave it, and what its address keeps."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def page(visit: Visit) -> Page:
    """A supervisor's page, with something reported to two clients."""
    for client in (factories.client(), factories.client()):
        for n in range(6):
            factories.claim(client, reported_at=instant.now() - timedelta(days=2, minutes=n))
    return visit("/first_contact", as_=signing_in.person(Role.SUPERVISOR))


def offered(page: Page, drawn: Locator) -> list[str]:
    """Return what toolbars offer while the pointer is on *drawn*, as a screen reader names it."""
    drawn.hover()
    buttons = page.get_by_test_id("stElementToolbar").get_by_role("button").filter(visible=True)
    expect(buttons.first).to_be_visible()
    return [button.get_attribute("aria-label") or "" for button in buttons.all()]


def test_nothing_leaves_but_by_the_desks_own_downloads(page: Page) -> None:
    picture = page.get_by_test_id("stVegaLiteChart")
    expect(picture.locator("svg, canvas")).to_be_visible()
    of_picture = offered(page, picture)
    page.get_by_text("The same figures as a table").click()
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible()
    of_table = offered(page, table)
    assert any(name.startswith("Fullscreen") for name in of_picture)
    assert any(name.startswith("Search") for name in of_table)
    assert [name for name in of_picture + of_table if name.startswith(("Download", "Copy", "Save"))] == []


def test_a_reload_asks_the_same_again(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Jurisdiction").fill("TX")
    page.get_by_role("option", name="TX").click()
    expect(page.get_by_text("· all clients · TX · reported")).to_be_visible()
    assert page.url.endswith("/first_contact?state=TX")
    page.reload()
    expect(page.get_by_text("· all clients · TX · reported")).to_be_visible()
