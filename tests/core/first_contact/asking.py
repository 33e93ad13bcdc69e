"""What the tests of first contact ask, and how they read the answer."""

from datetime import UTC, date, datetime

from core import first_contact
from core.access import Actor
from core.first_contact import Picture, Question
from core.transactions import transaction
from tests.factories import NOW

CHICAGO = "America/Chicago"
WEEK = Question(date(2026, 11, 18), date(2026, 11, 24), CHICAGO)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def look(actor: Actor, question: Question = WEEK, *, at: datetime = NOW) -> Picture:
    with transaction(actor) as tx:
        return first_contact.look(actor, tx, question, at=at)


def cells(picture: Picture) -> dict[tuple[int, int], tuple[int, int, int]]:
    return {(c.weekday, c.hour): (c.reported, c.decided, c.on_time) for c in picture.cells}


def fold(desk) -> None:
    with desk.owner() as db:
        db.execute("select fold_facts()")
