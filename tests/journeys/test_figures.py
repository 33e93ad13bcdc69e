"""What is counted above a live list, in the browser that counts it."""

import json
from pathlib import Path
from typing import Any

import pytest
from desk_board import __file__ as board
from playwright.sync_api import Browser, Route

from core.worklist import MY_WORK

pytestmark = pytest.mark.journey

ASSETS = Path(board).parent / "assets"

COUNTS = """async ([list, message]) => {
  const { enter, figures, newBook } = await import("/book.js")
  const book = newBook(list, true, null)
  enter(book, message)
  return figures(book, Date.now(), 7)
}"""


def figures(browser: Browser, message: dict[str, Any]) -> dict[str, int]:
    """Return what stands above My work, seen as everybody's by person 7, once *message* has come."""

    def served(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(path=ASSETS / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page = browser.new_page()
    page.route("http://board.test/**", served)
    page.goto("http://board.test/")
    counted: dict[str, int] = page.evaluate(COUNTS, json.loads(json.dumps([MY_WORK.drawn(), message], default=dict)))
    page.close()
    return counted


def test_of_more_rows_than_are_shown_ones_own_are_counted_too(browser: Browser) -> None:
    later = 4_102_444_800_000
    row = [1, 1, 1, [later, 0, None, None], ["C-1", []], "intake", [0, "", ""], [1, "Acme"], "IL", [7, "Clara"], []]
    counts = {"open": 1_141, "unassigned": 20, "soon": 2, "overdue": 3}
    columns = [column.name for column in MY_WORK.source.columns]

    said = figures(browser, {
        "t": "snapshot", "v": 1, "clients": None, "columns": columns, "rows": [row], "counts": counts, "notes": [],
    })  # fmt: skip

    assert said == counts | {"mine": 1}
