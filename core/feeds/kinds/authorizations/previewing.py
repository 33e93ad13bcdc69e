"""What a plan of requests says of each row that is not refused, before anything is done."""

from collections.abc import Iterator

from core import words
from core.authorizations.vocabulary import kind_words
from core.feeds.kind import Cell, Line
from core.feeds.kinds.authorizations.settling import Settled, is_overdue
from core.feeds.planning import Plan

COLUMNS = ("Due", "Asked for", "Kind")
"""What stands beside a row: by when it is to be determined, what is asked for, and in which of its state's kinds."""


def lines(plan: Plan) -> Iterator[Line]:
    """Yield what will happen to each row that is not refused: asked before, overdue, with notes, then the others."""
    spoken = {each.row: each for each in plan.judged}
    for known in plan.duplicates:
        each = spoken[known.row]
        cells = (Cell(), Cell(each.asked.lines[0].words), Cell())
        yield Line(known.row, plan.kind.words.repeated, each.number, known.why, cells)
    for new in sorted(plan.new, key=lambda new: (not is_overdue(new, plan.at), not new.notes)):
        yield _line(new, plan)


def _line(new: Settled, plan: Plan) -> Line:
    line = new.asked.lines[0]
    late = is_overdue(new, plan.at) and new.due_at
    due = Cell(
        words.instant(new.due_at, plan.basis.timezone) if new.due_at else "No date",
        f"Overdue by {words.brief(plan.at - late)}" if late else "",
    )
    asked = " ".join(filter(None, (line.code, line.words)))
    joined = (f"With row {new.first}, as one request.",) if new.first != new.row else ()
    return Line(
        new.row, plan.kind.words.new, new.claim.number, " ".join((*joined, *new.notes)),
        (due, Cell(asked), Cell(f"{kind_words(new.asked.kind)}, {new.asked.jurisdiction}")),
        ((new.claim.number, new.claim.claim_id),),
    )  # fmt: skip
