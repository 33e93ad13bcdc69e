"""The list is read whole on a wide screen and on a narrow one, and under a finger."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from core import assignment, contact, instant
from core.access import Role
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import arriving, many, row, rows, the_focus_is_seen_on_the_way_to_a_claim

pytestmark = pytest.mark.journey

LATE = (timedelta(days=22, hours=22), timedelta(hours=47, minutes=58), timedelta(hours=23, minutes=58))
"""How long claims are overdue, the longest first, as the list has them."""


def test_a_wide_screen_is_filled_and_names_due_times_and_twenty_rows_are_read_whole(desk: Desk, visit: Visit) -> None:
    client = factories.client()
    claims = many(client, 40)
    named_at_length(desk, client, claims[-1])
    page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
    expect(rows(page)).to_have_count(40)

    the_acts_stand_at_the_foot(page, client, claims[0], within=110)
    box, last = page.locator(".board .box").bounding_box() or {}, rows(page).nth(19).bounding_box() or {}
    assert last["y"] + last["height"] <= box["y"] + box["height"], "twenty rows are read without scrolling"

    named = row(page, client, claims[-1])
    expect(named.locator(".viewers")).to_be_visible()
    named.get_by_role("link").evaluate("link => (link.textContent = 'C-16460')")
    for column in ("due", "claim", "client", "jurisdiction", "reported", "stage", "missing", "who", "last"):
        cell = named.locator(f"td[data-column={column}]")
        assert cell.evaluate("cell => cell.scrollWidth - cell.clientWidth") <= 0, cell.inner_text()
    # Where a name is longer still, the pointer shows it whole.
    for column, whole in (
        ("client", "Cascade Valley Foods Inc."),
        ("who", "Valentina Ruiz"),
        ("missing", re.compile("birth date, contact method, language")),
    ):
        expect(named.locator(f"td[data-column={column}]")).to_have_attribute("title", whole)

    for late in LATE:
        arriving(client, due_at=instant.now() - late)
    expect(rows(page)).to_have_count(43)
    due_times_are_read_whole(page)
    heights = rows(page).evaluate_all("all => all.map(row => row.offsetHeight)")
    assert heights[0] > heights[1] == heights[2], "up to two days it takes one line"

    page.set_viewport_size({"width": 720, "height": 450})  # the same at 200%
    expect(page.get_by_role("button", name="Log attempt")).to_be_in_viewport(ratio=1)
    box, fourth = page.locator(".board .box").bounding_box() or {}, rows(page).nth(3).bounding_box() or {}
    assert box["y"] < 140, "above the list are the page's first line, one of figures and one of filters"
    assert fourth["y"] + fourth["height"] <= box["y"] + box["height"], "four claims are read"


def test_on_a_narrow_screen_each_claim_is_an_entry_read_whole_and_the_acts_and_keys_have_room(visit: Visit) -> None:
    client, now = factories.client(), instant.now()
    for late in LATE:
        factories.claim(client, reported_at=now - late - timedelta(hours=24), due_at=now - late)
    [claim, *_] = many(client, 20)
    page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=True)
    expect(rows(page)).to_have_count(23)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".board .box").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    due_times_are_read_whole(page)
    # Still a table for those who listen to it, with what the eye is spared.
    expect(page.get_by_role("table", name="Live intake").get_by_role("row")).to_have_count(24)

    expect(page.locator(".keys")).to_be_attached()
    wait_until_drawn(page)
    the_focus_is_seen_on_the_way_to_a_claim(page)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert keys.evaluate("window => window.scrollWidth - window.clientWidth") == 0
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()

    the_acts_stand_at_the_foot(page, client, claim, within=130)  # with a selection they take two lines

    # What to do with a selection is in sight at the window's foot, and hides no row that the keyboard comes to.
    page.keyboard.press("Escape")  # leaves the search
    for _ in range(25):
        page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("button", name="Assign 2 claims")).to_be_in_viewport(ratio=1)
    page.keyboard.press("j")
    last = rows(page).last.bounding_box() or {}
    foot = page.locator(".st-key-live_intake-panel-foot").bounding_box() or {}
    assert last["y"] + last["height"] <= foot["y"]


def test_a_finger_takes_the_first_claim_of_a_list_that_told_why_it_was_empty_and_is_told_of_no_keys(
    desk: Desk, visit: Visit
) -> None:
    client, other = factories.client(), factories.client()
    va = signing_in.person(Role.VA)
    page = visit("/intake", as_=va, finger=True)
    expect(page.get_by_text("No client is given to you yet.")).to_be_visible()
    with desk.owner() as db:
        db.execute("insert into staff_client (staff_id, client_id) values (%s, %s)", (va.staff_id, client))
    expect(page.get_by_text("No claim waits for first contact.")).to_be_visible()

    due = instant.now() + timedelta(hours=9)
    arriving(other, due_at=due)
    claim = arriving(client, due_at=due)
    expect(rows(page)).to_have_count(1)
    empty = page.locator(".board .empty")
    page.locator(".figure.overdue").tap()
    shown = due.astimezone(ZoneInfo(va.timezone))
    expect(empty).to_contain_text(re.compile(f"Nothing is overdue. The next is due at .*{shown:%H:%M}."))
    page.get_by_label("Search the list").fill("nothing is called so")
    expect(empty).to_contain_text("No claim matches these filters.")
    page.get_by_role("button", name="Clear the filters").tap()
    expect(rows(page)).to_have_count(1)

    row(page, client, claim).get_by_role("checkbox").tap()
    take = page.get_by_role("button", name="Take", exact=True)
    expect(take).to_be_enabled()
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
    expect(page.get_by_label("Search the list")).to_have_attribute("placeholder", "Search the list")
    take.tap()
    expect(page.locator(".figure.mine b")).to_have_text("1")
    expect(page.get_by_role("button", name="Undo assignment")).to_be_visible()

    row(page, client, claim).get_by_role("link").tap()
    page.wait_for_url(f"**/claim?client={client}&claim={claim}")
    expect(page.get_by_role("button", name="Log attempt", exact=True)).to_be_visible()


def named_at_length(desk: Desk, client: int, claim: int) -> None:
    """Give the claim to somebody, who has it open, and let its names and what it lacks be as long as usual ones are."""
    va = factories.staff(Role.VA, client)
    with transaction(va) as tx:
        assignment.assign(va, tx, claims=[(client, claim)], to=va.staff_id, at=instant.now())
        contact.log_attempt(
            va, tx, client_id=client, claim_id=claim, party=contact.Party.WORKER, method=contact.Method.PHONE,
            outcome=contact.Outcome.NO_ANSWER, note="", at=instant.now() - timedelta(days=1), request=uuid4(),
        )  # fmt: skip
    with desk.owner() as db:
        db.execute("update client set name = 'Cascade Valley Foods Inc.' where client_id = %s", (client,))
        db.execute("update staff set full_name = 'Valentina Ruiz' where staff_id = %s", (va.staff_id,))
        db.execute("insert into claim_viewer values (%s, %s, %s, now(), now())", (client, claim, va.staff_id))
        for element in ("birth_date", "preferred_contact", "language"):
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, %s, 'Not in the report.', now())",
                (client, claim, element),
            )


def the_acts_stand_at_the_foot(page: Page, client: int, claim: int, *, within: int) -> None:
    """See the acts in the last pixels of the window, and that they never leap, whatever is selected or found."""
    acts, search = page.get_by_role("button", name="Log attempt"), page.get_by_label("Search the list")
    count = rows(page).count()
    expect(acts).to_be_disabled()
    expect(acts).to_be_in_viewport(ratio=1)
    wait_until_drawn(page)
    foot = acts.bounding_box() or {}
    assert foot["y"] + foot["height"] > page.evaluate("innerHeight") - within, "nothing is left unused below"

    row(page, client, claim).get_by_role("checkbox").check()
    expect(page.get_by_role("button", name="Assign 1 claim")).to_be_in_viewport(ratio=1)
    assert acts.bounding_box() == foot
    page.mouse.move(0, 0)  # a list under the pointer would keep what arrives back
    search.fill("nothing is called so")
    expect(rows(page)).to_have_count(0)
    assert acts.bounding_box() == foot
    search.fill("")
    expect(rows(page)).to_have_count(count)


def due_times_are_read_whole(page: Page) -> None:
    for n in range(len(LATE)):
        cell = rows(page).nth(n).locator("td[data-column=due]")
        within = cell.bounding_box() or {}
        for piece in cell.locator("span").all():
            box = piece.bounding_box() or {}
            assert within["x"] <= box["x"], piece.inner_text()
            assert box["x"] + box["width"] <= within["x"] + within["width"], piece.inner_text()
            assert within["y"] <= box["y"] + 1, piece.inner_text()
            assert box["y"] + box["height"] <= within["y"] + within["height"] + 1, piece.inner_text()
