"""Codes are proposed while somebody writes what happened, and nothing is taken out of their hands."""

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, wait_until_drawn

pytestmark = pytest.mark.journey

FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_what_happened_proposes_codes_as_one_goes_on_and_a_click_takes_one(desk: Desk, visit: Visit) -> None:
    page = visit("/log_claim", as_=signing_in.person(Role.VA, factories.client()))
    expect(page.get_by_role("heading", name="Log a claim")).to_be_visible()
    wait_until_drawn(page)
    page.get_by_label("Family name", exact=True).fill("Núñez")
    page.get_by_label("Date of injury", exact=True).press_sequentially("11232026")
    page.get_by_label("What happened", exact=True).click()
    page.keyboard.type("Slipped on ice and broke his left wrist.")

    page.keyboard.press("Tab")
    page.keyboard.type("left ", delay=30)
    expect(page.get_by_role("button", name="34 Wrist?")).to_be_visible()
    page.keyboard.type("wrist")

    part = page.get_by_label("Part of body", exact=True)
    expect(part).to_be_focused()
    expect(part).to_have_value("left wrist")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Part of body code, optional", "the order of the fields is as it was"

    page.get_by_role("button", name="34 Wrist?").click()
    expect(page.get_by_role("button", name="34 Wrist?")).to_have_count(0)
    cause = page.get_by_label("Cause code, optional")
    cause.click()
    page.keyboard.type("slipped")
    page.get_by_role("option", name="29 On same level").click()
    page.get_by_role("button", name="Save and open the claim").click()
    expect(page.get_by_text("The clock runs.")).to_be_visible()

    with desk.owner() as db:
        kept = db.execute("select part_code, nature_code, cause_code, body_part from claim_narrative").fetchall()
    assert kept == [("34", None, "29", "left wrist")]
