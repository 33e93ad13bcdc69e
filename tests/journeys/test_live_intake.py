"""Watching the queue in one browser while others work: what changes shows, what is being read stays where it is."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from core import assignment, contact, instant
from core.access import Role
from core.claims import announce
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey


def rows(page: Page) -> Locator:
    return page.locator(".board tbody tr")


def row(page: Page, client: int, claim: int) -> Locator:
    return page.locator(f".board tr[data-key='{client}/{claim}']")


def many(client: int, count: int = 40) -> list[int]:
    """Make claims of *client*, the first due in an hour, each of the others an hour later."""
    now = instant.now()
    return [factories.claim(client, reported_at=now, due_at=now + timedelta(hours=n + 1)) for n in range(count)]


def urgent(client: int) -> int:
    """Report a claim that is overdue already, as a service does; its id."""
    now = instant.now()
    claim = factories.claim(client, reported_at=now - timedelta(hours=25), due_at=now - timedelta(hours=1))
    with transaction(factories.staff(Role.SUPERVISOR)) as tx:
        announce(tx, client, [claim])
    return claim


def scroll_top(page: Page) -> int:
    return page.locator(".board .box").evaluate("box => box.scrollTop")


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

        expect(row(reading, client, claims[25]).locator("td.last")).to_contain_text("Voicemail")
        assert scroll_top(reading) == where
        assert rows(reading).first.get_attribute("data-key") == first
        expect(reading.get_by_role("button", name="Assign 2 claims")).to_be_visible()
        expect(row(reading, client, claims[20]).get_by_role("checkbox")).to_be_checked()
        expect(reading.locator("th.claim")).to_have_attribute("aria-sort", "ascending")
        expect(rows(reading)).to_have_count(40)

    def test_a_claim_that_arrives_above_is_announced_and_moves_nothing_until_asked_for(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        row(page, client, claims[0]).hover()
        expect(rows(page)).to_have_count(40)

        arrived = urgent(client)

        expect(page.get_by_role("button", name="1 new, show")).to_be_visible()
        assert rows(page).first.get_attribute("data-key") == f"{client}/{claims[0]}"
        expect(page.locator(".figure.overdue b")).to_have_text("1")

        page.get_by_role("button", name="1 new, show").click()

        expect(rows(page).first).to_have_attribute("data-key", f"{client}/{arrived}")

    def test_a_claim_that_arrives_while_nobody_reads_is_simply_there(self, visit: Visit) -> None:
        client = factories.client()
        many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)

        arrived = urgent(client)

        expect(rows(page).first).to_have_attribute("data-key", f"{client}/{arrived}")


FOCUSED = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  const style = getComputedStyle(at), box = at.getBoundingClientRect()
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"
  const seen = box.width > 8 && box.height > 8 && at.checkVisibility()
  const name = at.getAttribute("aria-label") || at.dataset.key || at.innerText.trim()
  return { tag: at.tagName, name, ring, seen }
}"""


