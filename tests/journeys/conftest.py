"""
A real browser on the real server. Each visitor has a browser profile of its own, and nothing may break in it.

A profile goes, emptied, to a visitor of the next test: it has read and compiled the pages' scripts then. They are known by
their address, so that all servers of a run answer at the same port.
"""

import random
import socket
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from core import instant, staff
from core.access import Actor
from pages.door.headers import BROWSER
from tests.conftest import Desk
from tests.journeys import browser as chromium
from tests.served import PATIENCE, Served, serve
from tests.signing_in import PASSWORD

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

Visit = Callable[..., Page]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the journeys; without one they fail and say what is missing."""
    found = chromium.find()
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error:
            pytest.fail(chromium.MISSING)
        yield opened
        opened.close()


@dataclass
class Profiles:
    """Browser profiles by what they were made for, and what broke in any of them."""

    browser: Browser
    troubles: list[str] = field(default_factory=list)
    _idle: dict[tuple[bool, bool, bool], list[BrowserContext]] = field(default_factory=lambda: defaultdict(list))
    _lent: list[tuple[tuple[bool, bool, bool], BrowserContext]] = field(default_factory=list)

    def take(self, *, dark: bool, narrow: bool, finger: bool) -> Page:
        """
        Return a new page of a profile that nobody uses, and that knows nobody.

        It is made now: an older one stands behind those of other profiles, where it has neither the focus nor frames.
        """
        kind = (dark, narrow, finger)
        context = self._idle[kind].pop() if self._idle[kind] else self._made(*kind)
        self._lent.append((kind, context))
        return context.new_page()

    def shown(self) -> str:
        """Return what each page that is lent shows, its address first, and what has the focus there."""
        told = []
        for _, context in self._lent:
            for page in context.pages:
                with suppress(Error):
                    focus = page.evaluate("document.activeElement?.outerHTML?.slice(0, 200)")
                    told.append(f"{page.url}\nfocus: {focus}\n{page.locator('body').aria_snapshot(timeout=5_000)}")
        return "\n\n".join([*told, *self.troubles])

    def give_back(self, address: str) -> None:
        """Close every page, and forget what the server at *address* had the browsers keep."""
        while self._lent:
            kind, context = self._lent.pop()
            used, last = context.pages, context.new_page()
            stuck = [page for page in used if not _closed(page)]  # before they lose the sign-in: an open one asks on
            if stuck:
                continue  # such a profile is lent to nobody any more
            context.clear_cookies()
            session = context.new_cdp_session(last)
            session.send(
                "Storage.clearDataForOrigin",
                {"origin": address, "storageTypes": "local_storage,indexeddb,cache_storage,service_workers"},
            )
            session.detach()
            last.close()
            self._idle[kind].append(context)

    def _made(self, dark: bool, narrow: bool, finger: bool) -> BrowserContext:
        context = self.browser.new_context(
            viewport=NARROW if narrow or finger else WIDE, color_scheme="dark" if dark else "light",
            has_touch=finger, is_mobile=finger,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE * 1000)
        context.expose_binding("noteViolation", lambda _, what: self.troubles.append(what))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => noteViolation(`policy: ${e.violatedDirective} ${e.blockedURI}`))"
        )
        context.on("page", lambda page: _listen(page, self.troubles))
        return context


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


@pytest.fixture(scope="session")
def port() -> int:
    """A port that is free, below those that the machine gives to whoever asks for any."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", number := random.randrange(10_000, 30_000)))
            return number


@pytest.fixture
def begins_at() -> datetime | None:
    """What the desk's clock shows at the beginning of a test that has a parameter of this name; otherwise the present."""
    return None


@pytest.fixture
def served(desk: Desk, tmp_path: Path, port: int, begins_at: datetime | None) -> Iterator[Served]:
    """The real server on a desk of its own."""
    ahead = begins_at - datetime.now(UTC) if begins_at else timedelta(0)
    if begins_at:
        instant.set_clock(lambda: datetime.now(UTC) + ahead)
    with serve(desk, tmp_path, forked=True, port=port, ahead=ahead) as running:
        yield running


SHOWN = pytest.StashKey[Callable[[], str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Have what fails say what each of its pages shows and what the server wrote: nobody can look at them later."""
    report = yield
    if report.failed and report.when == "call" and (shown := item.stash.get(SHOWN, None)):
        report.sections.append(("What the pages show, and what the server wrote", shown()))
    return report


@pytest.fixture
def visit(profiles: Profiles, served: Served, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """
    Open a page in a browser of its own: `visit("/people", as_=actor, dark=True, narrow=True)`.

    With `as_` that person is signed in already; with `finger` it is a telephone, where nothing hovers. In the end no
    page may have broken the content security policy, and none may have logged an error.
    """
    profiles.troubles.clear()
    request.node.stash[SHOWN] = lambda: f"{profiles.shown()}\n\n{served.log()}"

    def open_page(
        path: str = "/", *, as_: Actor | None = None, dark: bool = False, narrow: bool = False, finger: bool = False
    ) -> Page:
        page = profiles.take(dark=dark, narrow=narrow, finger=finger)
        context = page.context
        if as_ is None:
            page.goto(served.address + path)
            return page
        context.request.get(served.address)  # brings the browser its own cookie
        [own] = [cookie["value"] for cookie in context.cookies() if cookie["name"] == BROWSER]
        at = instant.now()
        ticket = staff.sign_in(name=as_.sign_in_name, password=PASSWORD, address="192.0.2.1", browser=own, at=at)
        page.goto(f"{served.address}/session/start?{urlencode({'ticket': ticket, 'to': path})}")
        return page

    yield open_page
    profiles.give_back(served.address)
    assert profiles.troubles == []


def wait_until_drawn(page: Page) -> None:
    """Wait until *page* stands: what is measured, or read as a whole, while it is being drawn may be half of it."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def fill_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Sign in by the form that *page* shows, or try to."""
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def _closed(page: Page) -> bool:
    """Close *page* and tell whether that was done: rarely a browser forgets it, and waits for ever."""
    with suppress(Error), page.expect_event("close", timeout=15_000):
        page.close(run_before_unload=True)
    return page.is_closed()


def _listen(page: Page, troubles: list[str]) -> None:
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("console", lambda said: troubles.append(f"console: {said.text}") if said.type == "error" else None)
