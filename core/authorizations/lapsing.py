"""What it means that nobody decided in time: what the law that counts the clock says, and never that of another."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import statutes
from core.access import Action, Actor, of_claim, require
from core.authorizations.clock import Standing
from core.authorizations.vocabulary import CHANNELS, Clock
from core.statutes import Channel, Lapse
from db.queries import authorizations as queries
from db.queries.authorizations import LapseFacts, Request

BY_LAPSE = "Nobody approves by a lapse: say of what follows that it is so by lapse, never that somebody approved it."

_GIVING = (Lapse.DEEMED, Lapse.CONDITIONAL)
"""The families of laws that give something where nobody decides in time."""

_COUNTING = (Clock.RUNNING, Clock.EXTENDED)


class Check(NamedTuple):
    """A condition of a lapse: what is asked, whether the claim meets it, and what of the claim says so."""

    asked: str
    holds: bool
    found: str


class Lapsed(NamedTuple):
    """
    That a clock lapsed: what its own law says of that, and the conditions that it makes, where it makes some.

    `gives` is the number of the clock whose law gives something by that, which clinical staff can put on record; None
    where it gives nothing, a condition does not hold, or the request is decided or due by hand.
    """

    words: str
    checks: tuple[Check, ...]
    gives: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every condition holds."""
        return all(check.holds for check in self.checks)


def lapsed(actor: Actor, tx: Connection, request: Request, counted: Standing, *, at: datetime) -> Lapsed | None:
    """
    Return what the law says where the request's clock ran out before *at* and nobody has told the provider; None where
    it did not, or where no law counts it.

    :raises NotAllowed: if the actor reads no claims.
    """
    require(actor, Action.CLAIM_READ, of_claim(request.frame.client_id, request.frame.claim_id))
    return found(tx, request, counted, at=at)


def found(tx: Connection, request: Request, counted: Standing, *, at: datetime) -> Lapsed | None:
    """Return what `lapsed` does, to a caller who has asked whether the actor may."""
    frame, due = request.frame, counted.due
    if due is None or due.due_at is None or not counted.ours or frame.ended_at is not None:
        return None
    if frame.complete_at is None or frame.clock not in _COUNTING or due.due_at >= at:
        return None
    rule = due.rule
    checks: tuple[Check, ...] = ()
    if rule.lapse is Lapse.CONDITIONAL:
        checks = _conditions(request, queries.lapse_facts(tx, frame.client_id, frame.claim_id))
    elif (rule.jurisdiction, rule.lapse) == ("FL", Lapse.DEEMED):
        checks = (_in_writing(frame.channel),)
    lapse = Lapsed(statutes.lapsed(rule), checks)
    gives = rule.lapse in _GIVING and lapse.whole and frame.decided_at is None and frame.due_why is None
    return lapse._replace(gives=rule.number if gives else None)


def _in_writing(channel: str) -> Check:
    """Return the condition of Florida (s. 440.13(3)(d)): it is the answer to a written request that it wants."""
    said = CHANNELS[Channel(channel)]
    written = channel not in (Channel.PHONE, Channel.PERSON)
    return Check("The request was made in writing", written, said)


def _conditions(request: Request, facts: LapseFacts) -> tuple[Check, ...]:
    """Return the conditions of Ohio, of which each has to hold (OAC 4123-6-16.2)."""
    frame = request.frame
    denied = facts.conditions > 0 and facts.denied == facts.conditions
    open_or_not = "Every condition is denied" if denied else "The claim is open"
    payable = "The claim is closed" if facts.closed_at else open_or_not
    return (
        Check("The request is complete", frame.complete_at is not None, "" if frame.complete_at else "Not complete"),
        Check(
            "There is proof that it was submitted", frame.document_id is not None,
            "The document as it came" if frame.document_id is not None else "No document is on the request",
        ),
        Check(
            "It is for an allowed condition", bool(facts.allowed),
            ", ".join(facts.allowed) if facts.allowed else "No condition of the claim is allowed",
        ),
        Check("The claim is payable", facts.closed_at is None and not denied, payable),
    )  # fmt: skip
