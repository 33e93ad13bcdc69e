"""
Rehearsal: the cases of the last 90 days counted anew under a changed rule, and what would have been late.

The room knows nothing of its users. Whoever has rules brings a `Rehearsed`: a function that yields the cases of a
period, and one that returns when a case was due under given rules. `rehearse` counts each case twice. Under the rules
as they are the date is that which is stored: a replay is history. A case of which that is not so was given another date
than rules count; it stays as it was, and is told. Under the changed rules it is late if it was met after that date, or
is not met and the date is over.

What comes back is told to people who read no claims: by client, counts of few withheld (`core.rules.withholding`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from core import scope
from core.access import Action, Actor, Subject
from core.rules.withholding import Count, Shown, Tally, of_client, of_few, together

PERIOD = timedelta(days=90)

Which = TypeVar("Which")
Of = TypeVar("Of")
Rules = TypeVar("Rules")


class Case(NamedTuple, Generic[Of]):
    """
    Something that began in the period and was due: of which client, when it was received or reported, when it was met
    (or its clock stands still), None where it waits, and when it was due as stored; None where no date was.

    `of` is what else its count asks.
    """

    client_id: int
    started_at: datetime
    met_at: datetime | None
    due_at: datetime | None
    of: Of

    def late(self, due_at: datetime | None, at: datetime) -> bool:
        """Tell whether it would be late, seen *at* a moment, if it were due at *due_at*."""
        return due_at is not None and (self.met_at or at) > due_at


@dataclass(frozen=True)
class Rehearsed(Generic[Which, Of, Rules]):
    """
    A kind of rules that can be rehearsed. `noun` and `action` are as those of `Kind`.

    `cases` yields which of its cases began in a period, the end left out. `due` returns when one was due under given
    rules; it writes nothing.
    """

    noun: str
    action: Action
    cases: Callable[[Connection, Which, datetime, datetime], Iterable[Case[Of]]]
    due: Callable[[Case[Of], Rules], datetime | None]


class Rehearsal(NamedTuple):
    """
    What a rehearsal shows: of all clients together, and by client's name; `as_given` is how many cases stay as they
    were, because they were given another date than the rules count.
    """

    whole: Shown
    clients: tuple[tuple[str, Shown], ...]
    as_given: Count


def rehearse(
    kind: Rehearsed[Which, Of, Rules], actor: Actor, tx: Connection, which: Which, *, as_is: Rules, changed: Rules,
    at: datetime,
) -> Rehearsal:  # fmt: skip
    """
    Count the cases of PERIOD until *at* under the rules *as_is* and as *changed*. Nothing is kept.

    :raises NotAllowed: if the actor does not set rules of this kind.
    """
    names = {
        each.client_id: each.name for each in scope.clients(actor, tx, kind.action, Subject(kind.noun))
    }  # fmt: skip
    tallies, as_given = tally(kind.cases(tx, which, at - PERIOD, at), kind.due, as_is=as_is, changed=changed, at=at)
    shown = {client_id: of_client(each) for client_id, each in tallies.items()}
    whole = together([(shown[client_id], tallies[client_id]) for client_id in tallies])
    by_name = sorted(((names[client_id], each) for client_id, each in shown.items()), key=lambda row: row[0].lower())
    return Rehearsal(whole, tuple(by_name), of_few(as_given))


def tally(
    cases: Iterable[Case[Of]], due: Callable[[Case[Of], Rules], datetime | None], *, as_is: Any, changed: Any,
    at: datetime,
) -> tuple[dict[int, Tally], int]:  # fmt: skip
    """Count *cases* by client, and how many of them were given another date than the rules *as_is* count."""
    tallies: dict[int, Tally] = {}
    as_given = 0
    for case in cases:
        given = due(case, as_is) != case.due_at
        as_given += given
        was = case.late(case.due_at, at)
        would = was if given else case.late(due(case, changed), at)
        before = tallies.get(case.client_id, Tally())
        tallies[case.client_id] = Tally(
            before.cases + 1, before.was + was, before.would + would,
            before.newly + (would and not was), before.no_longer + (was and not would),
        )  # fmt: skip
    return tallies, as_given
