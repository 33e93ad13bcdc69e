"""The open questions of a claim: opened where its dates look wrong, and settled one by one, by element and reason."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from core import claims
from core.access import Actor
from core.intake.doubts import TIME_UNREAD, date_flags, doubts
from core.intake.elements import Question
from db.queries.claims import Frame

Key = tuple[str, str]
"""Element and reason: which question of a claim."""

_SETTLE = text(
    "update intake_question set answered_at = :at, answered_by = :by_id, unobtainable_why = :why"
    " where client_id = :client_id and claim_id = :claim_id and answered_at is null"
    " and (element, reason) in (select * from unnest(cast(:elements as text[]), cast(:reasons as text[])))"
    " returning element, reason"
)
_OPEN = text(
    "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
    " values (:client_id, :claim_id, :element, :reason, :why, :at) on conflict do nothing"
)
_REASONS = text(
    "select reason from intake_question where client_id = :client_id and claim_id = :claim_id and element = :element"
    " and answered_at is null"
)
_WHY = text(
    "select why from intake_question where client_id = :client_id and claim_id = :claim_id and element = :element"
    " and reason = :reason order by question_id desc limit 1"
)
_FLAG = text("update claim set flags = :flags where client_id = :client_id and claim_id = :claim_id")


def settle(
    actor: Actor, tx: Connection, claim: Frame, which: Collection[Key], *, at: datetime,
    unobtainable_why: str | None = None,
) -> set[Key]:  # fmt: skip
    """Close those questions of *which* that are open, as answered or as unobtainable; return which those were."""
    elements, reasons = [element for element, _ in which], [reason for _, reason in which]
    closed = tx.execute(
        _SETTLE,
        {"client_id": claim.client_id, "claim_id": claim.claim_id, "elements": elements, "reasons": reasons,
         "at": at, "by_id": actor.staff_id, "why": unobtainable_why},
    )  # fmt: skip
    return {(row.element, row.reason) for row in closed}


def reasons(tx: Connection, claim: Frame, element: str) -> list[str]:
    """Return for which reasons *element* is still asked about."""
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
    """Open those of *questions* that are not open already."""
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "at": at}
    for question in questions:
        tx.execute(_OPEN, where | question._asdict())
