"""The plan of an import: what will happen to each row, and why. Preview shows it; commit does exactly that."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Connection

from core import scope
from core.access import Actor
from core.feeds.kind import Duplicate, FeedKind, Figure, Judged, Known, Line, New, Setting, Terms
from core.feeds.mapping import FeedMapping
from core.feeds.python_gc import no_garbage_collection
from core.feeds.reading import Feed
from core.feeds.rows import RefusedRow


class Basis(NamedTuple):
    """
    What a plan rests on in the database: it is good for as long as these are the same.

    The zone of the client's days, what rows are judged by, and what they could repeat or speak of.
    """

    timezone: str
    terms: Terms
    known: Known


@dataclass(frozen=True)
class Plan:
    """
    Everything an import will do, decided.

    `judged` is what the rows say by themselves, `basis` what the database held beside them. `at` is when it was made.
    """

    kind: FeedKind
    client_id: int
    at: datetime
    file_name: str
    file_digest: str
    mapping: FeedMapping
    headings: tuple[str, ...]
    judged: tuple[Judged, ...]
    new: tuple[New, ...]
    duplicates: tuple[Duplicate, ...]
    refusals: tuple[RefusedRow, ...]
    basis: Basis
    sheet: str = ""
    """The sheet of the file that was read, where it is a workbook."""

    @property
    def read(self) -> int:
        """Rows of the file, headings not counted."""
        return len(self.new) + len(self.duplicates) + len(self.refusals)

    @property
    def digest(self) -> str:
        """A name for what this will do, which any difference changes."""
        decided = (self.kind.code, self.client_id, self.file_digest, self.sheet, self.new, self.duplicates)
        return hashlib.sha256(repr((*decided, self.refusals)).encode("utf-8", "replace")).hexdigest()

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of the columns that nothing is read from, in the file's order."""
        used = set(self.mapping.columns.values())
        return tuple(heading for heading in self.headings if heading not in used)

    def counted(self, figure: Figure) -> int:
        """Return of how many new rows the *figure* of the plan's kind is so."""
        return sum(1 for each in self.new if figure.counts(each, self.at))

    def lines(self) -> Iterator[Line]:
        """Yield what will happen to each row that is not refused, what has to be looked at first."""
        return self.kind.lines(self)


@no_garbage_collection()
def plan(
    actor: Actor,
    tx: Connection,
    kind: FeedKind,
    *,
    client_id: int,
    feed: Feed,
    mapping: FeedMapping,
    file_name: str,
    at: datetime,
) -> Plan:
    """
    Decide what becomes of each row of *feed*, read by *mapping*, and write nothing.

    :raises NotAllowed: if the actor does not import feeds of that kind.
    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises OrderUndecided: if nothing shows in which order the file's dates have day and month.
    :raises Refusal: if nothing of the kind can be taken in for this client; which, the kind says.
    """
    setting = Setting(client_id, scope.timezone(actor, tx, kind.action, client_id, at=at), at)
    terms = kind.terms(actor, tx, setting)
    answers = kind.judge(feed, mapping, setting, terms)
    judged = tuple(answer for answer in answers if not isinstance(answer, RefusedRow))
    basis = Basis(setting.timezone, terms, kind.known(tx, client_id, judged))
    settled = kind.settle(judged, basis.terms, basis.known)
    refused = [each for each in (*answers, *settled) if isinstance(each, RefusedRow)]
    return Plan(
        kind=kind,
        client_id=client_id,
        at=at,
        file_name=f"{file_name}, sheet {feed.sheet}" if feed.sheet else file_name,
        file_digest=feed.digest,
        mapping=mapping,
        headings=feed.headings,
        judged=judged,
        new=tuple(each for each in settled if not isinstance(each, Duplicate | RefusedRow)),
        duplicates=tuple(each for each in settled if isinstance(each, Duplicate)),
        refusals=tuple(sorted(refused, key=attrgetter("row"))),
        basis=basis,
        sheet=feed.sheet,
    )


def basis_now(
    actor: Actor, tx: Connection, kind: FeedKind, client_id: int, judged: Sequence[Judged], *, at: datetime
) -> Basis:
    """
    Return all that the database holds *at* this moment that decides what the *judged* rows become.

    :raises NotAllowed, NoSuchClient: if the actor does not import feeds of that kind for that client.
    :raises Refusal: if nothing of the kind can be taken in for this client; which, the kind says.
    """
    setting = Setting(client_id, scope.timezone(actor, tx, kind.action, client_id, at=at), at)
    return Basis(setting.timezone, kind.terms(actor, tx, setting), kind.known(tx, client_id, judged))
