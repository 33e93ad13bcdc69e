"""What leaves the desk: the figures on screen, no more, and each time on the record."""

from datetime import datetime, time
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from core import audit, words
from core.access import Action, Actor, require
from core.first_contact.answer import look
from core.first_contact.figures import WEEKDAYS, Cell, Picture, percent
from core.first_contact.question import Question
from core.spreadsheets import csv_file

WITHHELD = "withheld"
"""Stands in files and lists for a figure that is not shown."""


class Row(NamedTuple):
    """One weekday and hour as it is shown in the table and written to a file: words, whole numbers and WITHHELD."""

    weekday: str
    hour: str
    reported: int | str
    decided: int | str
    in_time: int | str
    missed: int | str
    share_in_time: str


HEADINGS = ("Weekday", "Hour", "Reported", "Decided", "In time", "Missed", "Share in time")
"""Headings of a Row's values, on screen and in files."""


def rows(picture: Picture) -> list[Row]:
    """Return the figures of *picture* as its table, by weekday and hour; hours without a report are left out."""
    return [_row(cell) for cell in picture.cells]


def _row(cell: Cell) -> Row:
    weekday, hour, figures = WEEKDAYS[cell.weekday - 1], words.clock(time(cell.hour)), cell.figures
    if figures is None:
        return Row(weekday, hour, WITHHELD, WITHHELD, WITHHELD, WITHHELD, WITHHELD)
    counts = figures.reported, figures.decided, figures.on_time, figures.missed
    return Row(weekday, hour, *counts, percent(figures.share))


def exported(actor: Actor, tx: Connection, question: Question, *, form: Literal["csv", "png"], at: datetime) -> Picture:
    """
    Answer *question* for a file of the kind *form*, and put on the record that it left.

    :raises NotAllowed: if the actor does not export measures.
    """
    require(actor, Action.MEASURES_EXPORT)
    picture = look(actor, tx, question, at=at)
    extent = question.extent(actor)
    audit.record(
        actor,
        tx,
        verb="exported",
        noun="first_contact",
        noun_id=0,
        detail={
            "form": form,
            "from": question.first_day.isoformat(),
            "to": question.last_day.isoformat(),
            "timezone": question.timezone,
            "clients": extent.clients,
            "jurisdictions": extent.jurisdictions,
            "assignees": extent.assignees,
            "rows": len(picture.cells),
        },
    )
    return picture


def as_csv(picture: Picture) -> bytes:
    """Return the table of *picture* as a file for spreadsheets: UTF-8 with its mark, a heading, commas."""
    return csv_file([HEADINGS, *rows(picture)])
