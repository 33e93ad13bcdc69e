"""Determining a request: line by line, by clinical staff alone; and correcting that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core import typed
from core.access import Action, Actor
from core.authorizations import clock, deferring, lapsing, rules
from core.authorizations.changing import Key, NoSuchRequest, RequestChanged, RequestDecided, find
from core.authorizations.letters import making
from core.authorizations.letters.making import About
from core.authorizations.reading import stands
from core.authorizations.vocabulary import (
    APPROVING,
    PUT_OFF,
    SIGNED,
    Outcome,
    outcome_words,
    outcomes,
)
from core.refusal import Refusal, limited
from db.queries import authorizations as queries
from db.queries.authorizations import Request

_DIGIT = re.compile(r"\d")

LONGEST_REVIEWER, LONGEST_REASON, LONGEST_LINE, LONGEST_NUMBER = 200, 4000, 500, 60
"""Characters of what a determination holds; the database says the same."""


class NotAnOutcome(Refusal):
    text = "This is no determination in that jurisdiction."


class EachLineOnce(Refusal):
    text = "Each treatment that was asked for is decided, once."


class AllOrNoneIsPutOff(Refusal):
    text = "Either every treatment is decided, or all of them are put off: have the others asked for anew."


class CorrectedBeforeTold(Refusal):
    text = "A correction is decided after what it corrects was told: correct the time."


class NotByLapse(Refusal):
    text = (
        "Nothing follows from a lapse here: the clock has not lapsed, its law gives nothing by that, a condition of it"
        " does not hold, or the date was set by hand."
    )


class WithoutOrder(Refusal):
    text = (
        "In New York a lapse gives nothing by itself: with each treatment, give the number of the Order of the Chair."
    )


class UsedAlready(Refusal):
    text = "More units were used than this leaves. Approve as many, or correct the units used first."


class UnitsOfWhatIsApproved(Refusal):
    text = "Say how many units are approved, from 1 to 9,999; of what is not approved there are none."


class MoreThanAskedFor(Refusal):
    text = "More is approved than was asked for: correct the units, or have it asked for."


class ModifiedWithWhat(Refusal):
    text = "Say with what the treatment is modified."


class PeriodTurned(Refusal):
    text = "The approval ends before it begins: correct the days."


class WhoReviewed(Refusal):
    text = "Say who reviewed it: the name that stands in the letter."


class WithoutCredentials(Refusal):
    text = "A denial or a modification names the reviewer's credentials, as 'MD, orthopedics, CA licence A12345'."


class WhenDecided(Refusal):
    text = "It was decided after the request was received, and not later than now: correct the time."


class NothingToCorrect(Refusal):
    text = "This determination stands no more, or was corrected already. Look at the request again."


@dataclass(frozen=True)
class LineDecided:
    """What is decided of a line: its outcome; of what is approved the units, and between which days."""

    line: int
    outcome: Outcome
    units: int | None = None
    words: str = ""
    from_on: date | None = None
    until_on: date | None = None
    authorization_number: str = ""


@dataclass(frozen=True)
class Decision:
    """A determination as it is made: every line, who reviewed, why, and when (aware)."""

    lines: Sequence[LineDecided]
    reviewer_name: str
    decided_at: datetime
    reviewer_credentials: str = ""
    reason: str = ""

    @property
    def outcome(self) -> Outcome:
        """What is decided of the request: of its lines together. Where they differ and something is approved, that."""
        found = {line.outcome for line in self.lines}
        if len(found) == 1:
            return found.pop()
        if found & APPROVING:
            return Outcome.MODIFIED
        return Outcome.DENIED if Outcome.DENIED in found else Outcome.DISMISSED


def determine(actor: Actor, tx: Connection, key: Key, decision: Decision, *, at: datetime) -> int:
    """
    Decide the request, or put the decision off; return the determination's number. What is decided has its letters, and
    so has a deferral, by which review waits as its law lets it.

    :raises NotAllowed: if the actor is not of the clinical staff.
    :raises NoSuchRequest, RequestChanged: if it is not there, or not as it was seen.
    :raises RequestDecided: if it is decided.
    :raises NotByLapse, WithoutOrder: if something is to follow from a lapse and does not, or not by itself.
    :raises NotAnOutcome, EachLineOnce, AllOrNoneIsPutOff, UnitsOfWhatIsApproved, MoreThanAskedFor, ModifiedWithWhat,
        PeriodTurned, WhoReviewed, WithoutCredentials, WhenDecided, NoReason, TooLong:
    """
    request = find(actor, tx, key, Action.AUTHORIZATION_DETERMINE)
    if request.frame.decided_at is not None:
        raise RequestDecided
    return _keep(actor, tx, request, decision, None, at)


def correct(actor: Actor, tx: Connection, key: Key, decision: Decision, *, corrects_id: int, at: datetime) -> int:
    """
    Correct a determination by another one, with the reason; the first stays. Return the new one's number.

    Units that were used stay: to leave fewer than those, the units used are corrected first.

    :raises NotAllowed: if the actor is not of the clinical staff.
    :raises NothingToCorrect: if there is none that stands.
    :raises CorrectedBeforeTold: if somebody was told of that later, to the minute.
    :raises UsedAlready: if more of a line was used than this leaves.
    :raises Refusal: as `determine`.
    """
    request = find(actor, tx, key, Action.AUTHORIZATION_DETERMINE)
    standing = stands(request)
    if standing is None or standing.determination_id != corrects_id:
        raise NothingToCorrect
    told = [each.at for each in request.notices if each.determination_id == corrects_id]
    if told and decision.decided_at < max(told).replace(second=0, microsecond=0):
        raise CorrectedBeforeTold
    typed.reason(decision.reason, LONGEST_REASON, "The reason for the correction")
    return _keep(actor, tx, request, decision, corrects_id, at)


def _keep(
    actor: Actor, tx: Connection, request: Request, decision: Decision, corrects_id: int | None, at: datetime
) -> int:
    frame = request.frame
    outcome = decision.outcome if decision.lines else None
    if outcome is None:
        raise EachLineOnce
    values = {
        "client_id": frame.client_id, "claim_id": frame.claim_id, "request_id": frame.request_id,
        "corrects_id": corrects_id, "lapse_of": _lapse_of(tx, request, decision, corrects_id),
        "outcome": outcome.value, **_signed(decision, outcome),
        "decided_at": decision.decided_at, "at": at, "by_id": actor.staff_id,
    }  # fmt: skip
    lines = _lines(request, decision, correcting=corrects_id is not None)
    if not frame.received_at <= decision.decided_at <= at:
        raise WhenDecided
    try:
        determination_id = queries.determine(tx, values, lines)
    except IntegrityError as error:
        constraint = str(getattr(getattr(error.orig, "diag", None), "constraint_name", ""))
        if constraint not in ("determination_first", "determination_corrected_once"):
            raise
        raise RequestChanged from error
    decided = queries.request(tx, frame.client_id, frame.claim_id, frame.request_id)
    if decided is None:
        raise NoSuchRequest
    if outcome is Outcome.DEFERRED and decided.frame.deferred_at is None:
        deferring.keep(actor, tx, decided, on=decision.decided_at, disputed=str(values["reason"]), why=None, at=at)
    making.make_all(actor, tx, decided, About.DETERMINATION, at=at)
    return determination_id


def _lapse_of(tx: Connection, request: Request, decision: Decision, corrects_id: int | None) -> int | None:
    """Return the clock by whose lapse its law gives what is decided as such; None where nothing is."""
    by_lapse = [line for line in decision.lines if line.outcome is Outcome.LAPSED]
    if not by_lapse:
        return None
    if request.frame.jurisdiction == "NY" and not all(_DIGIT.search(line.authorization_number) for line in by_lapse):
        raise WithoutOrder  # 12 NYCRR 324.3, 324.4(c): the Chair orders it
    if corrects_id is not None:
        standing = stands(request)
        gives = standing.lapse_of if standing else None
    else:
        counted = clock.standing(rules.held(tx, request.frame.jurisdiction), request.frame._asdict())
        lapse = lapsing.found(tx, request, counted, at=decision.decided_at)
        gives = lapse.gives if lapse else None
    if gives is None:
        raise NotByLapse
    return gives


def _signed(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    name = limited(typed.one_line(decision.reviewer_name), LONGEST_REVIEWER, "The reviewer")
    if not name:
        raise WhoReviewed
    credentials = limited(typed.one_line(decision.reviewer_credentials), LONGEST_REVIEWER, "The credentials")
    if not credentials and {outcome, *(line.outcome for line in decision.lines)} & SIGNED:
        raise WithoutCredentials
    reason = limited(typed.cleaned(decision.reason), LONGEST_REASON, "The reason")
    if outcome not in (Outcome.APPROVED, Outcome.LAPSED):
        typed.reason(reason, LONGEST_REASON, "The reason")
    return {"reviewer_name": name, "reviewer_credentials": credentials or None, "reason": reason or None}


def _lines(request: Request, decision: Decision, *, correcting: bool) -> list[Mapping[str, Any]]:
    asked = {line.line: line for line in request.lines}
    if sorted(line.line for line in decision.lines) != sorted(asked):
        raise EachLineOnce
    put_off = [line.outcome in PUT_OFF for line in decision.lines]
    if any(put_off) and (correcting or not all(put_off)):
        raise AllOrNoneIsPutOff
    known = outcomes(request.frame.jurisdiction)
    kept: list[Mapping[str, Any]] = []
    for line in decision.lines:
        what = f"Treatment {line.line}"
        if line.outcome not in (*known, Outcome.LAPSED):
            offered = ", ".join(outcome_words(each, request.frame.jurisdiction).lower() for each in known)
            raise NotAnOutcome(f"{NotAnOutcome.text} There are: {offered}.")
        approves = line.outcome in APPROVING
        if approves != (line.units is not None) or (line.units is not None and not 1 <= line.units <= 9999):
            raise UnitsOfWhatIsApproved(f"{what}: {UnitsOfWhatIsApproved.text}")
        if line.units is not None and line.units > asked[line.line].units:
            raise MoreThanAskedFor(f"{what}: {MoreThanAskedFor.text}")
        if asked[line.line].used_units > (line.units or 0):
            raise UsedAlready(f"{what}: {UsedAlready.text}")
        words = limited(typed.one_line(line.words), LONGEST_LINE, what)
        if line.outcome is Outcome.MODIFIED and not words:
            raise ModifiedWithWhat(f"{what}: {ModifiedWithWhat.text}")
        if line.from_on and line.until_on and line.until_on < line.from_on:
            raise PeriodTurned(f"{what}: {PeriodTurned.text}")
        number = limited(typed.one_line(line.authorization_number), LONGEST_NUMBER, f"{what}: the number")
        kept.append(
            {"line": line.line, "outcome": line.outcome.value, "units": line.units, "words": words or None,
             "from_on": line.from_on, "until_on": line.until_on, "authorization_number": number or None}
        )  # fmt: skip
    return kept
