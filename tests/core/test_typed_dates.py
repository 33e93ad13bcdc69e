"""A day and a moment that somebody types are read as they stand, or it is told how to write them; none is moved."""

from dataclasses import replace
from datetime import date, time

import pytest

from core import states, typed
from core.intake import AnswerNotUnderstood, told
from core.intake.fields import read
from tests.core.intake.reports import LEAST


@pytest.mark.parametrize(
    "written", ["1/31/1980", "01/31/1980", "1-31-1980", "1.31.1980", "01311980", "1980-01-31", " 1/31/1980 "]
)
def test_a_day_is_read_month_first(written: str) -> None:
    assert typed.day(written) == date(1980, 1, 31)


@pytest.mark.parametrize(
    "written", ["02/30/2026", "02302026", "2026-02-30", "2/29/2025", "31/01/1980", "1/1/1899", "01/01/1900"]
)
def test_a_day_that_does_not_exist_is_told(written: str) -> None:
    with pytest.raises(typed.NoSuchDay, match="no such day"):
        typed.day(written)


@pytest.mark.parametrize("written", ["1/31/80", "1/31", "Jan 31 1980", "1/31-1980", "1/31/1980 9:00", "١/٣١/١٩٨٠"])
def test_what_is_no_day_is_told_how_to_write(written: str) -> None:
    with pytest.raises(typed.NotADate, match=r"MM/DD/YYYY"):
        typed.day(written)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("11/24/2026 09:05", time(9, 5)), ("11242026 9:05", time(9, 5)), ("2026-11-24T14:05:00", time(14, 5)),
        ("11/24/2026, 2:05 pm", time(14, 5)), ("11/24/2026 12:05 a.m.", time(0, 5)), ("11/24/2026 9PM", time(21)),
    ],
)  # fmt: skip
def test_a_moment_is_a_day_and_a_time(written: str, clock: time) -> None:
    assert typed.moment(written) == (date(2026, 11, 24), clock)


@pytest.mark.parametrize(
    "written",
    [
        "11/24/2026",
        "11/24/2026 25:61",
        "11/24/2026 9",
        "11/24/2026 13:00 pm",
        "9:05",
        "11/24/26 9:05",
        "11/24/2026 7:65",
    ],
)
def test_what_is_no_moment_is_told_how_to_write(written: str) -> None:
    with pytest.raises(typed.NotAMoment, match=r"MM/DD/YYYY HH:MM"):
        typed.moment(written)


@pytest.mark.parametrize(("written", "clock"), [("14:05", time(14, 5)), (" 2:05 pm", time(14, 5)), ("9PM", time(21))])
def test_a_time_of_day_is_read_as_in_a_moment(written: str, clock: time) -> None:
    assert typed.clock(written) == clock
    assert read("injured_time", written, on=date(2026, 11, 24)) == clock


@pytest.mark.parametrize("written", ["14:5", "9", "25:00", "13:00 pm", "noon"])
def test_what_is_no_time_of_day_is_told_how_to_write(written: str) -> None:
    with pytest.raises(typed.NotATime, match="HH:MM"):
        typed.clock(written)
    with pytest.raises(AnswerNotUnderstood, match="Time of injury: Write the time as HH:MM"):
        read("injured_time", written, on=date(2026, 11, 24))


def test_a_moment_of_a_day_that_does_not_exist_is_told() -> None:
    with pytest.raises(typed.NoSuchDay):
        typed.moment("02/30/2026 09:05")


def test_nothing_is_no_day() -> None:
    assert (typed.day(" "), typed.moment("")) == (None, None)


@pytest.mark.parametrize("written", ["IL", "il", "Illinois", "illinois ", "Ill.", "US-IL", "IL, "])
def test_a_state_is_read_by_its_code_and_by_its_name(written: str) -> None:
    assert states.code(written) == "IL"
    assert told.tidied(replace(LEAST, jurisdiction=written)).jurisdiction == "IL"
