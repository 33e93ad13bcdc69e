"""One claim, as a whole: its frame, the worker, what happened, and what is asked."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from db.models.claims import Claim
from db.queries.assignment import Holding
from db.queries.call_requests import REQUESTS, CallRequest
from db.queries.gathered import by_position, gathered, many, one
from db.queries.promises import CHANGES_COUNTED, Change, Promise
from db.queries.telephone import Begun
from db.queries.triage import CALLS, Call

_KEY: dict[str, Any] = {"client_id": bindparam("client_id"), "claim_id": bindparam("claim_id")}


class Frame(NamedTuple):
    """The claim without the person: what its clock and its state are made of."""

    client_id: int
    claim_id: int
    claim_number: str
    worker_id: int
    date_of_injury: date
    injured_time: time | None
    reported_at: datetime
    reported_to: str
    flags: list[str]
    sla_effective_from: datetime
    due_at: datetime
    first_contact_at: datetime | None
    closed_at: datetime | None
    date_of_death: date | None
    version: int
    merged_into: int | None


class Pause(NamedTuple):
    """A span in which the clock stood still."""

    pause_id: int
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    set_by: str
    by_contact: bool
    """Whether the first contact that stands ended it."""


class Consent(NamedTuple):
    """What a worker said of being reached by a channel of a telephone number: its `answer`, in which words, to whom."""

    consent_id: int
    channel: str
    number: str
    answer: str
    words: str
    at: datetime
    captured_by: str
    of_this_number: bool
    """Whether it is of the telephone number that is the worker's now."""


class Question(NamedTuple):
    """
    An intake question, open or answered: `reason` tells it from another one about the same element.

    What is not known yet has `ask_again_at`; once it was taken up again, by a question after it, `asked_again_at`.
    """

    element: str
    reason: str
    why: str
    opened_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    unobtainable_why: str | None
    ask_again_at: datetime | None
    asked_again_at: datetime | None

    @property
    def to_ask_again(self) -> bool:
        """Whether it is not known yet, and to be asked again."""
        return self.ask_again_at is not None and self.asked_again_at is None


class Merged(NamedTuple):
    """A claim that was merged into this one: both its numbers, since when, and who did that."""

    claim_id: int
    claim_number: str
    client_claim_number: str | None
    at: datetime
    by: str


class Told(NamedTuple):
    """The claim's frame and everything told of the person, one row; as its page shows it."""

    client_id: int
    claim_id: int
    claim_number: str
    client_claim_number: str | None
    client_name: str
    client_timezone: str
    jurisdiction: str | None
    date_of_injury: date
    injured_time: time | None
    reported_at: datetime
    reported_to: str
    channel: str
    emergency: bool
    flags: list[str]
    due_at: datetime
    assignee: str | None
    first_contact_at: datetime | None
    first_contact_by: str | None
    closed_at: datetime | None
    closed_why: str | None
    date_of_death: date | None
    death_seen_by: str | None
    merged_into: int | None
    worker_id: int
    family_name: str
    given_name: str
    birth_date: date | None
    phone: str | None
    email: str | None
    language: str | None
    preferred_contact: str | None
    address: str | None
    postal_code: str | None
    best_hours: str | None
    timezone: str | None
    interpreter: bool | None
    do_not_contact: str | None
    narrative: str | None
    body_part: str | None
    nature: str | None
    cause: str | None
    reporter: str | None
    reporter_phone: str | None
    injury_place: str | None
    part_code: str | None
    nature_code: str | None
    cause_code: str | None
    initial_treatment: str | None
    treated_at: str | None
    occupation: str | None
    lost_time: str | None
    last_day_worked: date | None
    return_to_work: date | None
    modified_duty: bool | None
    work_supervisor: str | None
    work_supervisor_phone: str | None
    representative_kind: str | None
    representative_name: str | None
    representative_firm: str | None
    representative_phone: str | None
    representative_email: str | None
    representative_permits: bool


class Whole(NamedTuple):
    """A claim with all that is asked of it at once, but for its timeline."""

    told: Told
    promise: Promise
    """What was promised for the claim."""
    first_promise: bool
    """Whether the client was promised nothing before that."""
    holding: Holding | None
    pauses: list[Pause]
    questions: list[Question]
    changes: list[Change]
    """How the client's days differ from its calendar, where the promise counts by them."""
    calls: list[Call]
    """The triage calls, the latest first."""
    requests: list[CallRequest]
    """What was asked for where no time was free for a call, the latest first."""
    merged: list[Merged]
    consents: list[Consent]
    """What the worker said of being texted and of voicemails, the latest first."""
    intake: Begun | None
    """The intake by telephone that is not ended, if there is one."""


_FRAME = select(*(getattr(Claim, name) for name in Frame._fields)).filter_by(**_KEY)
_FRAME_LOCKED = _FRAME.with_for_update(key_share=True)

