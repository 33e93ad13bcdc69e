"""Without the mouse: where the focus is, and what is said of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.access import Role
from tests import factories, signing_in
from tests.journeys.conftest import Visit
from tests.journeys.live_intake.board import many, row, rows, scroll_top

pytestmark = pytest.mark.journey

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
