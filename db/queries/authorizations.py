"""Requests for authorization: those of a claim or one alone, with all that was done about each; and their changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from db.queries.gathered import by_position, gathered, many, one


class ServiceLine(NamedTuple):
    """A treatment that was asked for, what was determined of it, and how much of what was approved was used."""

    line: int
    code: str | None
    words: str
    body_part: str | None
    units: int
    outcome: str | None
    approved_units: int | None
    approved_words: str | None
    from_on: date | None
    until_on: date | None
    authorization_number: str | None
    used_units: int


class Determination(NamedTuple):
    """
    How a request was decided; `corrects_id` is the determination that it corrects, `lapse_of` the clock by whose lapse
    its law gives something of it.
    """

    determination_id: int
    corrects_id: int | None
    outcome: str
    reviewer_name: str
    reviewer_credentials: str | None
    reason: str | None
    lapse_of: int | None
    decided_at: datetime
    decided_by: str
    recorded_at: datetime


class Notice(NamedTuple):
    """That somebody was told of a determination, by whom and how; `document_id` is the letter, where there was one."""

    notice_id: int
    determination_id: int
    party: str
    how: str
    recipient: str
    document_id: int | None
    at: datetime
    by: str


class FollowUp(NamedTuple):
    """One try to learn how a request stands."""

    follow_up_id: int
    party: str
    how: str
    outcome: str
    note: str | None
    at: datetime
    by: str


class Frame(NamedTuple):
    """A request for authorization as it stands. Instants are aware, UTC; names are empty where there is nobody."""

    client_id: int
    claim_id: int
    request_id: int
    about_id: int | None
    claim_number: str
    worker: str
    born: date | None
    client: str
    timezone: str
    """Where the days of the claim are meant."""
    jurisdiction: str
    in_network: bool | None
    kind: str
    provider_npi: str | None
    provider_name: str
    provider_phone: str | None
    provider_fax: str | None
    provider_email: str | None
    received_at: datetime
    channel: str
    postmarked_on: date | None
    document_id: int | None
    complete_at: datetime | None
    returned_at: datetime | None
    missing: str | None
    information_asked_at: datetime | None
    information_at: datetime | None
    tolled_at: datetime | None
    resumed_at: datetime | None
    deferred_at: datetime | None
    deferred_why: str | None
    taken_up_at: datetime | None
    clock: str
    rule: int | None
    due_at: datetime | None
    due_why: str | None
    ours: bool
    holder_id: int | None
    holder: str | None
    reviewer_id: int | None
    reviewer: str | None
    follow_up_at: datetime | None
    follow_up_by_hand: bool
    unanswered: int
    to_clinical_at: datetime | None
    to_supervisor_at: datetime | None
    to_tell_at: datetime | None
    outcome: str | None
    decided_at: datetime | None
    communicated_at: datetime | None
    ended_at: datetime | None
    logged_at: datetime
    logged_by: str
    version: int


class Reviewer(NamedTuple):
    """Somebody of the clinical staff who reviews for a client."""

    staff_id: int
    full_name: str


class LapseFacts(NamedTuple):
    """What a claim says of a lapse: its allowed conditions, how many it has, how many denied, since when closed."""

    allowed: list[str]
    conditions: int
    denied: int
    closed_at: datetime | None


class Paper(NamedTuple):
    """A document of a claim that is a request as it came, and was not logged yet; `received_at` is its stamp."""

    document_id: int
    title: str
    received_at: datetime


class Request(NamedTuple):
    """A request with its lines in their order, and its determinations, notices and follow-ups, the latest first."""

    frame: Frame
    lines: list[ServiceLine]
    determinations: list[Determination]
    notices: list[Notice]
    follow_ups: list[FollowUp]


_KEY = "client_id = r.client_id and claim_id = r.claim_id and request_id = r.request_id"

_COLUMNS = f"""
    r.client_id, r.claim_id, r.request_id, r.about_id, c.claim_number,
    concat_ws(' ', w.given_name, w.family_name), w.birth_date, k.name, p.timezone, r.jurisdiction,
    c.certified_network, r.kind, r.provider_npi, r.provider_name, r.provider_phone, r.provider_fax, r.provider_email,
    r.received_at, r.channel, r.postmarked_on, r.document_id, r.complete_at, r.returned_at, r.missing,
    r.information_asked_at, r.information_at, r.tolled_at, r.resumed_at, r.deferred_at, r.deferred_why, r.taken_up_at,
    r.clock, r.rule, r.due_at, r.due_why, r.ours, r.holder_id, h.full_name, r.reviewer_id, v.full_name, r.follow_up_at,
    r.follow_up_by_hand, r.unanswered, r.to_clinical_at, r.to_supervisor_at, r.to_tell_at,
    r.outcome, r.decided_at, r.communicated_at, r.ended_at, r.logged_at, l.full_name, r.version,
    lines.*, determinations.*, notices.*, follow_ups.*
      from authorization_request r
      join claim c on c.client_id = r.client_id and c.claim_id = r.claim_id
      join client k on k.client_id = r.client_id
      left join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id
      join sla_policy p on p.client_id = c.client_id and p.effective_from = c.sla_effective_from
      join staff l on l.staff_id = r.logged_by
      left join staff h on h.staff_id = r.holder_id
      left join staff v on v.staff_id = r.reviewer_id
     cross join lateral {
    gathered(
        ServiceLine,
        f'''
       select line, code, words, body_part, units, outcome, approved_units, approved_words, from_on, until_on,
              authorization_number, used_units from service_line where {_KEY} order by line''',
    )
} lines
     cross join lateral {
    gathered(
        Determination,
        f'''
       select d.determination_id, d.corrects_id, d.outcome, d.reviewer_name, d.reviewer_credentials, d.reason,
              d.lapse_of, d.decided_at, s.full_name, d.recorded_at
         from determination d join staff s on s.staff_id = d.decided_by where {_KEY}
        order by d.determination_id desc''',
    )
} determinations
     cross join lateral {
    gathered(
        Notice,
        f'''
       select n.notice_id, n.determination_id, n.party, n.how, n.recipient, n.document_id, n.at, s.full_name
         from determination_notice n join staff s on s.staff_id = n.by_id where {_KEY}
        order by n.at desc, n.notice_id desc''',
    )
} notices
     cross join lateral {
    gathered(
        FollowUp,
        f'''
       select f.follow_up_id, f.party, f.how, f.outcome, f.note, f.at, s.full_name
         from authorization_follow_up f join staff s on s.staff_id = f.by_id where {_KEY}
        order by f.at desc, f.follow_up_id desc''',
    )
} follow_ups
"""

_KINDS = (Frame, ServiceLine, Determination, Notice, FollowUp)

_OF_CLAIM = by_position(
    f"select {_COLUMNS} where r.client_id = :client_id and r.claim_id = any (desk_one_injury(:client_id, :claim_id))"
    " order by r.ended_at is not null, r.due_at, r.request_id desc",
    *_KINDS,
)

_ONE = by_position(
    f"select {_COLUMNS} where r.client_id = :client_id and r.request_id = :request_id and r.claim_id = :claim_id",
    *_KINDS,
)

_UNDECIDED = by_position(
    f"select {_COLUMNS} where r.ended_at is null and r.decided_at is null order by r.client_id, r.request_id", *_KINDS
)

_LOCK = text(
    "select 1 from authorization_request where client_id = :client_id and claim_id = :claim_id"
    " and request_id = :request_id for update"
)

_LOG = text("""
    insert into authorization_request (client_id, claim_id, about_id, jurisdiction, kind, provider_npi, provider_name,
      provider_phone, provider_fax, provider_email, received_at, channel, postmarked_on, document_id, complete_at,
      missing,
      clock, rule, due_at, due_why, ours, holder_id, reviewer_id, follow_up_at, unanswered,
      to_clinical_at, to_supervisor_at, logged_at, logged_by, import_id)
    values (:client_id, :claim_id, :about_id, :jurisdiction, :kind, :provider_npi, :provider_name, :provider_phone,
      :provider_fax, :provider_email, :received_at, :channel, :postmarked_on, :document_id, :complete_at, :missing,
      :clock, :rule, :due_at, :due_why, :ours, :holder_id, :reviewer_id, :follow_up_at, :unanswered,
      :to_clinical_at, :to_supervisor_at, :at, :by_id, :import_id)
    returning request_id
