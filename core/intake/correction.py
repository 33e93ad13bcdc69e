"""Correcting when a report was received: the deadline moves with it, with who and why."""

from datetime import datetime

from sqlalchemy import Connection

from core import audit, claims, promises, typed, words
from core.access import Action, Actor, of_claim, require
from core.claims import StaleClaim
from core.clocks import policy_in_force
from core.contact.moments import ReportInTheFuture
from core.contact.vocabulary import LONGEST_REASON
from core.intake import open_questions
from core.intake.elements import DATE_FLAGS, doubts
from core.refusal import Refusal
from db.queries.claims import Frame
from db.queries.promises import timezone_of


class ContactBeforeReport(Refusal):
    text = "The worker was reached before that time. A report cannot be later than its first contact."


def correct_report(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reported_at: datetime, reason: str, version: int,
    at: datetime,
) -> datetime:  # fmt: skip
    """
    Correct the time of the claim's report; return the new due time, recomputed under the policy then in force.

    *version* is the claim's version when the person read it. *reason* stays beside the change on the timeline.

    :raises NotAllowed: if the actor does not correct reports.
    :raises NoReason: if the reason is empty.
    :raises TooLong: if it is longer than LONGEST_REASON.
    :raises ReportInTheFuture: if *reported_at* is later than *at*.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises StaleClaim: if the claim changed meanwhile; says which version was read and which stands now.
    :raises ContactBeforeReport: if the worker was reached before *reported_at*.
    :raises NoPolicyInForce: if nothing was promised so early: a year typed wrong, as when a report is logged.
    """
    require(actor, Action.REPORT_CORRECT, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason for the correction")
    if reported_at > at:
        raise ReportInTheFuture("A report cannot be dated in the future.")
    claim = claims.find(tx, client_id, claim_id)
    timezone = timezone_of(tx, client_id, at=claim.reported_at) or "UTC"
    if claim.version != version:
        raise _stale(claim, version, timezone)
    if claim.first_contact_at is not None and claim.first_contact_at < reported_at:
        raise ContactBeforeReport
    policy_in_force(promises.policies(actor, tx, client_id), reported_at)
    corrected = claim._replace(reported_at=reported_at, reported_to="minute")
    due_at = promises.fix(actor, tx, corrected)
    _look_again(actor, tx, corrected, at, moved=reported_at != claim.reported_at)
    change = {
        "reported_at": [claim.reported_at.isoformat(), reported_at.isoformat()],
        "due_at": [claim.due_at.isoformat(), due_at.isoformat()],
    }
    claims.note(actor, tx, claim, "report_corrected", at, {**change, "why": why})
    audit.record(actor, tx, verb="report_corrected", noun="claim", noun_id=claim_id, client_id=client_id, detail=change)
    claims.announce(tx, client_id, [claim_id])
    return due_at


def _look_again(actor: Actor, tx: Connection, claim: Frame, at: datetime, *, moved: bool) -> None:
    """
    Settle what the corrected time of the report answers, no more: every doubt about it, and what it disproves.

    An injury after a report that has *moved* is asked about anew: what was answered before was about another time.
    """
    left = open_questions.date_flags_of(tx, claim, at=at)
    answered = [("reported_at", reason) for reason in open_questions.reasons(tx, claim, "reported_at")]
    disproved = [("date_of_injury", "negative_lag")] * ("negative_lag" not in left)
    open_questions.settle(actor, tx, claim, [*answered, *disproved], at=at)
    open_questions.flag(tx, claim, left, among=DATE_FLAGS, at=at)
    if moved:
        asked = [question for question in doubts(left) if question.reason == "negative_lag"]
        open_questions.add(tx, claim, asked, at=at)


def _stale(claim: Frame, version: int, timezone: str) -> StaleClaim:
    return StaleClaim(
        f"Somebody changed this claim since you opened it: you read version {version}, it is now version"
        f" {claim.version}, reported at {words.instant(claim.reported_at, timezone)}. Look at it again before you"
        " correct it."
    )
