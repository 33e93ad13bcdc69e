"""One week in Chicago, and how the tests of first contact count and look at it."""

from datetime import UTC, date, datetime

from core import first_contact
from core.access import Actor
from core.first_contact import Picture, Question
from core.first_contact.answer import count
from core.first_contact.figures import Counted, Figures
from core.first_contact.withholding import shown
from core.transactions import transaction
from db.queries.first_contact import Bin, Choice
from tests.factories import NOW

CHICAGO = "America/Chicago"
WEEK = Question(date(2026, 11, 18), date(2026, 11, 24), CHICAGO)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def counted(actor: Actor, question: Question = WEEK, *, at: datetime = NOW) -> Counted:
    """Return the counts before anything is withheld."""
    with transaction(actor) as tx:
        return count(actor, tx, question, at=at)


def look(actor: Actor, question: Question = WEEK, *, at: datetime = NOW) -> Picture:
    """Return what a person sees."""
    with transaction(actor) as tx:
        return first_contact.look(actor, tx, question, at=at)


def cells(of: Counted) -> dict[tuple[int, int], tuple[int, int, int]]:
    return {place: (figures.reported, figures.decided, figures.on_time) for place, figures in of.cells.items()}


def fold(desk) -> None:
    with desk.owner() as db:
        db.execute("select fold_facts()")


def seen(
    cells: dict[tuple[int, int], Figures],
    *,
    question: Question = WEEK,
    weeks: dict[date, Figures] | None = None,
    clients: dict[str, Figures] | None = None,
    reached: int = 0,
) -> Picture:
    """Return what a person sees of these counts; so many were *reached*, all in the third hour."""
    of_clients = {Choice(n, name): figures for n, (name, figures) in enumerate((clients or {}).items())}
    bins = [Bin(8, reached)] if reached else []
    return shown(Counted(question, NOW, dict(sorted(cells.items())), weeks or {}, of_clients, bins))