""")

_LINE = text("""
    insert into service_line (client_id, claim_id, request_id, line, code, words, body_part, units)
    values (:client_id, :claim_id, :request_id, :line, :code, :words, :body_part, :units)
""")

_CHANGE = """
    update authorization_request
       set {columns}, change = :change, change_why = :change_why, changed_at = :at, changed_by = :by_id,
           version = version + 1
     where client_id = :client_id and claim_id = :claim_id and request_id = :request_id and version = :version
       and ended_at is null
"""

CHANGEABLE = (
    "complete_at", "returned_at", "missing", "information_asked_at", "information_at", "tolled_at", "resumed_at",
    "deferred_at", "deferred_why", "taken_up_at", "clock", "rule", "due_at", "due_why", "ours", "holder_id",
    "reviewer_id", "follow_up_at", "follow_up_by_hand", "unanswered", "to_clinical_at", "to_supervisor_at",
)  # fmt: skip
"""The columns of a request that change after it was logged."""

_DETERMINE = text("""
    insert into determination (client_id, claim_id, request_id, corrects_id, outcome, reviewer_name,
      reviewer_credentials,
      reason, lapse_of, decided_at, decided_by, recorded_at)
    values (:client_id, :claim_id, :request_id, :corrects_id, :outcome, :reviewer_name, :reviewer_credentials, :reason,
      :lapse_of, :decided_at, :by_id, :at)
    returning determination_id