_OF_CLAIM = "client_id = :client_id and claim_id = :claim_id"

_PAUSE = f"""
    select z.pause_id, z.starts_at, z.ends_at, z.reason, s.full_name, z.ended_attempt_id is not null
      from clock_pause z join staff s on s.staff_id = z.set_by
     where {_OF_CLAIM} order by z.starts_at
"""

_QUESTION = f"""
    select q.element, q.reason, q.why, q.opened_at, q.answered_at, s.full_name, q.unobtainable_why, q.ask_again_at,
           q.asked_again_at
      from intake_question q left join staff s on s.staff_id = q.answered_by where {_OF_CLAIM}
     order by q.opened_at, q.element, q.question_id
"""

_MERGED = """
    select m.claim_id, m.claim_number, m.client_claim_number, m.closed_at, s.full_name
      from claim m join staff s on s.staff_id = m.closed_by
     where m.client_id = :client_id and m.merged_into = :claim_id order by m.closed_at, m.claim_id
"""

_CONSENT = """
    select s.consent_id, s.channel, s.number, s.answer, s.words, s.at, by.full_name,
           s.number_key = desk_number_key(w.phone)
      from contact_consent s join staff by on by.staff_id = s.by_id
     where s.client_id = w.client_id and s.worker_id = w.worker_id order by s.consent_id desc
"""

_PAUSES, _QUESTIONS = text(_PAUSE), text(_QUESTION)

# Names of people are looked up one by one: a join for each would be planned together with all the others.
_WHOLE = by_position(f"""
    select c.client_id, c.claim_id, c.claim_number, c.client_claim_number, k.name, p.timezone, c.jurisdiction,
           c.date_of_injury, c.injured_time, c.reported_at, c.reported_to, c.channel, c.emergency, c.flags, c.due_at,
           (select full_name from staff where staff_id = c.assignee_id), c.first_contact_at,
           (select full_name from staff where staff_id = c.first_contact_by), c.closed_at, c.closed_why,
           c.date_of_death, (select full_name from staff where staff_id = c.death_seen_by), c.merged_into,
           w.worker_id, w.family_name, w.given_name, w.birth_date, w.phone, w.email, w.language, w.preferred_contact,
           w.address, w.postal_code, w.best_hours, w.timezone, w.interpreter, w.do_not_contact,
           n.narrative, n.body_part, n.nature, n.cause, n.reporter, n.reporter_phone,
           n.injury_place, n.part_code, n.nature_code, n.cause_code, n.initial_treatment, n.treated_at, n.occupation,
           n.lost_time, n.last_day_worked, n.return_to_work, n.modified_duty, n.work_supervisor,
           n.work_supervisor_phone,
           r.kind, r.name, r.firm, r.phone, r.email, coalesce(r.permits, false),
           p.effective_from, p.hours, p.clock, p.timezone, p.open_hours, p.working_days, p.calendar,
           (select full_name from staff where staff_id = p.set_by),
           not exists (select from sla_policy e
                        where e.client_id = p.client_id and e.effective_from < p.effective_from),
           c.assignee_id, (select full_name from staff where staff_id = h.given_by), h.given_at, h.note,
           t.request, t.begun_at, t.begun_by, (select full_name from staff where staff_id = t.begun_by), c.due_at,
           t.ended_by, pauses.*, questions.*, changes.*, calls.*, requests.*, merged.*, consents.*
      from claim c
      join client k using (client_id)
      join sla_policy p on p.client_id = c.client_id and p.effective_from = c.sla_effective_from
      join injured_worker w on w.client_id = c.client_id and w.worker_id = c.worker_id
      left join claim_narrative n on n.client_id = c.client_id and n.claim_id = c.claim_id
      left join representative r on r.client_id = c.client_id and r.claim_id = c.claim_id
      left join hand_over h on h.client_id = c.client_id and h.claim_id = c.claim_id
                           and h.given_at = c.assigned_at and h.to_id = c.assignee_id
      left join telephone_intake t on t.client_id = c.client_id and t.claim_id = c.claim_id
            and (t.ended_at is null or t.left_why is not null and t.ended_by <> t.begun_by and exists (
                  select from draft d where d.client_id = t.client_id and d.claim_id = t.claim_id and d.form = 'report'
                     and d.staff_id = t.begun_by and d.fields <> '{{}}'))
     cross join {gathered(Pause, _PAUSE)} pauses
     cross join {gathered(Question, _QUESTION)} questions
     cross join lateral {gathered(Change, CHANGES_COUNTED)} changes
     cross join {gathered(Call, CALLS)} calls
     cross join {gathered(CallRequest, REQUESTS)} requests
     cross join {gathered(Merged, _MERGED)} merged
     cross join lateral {gathered(Consent, _CONSENT)} consents
     where c.client_id = :client_id and c.claim_id = :claim_id
""", Told, Promise, Holding, Begun, Pause, Question, Change, Call, CallRequest, Merged, Consent, more=1)  # fmt: skip


