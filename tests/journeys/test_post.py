"""What a script of ours tells its page while the desk cannot be reached: it is told when it can, and nothing twice."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_board import __file__ as board
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.journey

POST = Path(board).parent / "assets" / "post.js"

DESK = """async module => {
  document.body.innerHTML = '<div class="stApp" data-test-connection-state="CONNECTED"></div>'
  const { newPost } = await import(module)
  window.said = []
  const ways = run => ({
    setStateValue: (name, value) => said.push([run, name, value]),
    setTriggerValue: (name, value) => said.push([run, name, value]),
  })
  window.post = newPost()
  window.page = post.by(ways("first run"))
  window.again = () => post.by(ways("second run"))
}"""
"""A page that writes down what it is told and by which run's ways, without a desk."""

TURNS = """async state => {
  document.querySelector(".stApp").setAttribute("data-test-connection-state", state)
  await new Promise(done => setTimeout(done))
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.evaluate(DESK, f"data:text/javascript;base64,{b64encode(POST.read_bytes()).decode()}")
    yield opened
    opened.close()


def test_what_is_told_while_the_desk_is_there_is_told_at_once(page: Page) -> None:
    page.evaluate("page.setTriggerValue('open', 7)")

    assert page.evaluate("said") == [["first run", "open", 7]]


def test_what_is_told_while_it_is_not_waits_in_its_order_and_goes_once_by_the_newest_run(page: Page) -> None:
    page.evaluate(TURNS, "PINGING_SERVER")
    page.evaluate("page.setStateValue('selected', [1])")
    page.evaluate("page.setTriggerValue('act', 'take')")
    page.evaluate("page.setStateValue('selected', [1, 2])")
    page.evaluate(TURNS, "CONNECTING")
    assert page.evaluate("said") == []

    page.evaluate("again()")
    for state in ("CONNECTED", "PINGING_SERVER", "CONNECTED"):
        page.evaluate(TURNS, state)

    assert page.evaluate("said") == [["second run", "act", "take"], ["second run", "selected", [1, 2]]]


def test_what_waits_is_forgotten_with_what_drew_it(page: Page) -> None:
    page.evaluate(TURNS, "PINGING_SERVER")
    page.evaluate("page.setTriggerValue('open', 7)")
    page.evaluate("post.end()")
    page.evaluate(TURNS, "CONNECTED")

    assert page.evaluate("said") == []
