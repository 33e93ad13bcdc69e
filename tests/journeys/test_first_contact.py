"""First contact in a browser: what may leave it, and what its address keeps."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from core import instant
from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit, wait_until_drawn

pytestmark = pytest.mark.journey


@pytest.fixture
def lately() -> datetime:
    return (instant.now() - timedelta(days=2)).replace(minute=30)


@pytest.fixture
def before(lately: datetime) -> datetime:
    """On another weekday than *lately*."""
    return lately - timedelta(days=18)


@pytest.fixture
def page(visit: Visit, lately: datetime, before: datetime) -> Page:
    """A supervisor's page, with something reported to two clients within one hour: parts of twelve would be withheld."""
    for client in (factories.client(), factories.client()):
        for n in range(6):
            factories.claim(client, reported_at=lately - timedelta(minutes=n))
    for _ in range(6):
        factories.claim(client, reported_at=before)
    return visit("/first_contact", as_=signing_in.person(Role.SUPERVISOR))


def cell_of(page: Page, at: datetime) -> Locator:
    return page.get_by_role("gridcell", name=f"{at.astimezone(ZoneInfo('America/Chicago')):%A, %H:00} to")


def offered(page: Page, drawn: Locator, name: str) -> list[str]:
    """Return what the toolbars of the page offer while the pointer is on *drawn*, once that one's own has come."""
    drawn.hover()
    bars = page.get_by_test_id("stElementToolbar")
    expect(bars.get_by_role("button", name=f"Fullscreen: {name}")).to_be_visible()
    shown = bars.get_by_role("button").filter(visible=True).all()
    return [button.get_attribute("aria-label") or "" for button in shown]


def test_nothing_leaves_but_by_the_desks_own_downloads_and_a_reload_asks_the_same_again(page: Page) -> None:
    line = page.locator(".desk-weeks img")
    expect(line).to_be_visible()
    assert line.evaluate("image => image.naturalWidth"), "the weeks' line is drawn, under the desk's own policy"
    page.get_by_text("The figures as a list, and downloads").click()
    of_table = offered(page, page.get_by_test_id("stDataFrame").first, "Claims by weekday and hour")
    assert [name for name in of_table if name.startswith(("Download", "Copy", "Save"))] == []

    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Jurisdiction").fill("TX")
    page.get_by_role("option", name="TX").click()
    expect(page.get_by_text("· all clients · TX · reported")).to_be_visible()
    expect(page).to_have_url(re.compile("/first_contact[?]state=TX&from=[0-9-]+&to=[0-9-]+&zone=[A-Za-z0-9_%]+$"))
    page.reload()
    expect(page.get_by_text("· all clients · TX · reported")).to_be_visible()


def test_the_claims_behind_cells_appear_by_pointer_keyboard_and_box_and_go_with_their_cell(
    page: Page, lately: datetime, before: datetime
) -> None:
    filled, behind = cell_of(page, lately), page.get_by_role("heading", name="Claims behind the chosen cells")
    filled.click()
    expect(filled).to_have_attribute("aria-selected", "true")
    expect(behind).to_be_visible()
    filled.click()
    expect(behind).to_have_count(0)
    expect(filled).to_have_attribute("aria-selected", "false")

    wait_until_drawn(page)
    filled.focus()
    expect(page.locator("p.said")).to_contain_text("reported")
    filled.press("Space")
    expect(behind).to_be_visible()
    expect(filled).to_be_focused()  # the page was drawn anew around it
    filled.press("Escape")
    expect(behind).to_have_count(0)

    wait_until_drawn(page)
    table = page.get_by_role("grid", name="Share reached in time by weekday and hour of the report")
    corners = [table.get_by_role("gridcell").first, table.get_by_role("gridcell").last]
    for corner, act in zip(corners, (page.mouse.down, page.mouse.up), strict=True):
        box = corner.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
        act()
    expect(behind).to_be_visible()
    expect(page.get_by_text("18 claims")).to_be_visible()
    expect(filled).to_have_attribute("aria-selected", "true")
    filled.press("Escape")
    expect(behind).to_have_count(0)

    cell_of(page, before).click()
    expect(behind).to_be_visible()
    page.get_by_role("radio", name="7 days").click()
    expect(behind).to_have_count(0)
    page.get_by_role("radio", name="90 days").click()
    expect(page.locator("dd").get_by_text("18", exact=True)).to_be_visible()  # and no heading of an hour
    expect(cell_of(page, before)).to_have_attribute("aria-selected", "false")
    wait_until_drawn(page)
    expect(behind).to_have_count(0)  # a choice that went with its cell does not come back
