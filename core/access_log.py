"""The access log: who looked at whom, and who did what; asked by person, worker or claim, kind, client and period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core import audit, typed
from core.access import Action, Actor, require
from core.calendars import first_instant, zone
from core.intake import worker_name_key
from core.refusal import Refusal

NOT_SIGNED_IN = 0
"""Who acts, in the record, where nobody is signed in."""

SHOWN = 200
"""Lines of the log that a page shows at once."""

MOST_IN_FILE = 20_000
"""Lines that a file holds at most."""

MOST_CLAIMS = 100
"""Claims that a worker's name may stand for at most."""

_AT_ONCE = 1_000


class Kind(StrEnum):
    """What sort of thing was done."""

    LOOKS = "looks"
    EXPORTS = "exports"
    CHANGES = "changes"
    REFUSALS = "refusals"
    SIGN_INS = "sign_ins"


VERBS: Mapping[Kind, tuple[str, ...]] = {
    Kind.LOOKS: ("read",),
    Kind.EXPORTS: ("exported", "disclosed"),
    Kind.REFUSALS: ("refused", "sign_in_failed"),
    Kind.SIGN_INS: ("signed_in", "sign_in_failed", "session_ended"),
}
"""The verbs of each kind in the record; every other verb is a change."""

_NO_CHANGE = sorted({verb for verbs in VERBS.values() for verb in verbs})

# A claim that was tried with another's client is not found, and stays as it was tried.
_LINES = text("""
    select l.at, l.event_id, l.first_at, l.times, l.actor, l.client, l.client_id, l.noun, l.noun_id, l.verb,
           case jsonb_typeof(l.detail) when 'object' then l.detail end, c.claim_id, c.claim_number, f.kind,
           coalesce(filed.kind, named.kind)
      from desk_audit_lines(:most, coalesce(cast(:before as timestamptz), 'infinity'), cast(:before_id as bigint),
                            coalesce(cast(:starts as timestamptz), '-infinity'),
                            coalesce(cast(:ends as timestamptz), 'infinity'),
                            cast(:person as int), cast(:client as int), cast(:claims as bigint[]),
                            cast(:workers as bigint[]), cast(:verbs as text[]), cast(:other_verbs as text[]),
                            cast(:numbers as text[])) l
      left join file f on l.noun = 'file' and f.client_id = l.client_id and f.file_id = l.noun_id
      left join claim_document filed on filed.client_id = f.client_id and filed.file_id = f.file_id
      left join claim_document named
             on l.noun = 'claim' and named.client_id = l.client_id and named.claim_id = l.noun_id
            and named.document_id = case when l.detail ->> 'document' ~ '^[0-9]{1,18}$'
                                         then (l.detail ->> 'document')::bigint end
      left join claim c on c.client_id = l.client_id
                       and c.claim_id = case when l.noun = 'claim' then l.noun_id
                                             when l.noun = 'file' then filed.claim_id
                                             when l.noun = 'injured_worker' and l.detail ->> 'claim' ~ '^[0-9]{1,18}$'
                                               then (l.detail ->> 'claim')::bigint end
     order by l.at desc, l.event_id desc
""")
_CHOICES = text(
    "select 'client', client_id, name from client union all select 'person', staff_id, full_name from staff order by 3"
)
# Client by client: keys begin with it, and there are few.
_BY_NUMBER = text(
    "select c.client_id, c.claim_id, c.claim_number, c.worker_id from client join claim c using (client_id)"
    " where c.claim_number = :number and (cast(:client as int) is null or c.client_id = :client)"
)
_BY_NAME = text("""
    select c.client_id, c.claim_id, c.claim_number, c.worker_id
      from client join injured_worker w using (client_id) join claim c using (client_id, worker_id)
     where (cast(:client as int) is null or w.client_id = :client)
       and (w.family_key = :whole
        or (w.family_key, w.given_key) in (select * from unnest(cast(:families as text[]), cast(:givens as text[]))))
     order by c.claim_id limit :most
""")


class TooManyWorkers(Refusal):
    text = (
        f"More than {MOST_CLAIMS} claims are of workers with this name:"
        " write the name in full, choose a client, or write the claim's number."
    )


class Claim(NamedTuple):
    """A claim of the record, and whose it is."""

    client_id: int
    claim_id: int
    number: str


@dataclass(frozen=True)
class Filters:
    """
    What is asked of the record; what is None or empty asks nothing.

    `person` is who acted (NOT_SIGNED_IN for nobody), `subject` the number of a claim or the name of a worker, as typed.
    The days are whole ones where the reader is.
    """

    person: int | None = None
    subject: str = ""
    kind: Kind | None = None
    client: int | None = None
    first_day: date | None = None
    last_day: date | None = None


class Position(NamedTuple):
    """Where a line stands in the record: its time, aware, and its number."""

    at: datetime
    event_id: int


class Line(NamedTuple):
    """
    One line of the log: an event, or the repeated looks of one visit as the latest of them.

    Searches by which one question came to be are such a visit; their detail names all the claims that they showed.

    `at` and `first_at` are aware, UTC, and differ only where `times` is more than one.
    """

    at: datetime
    event_id: int
    first_at: datetime
    times: int
    actor: str
    client: str | None
    client_id: int | None
    noun: str
    noun_id: int
    verb: str
    detail: dict[str, Any] | None
    claim_id: int | None
    claim_number: str | None
    """Of the claim, or of the claim of the worker or the file, where there is one such."""
    file_kind: str | None = None
    """What the file is, by its content."""
    document_kind: str | None = None
    """As what the file, or the document that the detail names, is on the claim by now."""


