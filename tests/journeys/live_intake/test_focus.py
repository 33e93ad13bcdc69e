"""Without the mouse: where the focus is, and what is said of it."""

import re

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import (
    FOCUSED,
    many,
    row,
    rows,
    scroll_top,
    the_focus_is_seen_on_the_way_to_a_claim,
)

pytestmark = pytest.mark.journey


def test_without_the_mouse_the_focus_is_seen_and_said_and_comes_to_one_row_of_the_list_with_its_box_and_link(
    visit: Visit,
) -> None:
    client = factories.client()
    claims = many(client, 40)
    page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(40)
    called = re.compile(rf"^C-{claims[0]} Due in \d+ min \S+ .*Client \d+ Nobody yet$")
    expect(page.get_by_role("row", name=called)).to_have_count(1)
    wait_until_drawn(page)

    the_focus_is_seen_on_the_way_to_a_claim(page)

    # Space selects the claim and says so, and the list stays.
    page.keyboard.press("Space")
    expect(row(page, client, claims[0]).get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_text(f"C-{claims[0]} selected, 1 in all")).to_have_attribute("role", "status")
    assert scroll_top(page) == 0
    expect(page.get_by_role("button", name="Assign 1 claim")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_text(f"C-{claims[0]} not selected, 0 in all")).to_have_attribute("role", "status")
    expect(page.get_by_text("Select claims to assign them.")).to_be_visible()

    # The arrows lead from row to row, Tab to the row's box and link, and out of the list.
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED)["name"] == f"{client}/{claims[1]}"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == f"Select C-{claims[1]}"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == f"C-{claims[1]}"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["tag"] == "BODY"
