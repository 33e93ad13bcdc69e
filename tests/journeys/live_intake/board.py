"""The list as a browser shows it, and the claims that are in it."""

from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page

from core import instant
from core.access import Role
from core.claims import announce
from core.transactions import transaction
from tests import factories

FOCUSED = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  const style = getComputedStyle(at), box = at.getBoundingClientRect()
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"
  const seen = box.width > 8 && box.height > 8 && at.checkVisibility()
  const name = at.getAttribute("aria-label") || at.dataset.key || at.innerText.trim()
  return { tag: at.tagName, name, ring, seen }
}"""
"""What has the focus, and whether that is seen."""

MOST_STOPS = 60


def rows(page: Page) -> Locator:
    return page.locator(".board tbody tr")


def row(page: Page, client: int, claim: int) -> Locator:
    return page.locator(f".board tr[data-key='{client}/{claim}']")


def many(client: int, count: int = 40) -> list[int]:
    """Make claims of *client*, the first due in an hour, each of the others an hour later."""
    now = instant.now()
    return [factories.claim(client, reported_at=now, due_at=now + timedelta(hours=n + 1)) for n in range(count)]


def arriving(client: int, *, due_at: datetime) -> int:
    """Report a claim that is due then, as a service does; its id."""
    claim = factories.claim(client, reported_at=due_at - timedelta(hours=24), due_at=due_at)
    with transaction(factories.staff(Role.SUPERVISOR)) as tx:
        announce(tx, client, [claim])
    return claim


def scroll_top(page: Page) -> int:
    return page.locator(".board .box").evaluate("box => box.scrollTop")


def the_focus_is_seen_on_the_way_to_a_claim(page: Page) -> None:
    """Press Tab until the focus is on a row, and see it on everything that it comes by."""
    stops = [_next(page)]
    while stops[-1]["tag"] != "TR":
        assert len(stops) < MOST_STOPS, stops
        stops.append(_next(page))
    assert {"Client", "Search the list", "Select every claim shown", "Last attempt"} <= {at["name"] for at in stops}
    assert [at for at in stops if not (at["ring"] and at["seen"])] == []


def _next(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    stop: dict[str, Any] = page.evaluate(FOCUSED)
    return stop
