"""A statutory clock in a browser: a version is rehearsed over what was, put in force from a day on, and withdrawn."""

import pytest
from playwright.sync_api import Page, expect

from core.access import Role
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.authorizations.work import DAY, RECEIVED, log
from tests.factories import NOW
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.tables import open_row

pytestmark = pytest.mark.journey


def typed(page: Page, name: str, words: str) -> None:
    field = page.get_by_label(name, exact=True)
    field.fill(words)
    field.press("Tab")
    wait_until_drawn(page)


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_version_is_rehearsed_put_in_force_from_a_day_on_and_withdrawn(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    for days in (20, 20, 20, 20, 20, 0):
        received = RECEIVED - days * DAY
        log(va, client, factories.claim(client, jurisdiction="CA"), received_at=received, complete_at=received)
    page = visit("/clocks", as_=signing_in.person(Role.ADMINISTRATOR))
    page.get_by_role("combobox", name="State").click()
    page.get_by_role("option", name="California").click()
    wait_until_drawn(page)
    open_row(page, "Prospective")
    page.get_by_role("radio", name="New version").click()
    typed(page, "Limit", "30")
    expect(page.get_by_text("1 open request would be due otherwise:")).to_be_visible()
    page.get_by_role("button", name="Rehearse").click()
    expect(
        page.get_by_text("Rehearsal over the last 90 days: 5 of 6 requests late as it was; 0 would have been")
    ).to_be_visible()
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("The reason for the rule is missing")).to_be_visible()
    typed(page, "From, Pacific time", "12/01/2026")
    typed(page, "Reason for the version", "Amended.")
    page.get_by_role("button", name="Plan this version").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("CA, Prospective: 30 working days")
    wait_until_drawn(page)  # what is drawn anew shuts a list that is open

    page.get_by_role("combobox", name="Planned version").click()
    page.get_by_role("option", name="30 working days").click()
    typed(page, "Why it is withdrawn", "Not enacted.")
    page.get_by_role("button", name="Withdraw the version").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Withdrawn: CA, Prospective, 30 working days")
    expect(page.get_by_text("Not enacted.")).to_be_visible()
