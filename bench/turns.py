"""Turning to First contact in Chromium, a page with a table and a chart, against turning to a page of constants."""

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
_TURN = """([link, title, charts]) => new Promise(done => {
  const began = performance.now();
  const look = () => {
    const drawn = document.querySelector('h1')?.innerText === title
      && document.querySelectorAll('[data-testid=stVegaLiteChart] :is(canvas, svg)').length >= charts
      && document.querySelectorAll('.desk-weeks table').length >= charts
      && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning';
    if (drawn) done(performance.now() - began); else requestAnimationFrame(look);
  };
  [...document.querySelectorAll('[data-testid=stSidebarNavLink]')].find(a => a.innerText.trim().endsWith(link)).click();
  requestAnimationFrame(look);
})"""
CHARTS = 1
"""Pictures that First contact opens with: the week by hours. The weeks stand below it as a table, their line on request."""


def lines(books: list[Book], count: int) -> list[Line]:
    """Return one line, or none where there is no Chromium, which is said."""
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return []
    book = books[-1]
    turns = 20 if count > 20 else 2
    with (
        tempfile.TemporaryDirectory(prefix="desk-bench-pages-") as folder,
        serve(cast(Desk, book), Path(folder)) as served,
        serve(cast(Desk, book), Path(folder), app="bench/constants.py") as constants,
        sync_playwright() as playwright,
    ):
        opened = playwright.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"])
        [token] = sign_in(book, Role.SUPERVISOR, 1)
        desk = _page(opened, served.address, token)
        plain = _page(opened, constants.address, token)
        ours, bare = _turns(
            turns,
            lambda: (
                _turn(desk, "Log a claim", "Log a claim", 0),
                _turn(desk, "First contact", "First contact", CHARTS),
            )[1],
            lambda: (_turn(plain, "One", "One", 0), _turn(plain, "Two", "Two", 0))[1],
        )
        opened.close()
    what = f"Turn to First contact at {book.words} in Chromium, over a page of constants beside it"
    return [Line(what, ms(ours), ms(bare), ours / bare, most=OVER_CONSTANT)]


def _turns(count: int, *turns: Callable[[], float]) -> list[float]:
    """Turn each page in turn, *count* times around; the medians in seconds. The first turns load the browser's code."""
    took: list[list[float]] = [[] for _ in turns]
    for n in range(count + 3):
        for each, turn in zip(took, turns, strict=True):
            seconds = turn() / 1000
            if n >= 3:
                each.append(seconds)
    return [median(each) for each in took]


def _turn(page: Page, link: str, title: str, charts: int) -> float:
    took: float = page.evaluate(_TURN, [link, title, charts])
    page.wait_for_timeout(300)
    return took


def _page(browser: Browser, address: str, token: str) -> Page:
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
