"""
Turning to First contact in Chromium, a page with a table and a chart, against turning to a page of constants.

As with the other promises the reference is bare: what one has without the desk is a page on Streamlit as it comes, with no
sign-in, door or database, and with its own settings. Told beside it are two that are no promise, in the desk's own menu
and with its settings: a page of constants, and one with a table and the same picture, both constant, which is the least
that such a page can cost. Every turn begins at a page of constants.
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
_TURN = """([title, table, charts]) => new Promise(done => {
  const began = performance.now();
  const look = () => {
    const drawn = document.querySelector('h1')?.textContent === title
      && document.querySelectorAll('[data-testid=stVegaLiteChart] :is(canvas, svg)').length >= charts
      && (!table || document.querySelector(table))
      && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning';
    if (drawn) done(performance.now() - began); else requestAnimationFrame(look);
  };
  [...document.querySelectorAll('[data-testid=stSidebarNavLink]')].find(a => a.textContent.trim().endsWith(title)).click();
  requestAnimationFrame(look);
})"""
_WEEKS, _GRID = ".desk-weeks table", "[data-testid=stDataFrame] canvas"
"""Where the table of First contact is, and one of Streamlit's own."""

_ALONE = {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}


def lines(books: list[Book], count: int) -> list[Line]:
    """Return three lines, or none where there is no Chromium, which is said."""
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return []
    book = books[-1]
    turns, warm = (20, 3) if count > 20 else (2, 1)
    with (
        tempfile.TemporaryDirectory(prefix="desk-bench-pages-") as folder,
        serve(cast(Desk, book), Path(folder), app="bench/constants/beside.py") as served,
        tempfile.TemporaryDirectory(prefix="desk-bench-alone-") as elsewhere,
        serve(cast(Desk, book), Path(elsewhere), app="bench/constants/alone.py", env=_ALONE, configured=False) as alone,
        sync_playwright() as playwright,
    ):
        opened = playwright.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"])
        [token] = sign_in(book, Role.SUPERVISOR, 1)
        ours, bare = _page(opened, served.address, token), _page(opened, alone.address)
        first_contact, two, three, bare_two = _turns(
            turns,
            warm,
            lambda: (_turn(ours, "One"), _turn(ours, "First contact", _WEEKS, charts=1))[1],
            lambda: (_turn(ours, "One"), _turn(ours, "Two"))[1],
            lambda: (_turn(ours, "One"), _turn(ours, "Three", _GRID, charts=1))[1],
            lambda: (_turn(bare, "One"), _turn(bare, "Two"))[1],
        )
        opened.close()
    what = f"Turn to First contact at {book.words} in Chromium, over"
    return [
        Line(
            f"{what} constants on Streamlit alone",
            ms(first_contact),
            ms(bare_two),
            first_contact / bare_two,
            most=OVER_CONSTANT,
        ),
        Line(f"{what} constants in the desk", ms(first_contact), ms(two), first_contact / two),
        Line(f"{what} a constant table and picture in the desk", ms(first_contact), ms(three), first_contact / three),
    ]


def _turns(count: int, warm: int, *turns: Callable[[], float]) -> list[float]:
    """Turn each page in turn, *count* times around; the medians in seconds. The *warm* turns before load the browser's code."""
    took: list[list[float]] = [[] for _ in turns]
    for n in range(count + warm):
        for each, turn in zip(took, turns, strict=True):
            seconds = turn() / 1000
            if n >= warm:
                each.append(seconds)
    return [median(each) for each in took]


def _turn(page: Page, title: str, table: str = "", *, charts: int = 0) -> float:
    took: float = page.evaluate(_TURN, [title, table, charts])
    page.wait_for_timeout(300)
    return took


def _page(browser: Browser, address: str, token: str = "") -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    if token:
        secure = address.replace("http:", "https:")  # the cookie is for https, or for this very machine
        context.add_cookies(
            [{"name": SESSION, "value": token, "url": secure, "secure": True, "httpOnly": True, "sameSite": "Strict"}]
        )
    page = context.new_page()
    page.goto(address)
    page.locator("[data-testid=stSidebarNavLink]").first.wait_for()
    return page
