"""Authorization aging in a browser: what is chosen opens its requests, and what another person does is there at once."""

import pytest
from playwright.sync_api import expect

from core import authorizations
from core.access import Role
from core.authorizations import Party
from core.statutes import Channel
from core.transactions import acting
from tests import factories, signing_in
from tests.conftest import Desk
from tests.core.authorizations.work import DAY, approved, log, look
from tests.factories import NOW
from tests.journeys.conftest import Visit
from tests.journeys.live_intake.board import rows

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("begins_at", [NOW], ids=["in the morning"])
def test_a_segment_opens_its_requests_and_what_another_tells_leaves_the_queue_at_once(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
    boss = signing_in.person(Role.SUPERVISOR)
    old = {"received_at": NOW - 20 * DAY, "complete_at": NOW - 20 * DAY}
    lapsed = log(va, client, factories.claim(client, jurisdiction="CA"), **old)
    fresh = log(va, client, factories.claim(client, jurisdiction="NY"), jurisdiction="NY", kind="mtg_variance")
    page = visit("/authorization_aging", as_=boss)
    expect(page.get_by_text("1 of 2 open requests lapsed, 1 of them in CA")).to_be_visible()

    bars = page.locator("[data-testid=stVegaLiteChart]")
    bars.locator("path[aria-label*='Clock left: Lapsed']").click()
    behind = page.get_by_role("heading", name="Requests behind what is chosen")
    expect(behind).to_be_visible()
    expect(page.get_by_text("1 request. What is due first comes first")).to_be_visible()
    page.get_by_role("gridcell", name="CA, lapsed: 1 open").click()
    expect(behind).to_be_visible()

    queue = visit("/authorizations", as_=boss)
    expect(rows(queue)).to_have_count(2)
    expect(rows(queue).first).to_contain_text(f"C-{lapsed.claim_id}")
    with acting(nurse) as tx:
        authorizations.determine(nurse, tx, lapsed, approved(), at=NOW)
    [made] = look(va, lapsed).determinations
    with acting(va) as tx:
        authorizations.tell(
            va, tx, client_id=client, claim_id=lapsed.claim_id, request_id=lapsed.request_id,
            determination_id=made.determination_id, party=Party.PROVIDER, how=Channel.FAX, recipient="Dr. Ames",
            told_at=NOW, at=NOW,
        )  # fmt: skip
    expect(rows(queue)).to_have_count(1)
    expect(rows(queue).first).to_contain_text(f"C-{fresh.claim_id}")
    page.reload()
    expect(page.get_by_text("Nothing has lapsed")).to_be_visible()
