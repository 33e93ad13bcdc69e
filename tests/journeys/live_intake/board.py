"""The list as a browser shows it, and the claims that are in it."""

from datetime import timedelta

from playwright.sync_api import Locator, Page

from core import instant
from core.access import Role
from core.claims import announce
from core.transactions import transaction
from tests import factories


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