class Choices(NamedTuple):
    """The names, by number, of the clients and of the people who work or worked here."""

    clients: Mapping[int, str]
    people: Mapping[int, str]


class Log(NamedTuple):
    """
    Lines of the log, newest first.

    `claims` are those that the subject asked for stands for, None where none was asked for.
    `earlier` is the position from which there may be more; None where it has been read to its beginning.
    """

    lines: list[Line]
    claims: list[Claim] | None
    earlier: Position | None


def choices(actor: Actor, tx: Connection) -> Choices:
    """
    Return by what one can ask, and the names behind the numbers in the lines' details.

    :raises NotAllowed: if the actor does not read the access log.
    """
    require(actor, Action.AUDIT_READ)
    named: dict[str, dict[int, str]] = {"client": {}, "person": {}}
    for sort, number, name in tx.execute(_CHOICES):
        named[sort][number] = name
    return Choices(named["client"], {**named["person"], NOT_SIGNED_IN: "Not signed in"})


def look(
    actor: Actor, tx: Connection, filters: Filters | None = None, *, most: int = SHOWN, before: Position | None = None
) -> Log:
    """
    Return the latest *most* lines that *filters* ask for (1,000 at most), or of those *before* one.

    The look itself is recorded, with what it asked for; of a worker's name only the claims that it stands for.

    :raises NotAllowed: if the actor does not read the access log.
    :raises TooManyWorkers: if the subject is the name of too many.
    """
    require(actor, Action.AUDIT_READ)
    filters = filters or Filters()
    subject = _subject(tx, filters)
    audit.record(actor, tx, verb="read", noun="audit_log", noun_id=0, detail=_recorded(filters, subject))
    return _read(actor, tx, filters, subject, most, before)


def exported(actor: Actor, tx: Connection, filters: Filters) -> Log:
    """
    Return for a file all lines that *filters* ask for, the latest MOST_IN_FILE; that they left is recorded.

    :raises NotAllowed, TooManyWorkers: as `look` does.
    """
    require(actor, Action.AUDIT_READ)
    subject = _subject(tx, filters)
    log = _read(actor, tx, filters, subject, _AT_ONCE, None)
    while log.earlier and len(log.lines) < MOST_IN_FILE:
        more = _read(actor, tx, filters, subject, _AT_ONCE, log.earlier)
        log = Log(log.lines + more.lines, log.claims, more.earlier)
    detail = {**_recorded(filters, subject), "rows": len(log.lines)}
    audit.record(actor, tx, verb="exported", noun="audit_log", noun_id=0, detail=detail)
    return log


class _Subject(NamedTuple):
    """The claims and workers asked for."""

    claims: list[Claim]
    workers: list[int]


def _subject(tx: Connection, filters: Filters) -> _Subject | None:
    """
    Return what the subject of *filters* stands for, of their client where they name one; None for nothing.

    It is a claim by its number, else workers by name, the family name alone or with the given one in either order.
    """
    wanted, client = typed.cleaned(filters.subject), {"client": filters.client}
    if not wanted:
        return None
    rows = tx.execute(_BY_NUMBER, {"number": wanted.upper(), **client}).all()
    if not rows:
        pairs = _names(worker_name_key(wanted))
        named = {"families": [family for family, _ in pairs], "givens": [given for _, given in pairs]}
        whole = {"whole": worker_name_key(wanted), "most": MOST_CLAIMS + 1}
        rows = tx.execute(_BY_NAME, {**whole, **named, **client}).all()
    if len(rows) > MOST_CLAIMS:
        raise TooManyWorkers
    return _Subject([Claim(*row[:3]) for row in rows], sorted({row.worker_id for row in rows}))


def _names(name: str) -> list[tuple[str, str]]:
    """Return every way in which *name* may be a family name and a given name, in either order."""
    parts = name.split()
    halves = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts))]
    return [pair for first, second in halves for pair in ((first, second), (second, first))]


def _recorded(filters: Filters, subject: _Subject | None) -> dict[str, Any]:
    """Return what was asked for as a detail of the record: numbers and days, no worker's name."""
    detail = {
        "people": None if filters.person is None else [filters.person],
        "claims": [claim.number for claim in subject.claims] if subject else None,
        "kind": filters.kind.value if filters.kind else None,
        "clients": None if filters.client is None else [filters.client],
        "from": filters.first_day.isoformat() if filters.first_day else None,
        "to": filters.last_day.isoformat() if filters.last_day else None,
    }
    return {name: value for name, value in detail.items() if value is not None}


def _read(
    actor: Actor, tx: Connection, filters: Filters, subject: _Subject | None, most: int, before: Position | None
) -> Log:
    local = zone(actor.timezone)
    ends = filters.last_day and filters.last_day + timedelta(days=1)
    parameters = {
        "most": most,
        "before": before.at if before else None,
        "before_id": before.event_id if before else 0,
        "starts": filters.first_day and first_instant(local, filters.first_day, time.min),
        "ends": ends and first_instant(local, ends, time.min),
        "person": filters.person,
        "client": filters.client,
        "claims": [claim.claim_id for claim in subject.claims] if subject else None,
        "workers": subject.workers if subject else None,
        "numbers": [claim.number for claim in subject.claims] if subject else None,
        "verbs": list(VERBS[filters.kind]) if filters.kind and filters.kind in VERBS else None,
        "other_verbs": _NO_CHANGE if filters.kind is Kind.CHANGES else None,
    }
    lines = [Line(*row) for row in tx.execute(_LINES, parameters)]
    earlier = Position(lines[-1].at, lines[-1].event_id) if len(lines) == most else None
    return Log(lines, subject.claims if subject else None, earlier)
