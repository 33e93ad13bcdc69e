"""A fax from the inbound tray to its claim, by hand and in a real browser: files go another way than what is typed."""

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, papers, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


def test_a_fax_that_is_dropped_is_looked_at_and_becomes_a_document_of_its_claim(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claim = factories.claim(client)
    page = visit("/tray", as_=signing_in.person(Role.VA, client))

    page.locator("input[type=file]").set_input_files(
        {"name": "fax.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}
    )
    expect(page.get_by_text("1 file in the tray, the oldest first")).to_be_visible()
    expect(page.get_by_role("strong").filter(has_text="fax.pdf")).to_be_visible()  # the box that took it goes

    number = page.get_by_role("textbox", name="Claim number")
    number.fill(f"C-{claim}")
    number.press("Enter")
    expect(page.get_by_text("Robin Sample")).to_be_visible()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Work status").click()
    page.get_by_role("textbox", name="Received").fill("11/23/2026 08:30")
    page.get_by_role("button", name="File document").click()

    expect(page.get_by_test_id("stToast")).to_contain_text(f"Filed on C-{claim}.")
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    with desk.owner() as db:
        filed = db.execute("select d.kind, claim_id, name from claim_document d join file using (client_id, file_id)")
        assert filed.fetchall() == [("work_status", claim, "fax.pdf")]
