"""What leaves the desk: the figures or the rows on screen, no more, and each time on the record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from core import audit, words
from core.access import Action, Actor, require
from core.authorization_aging.answer import MOST_FILED, behind, look
from core.authorization_aging.buckets import AGES, LEFT, Left
from core.authorization_aging.figures import Figure, Picture
from core.authorization_aging.question import BY, Question
from core.authorizations import kind_words
from core.spreadsheets import csv_file, workbook
from db.queries.authorization_aging import Behind, Cell

Form = Literal["csv", "xlsx"]
"""What kinds of file there are: comma-separated text, and an Excel workbook."""

WITHHELD = "withheld"
"""Stands in files and lists for a figure that is not shown."""

ROW_HEADINGS = (
    "Claim", "Client", "Jurisdiction", "Kind", "Provider", "Reviewer", "Received", "Due", "Clock left",
)  # fmt: skip
"""Headings of the rows behind the figures, on screen and in files."""

_NOUN = "authorization_aging"


def headings(picture: Picture) -> tuple[str, ...]:
    """Return the headings of `figures`, on screen and in files."""
    of_ages = AGES if any(group.ages for group in picture.groups) else ()
    return (BY[picture.question.by], *LEFT.values(), *of_ages)


def figures(picture: Picture) -> list[tuple[str | int, ...]]:
    """Return *picture* as its table: a row for each group, and the sums of all of them."""
    rows: list[tuple[str | int, ...]] = [
        (group.name, *map(_said, group.clocks), *group.ages) for group in picture.groups
    ]
    of_ages = (
        [sum(figure or 0 for figure in age) for age in picture.ages] if len(headings(picture)) > len(LEFT) + 1 else []
    )
    return [*rows, ("All", *map(_said, picture.clocks), *of_ages)]


def row(request: Behind, timezone: str) -> tuple[str, ...]:
    """Return one request as it stands in the list and in the file, moments as clocks in *timezone* show them."""
    return (
        request.claim_number,
        request.client,
        request.jurisdiction,
        kind_words(request.kind),
        request.provider,
        request.reviewer or "",
        words.instant(request.received_at, timezone),
        words.instant(request.due_at, timezone) if request.due_at else "",
        LEFT[Left(request.left)],
    )


def figures_exported(actor: Actor, tx: Connection, question: Question, *, form: Form, at: datetime) -> bytes:
    """
    Return the figures of *question* as a file for spreadsheets, and put on the record that it left.

    :raises NotAllowed: if the actor does not export measures.
    """
    require(actor, Action.MEASURES_EXPORT)
    picture = look(actor, tx, question, at=at)
    rows = figures(picture)
    _recorded(actor, tx, question, form=form, rows=len(rows), shown="figures")
    return _file("Authorization aging", headings(picture), rows, form, at)


def rows_exported(
    actor: Actor, tx: Connection, question: Question, cells: Sequence[Cell], *, form: Form, at: datetime
) -> bytes:
    """
    Return the requests of *question* that are in *cells* as a file, and put on the record that it left.

    :raises NotAllowed: if the actor does not export measures, or opens no requests.
    """
    require(actor, Action.MEASURES_EXPORT)
    requests = behind(actor, tx, question, cells, at=at, most=MOST_FILED)
    _recorded(actor, tx, question, form=form, rows=len(requests), shown="requests")
    return _file("Open requests", ROW_HEADINGS, [row(request, actor.timezone) for request in requests], form, at)


def _file(title: str, heads: Sequence[str], rows: Sequence[Sequence[str | int]], form: Form, at: datetime) -> bytes:
    return workbook(title, heads, rows, at=at) if form == "xlsx" else csv_file([heads, *rows])


def _recorded(actor: Actor, tx: Connection, question: Question, *, form: Form, rows: int, shown: str) -> None:
    detail = {
        "form": form,
        "shown": shown,
        "clients": question.whose(actor),
        "jurisdictions": None if question.states is None else sorted(question.states),
        "rows": rows,
    }
    audit.record(actor, tx, verb="exported", noun=_NOUN, noun_id=0, detail=detail)


def _said(figure: Figure) -> int | str:
    return WITHHELD if figure is None else figure
