"""Inserting a plan's claims and their questions: staged in temporary tables, then in bulk."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, time
from typing import Any, LiteralString, NamedTuple

from sqlalchemy import Connection, text

from core.claims import announce
from core.feeds.kind import Carrying, Other
from core.feeds.kinds.claims.deciding import NewClaim
from core.intake import sameness
from db.session import driver

STEPS = 5
"""In how many chunks an import is made, so that whoever waits sees it move; ten slow twenty thousand claims."""
SMALLEST, LARGEST = 50, 5_000
"""Claims of a chunk at the least and at the most: a statement costs something by itself, and rows cost memory."""

# A copy into a protected table is refused to the application: rows go to a stage of its own, then by INSERT.
_STAGE = text("""
    create temporary table if not exists feed_stage (
      n int, family_name text, given_name text, family_key text, given_key text, birth_date date, phone text,
      email text, language text, preferred_contact text, address text, postal_code text, client_claim_number text,
      client_number_key text, jurisdiction text, date_of_injury date, injured_time time, reported_at timestamptz,
      reported_to text, emergency bool, flags text[], sla_effective_from timestamptz, due_at timestamptz,
      narrative text, body_part text, nature text, cause text, reporter text, reporter_phone text,
      date_of_death date, injury_place text, part_code text, nature_code text, cause_code text,
      initial_treatment text, treated_at text, occupation text, lost_time text, last_day_worked date,
      return_to_work date, modified_duty bool, work_supervisor text, work_supervisor_phone text) on commit drop
""")
_QUESTION_STAGE = text(
    "create temporary table if not exists feed_question_stage (n int, element text, reason text, why text)"
    " on commit drop"
)
_EMPTY = text("truncate feed_stage, feed_question_stage")
_COPY = "copy feed_stage from stdin"
_COPY_QUESTIONS = "copy feed_question_stage from stdin"

# Numbers are given out in the order of the rows, so the nth number belongs to the nth row.
_INSERT_CLAIMS = text("""
    with worker as (
      insert into injured_worker (client_id, family_name, given_name, family_key, given_key, birth_date, phone, email,
                                  language, preferred_contact, address, postal_code)
      select :client_id, family_name, given_name, family_key, given_key, birth_date, phone, email,
             language, preferred_contact, address, postal_code from feed_stage order by n
      returning worker_id),
    numbered_worker as (select worker_id, row_number() over (order by worker_id) as position from worker),
    staged as (select *, row_number() over (order by n) as position from feed_stage),
    made as (
      insert into claim (client_id, client_claim_number, client_number_key, worker_id, jurisdiction, date_of_injury,
                         injured_time, reported_at, reported_to, channel, emergency, flags, sla_effective_from, due_at,
                         date_of_death, import_id)
      select :client_id, client_claim_number, client_number_key, worker_id, jurisdiction, date_of_injury,
             injured_time, reported_at, reported_to, 'feed', emergency, flags, sla_effective_from, due_at,
             date_of_death, :import_id
        from staged join numbered_worker using (position) order by position
      returning claim_id, claim_number),
    numbered_claim as (select claim_id, claim_number, row_number() over (order by claim_id) as position from made),
    inserted as (select claim_id, claim_number, staged.* from staged join numbered_claim using (position)),
    narrative as (
      insert into claim_narrative (client_id, claim_id, narrative, body_part, nature, cause, reporter, reporter_phone,
                                   injury_place, part_code, nature_code, cause_code, initial_treatment, treated_at,
                                   occupation, lost_time, last_day_worked, return_to_work, modified_duty,
                                   work_supervisor, work_supervisor_phone)
      select :client_id, claim_id, narrative, body_part, nature, cause, reporter, reporter_phone, injury_place,
             part_code, nature_code, cause_code, initial_treatment, treated_at, occupation, lost_time,
             last_day_worked, return_to_work, modified_duty, work_supervisor, work_supervisor_phone
        from inserted),
    question as (
      insert into intake_question (client_id, claim_id, element, reason, why, opened_at)
      select :client_id, claim_id, q.element, q.reason, q.why, :at from inserted join feed_question_stage q using (n)),
    event as (
      insert into claim_event (client_id, claim_id, at, by_id, kind, detail)
      select :client_id, claim_id, :at, :by_id, 'reported',
             jsonb_build_object('channel', 'feed', 'import', cast(:import_id as bigint), 'row', n) from inserted)
    select n, claim_id, claim_number from inserted order by n
""")

_ASK = text("""
    insert into intake_question (client_id, claim_id, element, reason, why, opened_at)
    select :client_id, q.claim_id, q.element, q.reason, q.why, :at
      from unnest(cast(:claims as bigint[]), cast(:elements as text[]), cast(:reasons as text[]), cast(:whys as text[]))
        as q (claim_id, element, reason, why)