""")

_DETERMINE_LINE = text("""
    insert into determination_line (client_id, claim_id, request_id, determination_id, line, outcome, units, words,
      from_on, until_on, authorization_number)
    values (:client_id, :claim_id, :request_id, :determination_id, :line, :outcome, :units, :words, :from_on, :until_on,
      :authorization_number)
""")

_NOTICE = text("""
    insert into determination_notice (client_id, claim_id, request_id, determination_id, party, how, recipient,
      document_id, at, by_id, recorded_at)
    values (:client_id, :claim_id, :request_id, :determination_id, :party, :how, :recipient, :document_id, :told_at,
      :by_id, :at)
    returning notice_id
""")

_FOLLOW_UP = text("""
    insert into authorization_follow_up (client_id, claim_id, request_id, party, how, outcome, note, at, by_id,
      recorded_at)
    values (:client_id, :claim_id, :request_id, :party, :how, :outcome, :note, :tried_at, :by_id, :at)
    returning follow_up_id
""")

_USE = text("""
    update service_line set used_units = :used, used_at = :at
     where client_id = :client_id and claim_id = :claim_id and request_id = :request_id and line = :line
       and used_units = :seen
""")

_PAPERS = text("""
    select d.document_id, d.title, f.received_at from claim_document d join file f using (client_id, file_id)
     where d.client_id = :client_id and d.claim_id = :claim_id and d.kind = 'authorization_request'
       and not exists (select from authorization_request r where r.client_id = d.client_id and r.claim_id = d.claim_id
                          and r.document_id = d.document_id)
     order by f.received_at desc, d.document_id desc
""")

_LAPSE_FACTS = text("""
    select coalesce(array_agg(coalesce(d.code || ' ', '') || coalesce(d.words, '') order by d.since, d.condition_id)
                      filter (where d.status = 'allowed'), '{}'),
           count(d.condition_id)::int, (count(d.condition_id) filter (where d.status = 'denied'))::int, c.closed_at
      from claim c left join claim_condition d on d.client_id = c.client_id and d.claim_id = c.claim_id
     where c.client_id = :client_id and c.claim_id = :claim_id
     group by c.client_id, c.claim_id, c.closed_at
""")

_REVIEWERS = text("select staff_id, full_name from desk_reviewers(:client_id) order by full_name, staff_id")

_ALIKE = by_position(f"""
    select {_COLUMNS}
     where r.client_id = :client_id and r.claim_id = any (desk_one_injury(:client_id, :claim_id))
       and (r.ended_at is null or r.decided_at > :since)
       and exists (select from service_line a where a.client_id = r.client_id and a.claim_id = r.claim_id
                      and a.request_id = r.request_id
                      and (a.code = any (cast(:codes as text[])) or lower(a.words) = any (cast(:words as text[]))))
     order by r.received_at desc, r.request_id desc
