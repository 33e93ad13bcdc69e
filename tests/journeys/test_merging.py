"""A merge in a browser, and its undo: by either number one finds what is told of both as it stands then."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.access import Role
from tests import factories, signing_in
from tests.core.contact.work import log
from tests.factories import NOW
from tests.journeys.conftest import Visit, wait_until_drawn

pytestmark = pytest.mark.journey

HOUR = timedelta(hours=1)


def find(page: Page, claim: int) -> None:
    """Look for a claim by its number in the first line of *page*, and open what is found."""
    wait_until_drawn(page)
    page.get_by_role("combobox", name="Find anything").fill(f"C-{claim}")
    found = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(found).to_have_count(1)
    found.click()


def tells(page: Page, *said: str, not_: str = "") -> None:
    """Turn to the history of the claim that is open: it tells what is *said*."""
    page.get_by_role("tab", name="History").click()
    history = page.get_by_role("tabpanel", name="History")
    for each in said:
        expect(history).to_contain_text(each)
    if not_:
        expect(history).not_to_contain_text(not_)


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_both_numbers_lead_to_both_histories_until_the_merge_is_undone(visit: Visit) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    earlier, later = (factories.claim(client, reported_at=NOW - hours * HOUR) for hours in (3, 1))
    for claim, note in ((earlier, "Asked for Robin."), (later, "Rang twice.")):
        log(va, client, claim, note=note, at=NOW)
    page = visit(f"/claim?client={client}&claim={later}", as_=signing_in.person(Role.SUPERVISOR))

    page.get_by_text("Merge with another claim").click()
    page.get_by_role("textbox", name="Number of the other claim").fill(f"C-{earlier}")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("button", name=f"Merge C-{later} into C-{earlier}").click()
    led = page.get_by_text("You asked for it: this is the claim that it leads to.")
    expect(led).to_be_visible()

    for claim in (earlier, later):
        find(page, claim)
        expect(led).to_have_count(int(claim == later))
        expect(page.get_by_role("heading", name=f"Robin Sample · C-{earlier}")).to_be_visible()
        tells(page, "Asked for Robin.", "Rang twice.", f"C-{later} merged into this claim")

    page.get_by_role("tab", name="Overview").click()
    page.get_by_role("button", name=f"Undo the merge of C-{later}").click()
    page.get_by_role("button", name="Undo the merge now").click()
    expect(page.get_by_text(f"Merge of C-{later} undone")).to_be_visible()

    for claim, own, others in (
        (later, "Rang twice.", "Asked for Robin."),
        (earlier, "Asked for Robin.", "Rang twice."),
    ):
        find(page, claim)
        expect(page.get_by_role("heading", name=f"Robin Sample · C-{claim}")).to_be_visible()
        tells(page, own, not_=others)