""")


class Inserted(NamedTuple):
    """What a row of the file has become."""

    claim_id: int
    claim_number: str


def carry(tx: Connection, carrying: Carrying, claims: Sequence[NewClaim]) -> dict[int, int]:
    """Put *claims* in, with what is asked of them, and announce them. Return the claim that each row has become."""
    inserted = _insert_claims(tx, carrying, claims)
    _insert_doubts(tx, carrying, claims, inserted)
    if inserted:
        announce(tx, carrying.client_id, [claim.claim_id for claim in inserted.values()])
    return {row: claim.claim_id for row, claim in inserted.items()}


def _insert_claims(tx: Connection, carrying: Carrying, claims: Sequence[NewClaim]) -> dict[int, Inserted]:
    tx.execute(_STAGE)
    tx.execute(_QUESTION_STAGE)
    inserted: dict[int, Inserted] = {}
    size = min(max(-(-len(claims) // STEPS), SMALLEST), LARGEST)
    parameters = {name: getattr(carrying, name) for name in ("client_id", "import_id", "by_id", "at")}
    done = 0
    for staged, questions in _made_ahead(claims, size):
        tx.execute(_EMPTY)
        _copy(tx, _COPY, staged)
        _copy(tx, _COPY_QUESTIONS, questions)
        made = tx.execute(_INSERT_CLAIMS, parameters).all()
        inserted |= {n: Inserted(claim_id, number) for n, claim_id, number in made}
        done += len(staged)
        carrying.between(done)
    return inserted


_Rows = list[tuple[Any, ...]]


def _made_ahead(claims: Sequence[NewClaim], size: int) -> Iterator[tuple[_Rows, _Rows]]:
    """Yield the rows of each chunk of *size* claims, and of its questions; the next while the database takes one in."""
    with ThreadPoolExecutor(1) as beside:
        made: Future[tuple[_Rows, _Rows]] | None = None
        for start in range(0, len(claims), size):
            coming = beside.submit(_rows, claims[start : start + size])
            if made is not None:
                yield made.result()
            made = coming
        if made is not None:
            yield made.result()


def _rows(chunk: Sequence[NewClaim]) -> tuple[_Rows, _Rows]:
    questions = [(claim.row, *question) for claim in chunk for question in claim.questions]
    return [_staged(claim) for claim in chunk], questions


def _insert_doubts(
    tx: Connection, carrying: Carrying, claims: Sequence[NewClaim], inserted: Mapping[int, Inserted]
) -> None:
    """Ask of each claim in doubt whether it is the same as another; rows of the file are named by their claims now."""
    questions = [
        (inserted[claim.row].claim_id, *doubt)
        for claim in claims
        if claim.suspects
        for doubt in sameness.doubts(
            (_inserted(other, inserted).claim_number, likeness) for other, likeness in claim.suspects
        )
    ]
    if questions:
        claim_ids, of_elements, reasons, whys = (list(column) for column in zip(*questions, strict=True))
        parameters = {"claims": claim_ids, "elements": of_elements, "reasons": reasons, "whys": whys}
        tx.execute(_ASK, {"client_id": carrying.client_id, "at": carrying.at} | parameters)


def _inserted(other: Other, inserted: Mapping[int, Inserted]) -> Inserted:
    return inserted[other.row] if other.key is None else Inserted(other.key, other.number)


def _copy(tx: Connection, statement: LiteralString, rows: Sequence[Sequence[Any]]) -> None:
    with driver(tx).cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _written(moment: date | datetime | time | None) -> str | None:
    """Return *moment* as the database reads it: in a copy of many the driver takes ten times as long."""
    return moment.isoformat() if moment is not None else None


def _staged(claim: NewClaim) -> tuple[Any, ...]:
    report = claim.report
    return (
        claim.row,
        report.family_name,
        report.given_name,
        claim.facts.family_key,
        claim.facts.given_key,
        _written(report.birth_date),
        report.phone,
        report.email,
        report.language,
        report.preferred_contact,
        report.address,
        report.postal_code,
        report.client_claim_number,
        claim.facts.number_key,
        report.jurisdiction,
        _written(report.date_of_injury),
        _written(report.injured_time),
        _written(report.reported_at),
        report.reported_to,
        report.emergency,
        f"{{{','.join(claim.flags)}}}",  # as the database writes a list: the driver asks of each list what is in it
        _written(claim.policy_from),
        _written(claim.due_at),
        report.narrative,
        report.body_part,
        report.nature,
        report.cause,
        report.reporter,
        report.reporter_phone,
        _written(report.date_of_death),
        report.injury_place,
        report.part_code,
        report.nature_code,
        report.cause_code,
        report.initial_treatment,
        report.treated_at,
        report.occupation,
        report.lost_time,
        _written(report.last_day_worked),
        _written(report.return_to_work),
        report.modified_duty,
        report.work_supervisor,
        report.work_supervisor_phone,
    )
