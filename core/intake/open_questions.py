"""
The open questions of a claim: opened where its dates look wrong, and settled one by one, by element and reason.

What is not known yet is settled as well, until the time at which it is to be asked again. Whatever is done about it
then, or before, is done to a question of its own: the one that was settled keeps who said why, and when, and is marked
as taken up. So a question is answered once, and the history of one element is its questions, one after the other.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from core import claims
from core.access import Actor
from core.intake.doubts import TIME_UNREAD, date_flags, doubts
from core.intake.elements import Question
from db.models.intake import TO_ASK_AGAIN
from db.queries.claims import Frame

Key = tuple[str, str]
"""Element and reason: which question of a claim."""

_SETTLE = text(
    "update intake_question set answered_at = :at, answered_by = :by_id, unobtainable_why = :why,"
    " ask_again_at = cast(:ask_again_at as timestamptz)"
    " where client_id = :client_id and claim_id = :claim_id and answered_at is null"
    " and (element, reason) in (select * from unnest(cast(:elements as text[]), cast(:reasons as text[])))"
    " returning element, reason"
)
_TAKE_UP = text(
    "update intake_question set asked_again_at = :at"
    f" where client_id = :client_id and claim_id = :claim_id and {TO_ASK_AGAIN}"
    " and (element, reason) in (select * from unnest(cast(:elements as text[]), cast(:reasons as text[])))"
    " returning element, reason, why"
)
_OPEN = text(
    "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
    " values (:client_id, :claim_id, :element, :reason, :why, :at) on conflict do nothing"
)
_REASONS = text(
    "select reason from intake_question where client_id = :client_id and claim_id = :claim_id and element = :element"
    f" and (answered_at is null or {TO_ASK_AGAIN})"
)
_UNKNOWN = text(
    "select unobtainable_why, ask_again_at from intake_question where client_id = :client_id and claim_id = :claim_id"
    f" and element = :element and reason = :reason and {TO_ASK_AGAIN}"
)
_WHY = text(
    "select why from intake_question where client_id = :client_id and claim_id = :claim_id and element = :element"
    " and reason = :reason order by question_id desc limit 1"
)
_FLAG = text("update claim set flags = :flags where client_id = :client_id and claim_id = :claim_id")


def settle(
    actor: Actor, tx: Connection, claim: Frame, which: Collection[Key], *, at: datetime,
    unobtainable_why: str | None = None, ask_again_at: datetime | None = None,
) -> set[Key]:  # fmt: skip
    """
    Close those questions of *which* that are open, or wait to be asked again; return which those were.

    They are answered, or with *unobtainable_why* unobtainable: for good, or until *ask_again_at*.
    """
    take_up(tx, claim, which, at=at)
    settled = {"at": at, "by_id": actor.staff_id, "why": unobtainable_why, "ask_again_at": ask_again_at}
    return {(row.element, row.reason) for row in tx.execute(_SETTLE, _named(claim, which) | settled)}


def take_up(tx: Connection, claim: Frame, which: Collection[Key], *, at: datetime) -> None:
    """Open anew those of *which* that wait to be asked again."""
    again = tx.execute(_TAKE_UP, _named(claim, which) | {"at": at})
    _open(tx, claim, [Question(*row) for row in again], at=at)


def unknown(tx: Connection, claim: Frame, which: Key) -> tuple[str, datetime] | None:
    """Return why what waits to be asked again is not known, and when it is asked; None where it does not wait."""
    values = {"client_id": claim.client_id, "claim_id": claim.claim_id, "element": which[0], "reason": which[1]}
    row = tx.execute(_UNKNOWN, values).one_or_none()
    return (row.unobtainable_why, row.ask_again_at) if row else None


def reasons(tx: Connection, claim: Frame, element: str) -> list[str]:
    """Return for which reasons *element* is still asked about, or is to be asked again."""
    which = {"client_id": claim.client_id, "claim_id": claim.claim_id, "element": element}
    return list(tx.execute(_REASONS, which).scalars())


def why(tx: Connection, claim: Frame, which: Key) -> str:
    """Return why this was asked last, in words."""
    values = {"client_id": claim.client_id, "claim_id": claim.claim_id, "element": which[0], "reason": which[1]}
    return str(tx.execute(_WHY, values).scalar_one())


def date_flags_of(tx: Connection, claim: Frame, *, at: datetime) -> list[str]:
    """Return what looks wrong in the dates of *claim*, looked at where its client is."""
    zone = claims.zone(tx, claim)
    return date_flags(
        claim.date_of_injury, claim.reported_at, claim.reported_to, injured_time=claim.injured_time,
        time_unread=TIME_UNREAD in claim.flags, timezone=zone, at=at,
    )  # fmt: skip


def flag(
    tx: Connection, claim: Frame, raised: Sequence[str], *, among: Collection[str], at: datetime,
    answered: str | None = None, ask: bool = True,
) -> Frame:  # fmt: skip
    """
    Put those *raised* that are *among* the flags looked at anew in the place of the claim's; return it with them.

    What was not doubted before is asked about, except where it is the doubt that somebody has just *answered*, or
    where it is said not to *ask*.
    """
    known = {question.reason for question in doubts(claim.flags)} | {answered}
    raised = [each for each in raised if each in among]
    flags = [*raised, *(each for each in claim.flags if each not in among)]
    if flags != claim.flags:
        tx.execute(_FLAG, {"client_id": claim.client_id, "claim_id": claim.claim_id, "flags": flags})
    if ask:
        add(tx, claim, [each for each in doubts(raised) if each.reason not in known], at=at)
    return claim._replace(flags=flags)


def add(tx: Connection, claim: Frame, questions: Iterable[Question], *, at: datetime) -> None:
    """Open those of *questions* that are not open already; what waits to be asked again is asked now."""
    questions = list(questions)
    if questions:
        waiting = [(question.element, question.reason) for question in questions]
        tx.execute(_TAKE_UP, _named(claim, waiting) | {"at": at})
    _open(tx, claim, questions, at=at)


def _named(claim: Frame, which: Collection[Key]) -> dict[str, Any]:
    elements, reasons = [element for element, _ in which], [reason for _, reason in which]
    return {"client_id": claim.client_id, "claim_id": claim.claim_id, "elements": elements, "reasons": reasons}


def _open(tx: Connection, claim: Frame, questions: Iterable[Question], *, at: datetime) -> None:
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "at": at}
    for question in questions:
        tx.execute(_OPEN, where | question._asdict())
