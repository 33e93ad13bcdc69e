"""Takes the pictures in docs/pictures of a running sample desk: every page, both widths, both themes.

Run it as `python -m tests.journeys.pictures http://127.0.0.1:8501`, then open the pictures and look.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from core import sample
from tests.journeys.browser import find
from tests.journeys.conftest import ARGUMENTS

PICTURES = Path(__file__).resolve().parent.parent.parent / "docs" / "pictures"
PAGES = {
    "supervisor": (
        *("live_intake", "first_contact", "authorization_aging", "triage_calls", "cover"),
        *("claim", "claim History"),
    ),
    "clinical": ("my_work", "claim", "claim Contact", "claim Authorizations"),
    "executive": ("first_contact", "authorization_aging"),
    "va": (
        *("my_work", "intake", "authorizations", "referrals", "log_claim", "import_feed", "tray"),
        *("claim Intake", "claim Calls", "claim Documents", "claim Referrals"),
    ),
    "compliance": ("access_log",),
    "admin": ("people", "clients", "intake_elements", "clocks", "status"),
}
"""By sign-in name, the addresses of pages; of a claim's page the tab as well."""

_LISTS = {"Authorizations": "authorizations", "Referrals": "referrals"}
"""Of a claim's tab, the list of whose claims it is shown."""

WIDTHS = {1440: 900, 390: 844}


def _settle(page: Page) -> None:
    page.wait_for_timeout(500)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=20_000)
    page.wait_for_timeout(2_000)


def _take(browser: Browser, address: str, name: str, pages: tuple[str, ...], width: int, theme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=theme)
    page = context.new_page()
    page.goto(address)
    fields = page.locator("input")
    fields.first.wait_for()
    if name == "supervisor":
        page.screenshot(path=PICTURES / f"sign-in-{width}-{theme}.png")
    fields.nth(0).fill(name)
    fields.nth(1).fill(sample.PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-testid=stSidebar]").wait_for(state="attached", timeout=30_000)
    _settle(page)
    for wanted in pages:
        what, _, tab = wanted.partition(" ")
        if what == "claim":
            page.goto(f"{address}/{_LISTS.get(tab, 'live_intake' if name == 'supervisor' else 'intake')}")
            row = page.locator(".board tbody tr").nth(1)
            row.wait_for(timeout=30_000)
            client, claim = (row.get_attribute("data-key") or "/").split("/")[:2]
            page.goto(f"{address}/claim?client={client}&claim={claim}&tab={tab}")
        elif what == "log_claim":  # the call that the sample has broken off
            page.goto(f"{address}/my_work")
            row = page.locator(".board tbody tr").filter(has_text="Finish intake").first
            row.wait_for(timeout=30_000)
            client, claim = (row.get_attribute("data-key") or "/").split("/")[:2]
            page.goto(f"{address}/log_claim?client={client}&claim={claim}")
        else:
            page.goto(f"{address}/{wanted}")
        page.get_by_role("heading", level=1).first.wait_for(timeout=30_000)
        _settle(page)
        if what in ("my_work", "authorizations", "referrals") and width > 1000:
            page.keyboard.press("n")  # what is most urgent, beside the list
            page.locator(f".st-key-{what.removeprefix('my_')}-beside").wait_for(timeout=30_000)
            _settle(page)
        whose = f"-{name}" if name in ("clinical", "executive") else ""
        named = wanted.replace("_", "-").replace(" ", "-").lower()
        page.screenshot(path=PICTURES / f"{named}{whose}-{width}-{theme}.png")
    context.close()


def main(address: str) -> None:
    """Take every picture of the desk at *address*."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        for width in WIDTHS:
            for theme in ("light", "dark"):
                for name, pages in PAGES.items():
                    _take(browser, address, name, pages, width, theme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
