"""Correcting when a report was received: the deadline moves with it, with who and why."""

from datetime import datetime

from sqlalchemy import Connection, text

from core import audit, claims, promises, words
from core.access import Action, Actor, of_claim, require
from core.claims import StaleClaim
from core.clocks import policy_in_force
from core.contact import NoReason, ReportInTheFuture
from core.intake.elements import DATE_FLAGS, date_flags
from core.refusal import Refusal
from db.queries.claims import Frame
from db.queries.promises import timezone_of


class ContactBeforeReport(Refusal):
    """The worker was reached before that time. A report cannot be later than its first contact."""


_CORRECT = text(
    "update claim set reported_at = :reported_at, reported_to = 'minute', flags = :flags"
    " where client_id = :client_id and claim_id = :claim_id"
)
_SETTLE = text(
    "update intake_question set answered_at = :at, answered_by = :by_id"
    " where client_id = :client_id and claim_id = :claim_id and element = any (:elements) and answered_at is null"
)


def correct_report(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reported_at: datetime, reason: str, version: int,
    at: datetime,
) -> datetime:  # fmt: skip
    """
    Correct the time of the claim's report; return the new due time, recomputed under the policy then in force.

    *version* is the claim's version when the person read it. *reason* stays beside the change on the timeline.

    :raises NotAllowed: if the actor does not correct reports.
    :raises NoReason: if the reason is empty.
    :raises ReportInTheFuture: if *reported_at* is later than *at*.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises StaleClaim: if the claim changed meanwhile; says which version was read and which stands now.
    :raises ContactBeforeReport: if the worker was reached before *reported_at*.
    :raises NoPolicyInForce: if nothing was promised so early: a year typed wrong, as when a report is logged.
    """
    require(actor, Action.REPORT_CORRECT, of_claim(client_id, claim_id))
    if not reason.strip():
        raise NoReason
    if reported_at > at:
        raise ReportInTheFuture("A report cannot be dated in the future.")
    claim, timezone = claims.find(tx, client_id, claim_id), timezone_of(tx, client_id) or "UTC"
    if claim.version != version:
        raise _stale(claim, version, timezone)
    if claim.first_contact_at is not None and claim.first_contact_at < reported_at:
        raise ContactBeforeReport
    policy_in_force(promises.policies(actor, tx, client_id), reported_at)
    left = date_flags(claim.date_of_injury, reported_at, "minute", timezone=timezone, at=at)
    flags = left + [flag for flag in claim.flags if flag not in DATE_FLAGS]
    settled = ["reported_at"] + ["date_of_injury"] * ("negative_lag" not in left)
    tx.execute(_CORRECT, {"client_id": client_id, "claim_id": claim_id, "reported_at": reported_at, "flags": flags})
    due_at = promises.fix(actor, tx, claim._replace(reported_at=reported_at))
    tx.execute(
        _SETTLE, {"elements": settled, "client_id": client_id, "claim_id": claim_id, "at": at, "by_id": actor.staff_id}
    )
    change = {
        "reported_at": [claim.reported_at.isoformat(), reported_at.isoformat()],
        "due_at": [claim.due_at.isoformat(), due_at.isoformat()],
    }
    claims.note(actor, tx, claim, "report_corrected", at, {**change, "why": reason.strip()})
    audit.record(actor, tx, verb="report_corrected", noun="claim", noun_id=claim_id, client_id=client_id, detail=change)
    claims.announce(tx, client_id, [claim_id])
    return due_at


def _stale(claim: Frame, version: int, timezone: str) -> StaleClaim:
    return StaleClaim(
        f"Somebody changed this claim since you opened it: you read version {version}, it is now version"
        f" {claim.version}, reported at {words.instant(claim.reported_at, timezone)}. Look at it again before you"
        " correct it."
    )
