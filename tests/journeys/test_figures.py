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
    said: list[str] = computed(browser, COUNTS, everybody, rows, counts)
    return said


def computed(browser: Browser, script: str, argument: Any, rows: list[list[Any]], counts: dict[str, int]) -> Any:
    """Return what *script* says of My work once *rows* and *counts* have come."""

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
    declared = json.loads(json.dumps([MY_WORK.drawn(), argument, message], default=dict))
    said = page.evaluate(script, declared)
    page.close()
    return said


ORDER = """async ([list, now, message]) => {
  const { arranged, back, enter, newBook } = await import("/book.js")
  const book = newBook(list, true, null)
  enter(book, message)
  return arranged(book, now, 7).map(key => [book.rows.get(key).ids[1], back(book, book.rows.get(key), now, 7)])
}"""


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


def test_ones_own_appointment_within_the_hour_stands_before_what_is_overdue_and_what_came_back(
    browser: Browser,
) -> None:
    now, minute = LATER, 60_000

    def call(claim: int, who: int, minutes: int) -> list[Any]:
        clock = [now + minutes * minute, 0, None, None]
        return [1, claim, 5, clock, [f"C-{claim}", []], "make_call", [0, "", ""], [1, "Acme"], "IL", [who, "x"], []]

    came_back = [*row(claim=5, due=now + 5 * minute)[:-1], [[7, "Clara", now - minute, None]]]
    rows = [row(claim=1, due=now - minute), call(2, 7, 30), call(3, 8, 10), call(4, 7, 90), came_back]

    assert computed(browser, ORDER, now, rows, {"open": 5}) == [
        [2, False], [5, True], [1, False], [3, False], [4, False],
    ]  # fmt: skip