_NAMED = text(
    "select claim_number, claim_id from claim where client_id = :client_id and claim_number = any (:numbers)"
).bindparams(bindparam("numbers", type_=ARRAY(Text)))

_FIRST_MERGED = text(
    "select reported_at, claim_id from claim where client_id = :client_id and merged_into = :claim_id"
    " order by reported_at, claim_id limit 1"
)

_MADE_HERE = text(
    "select exists (select from contact_attempt where client_id = :client_id and claim_id = :claim_id and substantive"
    " and struck_at is null)"
)

_REPRESENTED = text(
    "select exists (select from representative where client_id = :client_id and claim_id = :claim_id"
    " and coalesce(name, firm, phone, email) is not null)"
)

_WAIT_FOR_SUPERVISOR = text("""
    select n.what, c.client_id, c.claim_id, c.claim_number, k.name
      from (select 'death' as what, client_id, claim_id from claim
             where date_of_death is not null and death_seen_at is null and merged_into is null
            union all
            select 'merge', q.client_id, q.claim_id from intake_question q join claim using (client_id, claim_id)
             where q.answered_at is null and q.reason = 'to_merge' and claim.closed_at is null
            union all
            select 'time', client_id, claim_id from call_request where settled_at is null) n
      join claim c using (client_id, claim_id) join client k using (client_id)
     order by c.claim_id
""")


def _key(client_id: int, claim_id: int) -> dict[str, int]:
    return {"client_id": client_id, "claim_id": claim_id}


def frame(tx: Connection, client_id: int, claim_id: int, *, locked: bool = False) -> Frame | None:
    """Return the claim's frame, or None where it is not in scope; *locked* until the transaction ends if asked."""
    row = tx.execute(_FRAME_LOCKED if locked else _FRAME, _key(client_id, claim_id)).one_or_none()
    return Frame(*row) if row else None


def whole(tx: Connection, client_id: int, claim_id: int) -> Whole | None:
    """Return the claim with all that is asked of it at once, or None where it is not in scope."""
    row = tx.execute(_WHOLE, _key(client_id, claim_id)).one_or_none()
    if row is None:
        return None
    values = iter(row)
    told, promise, first = one(Told, values), one(Promise, values), next(values)
    holding, intake = one(Holding, values), one(Begun, values)
    return Whole(
        told, promise, first, holding if holding.staff_id else None,
        many(Pause, values), many(Question, values), many(Change, values), many(Call, values),
        many(CallRequest, values), many(Merged, values), many(Consent, values), intake if intake.request else None,
    )  # fmt: skip


def pauses(tx: Connection, client_id: int, claim_id: int) -> list[Pause]:
    """Return the claim's pauses, oldest first."""
    return [Pause(*row) for row in tx.execute(_PAUSES, _key(client_id, claim_id))]


def questions(tx: Connection, client_id: int, claim_id: int) -> list[Question]:
    """Return the claim's intake questions, open and answered, oldest first."""
    return [Question(*row) for row in tx.execute(_QUESTIONS, _key(client_id, claim_id))]


def first_merged(tx: Connection, client_id: int, claim_id: int) -> tuple[datetime, int] | None:
    """Return of the claims merged into this one when the first was reported, with its id; None where there is none."""
    row = tx.execute(_FIRST_MERGED, _key(client_id, claim_id)).one_or_none()
    return (row.reported_at, row.claim_id) if row else None


def made_here(tx: Connection, client_id: int, claim_id: int) -> bool:
    """Tell whether a first contact that stands was made on this very claim."""
    return bool(tx.execute(_MADE_HERE, _key(client_id, claim_id)).scalar_one())


def represented(tx: Connection, client_id: int, claim_id: int) -> bool:
    """Tell whether it is known who speaks for the worker."""
    return bool(tx.execute(_REPRESENTED, _key(client_id, claim_id)).scalar_one())


def named(tx: Connection, client_id: int, numbers: Collection[str]) -> dict[str, int]:
    """Return the ids of the client's claims in scope that have one of *numbers*, by number."""
    rows = tx.execute(_NAMED, {"client_id": client_id, "numbers": list(numbers)})
    return {row.claim_number: row.claim_id for row in rows}


def wait_for_supervisor(tx: Connection) -> list[tuple[str, int, int, str, str]]:
    """
    Return what waits for a supervisor, of claims in scope: 'death' to acknowledge, 'merge', or a 'time' to find for
    a call; client id, claim id, number and client's name; the oldest claim first.
    """
    return [(*row,) for row in tx.execute(_WAIT_FOR_SUPERVISOR)]
