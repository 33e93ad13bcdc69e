"""To what a list of claims, or of work on them, is narrowed: what its reader chose, told by ids and codes."""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

NONE = "none"
"""How a filter names the claims whose state is not known, or that nobody has."""


class Row(Protocol):
    """What every such list says of the claim of a row, and when the row is due."""

    @property
    def client_id(self) -> int: ...
    @property
    def jurisdiction(self) -> str | None: ...
    @property
    def assignee_id(self) -> int | None: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...


class Filter(NamedTuple):
    """
    To what a list is narrowed, each None where it is not.

    `jurisdiction` is a state's two letters or NONE, `who` a staff id in figures or NONE, `stage` what
    `core.queue.stage` returns, `what` a kind of work by its code, and `figure` the name of a figure above the list:
    mine, unassigned, soon or overdue.
    """

    client: int | None = None
    jurisdiction: str | None = None
    who: str | None = None
    stage: str | None = None
    what: str | None = None
    figure: str | None = None

    def lets(
        self, row: Row, *, me: int, at: datetime, soon: timedelta, stage: str | None = None, what: str | None = None
    ) -> bool:
        """
        Tell whether *row* stands on the list so narrowed that the person *me* looks at, at *at*.

        :param soon: how long before it is due the row is due soon.
        :param stage: where its claim stands, and *what* of which kind of work it is, on a list that says so.
        """
        has = NONE if row.assignee_id is None else str(row.assignee_id)
        return (
            self.client in (None, row.client_id)
            and self.jurisdiction in (None, row.jurisdiction or NONE)
            and self.who in (None, has)
            and self.stage in (None, stage)
            and self.what in (None, what)
            and (self.figure is None or self._counts(row, me=me, at=at, soon=soon))
        )

    def _counts(self, row: Row, *, me: int, at: datetime, soon: timedelta) -> bool:
        match self.figure:
            case "mine":
                return row.assignee_id == me
            case "unassigned":
                return row.assignee_id is None
            case "overdue":
                return row.paused_at is None and row.due_at < at
            case "soon":
                return row.paused_at is None and at <= row.due_at < at + soon
        return False
