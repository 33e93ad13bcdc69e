"""A real browser on the real server. Each visitor has a browser profile of its own, and nothing may break in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

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


@pytest.fixture
def served(desk: Desk, tmp_path: Path) -> Iterator[Served]:
    """The real server on a desk of its own."""
    with serve(desk, tmp_path, forked=True) as running:
        yield running


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """
    Open a page in a browser of its own: `visit("/people", as_=actor, dark=True, narrow=True)`.

    With `as_` that person is signed in already; with `finger` it is a telephone, where nothing hovers. In the end no
    page may have broken the content security policy, and none may have logged an error.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(
        path: str = "/", *, as_: Actor | None = None, dark: bool = False, narrow: bool = False, finger: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport=NARROW if narrow or finger else WIDE, color_scheme="dark" if dark else "light",
            has_touch=finger, is_mobile=finger,
        )  # fmt: skip
        contexts.append(context)
        context.expose_binding("noteViolation", lambda _, what: troubles.append(what))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => noteViolation(`policy: ${e.violatedDirective} ${e.blockedURI}`))"
        )
        context.on("page", lambda page: _listen(page, troubles))
        page = context.new_page()
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
    for context in contexts:
        context.close()
    assert troubles == []


def _listen(page: Page, troubles: list[str]) -> None:
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on(
        "console", lambda said: troubles.append(f"console: {said.text}") if _matters(said.type, said.text) else None
    )


def _matters(kind: str, text: str) -> bool:
    """Tell a real error from Streamlit's asking, below a page's own address, where its server is: that is not there."""
    return kind == "error" and "404 (Not Found)" not in text
