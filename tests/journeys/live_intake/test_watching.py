"""Watching the queue in one browser while others work: what changes shows, what is being read stays where it is."""

import pytest
from playwright.sync_api import expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import many, row, rows, scroll_top, urgent

pytestmark = pytest.mark.journey


class TestTwoBrowsers:
    def test_an_attempt_logged_in_one_shows_in_the_other_where_the_reader_is(self, visit: Visit) -> None:
        client, other = factories.client(), factories.client()
        claims = many(client)
        many(other, 3)
        va = signing_in.person(Role.VA, client)
        reading = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(reading)).to_have_count(43)
        reading.get_by_label("Client", exact=True).select_option(index=1)
        reading.get_by_role("button", name="Claim", exact=True).click()
        expect(rows(reading)).to_have_count(40)
        row(reading, client, claims[20]).get_by_role("checkbox").check()
        row(reading, client, claims[21]).get_by_role("checkbox").check()
        expect(reading.get_by_role("button", name="Assign 2 claims")).to_be_visible()
        row(reading, client, claims[25]).scroll_into_view_if_needed()
        where = scroll_top(reading)
        assert where > 0
        first = rows(reading).first.get_attribute("data-key")

        working = visit(f"/claim?client={client}&claim={claims[25]}", as_=va)
        working.get_by_text("Left a voicemail", exact=True).click()
        working.get_by_role("button", name="Log attempt").click()

        expect(row(reading, client, claims[25]).locator("td[data-column=last]")).to_contain_text("Voicemail")
        assert scroll_top(reading) == where
        assert rows(reading).first.get_attribute("data-key") == first
        expect(reading.get_by_role("button", name="Assign 2 claims")).to_be_visible()
        expect(row(reading, client, claims[20]).get_by_role("checkbox")).to_be_checked()
        expect(reading.locator("th[data-column=claim]")).to_have_attribute("aria-sort", "ascending")
        expect(rows(reading)).to_have_count(40)

    def test_a_claim_that_arrives_above_is_there_and_where_somebody_reads_announced_until_asked_for(
        self, visit: Visit
    ) -> None:
        client = factories.client()
        claims = many(client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(40)

        unread = urgent(client)

        expect(rows(page).first).to_have_attribute("data-key", f"{client}/{unread}")

        row(page, client, claims[0]).hover()
        arrived = urgent(client)

        expect(page.get_by_role("button", name="1 new, show")).to_be_visible()
        assert rows(page).nth(1).get_attribute("data-key") == f"{client}/{claims[0]}"
        expect(page.locator(".figure.overdue b")).to_have_text("2")

        page.get_by_role("button", name="1 new, show").click()

        expect(rows(page).nth(1)).to_have_attribute("data-key", f"{client}/{arrived}")


class TestUndo:
    def test_an_assignment_is_taken_back_where_it_was_made_and_the_list_stays_where_it_was(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        va = signing_in.person(Role.VA, client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)
        wait_until_drawn(page)
        before = page.locator(".board .box").bounding_box()
        for claim in claims[:2]:
            row(page, client, claim).get_by_role("checkbox").check()
        page.get_by_role("combobox", name="Assign to").click()
        page.get_by_role("option", name=va.name).click()
        page.get_by_role("button", name="Assign 2 claims").click()
        expect(row(page, client, claims[0]).locator("td[data-column=who]")).to_have_text(va.name)

        undo = page.get_by_role("button", name="Undo assignment")
        expect(undo).to_be_visible()
        assert page.locator(".board .box").bounding_box() == before
        page.get_by_role("heading", name="Live intake").click()
        page.keyboard.press("z")

        for claim in claims[:2]:
            expect(row(page, client, claim).locator("td[data-column=who]")).to_have_text("Nobody yet")
        expect(undo).to_be_hidden()


class TestWhoMayLook:
    def test_the_board_empties_at_once_when_the_person_is_disabled(self, desk, visit: Visit) -> None:
        client = factories.client()
        many(client, 3)
        supervisor = signing_in.person(Role.SUPERVISOR)
        page = visit("/live_intake", as_=supervisor)
        expect(rows(page)).to_have_count(3)

        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (supervisor.staff_id,))

        expect(rows(page)).to_have_count(0)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    def test_a_va_sees_her_clients_and_takes_a_claim(self, visit: Visit) -> None:
        client, other = factories.client(), factories.client()
        [claim] = many(client, 1)
        many(other, 2)
        page = visit("/intake", as_=signing_in.person(Role.VA, client))
        expect(rows(page)).to_have_count(1)

        row(page, client, claim).get_by_role("checkbox").check()
        page.get_by_role("button", name="Take").click()

        expect(page.locator(".figure.mine b")).to_have_text("1")
