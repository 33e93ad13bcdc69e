"""Watching the queue while others work: what changes shows, what is being read stays where it is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from core import contact, instant
from core.access import Role
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import arriving, many, row, rows, scroll_top

pytestmark = pytest.mark.journey

AN_HOUR = timedelta(hours=1)


def test_what_others_do_shows_and_what_is_read_stays_where_it_is_until_one_may_look_no_more(
    desk: Desk, visit: Visit
) -> None:
    client, other = factories.client(), factories.client()
    claims = many(client)
    many(other, 3)
    va, supervisor = factories.staff(Role.VA, client), signing_in.person(Role.SUPERVISOR)
    page = visit("/live_intake", as_=supervisor)
    expect(rows(page)).to_have_count(43)

    # What arrives above is there at once, and announced until it is asked for where somebody reads.
    unread = arriving(client, due_at=instant.now() - AN_HOUR)
    expect(rows(page).first).to_have_attribute("data-key", f"{client}/{unread}")
    row(page, client, claims[0]).hover()
    arrived = arriving(client, due_at=instant.now() - AN_HOUR)
    expect(page.get_by_role("button", name="1 new, show")).to_be_visible()
    assert rows(page).nth(1).get_attribute("data-key") == f"{client}/{claims[0]}"
    expect(page.locator(".figure.overdue b")).to_have_text("2")
    page.get_by_role("button", name="1 new, show").click()
    expect(rows(page).nth(1)).to_have_attribute("data-key", f"{client}/{arrived}")

    # What was handed out is taken back where that was done, and the list does not move for it.
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

    # An attempt shows in its row, and filter, order, selection and place stay as the reader has them.
    page.get_by_label("Client", exact=True).select_option(index=1)
    page.get_by_role("button", name="Claim", exact=True).click()
    expect(rows(page)).to_have_count(42)
    row(page, client, claims[20]).get_by_role("checkbox").check()
    row(page, client, claims[21]).get_by_role("checkbox").check()
    expect(page.get_by_role("button", name="Assign 2 claims")).to_be_visible()
    row(page, client, claims[25]).scroll_into_view_if_needed()
    where = scroll_top(page)
    assert where > 0
    first = rows(page).first.get_attribute("data-key")
    with transaction(va) as tx:
        contact.log_attempt(
            va, tx, client_id=client, claim_id=claims[25], party=contact.Party.WORKER, method=contact.Method.PHONE,
            outcome=contact.Outcome.VOICEMAIL, note="", at=instant.now(), request=uuid4(),
        )  # fmt: skip
    expect(row(page, client, claims[25]).locator("td[data-column=last]")).to_contain_text("Voicemail")
    assert scroll_top(page) == where
    assert rows(page).first.get_attribute("data-key") == first
    expect(page.get_by_role("button", name="Assign 2 claims")).to_be_visible()
    expect(row(page, client, claims[20]).get_by_role("checkbox")).to_be_checked()
    expect(page.locator("th[data-column=claim]")).to_have_attribute("aria-sort", "ascending")
    expect(rows(page)).to_have_count(42)

    # Whoever is disabled looks no more, at once.
    with desk.owner() as db:
        db.execute("update staff set active = false where staff_id = %s", (supervisor.staff_id,))
    expect(rows(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
