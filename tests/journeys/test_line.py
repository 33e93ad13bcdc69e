"""The line over which a live list comes: whether it is opened again, and what is asked before."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_board import __file__ as board
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey

LINE = Path(board).parent / "assets" / "line.js"

DESK = """async module => {
  window.opened = []
  window.over = 0
  window.WebSocket = class { constructor(url) { opened.push(this) } close() {} }
  window.fetch = async path => ({ ok: path === "/session/left", json: async () => ({ seconds: left }) })
  window.setTimeout = (act, wait) => (wait < 30000 ? queueMicrotask(act) : 0)
  const { keepLine } = await import(module)
  window.line = keepLine("/live/intake", { heard() {}, said() {}, ended: () => over++ })
}"""
"""A page that counts the sockets of its line, without a desk; `left` is how long the sign-in is good, in seconds."""

BROKEN = "async left => { window.left = left; opened[0].onclose(); for (let n = 0; n < 50; n++) await null }"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.evaluate(DESK, f"data:text/javascript;base64,{b64encode(LINE.read_bytes()).decode()}")
    yield opened
    opened.close()


def test_one_that_breaks_is_opened_again_while_the_sign_in_stands(page: Page) -> None:
    page.evaluate(BROKEN, 60)

    assert page.evaluate("[opened.length, over]") == [2, 0]


def test_one_that_breaks_is_not_asked_for_with_a_sign_in_that_has_ended(page: Page) -> None:
    page.evaluate(BROKEN, 0)

    assert page.evaluate("[opened.length, over]") == [1, 1]
