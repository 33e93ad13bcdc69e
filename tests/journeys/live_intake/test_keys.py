"""Each key does what it says, and is a letter while somebody types."""

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import many, row, rows

pytestmark = pytest.mark.journey


def test_claims_are_found_selected_and_assigned_by_keys_that_are_letters_in_the_search_and_are_listed(
    visit: Visit,
) -> None:
    client = factories.client()
    claims = many(client, 3)
    va = signing_in.person(Role.VA, client)
    page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".keys")).to_be_attached()
    search, keys = page.get_by_label("Search the list"), page.get_by_role("dialog", name="Keys")

    page.keyboard.press("/")
    page.keyboard.type("gi?")
    expect(search).to_have_value("gi?")
    expect(page.get_by_role("heading", name="Live intake", exact=True)).to_be_visible()
    expect(keys).to_be_hidden()
    search.fill("")
    page.keyboard.type(f"c-{claims[2]}")
    expect(search).to_have_value(f"c-{claims[2]}")
    expect(rows(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("Escape")
    expect(search).not_to_be_focused()

    page.keyboard.press("?")
    expect(keys).to_contain_text("Open the claim")
    expect(keys).to_contain_text("G then FFirst contact")
    expect(keys).not_to_contain_text("Access log")  # not a page of hers
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    for key in ("j", "x", "k", "x", "a"):  # from the claim that was found
        page.keyboard.press(key)
    dialog = page.get_by_role("dialog")
    assign = dialog.get_by_role("button", name="Assign 2 claims")
    expect(assign).to_be_disabled()
    dialog.get_by_role("combobox").press("ArrowDown")
    page.get_by_role("option", name=va.name).click()
    expect(assign).to_be_enabled()
    assign.press("Enter")
    for claim in claims[1:]:
        expect(row(page, client, claim).locator("td[data-column=who]")).to_have_text(va.name)
    expect(page.get_by_text("None selected")).to_be_visible()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Undo assignment")).to_be_visible()
    wait_until_drawn(page)

    page.keyboard.press("j")
    page.keyboard.press("g")
    page.keyboard.press("l")  # alone it opens the claim under the keyboard
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Intake", exact=True)).to_be_visible()


def test_enter_and_n_open_claims_within_what_the_list_is_narrowed_to_others_see_who_is_there_and_l_is_for_one(
    visit: Visit,
) -> None:
    client, other = factories.client(), factories.client()
    mine, theirs = many(client, 3), many(other, 3)
    page = visit("/live_intake", as_=(boss := signing_in.person(Role.SUPERVISOR)))
    watching = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(6)
    expect(rows(watching)).to_have_count(6)
    page.get_by_label("Client", exact=True).select_option(index=1)
    expect(rows(page)).to_have_count(3)
    page.get_by_role("heading", name="Live intake").click()  # in the field of the filter a letter chooses

    for key in ("j", "j", "Enter", "n"):  # N is the claim's own key: it waits for its page
        page.keyboard.press(key)
    page.wait_for_url(f"**/claim?client={client}&claim={mine[2]}&list_client={client}")
    expect(row(watching, client, mine[2]).locator(".viewers")).to_have_attribute("title", f"Open now: {boss.name}")
    expect(row(watching, client, mine[1]).locator(".viewers")).to_be_hidden()
    expect(row(watching, other, theirs[0]).locator(".viewers")).to_be_hidden()

    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(rows(page)).to_have_count(3)
    wait_until_drawn(page)
    said = page.get_by_text("Log attempt is for one claim at a time, 2 are selected.")
    for key in ("j", "x", "j", "x", "l"):
        page.keyboard.press(key)
    expect(said).to_be_visible()
    page.keyboard.press("x")
    expect(said).to_be_hidden()
    expect(page.get_by_role("button", name="Assign 1 claim")).to_be_visible()
    page.get_by_role("button", name="Log attempt").click()
    page.wait_for_url(f"**/claim?client={client}&claim={mine[0]}&list_client={client}")
