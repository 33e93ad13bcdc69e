"""What leaves the desk: the figures on screen, no more, and each time on the record."""

import csv
import io
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, require
from core.first_contact.figures import FEWEST, WEEKDAYS, Cell, Picture, look, percent
from core.first_contact.question import Question

TOO_FEW = f"n < {FEWEST}"
"""Stands where there are too few decided promises to show."""


class Row(NamedTuple):
    """One weekday and hour as it is shown in the table and written to a file: words and whole numbers."""

    weekday: str
    hour: str
    reported: int
    decided: int
    in_time: int
    missed: int
    share_in_time: str


HEADINGS = ("Weekday", "Hour", "Reported", "Decided", "In time", "Missed", "Share in time")
"""Headings of a Row's values, on screen and in files."""


def rows(picture: Picture) -> list[Row]:
    """Return the figures of *picture* as its table, by weekday and hour; hours without a report are left out."""
    return [
        Row(
            WEEKDAYS[c.weekday - 1],
            f"{c.hour:02}:00",
            c.reported,
            c.decided,
            c.on_time,
            c.decided - c.on_time,
            shown(c),
        )
        for c in picture.cells
    ]


def shown(cell: Cell) -> str:
    """Return what stands in the cell: its share, or that there are too few."""
    return TOO_FEW if cell.share is None else percent(cell.share)


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
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    writer.writerows(rows(picture))
    return out.getvalue().encode("utf-8-sig")