""", *_KINDS)  # fmt: skip


def requests(tx: Connection, client_id: int, claim_id: int) -> list[Request]:
    """Return the requests of a claim and of those merged into it, open ones first by what is due, then the latest."""
    return [_request(row) for row in tx.execute(_OF_CLAIM, {"client_id": client_id, "claim_id": claim_id})]


def request(tx: Connection, client_id: int, claim_id: int, request_id: int, *, locked: bool = False) -> Request | None:
    """Return one request, locked until the transaction ends where *locked*; None where none is in scope."""
    key = {"client_id": client_id, "claim_id": claim_id, "request_id": request_id}
    if locked:
        tx.execute(_LOCK, key)
    row = tx.execute(_ONE, key).one_or_none()
    return _request(row) if row else None


def undecided(tx: Connection) -> list[Request]:
    """Return every request of the scope that is open and not decided."""
    return [_request(row) for row in tx.execute(_UNDECIDED)]


def alike(
    tx: Connection, client_id: int, claim_id: int, codes: Sequence[str], words: Sequence[str], *, since: datetime
) -> list[Request]:
    """Return the claim's requests, open or decided after *since*, that ask for one of these codes or words too."""
    values = {"client_id": client_id, "claim_id": claim_id, "codes": list(codes), "words": list(words), "since": since}
    return [_request(row) for row in tx.execute(_ALIKE, values)]


def papers(tx: Connection, client_id: int, claim_id: int) -> list[Paper]:
    """Return the claim's documents that are requests as they came and were not logged yet, the latest first."""
    return [Paper(*row) for row in tx.execute(_PAPERS, {"client_id": client_id, "claim_id": claim_id})]


def lapse_facts(tx: Connection, client_id: int, claim_id: int) -> LapseFacts:
    """Return what the claim says about a lapse."""
    row = tx.execute(_LAPSE_FACTS, {"client_id": client_id, "claim_id": claim_id}).one()
    return LapseFacts(*row)


def reviewers(tx: Connection, client_id: int) -> list[Reviewer]:
    """Return who reviews for the client, by name; nobody where the acting person does not work for it."""
    return [Reviewer(*row) for row in tx.execute(_REVIEWERS, {"client_id": client_id})]


def log(tx: Connection, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> int:
    """Keep a request with its lines, and return its number."""
    request_id: int = tx.execute(_LOG, values).scalar_one()
    key = {"client_id": values["client_id"], "claim_id": values["claim_id"], "request_id": request_id}
    tx.execute(_LINE, [{**key, **line} for line in lines])
    return request_id


def change(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Change those columns of an open request that *values* names; False where it was changed or ended since seen."""
    columns = ", ".join(f"{name} = :{name}" for name in CHANGEABLE if name in values)
    return tx.execute(text(_CHANGE.format(columns=columns)), values).rowcount > 0


def determine(tx: Connection, values: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> int:
    """Keep a determination and what it says of each line; return its number."""
    determination_id: int = tx.execute(_DETERMINE, values).scalar_one()
    key = {name: values[name] for name in ("client_id", "claim_id", "request_id")}
    tx.execute(_DETERMINE_LINE, [{**key, "determination_id": determination_id, **line} for line in lines])
    return determination_id


def tell(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep that somebody was told of a determination; return the notice's number."""
    notice_id: int = tx.execute(_NOTICE, values).scalar_one()
    return notice_id


def follow_up(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep a follow-up, and return its number."""
    follow_up_id: int = tx.execute(_FOLLOW_UP, values).scalar_one()
    return follow_up_id


def use(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Note how many of the approved units of a line were used; False where that was changed since it was seen."""
    return tx.execute(_USE, values).rowcount > 0


def _request(row: Any) -> Request:
    values = iter(row)
    frame = one(Frame, values)
    return Request(
        frame, many(ServiceLine, values), many(Determination, values), many(Notice, values), many(FollowUp, values)
    )
