"""The death of a worker: nobody calls, a supervisor and compliance are told, and an error is corrected."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, text

from core import audit, claims, typed
from core.access import Action, Actor, of_claim, require
from core.contact.vocabulary import LONGEST_REASON
from core.intake import open_questions, requirements
from core.intake.asking import lacking
from core.intake.doubts import DEATH_FLAGS, death_flags
from core.intake.elements import OF_THE_LIVING, Question
from core.refusal import Refusal
from db.queries.claims import Frame


class DeathKnown(Refusal):
    text = "A date of death is recorded already. A supervisor corrects it."


class DeathNotKnown(Refusal):
    text = "No date of death is recorded on this claim."


class DeathAcknowledged(Refusal):
    text = "This death is acknowledged already."


class DeathInTheFuture(Refusal):
    text = "A date of death cannot lie in the future."


LONG_AGO = timedelta(days=30)
"""A death told of later than this is doubted: the claim was worked on meanwhile, and a year is soon typed wrong."""

DIED = "The worker died."
"""Why it cannot be had how to reach a worker who has died."""

_SET = text(
    "update claim set date_of_death = :date_of_death, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)
_SEEN = text(
    "update claim set death_seen_at = :at, death_seen_by = :by_id, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id and death_seen_at is null"
)
_SETTLED = text(
    "select element, reason, why from intake_question"
    " where client_id = :client_id and claim_id = :claim_id and element = any (:elements) and unobtainable_why = :died"
)
_KNOWN = text(
    "select phone, email, address, preferred_contact, language from injured_worker"
    " where client_id = :client_id and worker_id = :worker_id"
)


def doubtful_death(died: date, *, injured: date, reached: date | None, today: date) -> tuple[str, ...]:
    """
    Return in sentences what speaks against a date of death, for whoever types it.

    *injured* is the date of injury, *reached* the day of the first contact (None: there was none); both, and *today*,
    are days of the client.
    """
    checks = {
        "The date of death is before the date of injury.": died < injured,
        "The worker was reached after that day.": reached is not None and died < reached,
        f"The date of death is more than {LONG_AGO.days} days ago.": died < today - LONG_AGO,
    }
    return tuple(sentence for sentence, holds in checks.items() if holds)


def record_death(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, date_of_death: date, at: datetime
) -> None:
    """
    Record that the worker died: the claim waits for no first contact, and how to reach the worker is not asked.

    :raises NotAllowed: if the actor does not work intake.
    :raises DeathInTheFuture: if *date_of_death* is later than the client's day.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises DeathKnown: if a date of death is recorded already.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id)
    _check(tx, claim, date_of_death, at)
    if claim.date_of_death is not None:
        raise DeathKnown
    _set(tx, claim, date_of_death, at)
    reaching = [(element, reason) for element in OF_THE_LIVING for reason in open_questions.reasons(tx, claim, element)]
    answered = [("date_of_death", reason) for reason in open_questions.reasons(tx, claim, "date_of_death")]
    open_questions.settle(actor, tx, claim, reaching, at=at, unobtainable_why=DIED)
    open_questions.settle(actor, tx, claim, answered, at=at)
    claims.note(actor, tx, claim, "death_reported", at)
    claims.announce(tx, client_id, [claim_id])


def correct_death(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, date_of_death: date | None, reason: str,
    at: datetime,
) -> None:  # fmt: skip
    """
    Correct a date of death that was wrong. None is a worker who lives: the clock runs as before, and what was not asked
    is asked. *reason* stays beside the change on the timeline.

    :raises NotAllowed: if the actor does not settle deaths.
    :raises NoReason: if the reason is empty.
    :raises TooLong: if it is longer than LONGEST_REASON.
    :raises DeathInTheFuture: if *date_of_death* is later than the client's day.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises DeathNotKnown: if no date of death is recorded.
    """
    require(actor, Action.DEATH_SETTLE, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason for the correction")
    claim = claims.find(tx, client_id, claim_id)
    if date_of_death is not None:
        _check(tx, claim, date_of_death, at)
    if claim.date_of_death is None:
        raise DeathNotKnown
    _set(tx, claim, date_of_death, at)
    doubted = [("date_of_death", doubt) for doubt in open_questions.reasons(tx, claim, "date_of_death")]
    open_questions.settle(actor, tx, claim, doubted, at=at)
    if date_of_death is None:
        open_questions.add(tx, claim, _how_to_reach(tx, claim), at=at)
    what: claims.EventKind = "death_withdrawn" if date_of_death is None else "death_corrected"
    claims.note(actor, tx, claim, what, at, {"why": why})
    if date_of_death is None:
        requirements.ask_anew(tx, client_id, claim_id, at=at)
    claims.announce(tx, client_id, [claim_id])


def acknowledge_death(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, at: datetime) -> None:
    """
    Put on the record that a supervisor has seen that the worker died.

    :raises NotAllowed: if the actor does not settle deaths.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises DeathNotKnown: if no date of death is recorded.
    :raises DeathAcknowledged: if somebody acknowledged it before.
    """
    require(actor, Action.DEATH_SETTLE, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id)
    if claim.date_of_death is None:
        raise DeathNotKnown
    where = {"client_id": client_id, "claim_id": claim_id}
    if tx.execute(_SEEN, {**where, "at": at, "by_id": actor.staff_id}).rowcount == 0:
        raise DeathAcknowledged
    claims.note(actor, tx, claim, "death_acknowledged", at)
    audit.record(actor, tx, verb="death_acknowledged", noun="claim", noun_id=claim_id, client_id=client_id)
    claims.announce(tx, client_id, [claim_id])


def _check(tx: Connection, claim: Frame, date_of_death: date, at: datetime) -> None:
    zone = claims.zone(tx, claim)
    if "death_in_future" in death_flags(date_of_death, claim.date_of_injury, timezone=zone, at=at):
        raise DeathInTheFuture


def _set(tx: Connection, claim: Frame, date_of_death: date | None, at: datetime) -> None:
    """Write the date of death; the database puts it on the record."""
    tx.execute(_SET, {"client_id": claim.client_id, "claim_id": claim.claim_id, "date_of_death": date_of_death})
    flag_death(tx, claim._replace(date_of_death=date_of_death), at=at)


def flag_death(tx: Connection, claim: Frame, *, at: datetime) -> list[str]:
    """Flag anew what looks wrong in the date of death, beside the date of injury, and return it; it is not asked."""
    zone = claims.zone(tx, claim)
    raised = death_flags(claim.date_of_death, claim.date_of_injury, timezone=zone, at=at)
    open_questions.flag(tx, claim, raised, among=DEATH_FLAGS, at=at, ask=False)
    return raised


def injured_on_another_day(actor: Actor, tx: Connection, claim: Frame, *, at: datetime) -> None:
    """Look at the date of death anew, now that another date of injury stands in *claim*: settle what that disproves."""
    if claim.date_of_death is not None and "death_before_injury" not in flag_death(tx, claim, at=at):
        open_questions.settle(actor, tx, claim, [("date_of_death", "death_before_injury")], at=at)


def _how_to_reach(tx: Connection, claim: Frame) -> list[Question]:
    """Return what has to be asked of a worker who lives after all: what the death had settled, and what is missing."""
    where = {"client_id": claim.client_id, "claim_id": claim.claim_id, "worker_id": claim.worker_id}
    settled = [Question(*row) for row in tx.execute(_SETTLED, {**where, "elements": list(OF_THE_LIVING), "died": DIED})]
    worker = tx.execute(_KNOWN, where).one()
    return [*settled, *lacking(worker._asdict())]
