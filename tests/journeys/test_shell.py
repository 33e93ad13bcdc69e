"""What stands around every page, where only a browser can prove it: the first line, its search, and an outage."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Profiles, Visit, wait_until_drawn
from tests.served import Served

pytestmark = pytest.mark.journey


def test_a_narrow_page_begins_with_one_line_whose_search_opens_a_claim_by_keyboard_and_stays_in_an_outage(
    visit: Visit, profiles: Profiles, served: Served
) -> None:
    client = factories.client()
    factories.claim(client, family_name="Núñez")
    claim = factories.claim(client, family_name="Exampler")
    page = visit("/log_claim", as_=signing_in.person(Role.VA, client), narrow=True)
    title = page.get_by_role("heading", name="Log a claim")
    search = page.get_by_role("combobox", name="Find anything")
    expect(search).to_be_visible()
    wait_until_drawn(page)
    line = [
        each.bounding_box() or {} for each in (page.get_by_role("button", name="Expand sidebar"), title, search)
    ]  # fmt: skip
    assert max(box["y"] + box["height"] for box in line) < 56
    assert all(before["x"] + before["width"] <= after["x"] for before, after in pairwise(line))
    assert line[-1]["x"] + line[-1]["width"] <= 390

    expect(page.get_by_label("Reported by", exact=True)).to_be_focused()
    title.click()  # out of the first field, to which the page has led
    page.keyboard.press("s")
    expect(search).to_be_focused()
    expect(page.get_by_text("Claims that you open are listed here.")).to_be_visible()
    page.keyboard.type("robin")
    found = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(found).to_have_count(2)
    expect(found.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_have_attribute("aria-selected", "true")
    box = found.first.bounding_box() or {}
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    for heard, claims in (("nunez", 1), ("555 0101", 2)):  # who calls back gives a name, or leaves a number
        search.fill(heard)
        expect(found).to_have_count(claims)
    search.fill("exempler")
    expect(found).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"Robin Exampler · C-{claim}")).to_be_visible()
    expect(search).to_have_value("")
    assert page.url.endswith(f"/claim?client={client}&claim={claim}")
    wait_until_drawn(page)
    page.keyboard.press("/")
    expect(found).to_have_count(1)
    expect(page.get_by_text("Opened last")).to_be_visible()

    page.go_back()
    expect(title).to_be_visible()
    assert page.url.endswith("/log_claim")
    field = page.get_by_label("Family name", exact=True)
    expect(field).to_be_visible()
    wait_until_drawn(page)

    # The desk goes away: what stands on the page stays, and it is told in words of our own.
    assert profiles.troubles == []
    with page.expect_event("console", lambda said: "Streamlit" in said.text):
        served.process.terminate()  # and Streamlit would open its window by then

    told = page.get_by_role("status").filter(has_text="The desk cannot be reached just now.")
    expect(told).to_contain_text("leave this page open")
    expect(page.get_by_test_id("stDialog").locator("visible=true")).to_have_count(0)
    expect(page.get_by_text("Connecting").locator("visible=true")).to_have_count(0)
    expect(field).to_be_visible()
    page.close()
    profiles.troubles.clear()  # what a browser logs of a server that is gone is no defect
