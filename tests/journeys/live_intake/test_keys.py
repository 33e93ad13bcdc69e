"""Each key does what it says, and is a letter while somebody types."""

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit
from tests.journeys.live_intake.board import many, row, rows

pytestmark = pytest.mark.journey


class TestByKeyboard:
    def test_select_and_assign_without_the_mouse(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 5)
        va = signing_in.person(Role.VA, client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(5)

        for key in ("j", "x", "j", "x", "a"):
            page.keyboard.press(key)
        dialog = page.get_by_role("dialog")
        assign = dialog.get_by_role("button", name="Assign 2 claims")
        expect(assign).to_be_disabled()
        dialog.get_by_role("combobox").press("ArrowDown")
        page.get_by_role("option", name=va.name).click()
        expect(assign).to_be_enabled()
        assign.press("Enter")

        for claim in claims[:2]:
            expect(row(page, client, claim).locator("td[data-column=who]")).to_have_text(va.name)
        expect(page.get_by_text("None selected")).to_be_visible()

    def test_enter_opens_the_claim(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)

        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")

        page.wait_for_url(f"**/claim?client={client}&claim={claims[1]}")

    def test_n_goes_on_within_what_the_list_is_narrowed_to_and_others_see_who_is_there(self, visit: Visit) -> None:
        client, other = factories.client(), factories.client()
        mine, theirs = many(client, 3), many(other, 3)
        page = visit("/live_intake", as_=(boss := signing_in.person(Role.SUPERVISOR)))
        watching = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(6)
        page.get_by_label("Client", exact=True).select_option(index=1)
        expect(rows(page)).to_have_count(3)
        row(page, client, mine[0]).get_by_role("link").click()
        page.wait_for_url(f"**/claim?client={client}&claim={mine[0]}&list_client={client}")
        expect(row(watching, client, mine[0]).locator(".viewers")).to_have_attribute("title", f"Open now: {boss.name}")
        expect(row(watching, other, theirs[0]).locator(".viewers")).to_be_hidden()

        expect(page.get_by_role("button", name="Next")).to_be_visible()
        page.keyboard.press("n")

        page.wait_for_url(f"**/claim?client={client}&claim={mine[1]}&list_client={client}")
        expect(row(watching, client, mine[1]).locator(".viewers")).to_be_visible()
        expect(row(watching, client, mine[0]).locator(".viewers")).to_be_hidden()

    def test_an_attempt_is_logged_on_one_claim_and_never_on_the_first_of_several(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)
        said = page.get_by_text("Log attempt is for one claim at a time, 2 are selected.")

        for key in ("j", "x", "j", "x", "l"):
            page.keyboard.press(key)
        expect(said).to_be_visible()
        page.keyboard.press("x")
        expect(said).to_be_hidden()
        page.get_by_role("button", name="Log attempt").click()

        page.wait_for_url(f"**/claim?client={client}&claim={claims[0]}")

    def test_a_letter_typed_into_the_search_is_a_letter_g_too(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)
        search = page.get_by_label("Search the list")

        page.keyboard.press("/")
        page.keyboard.type("gi?")

        expect(search).to_have_value("gi?")
        expect(page.get_by_role("heading", name="Live intake", exact=True)).to_be_visible()
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()

        search.fill("")
        page.keyboard.type(f"c-{claims[2]}")

        expect(search).to_have_value(f"c-{claims[2]}")
        expect(rows(page)).to_have_count(1)

    def test_the_keys_fit_a_narrow_screen(self, visit: Visit) -> None:
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=True)
        expect(page.get_by_text("No claim waits for first contact.")).to_be_visible()

        page.keyboard.press("?")

        keys = page.get_by_role("dialog", name="Keys")
        expect(keys).to_be_visible()
        assert keys.evaluate("window => window.scrollWidth - window.clientWidth") == 0

    def test_the_keys_are_listed(self, visit: Visit) -> None:
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(page.get_by_text("No claim waits for first contact.")).to_be_visible()

        page.keyboard.press("?")

        keys = page.get_by_role("dialog", name="Keys")
        expect(keys).to_contain_text("Open the claim")
        expect(keys).to_contain_text("G then FFirst contact")
        expect(keys).not_to_contain_text("Access log")  # not a page of hers
        page.keyboard.press("Escape")
        expect(keys).to_be_hidden()

    def test_g_and_a_letter_go_to_a_page_and_the_letter_does_nothing_else(self, visit: Visit) -> None:
        client = factories.client()
        many(client, 2)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(2)
        page.keyboard.press("j")

        page.keyboard.press("g")
        page.keyboard.press("l")  # alone it opens the claim under the keyboard
        page.keyboard.press("g")
        page.keyboard.press("i")

        expect(page.get_by_role("heading", name="Intake", exact=True)).to_be_visible()
