"""What a new version of a clock would move: the open requests whose due date it would change, by client."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.calendars import DayChange
from core.refusal import Refusal
from core.statutes.choosing import rule_of
from core.statutes.counting import due
from core.statutes.events import Events, of_request
from core.statutes.rule import Rule


class OpenRequest(NamedTuple):
    """Of a request that waits for a determination, what its clock asks; `due_at` is when it is due as it stands."""

    client_id: int
    jurisdiction: str
    kind: str
    in_network: bool | None
    events: Events
    due_at: datetime | None


class Moves(NamedTuple):
    """How many open requests of a client would be due earlier, how many later, or have a date no more or for once."""

    client_id: int
    earlier: int
    later: int
    otherwise: int


_OPEN = text("select * from desk_open_clocks(:jurisdiction, :kind)")


def open_requests(tx: Connection, jurisdiction: str, kind: str, zone: str) -> Sequence[OpenRequest]:
    """
    Return the requests whose clock of that kind runs, their days meant in *zone*; none for whoever sets no clocks.

    A date that was set by hand moves with no rule.
    """
    return [
        OpenRequest(row["client_id"], jurisdiction, kind, row["in_network"], of_request(dict(row), zone), row["due_at"])
        for row in tx.execute(_OPEN, {"jurisdiction": jurisdiction, "kind": kind}).mappings()
    ]


def moved(
    requests: Iterable[OpenRequest], rules: Iterable[Rule], new: Rule, changes: Mapping[str, Sequence[DayChange]]
) -> list[Moves]:
    """
    Return by client how many *requests* would be due otherwise if *new* were among the *rules*.

    A request whose clock started before the day of the new version keeps the text that it started under.
    """
    with_new = (*rules, new)
    counts: dict[int, list[int]] = {}
    for each in requests:
        due_at = _due_at(each, with_new, changes.get(each.jurisdiction, ()))
        if due_at == each.due_at:
            continue
        which = 2 if due_at is None or each.due_at is None else 0 if due_at < each.due_at else 1
        counts.setdefault(each.client_id, [0, 0, 0])[which] += 1
    return [Moves(client_id, *numbers) for client_id, numbers in sorted(counts.items())]


def _due_at(each: OpenRequest, rules: Iterable[Rule], changes: Sequence[DayChange]) -> datetime | None:
    try:
        rule = rule_of(rules, each.jurisdiction, each.kind, each.events, in_network=each.in_network)
    except Refusal:
        return each.due_at  # no rule counts it: what stands was set by hand
    return due(rule, each.events, changes).due_at
