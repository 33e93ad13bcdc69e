"""
Turning to First contact in Chromium, a page with a table and a heatmap, against turning to a page of constants.

The constants stand in the desk's own menu, with its door, its sign-in and its settings: what the page itself adds is
measured. Every turn begins at a page of constants.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import cast

from playwright.sync_api import Browser, Page, sync_playwright

from bench.books import Book
from bench.measure import Line, ms
from bench.viewers import sign_in
from core.access import Role
from pages.door.headers import SESSION
from tests.conftest import Desk
from tests.journeys import browser as chromium
from tests.served import serve

OVER_CONSTANT = 2.5

# From the click until the page stands: its title, everything that it draws, and no run under way.
_TURN = """([title, whole]) => new Promise(done => {
  const began = performance.now();
  const heatmap = () => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
    .some(place => place.shadowRoot?.querySelector('.heatmap td[aria-label]'));
  const look = () => {
    const drawn = document.querySelector('h1')?.textContent === title
      && (!whole || document.querySelector('.desk-weeks table') && heatmap())
      && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning';
    if (drawn) done(performance.now() - began); else requestAnimationFrame(look);
  };
  [...document.querySelectorAll('[data-testid=stSidebarNavLink]')].find(a => a.textContent.trim().endsWith(title)).click();
  requestAnimationFrame(look);
})"""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return one line, or none where there is no Chromium, which is said."""
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return []
    book = books[-1]
    turns, warm = (20, 3) if count > 20 else (2, 1)
    with (
        tempfile.TemporaryDirectory(prefix="desk-bench-pages-") as folder,
        serve(cast(Desk, book), Path(folder), app="bench/constants/beside.py") as served,
        sync_playwright() as playwright,
    ):
        opened = playwright.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"])
        [token] = sign_in(book, Role.SUPERVISOR, 1)
        page = _page(opened, served.address, token)
        first_contact, constant = _turns(
            turns,
            warm,
            lambda: (_turn(page, "One"), _turn(page, "First contact", whole=True))[1],
            lambda: (_turn(page, "One"), _turn(page, "Two"))[1],
        )
        opened.close()
    what = f"Turn to First contact at {book.words} in Chromium, over a page of constants in the desk"
    return [Line(what, ms(first_contact), ms(constant), first_contact / constant, most=OVER_CONSTANT)]


def _turns(count: int, warm: int, *turns: Callable[[], float]) -> list[float]:
    """Turn each page in turn, *count* times around; the medians in seconds. The *warm* turns before load the browser's code."""
    took: list[list[float]] = [[] for _ in turns]
    for n in range(count + warm):
        for each, turn in zip(took, turns, strict=True):
            seconds = turn() / 1000
            if n >= warm:
                each.append(seconds)
    return [median(each) for each in took]


def _turn(page: Page, title: str, *, whole: bool = False) -> float:
    took: float = page.evaluate(_TURN, [title, whole])
    page.wait_for_timeout(300)
    return took


def _page(browser: Browser, address: str, token: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    secure = address.replace("http:", "https:")  # the cookie is for https, or for this very machine
    context.add_cookies(
        [{"name": SESSION, "value": token, "url": secure, "secure": True, "httpOnly": True, "sameSite": "Strict"}]
    )
    page = context.new_page()
    page.goto(address)
    page.locator("[data-testid=stSidebarNavLink]").first.wait_for()
    return page
