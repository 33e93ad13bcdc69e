"""The list is read whole on a wide screen and on a narrow one, and under a finger."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from core import assignment, contact, instant
from core.access import Role
from core.claims import announce
from core.transactions import transaction
from tests import factories, signing_in
from tests.conftest import Desk
from tests.journeys.conftest import Visit, wait_until_drawn
from tests.journeys.live_intake.board import many, row, rows

pytestmark = pytest.mark.journey


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
            db.execute("insert into claim_viewer values (%s, %s, %s, now(), now())", (client, claim, va.staff_id))
            for element in ("birth_date", "preferred_contact", "language"):
                db.execute(
                    "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                    " values (%s, %s, %s, 'Not in the report.', now())",
                    (client, claim, element),
                )
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR))
        expect(rows(page)).to_have_count(1)

        expect(row(page, client, claim).locator(".viewers")).to_be_visible()
        row(page, client, claim).get_by_role("link").evaluate("link => (link.textContent = 'C-16460')")

        for column in ("due", "claim", "client", "jurisdiction", "reported", "stage", "missing", "who", "last"):
            cell = row(page, client, claim).locator(f"td[data-column={column}]")
            assert cell.evaluate("cell => cell.scrollWidth - cell.clientWidth") <= 0, cell.inner_text()
        # Where a name is longer still, the pointer shows it whole.
        expect(row(page, client, claim).locator("td[data-column=client]")).to_have_attribute(
            "title", "Cascade Valley Foods Inc."
        )
        expect(row(page, client, claim).locator("td[data-column=who]")).to_have_attribute("title", "Valentina Ruiz")
        expect(row(page, client, claim).locator("td[data-column=missing]")).to_have_attribute(
            "title", re.compile("birth date, contact method, language")
        )


class TestTheHeight:
    @pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
    def test_the_list_fills_the_window_and_the_acts_stand_at_its_foot_and_never_leap(
        self, visit: Visit, narrow: bool
    ) -> None:
        client = factories.client()
        [claim, *_] = many(client, 40)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=narrow)
        expect(rows(page)).to_have_count(40)
        acts = page.get_by_role("button", name="Log attempt")
        expect(acts).to_be_disabled()
        expect(acts).to_be_in_viewport(ratio=1)
        wait_until_drawn(page)
        foot = acts.bounding_box() or {}
        foot_line = 130 if narrow else 110  # where there is little room what to do with a selection takes two lines
        assert foot["y"] + foot["height"] > page.evaluate("innerHeight") - foot_line, "nothing is left unused below"
        if not narrow:
            inside = page.locator(".board .box").bounding_box() or {}
            last = rows(page).nth(19).bounding_box() or {}
            assert last["y"] + last["height"] <= inside["y"] + inside["height"], (
                "twenty rows are read without scrolling"
            )

        row(page, client, claim).get_by_role("checkbox").check()
        expect(page.get_by_role("button", name="Assign 1 claim")).to_be_in_viewport(ratio=1)
        assert acts.bounding_box() == foot
        page.get_by_label("Search the list").fill("nothing is called so")
        expect(rows(page)).to_have_count(0)
        assert acts.bounding_box() == foot

        if not narrow:
            page.get_by_label("Search the list").fill("")
            page.set_viewport_size({"width": 720, "height": 450})  # the wide one at 200%
            expect(acts).to_be_in_viewport(ratio=1)
            inside = page.locator(".board .box").bounding_box() or {}
            fourth = rows(page).nth(3).bounding_box() or {}
            assert inside["y"] < 140, "above the list are the page's first line, one of figures and one of filters"
            assert fourth["y"] + fourth["height"] <= inside["y"] + inside["height"], "four claims are read"


class TestAnEmptyList:
    def test_it_tells_why_it_is_empty_and_what_comes_next(self, visit: Visit) -> None:
        page = visit("/intake", as_=signing_in.person(Role.VA))
        expect(page.get_by_text("No client is given to you yet.")).to_be_visible()

        client = factories.client()
        va = signing_in.person(Role.VA, client)
        page = visit("/intake", as_=va)
        expect(page.get_by_text("No claim waits for first contact.")).to_be_visible()

        due = instant.now() + timedelta(hours=9)
        claim = factories.claim(client, reported_at=due - timedelta(hours=24), due_at=due)
        with transaction(va) as tx:
            announce(tx, client, [claim])
        expect(rows(page)).to_have_count(1)
        page.locator(".figure.overdue").click()
        shown = due.astimezone(ZoneInfo(va.timezone))
        expect(page.locator(".board .empty")).to_contain_text(
            re.compile(f"Nothing is overdue. The next is due at .*{shown:%H:%M}.")
        )
        page.get_by_label("Search the list").fill("nothing is called so")
        expect(page.locator(".board .empty")).to_contain_text("No claim matches these filters.")
        page.get_by_role("button", name="Clear the filters").click()
        expect(rows(page)).to_have_count(1)


class TestTheDueTime:
    @pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
    def test_it_is_read_whole_however_long_a_claim_is_overdue(self, visit: Visit, narrow: bool) -> None:
        client, now = factories.client(), instant.now()
        for late in (timedelta(hours=23, minutes=58), timedelta(hours=47, minutes=58), timedelta(days=22, hours=22)):
            due = now - late
            factories.claim(client, reported_at=due - timedelta(hours=24), due_at=due)
        page = visit("/live_intake", as_=signing_in.person(Role.SUPERVISOR), narrow=narrow)
        expect(rows(page)).to_have_count(3)

        for cell in page.locator(".board td[data-column=due]").all():
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
        page = visit("/intake", as_=va, finger=True)
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
