"""The live list's own words, in the browser that says them: the same as those of every other screen."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from desk_board import __file__ as board
from playwright.sync_api import Browser, Page

from core import local_time, words
from core.clocks import SOON, soon_below, standing

pytestmark = pytest.mark.journey

WORDS = Path(board).parent / "assets" / "words.js"
NOW = datetime(2026, 1, 15, 15, 0, tzinfo=UTC)
"""Thursday, 09:00 in Chicago."""

A_MOMENT = timedelta(milliseconds=1)

LENGTHS = [
    *(timedelta(minutes=m) for m in (0, 1, 45, 59, 60, 65, 185, 47 * 60 + 59, 48 * 60, 48 * 60 + 59)),
    *(timedelta(days=2, hours=4, minutes=59), timedelta(days=999, hours=23), timedelta(days=10_428)),
]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A blank page in which the list's words are `words`."""
    opened = browser.new_page()
    module = b64encode(WORDS.read_bytes()).decode()
    opened.evaluate(f"async () => {{ window.words = await import('data:text/javascript;base64,{module}') }}")
    yield opened
    opened.close()


def test_a_length_of_time_reads_as_on_every_other_screen(page: Page) -> None:
    said = page.evaluate("all => all.map(ms => words.spell(ms))", [length.total_seconds() * 1000 for length in LENGTHS])

    assert said == [words.brief(length) for length in LENGTHS]


def test_a_time_of_day_reads_as_on_every_other_screen(page: Page) -> None:
    said = page.evaluate("now => [words.datesIn('UTC').clock(now), words.datesIn('UTC').seconds(now)]", 8_735_000)

    assert said == [words.clock(time(2, 25)), f"{words.clock(time(2, 25, 35), seconds=True)} UTC"]


def test_how_many_of_a_noun_reads_as_on_every_other_screen(page: Page) -> None:
    numbers = [0, 1, 2, 21, 1_200]

    said = page.evaluate("all => all.map(n => words.counted(n, 'claim'))", numbers)

    assert said == [words.counted(number, "claim") for number in numbers]


def test_a_promise_stands_as_on_every_other_screen_at_its_due_time_too(page: Page) -> None:
    reported = NOW - timedelta(hours=24)
    dues = [NOW + left for left in (SOON, SOON - A_MOMENT, timedelta(0), -A_MOMENT, timedelta(days=-2, hours=-4))]
    rows = [
        {"due": due.timestamp() * 1000, "soon": soon_below(due - reported) / timedelta(milliseconds=1)} for due in dues
    ]

    said = page.evaluate(
        "([rows, now]) => rows.map(row => words.timeLeft(row, now)).map(({ kind, words }) => [kind, words])",
        [rows, NOW.timestamp() * 1000],
    )

    assert said == [
        list(standing(reported_at=reported, due_at=due, first_contact_at=None, paused=False, at=NOW)) for due in dues
    ]


def test_a_clock_paused_after_it_had_run_out_says_so_where_its_due_time_would_stand(page: Page) -> None:
    now = NOW.timestamp() * 1000
    clock = {"due": now - 7_200_000, "soon": 0, "paused": None, "pausedLate": now - 3_600_000}
    said = "([clock, now]) => words.dueOrPaused(words.timeLeft(clock, now).kind, clock, now, words.datesIn('UTC'))"

    assert page.evaluate(said, [clock, now]) == "paused since 14:00"
    assert page.evaluate(said, [clock | {"pausedLate": None}, now]) == "13:00"


@pytest.mark.parametrize("hours", [0, 5, 14], ids=["morning", "afternoon", "night"])
def test_the_time_in_each_state_reads_as_the_claims_page_says_it_first(page: Page, hours: int) -> None:
    at = NOW + timedelta(hours=hours)
    window = {"from": local_time.minutes(local_time.CALLED_FROM), "until": local_time.minutes(local_time.CALLED_UNTIL)}
    places = [*filter(None, map(local_time.place, local_time.ZONES)), local_time.place(None, postal_code="79936")]
    states = [{"state": place.state, "zones": place.zones, **window} for place in places if place]

    said = page.evaluate(
        "([states, now]) => states.map(each => words.timeThere(each, each.zones.map(words.datesIn), now))",
        [states, at.timestamp() * 1000],
    )

    told = {place.state: local_time.there(place, at) for place in places if place}
    assert {s["state"]: (t["words"], t["rings"]) for s, t in zip(states, said, strict=True)} == told


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-01-15T14:05Z", "08:05"),
        ("2026-01-12T15:00Z", "Mon 09:00"),
        ("2026-01-02T15:00Z", "Fri 2 Jan 09:00"),
        ("2026-01-01T05:59Z", "31 Dec 2025 23:59"),
        ("1998-05-04T14:00Z", "4 May 1998 09:00"),
        ("2027-02-01T15:00Z", "1 Feb 2027 09:00"),
    ],
    ids=["today", "this week", "this year", "the year before, there", "long ago", "the year after"],
)
def test_a_date_of_another_year_carries_its_year(page: Page, at: str, said: str) -> None:
    instants = [datetime.fromisoformat(at).timestamp() * 1000, NOW.timestamp() * 1000]

    assert page.evaluate("([at, now]) => words.datesIn('America/Chicago').moment(at, now)", instants) == said