def walk(page: Page, *, to: str, most: int = 60) -> list[dict[str, Any]]:
    """Press Tab until the focus is on something of the tag *to*; everything the focus came by."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        if stops[-1]["tag"] == to:
            return stops
    raise AssertionError(f"no {to} in {stops}")


class TestWithoutTheMouse:
    @pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
    def test_the_focus_is_always_seen_on_the_way_to_a_claim(self, visit: Visit, narrow: bool) -> None:
        client = factories.client()
        many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=narrow)
        expect(rows(page)).to_have_count(3)

        stops = walk(page, to="TR")

        assert {"Client", "Search the list", "Select every claim shown", "Last attempt"} <= {at["name"] for at in stops}
        assert [at for at in stops if not (at["ring"] and at["seen"])] == []

    def test_tab_comes_to_one_row_with_its_box_and_its_link_and_leaves_the_list(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)
        walk(page, to="TR")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FOCUSED)["name"] == f"{client}/{claims[1]}"

        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["name"] == f"Select C-{claims[1]}"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["name"] == f"C-{claims[1]}"
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["tag"] == "BODY"

    def test_space_selects_the_claim_and_says_so_and_the_list_stays(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 40)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(40)

        page.keyboard.press("j")
        page.keyboard.press("Space")

        expect(row(page, client, claims[0]).get_by_role("checkbox")).to_be_checked()
        expect(page.get_by_text(f"C-{claims[0]} selected, 1 in all")).to_have_attribute("role", "status")
        assert scroll_top(page) == 0
        page.keyboard.press("Space")
        expect(page.get_by_text(f"C-{claims[0]} not selected, 0 in all")).to_have_attribute("role", "status")

    def test_a_row_is_called_by_its_claim_its_time_its_client_and_its_holder(self, visit: Visit) -> None:
        client = factories.client()
        [claim] = many(client, 1)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))

        name = re.compile(rf"^C-{claim} Due in \d+ min \S+ .*Client \d+ Nobody yet$")
        expect(page.get_by_role("row", name=name)).to_have_count(1)


class TestUndo:
    def test_an_assignment_is_taken_back_where_it_was_made_and_the_list_stays_where_it_was(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        va = signing_in.person(Role.VA, client)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)
        before = page.locator(".board .box").bounding_box()
        for claim in claims[:2]:
            row(page, client, claim).get_by_role("checkbox").check()
        page.get_by_role("combobox", name="Assign to").click()
        page.get_by_role("option", name=va.name).click()
        page.get_by_role("button", name="Assign 2 claims").click()
        expect(row(page, client, claims[0]).locator("td.who")).to_have_text(va.name)

        undo = page.get_by_role("button", name="Undo assignment")
        expect(undo).to_be_visible()
        assert page.locator(".board .box").bounding_box() == before
        page.get_by_role("heading", name="Live intake").click()
        page.keyboard.press("z")

        for claim in claims[:2]:
            expect(row(page, client, claim).locator("td.who")).to_have_text("Nobody yet")
        expect(undo).to_be_hidden()


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
            expect(row(page, client, claim).locator("td.who")).to_have_text(va.name)
        expect(page.locator(".board .acts")).to_be_hidden()

    def test_enter_opens_the_claim(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)

        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")

        page.wait_for_url(f"**/claim?client={client}&claim={claims[1]}")

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

    def test_a_letter_typed_into_the_search_is_a_letter(self, visit: Visit) -> None:
        client = factories.client()
        claims = many(client, 3)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(3)

        page.keyboard.press("/")
        page.keyboard.type(f"c-{claims[2]}")

        expect(page.get_by_label("Search the list")).to_have_value(f"c-{claims[2]}")
        expect(rows(page)).to_have_count(1)

    def test_the_keys_fit_a_narrow_screen(self, visit: Visit) -> None:
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=True)
        expect(page.get_by_text("No claim is waiting for first contact.")).to_be_visible()

        page.keyboard.press("?")

        keys = page.get_by_role("dialog", name="Keys")
        expect(keys).to_be_visible()
        assert keys.evaluate("window => window.scrollWidth - window.clientWidth") == 0

    def test_the_keys_are_listed(self, visit: Visit) -> None:
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(page.get_by_text("No claim is waiting for first contact.")).to_be_visible()

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

    def test_g_is_a_letter_while_typing(self, visit: Visit) -> None:
        client = factories.client()
        many(client, 2)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(2)

        page.keyboard.press("/")
        page.keyboard.type("gi?")

        expect(page.get_by_label("Search the list")).to_have_value("gi?")
        expect(page.get_by_role("heading", name="Live intake", exact=True)).to_be_visible()
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


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
        page = visit("/", as_=signing_in.person(Role.VA, client))
        expect(rows(page)).to_have_count(1)

        row(page, client, claim).get_by_role("checkbox").check()
        page.get_by_role("button", name="Take").click()

        expect(page.locator(".figure.mine b")).to_have_text("1")


class TestAWideScreen:
    def test_names_and_what_is_missing_are_read_whole(self, desk: Desk, visit: Visit) -> None:
        client = factories.client()
        [claim] = many(client, 1)
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
            for element in ("birth_date", "preferred_contact", "language"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                    " values (%s, %s, %s, 'Not in the report.', now())",
                    (client, claim, element),
                )
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(1)

        for column in ("due", "claim", "client", "jurisdiction", "reported", "stage", "missing", "who", "last"):
            cell = row(page, client, claim).locator(f"td.{column}")
            assert cell.evaluate("cell => cell.scrollWidth - cell.clientWidth") <= 0, cell.inner_text()
        # Where a name is longer still, the pointer shows it whole.
        expect(row(page, client, claim).locator("td.client")).to_have_attribute("title", "Cascade Valley Foods Inc.")
        expect(row(page, client, claim).locator("td.who")).to_have_attribute("title", "Valentina Ruiz")
        expect(row(page, client, claim).locator("td.missing")).to_have_attribute(
            "title", re.compile("birth date, contact method, language")
        )


class TestTheDueTime:
    @pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
    def test_it_is_read_whole_however_long_a_claim_is_overdue(self, visit: Visit, narrow: bool) -> None:
        client, now = factories.client(), instant.now()
        for late in (timedelta(hours=23, minutes=58), timedelta(hours=47, minutes=58), timedelta(days=22, hours=22)):
            due = now - late
            factories.claim(client, reported_at=due - timedelta(hours=24), due_at=due)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=narrow)
        expect(rows(page)).to_have_count(3)

        for cell in page.locator(".board td.due").all():
            within = cell.bounding_box() or {}
            for piece in cell.locator("span").all():
                box = piece.bounding_box() or {}
                assert within["x"] <= box["x"], piece.inner_text()
                assert box["x"] + box["width"] <= within["x"] + within["width"], piece.inner_text()
                assert within["y"] <= box["y"] + 1, piece.inner_text()
                assert box["y"] + box["height"] <= within["y"] + within["height"] + 1, piece.inner_text()
        if not narrow:
            heights = rows(page).evaluate_all("all => all.map(row => row.offsetHeight)")
            assert heights[0] > heights[1] == heights[2], "up to two days it takes one line"


class TestAFinger:
    def test_it_is_told_of_no_keys(self, visit: Visit) -> None:
        client = factories.client()
        [claim] = many(client, 1)
        va = signing_in.person(Role.VA, client)
        page = visit("/", as_=va, finger=True)
        row(page, client, claim).get_by_role("checkbox").tap()

        expect(page.get_by_role("button", name="Take", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Keys")).to_be_hidden()
        expect(page.get_by_label("Search the list")).to_have_attribute("placeholder", "Search the list")
        page = visit(f"/claim?client={client}&claim={claim}", as_=va, finger=True)
        expect(page.get_by_role("button", name="Log attempt", exact=True)).to_be_visible()


class TestANarrowScreen:
    def test_each_claim_is_an_entry_and_nothing_scrolls_sideways(self, visit: Visit) -> None:
        client = factories.client()
        many(client, 20)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=True)
        expect(rows(page)).to_have_count(20)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator(".board .box").evaluate("box => box.scrollWidth - box.clientWidth") == 0
        # What to do with a selection is in sight at the window's foot, and hides no row that the keyboard comes to.
        for _ in range(25):
            page.keyboard.press("j")
        page.keyboard.press("x")
        assign = page.get_by_role("button", name="Assign 1 claim")
        expect(assign).to_be_in_viewport(ratio=1)
        page.keyboard.press("j")
        last = rows(page).last.bounding_box() or {}
        foot = page.locator(".st-key-live_intake-panel-foot").bounding_box() or {}
        assert last["y"] + last["height"] <= foot["y"]
        # Still a table for those who listen to it, with what the eye is spared.
        expect(page.get_by_role("table", name="Live intake").get_by_role("row")).to_have_count(21)


def test_nobody_is_left_out_of_what_a_service_did(visit: Visit) -> None:
    """Assigning through the service, wherever it is called, shows on an open list."""
    client = factories.client()
    [claim] = many(client, 1)
    supervisor, va = signing_in.person(Role.SUPERVISOR), factories.staff(Role.VA, client)
    page = visit("/live_intake", as_=supervisor)
    expect(row(page, client, claim).locator("td.who")).to_have_text("Nobody yet")

    with transaction(supervisor) as tx:
        assignment.assign(supervisor, tx, claims=[(client, claim)], to=va.staff_id, at=instant.now())

    expect(row(page, client, claim).locator("td.who")).to_have_text(va.name)
