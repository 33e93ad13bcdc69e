"""What a plan of claims says of each row that is not refused, before anything is done."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from core import words
from core.feeds.kind import Cell, Line, Other
from core.feeds.kinds.claims.deciding import NewClaim, is_overdue
from core.feeds.planning import Plan
from core.feeds.values import whole_name
from core.intake import BRIEFLY
from core.intake.asking import is_of_unread_time
from core.intake.doubts import DOUBTS, TIME_UNREAD
from core.intake.elements import MISSING, NOT_AS_PREFERRED, UNCONFIRMED

KEPT_ASIDE = "The row is taken in as it is; what it says here is kept in a question on the claim."
"""What happens to values that cannot be read, or are doubted."""

COLUMNS = ("First contact due", "To ask")
"""What stands beside a row: by when somebody calls, and which elements stay to be asked, each once."""


def lines(plan: Plan) -> Iterator[Line]:
    """Yield what will happen to each row that is not refused: known, in doubt, overdue, then other new ones."""
    reports = {row.row: row.report for row in plan.judged}
    for duplicate in plan.duplicates:
        report = reports[duplicate.row]
        name = whole_name(report.family_name, report.given_name)
        yield Line(
            duplicate.row, plan.kind.words.repeated, name, duplicate.why, (Cell(), Cell()), _numbers([duplicate.other])
        )

    def last(claim: NewClaim) -> tuple[bool, bool]:
        return not (claim.doubts or claim.flags or _aside(claim)), not is_overdue(claim, plan.at)

    for claim in sorted(plan.new, key=last):
        yield _line(claim, plan)


def _line(claim: NewClaim, plan: Plan) -> Line:
    report = claim.report
    unread = [question.why for question in claim.questions if is_of_unread_time(question)]
    doubts = [doubt.why for doubt in claim.doubts]
    for flag in claim.flags:  # a time that stands in the file is quoted here as well
        doubts += unread if flag == TIME_UNREAD else [DOUBTS[flag][1]]
    if aside := _aside(claim):
        doubts = [*dict.fromkeys([*doubts, *aside]), KEPT_ASIDE]
    if report.date_of_death:
        doubts.append("The worker has died: nobody calls.")
    asks = dict.fromkeys(question.element for question in (*claim.questions, *claim.doubts))
    return Line(
        claim.row,
        plan.kind.words.new,
        whole_name(report.family_name, report.given_name),
        " ".join(doubts),
        (
            Cell() if report.date_of_death else _due(claim.due_at, plan.at, plan.basis.timezone),
            Cell(", ".join(BRIEFLY[element] for element in asks)),
        ),
        _numbers(other for other, _ in claim.suspects),
    )


def _due(due_at: datetime, at: datetime, timezone: str) -> Cell:
    return Cell(words.instant(due_at, timezone), f"Overdue by {words.brief(at - due_at)}" if due_at < at else "")


def _aside(claim: NewClaim) -> list[str]:
    """Return what the row says and the claim does not take as it stands, as it is asked about; no flag."""
    others = (MISSING, NOT_AS_PREFERRED, UNCONFIRMED, *claim.flags)
    return [question.why for question in claim.questions if question.reason not in others]


def _numbers(others: Iterable[Other]) -> tuple[tuple[str, int], ...]:
    """Return number and id of those of *others* that are claims already."""
    return tuple((other.number, other.key) for other in others if other.key is not None)
