"""The page Import a feed, as tests open it, press it and read it."""

import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from core.access import Actor
from pages import menu
from tests.conftest import Desk

PAGE = str(Path(menu.__file__).parent / "coordination" / "import_feed.py")

FEED = (
    b"Claim No;Employee;Date of Injury;Date Reported\n"
    b"A-1;Ana Sample;11/20/2026;11/23/2026 09:10\n"
    b"A-2;Bo Sample;11/21/2026;11/23/2026\n"
    b"A-3;;11/21/2026;11/23/2026\n"
)

Open = Callable[[Actor], AppTest]


def upload(page: AppTest, data: bytes = FEED) -> AppTest:
    page.file_uploader[0].set_value(("feed.csv", data, "text/csv")).run()
    assert not page.exception
    return page


def press(page: AppTest, start: str) -> AppTest:
    next(button for button in page.button if button.label.startswith(start)).click().run()
    assert not page.exception
    return page


def choose(page: AppTest, code: str) -> None:
    box = page.selectbox(key="import.client")
    box.select(next(option for option in box.options if f"({code})" in option)).run()


def finish(page: AppTest) -> AppTest:
    """Wait for the import's own thread."""
    until = time.monotonic() + 20
    while page.session_state["import.running"] and not page.session_state["import.running"].over.wait(0.05):
        assert time.monotonic() < until
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(each.value for each in [*page.success, *page.error, *page.info, *page.caption, *page.text])


def figures(page: AppTest) -> list[str]:
    """Return how many rows are read, new, new and overdue, reported before, and refused."""
    return re.findall(r"<dd>([\d,]+)</dd>", drawn(page))


def drawn(page: AppTest) -> str:
    return "".join(html.proto.body for html in page.get("html"))


def lines(page: AppTest, name: str) -> list[list[str]]:
    """Return the cells of each row of a table of the plan, as they read."""
    tables = re.findall(r'aria-label="([^"]*)"><table>(.*?)</table>', drawn(page))
    rows = re.findall(r"<tr>(<td.*?)</tr>", dict(tables)[name])
    return [[unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def passed_over(page: AppTest) -> list[str]:
    """Return what had to be put up with in reading the file, as it is listed."""
    [notes] = re.findall('<ul class="desk-notes">(.*?)</ul>', drawn(page))
    return [unescape(note) for note in re.findall("<li>(.*?)</li>", notes)]


def meanings(page: AppTest) -> dict[str, Any]:
    """Return the choice of each column's meaning, by the heading that stands beside it."""
    headings = map(unescape, re.findall('desk-column"><b>(.*?)</b>', drawn(page)))
    boxes = [box for box in page.selectbox if box.label.startswith("Meaning of")]
    return dict(zip(headings, boxes, strict=True))


def meaning(page: AppTest, heading: str) -> Any:
    return meanings(page)[heading]


def claims(desk: Desk) -> int:
    with desk.owner() as db:
        return db.execute("select count(*) from claim").fetchone()[0]


UNSHOWN = (
    b"Claim No;Employee;Date of Injury;Date Reported\n"
    b"A-1;Ana Sample;03/04/2026;04/05/2026 09:10\n"
    b"A-2;Bo Sample;03/06/2026;04/07/2026\n"
)


def injured(desk: Desk) -> list[str]:
    with desk.owner() as db:
        return [str(row[0]) for row in db.execute("select date_of_injury from claim order by claim_id")]


CLAIMS = [line.split(";") for line in FEED.decode().splitlines()]
