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

LATER = 4_102_444_800_000

COUNTS = """async ([list, everybody, message]) => {
  const { enter, figures, newBook } = await import("/book.js")
  const { newFigures } = await import("/frame.js")
  const book = newBook(list, everybody, null)
  enter(book, message)
  const row = newFigures({ figures: list.figures, press: () => {} })
  row.show(figures(book, Date.now(), 7), "", [])
  return [...row.bar.children].map(each => each.textContent)
}"""


def figures(browser: Browser, rows: list[list[Any]], counts: dict[str, int], *, everybody: bool = True) -> list[str]:
    """Return what stands above My work of person 7, once *rows* and *counts* have come."""

    def served(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name:
            route.fulfill(path=ASSETS / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    columns = [column.name for column in MY_WORK.source.columns]
    message = {
        "t": "snapshot", "v": 1, "clients": None, "columns": columns, "rows": rows, "counts": counts, "notes": [],
    }  # fmt: skip
    page = browser.new_page()
    page.route("http://board.test/**", served)
    page.goto("http://board.test/")
    declared = json.loads(json.dumps([MY_WORK.drawn(), everybody, message], default=dict))
    said: list[str] = page.evaluate(COUNTS, declared)
    page.close()
    return said


def row(*, claim: int = 1, due: int = LATER) -> list[Any]:
    """A work item of person 7."""
    clock = [due, 0, None, None]
    return [1, claim, 1, clock, [f"C-{claim}", []], "intake", [0, "", ""], [1, "Acme"], "IL", [7, "Clara"], []]


def test_of_more_rows_than_are_shown_what_nobody_has_counted_is_told_as_the_least_that_it_can_be(
    browser: Browser,
) -> None:
    of_all = {"open": 1_141, "unassigned": 20, "soon": 2, "overdue": 3}

    assert figures(browser, [row()], of_all) == ["1,141 to do", "1+ mine", "20 nobody's yet", "2 due soon", "3 overdue"]
    assert figures(browser, [row()], {"open": 1_141}) == [
        "1,141 to do", "1+ mine", "0+ nobody's yet", "0+ due soon", "0 overdue",
    ]  # fmt: skip
    assert figures(browser, [row(due=1)], {"open": 1_141})[-1] == "1+ overdue"


def test_so_is_all_of_a_persons_own_but_what_is_overdue_and_of_every_row_there_is_each_figure_is_whole(
    browser: Browser,
) -> None:
    of_all = {"open": 2, "unassigned": 0, "soon": 0, "overdue": 1}
    both = [row(due=1), row(claim=2)]

    assert figures(browser, both, of_all | {"open": 1_141}, everybody=False) == [
        "2+ to do", "2+ mine", "0+ nobody's yet", "0+ due soon", "1 overdue",
    ]  # fmt: skip
    assert figures(browser, both, of_all, everybody=False) == [
        "2 to do", "2 mine", "0 nobody's yet", "0 due soon", "1 overdue",
    ]  # fmt: skip
