"""Correcting what is known of a claim: its fields, with what stood there before, and when its report was received."""

from collections.abc import Collection, Mapping
from dataclasses import fields as fields_of
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from core import audit, claims, promises, typed, walltime
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed
from core.clocks import policy_in_force
from core.contact.moments import ReportInTheFuture
from core.contact.vocabulary import LONGEST_REASON
from core.intake import field_changes, fields, open_questions, requirements
from core.intake.asking import missing, questions_of, spared_by
from core.intake.death import injured_on_another_day
from core.intake.doubts import DATE_FLAGS, LOOKED_AT, age_flags, doubts
from core.intake.elements import (
    ELEMENTS,
    MISSING,
    NOT_AS_PREFERRED,
    TIME_UNREADABLE,
    UNCONFIRMED,
    UNKNOWN,
    UNREADABLE,
    WRONG_NUMBER,
)
from core.intake.field_changes import Both, ChangedMeanwhile
from core.intake.fields import FIELDS, NoSuchField, written
from core.intake.open_questions import Key
from core.intake.reporting import WorkerNotNamed
from core.intake.sameness import SAME_NUMBER, doubt, newly_sharing
from core.intake.told import Report, number_key
from core.refusal import Refusal
from db.queries import claims as queries
from db.queries.claims import Frame

_REASON = "The reason for the correction"

FIRST_ENTRY = "First entry: nobody was known to speak for the worker."
"""Why a representative is put where none was known: nothing is corrected, so nobody is asked for a reason."""


_CORRECTED_BY = text(
    "select s.full_name, e.at from claim_event e join staff s on s.staff_id = e.by_id"
    " where e.client_id = :client_id and e.claim_id = :claim_id and e.kind = 'report_corrected'"
    " order by e.event_id desc limit 1"
)


class NothingCorrected(Refusal):
    text = "Nothing differs from what is known. Change a field first."


class CorrectedAlready(NothingCorrected):
    text = "Somebody else has corrected this to the same meanwhile. It stands as you typed it: nothing is left to save."


class ContactBeforeReport(Refusal):
    text = "The worker was reached before that time. A report cannot be later than its first contact."


class MergedBefore(Refusal):
    text = (
        "A claim that was merged into this one was reported before that time. Undo the merge first: the claim that is"
        " kept is the one reported first."
    )


def correct_fields(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, seen: Mapping[str, str], said: Mapping[str, str],
    reason: str, at: datetime,
) -> int:  # fmt: skip
    """
    Put *said*, as typed, into fields of the claim; return how many that changes.

    *seen* has, for the same fields, what stood there when the person read it, as `written`. What stood there before
    stays beside it, with the one *reason*; who speaks for the worker needs none where nobody was known to. Questions
    that this answers are settled, and doubts that it disproves; what is missing then, or doubtful, is asked.

    :raises NotAllowed: if the actor does not work intake.
    :raises NoReason: if the reason is empty.
    :raises TooLong: if it is longer than LONGEST_REASON, or a field beyond its limit.
    :raises AnswerNotUnderstood: for each field that cannot be read, in one sentence a field.
    :raises NoSuchField: if one of them is no field of a claim, or was not seen.
    :raises NothingCorrected: if nothing differs from what was seen.
    :raises CorrectedAlready: if nothing differs any more from what stands now.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed: if the claim is closed.
    :raises ChangedMeanwhile: if somebody else has changed one of the fields since; has both versions.
    :raises WorkerNotNamed: if it would leave the worker without a name.
    """
    require(actor, Action.INTAKE_WORK, of_claim(client_id, claim_id))
    if not said.keys() <= seen.keys():
        raise NoSuchField
    if "client_claim_number" in said:
        # Before the claim itself is locked, as whoever takes an import back does.
        claims.one_at_a_time(tx, client_id)
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    read = fields.read_all(said, on=walltime.today(claims.zone(tx, claim), at))
    mine = {name: kept for name, kept in read.items() if written(kept) != seen[name]}
    if not mine:
        raise NothingCorrected
    before = field_changes.standing(tx, claim)
    first = set(mine) <= set(fields.SPEAKING) and not fields.somebody_speaks(before)
    why = FIRST_ENTRY if first and not reason.strip() else typed.reason(reason, LONGEST_REASON, _REASON)
    moved = {name: kept for name, kept in mine.items() if written(before[name]) != seen[name]}
    if both := field_changes.both(tx, claim, before, moved):
        raise ChangedMeanwhile(both)
    mine = {name: kept for name, kept in mine.items() if kept != before[name]}
    if not mine:
        raise CorrectedAlready
    after = before | mine
    if not (after["given_name"] or after["family_name"]):
        raise WorkerNotNamed
    put(actor, tx, claim, before, mine, why=why, at=at)
    return len(mine)


def put(
    actor: Actor, tx: Connection, claim: Frame, before: Mapping[str, Any], mine: Mapping[str, Any], *, why: str,
    at: datetime, ask: bool = True,
) -> None:  # fmt: skip
    """
    Put *mine*, as it is kept, in the place of what stood *before* in the fields of *claim*, which is locked: on its
    timeline, on the record and to open lists. Questions that this answers are settled; what is missing then, or
    doubtful, is asked, unless it is said not to *ask*.
    """
    client_id, claim_id = claim.client_id, claim.claim_id
    shared = newly_sharing(tx, client_id, claim_id, number_key(mine.get("client_claim_number"))) if ask else []
    field_changes.change(actor, tx, claim, before, mine, why=why, at=at)
    _ask_anew(actor, tx, claim, set(mine), {**before, **mine}, at, ask=ask)
    if shared:
        open_questions.add(tx, claim, [doubt(SAME_NUMBER, shared)], at=at)
    which = {"fields": sorted(mine)}
    claims.note(actor, tx, claim, "fields_corrected", at, which)
    audit.record(
        actor, tx, verb="fields_corrected", noun="claim", noun_id=claim_id, client_id=client_id, detail=which,
    )  # fmt: skip
    if ask:
        requirements.ask_anew(tx, client_id, claim_id, changed=mine, at=at)
    claims.announce(tx, client_id, [claim_id])


def _ask_anew(
    actor: Actor, tx: Connection, claim: Frame, changed: Collection[str], after: Mapping[str, Any], at: datetime, *,
    ask: bool,
) -> None:  # fmt: skip
    """Settle what the *changed* fields answer, of all that stands *after* them, and ask what they leave open."""
    claim = claim._replace(date_of_injury=after["date_of_injury"], injured_time=after["injured_time"])
    known = {each.name for each in fields_of(Report)} & after.keys()
    report = Report(
        **{name: after[name] for name in known}, reported_at=claim.reported_at, date_of_death=claim.date_of_death
    )
    raised = [*open_questions.date_flags_of(tx, claim, at=at), *age_flags(report.birth_date, report.date_of_injury)]
    elements = {element for name in changed for element in FIELDS[name].elements}
    depending = {element for name in changed for element in spared_by(name)}
    of_codes = {f"{name}_{UNKNOWN}" for name in changed}
    absent = [
        each for each in questions_of(report, (), ELEMENTS)
        if (each.element in elements and each.reason in (MISSING, NOT_AS_PREFERRED))
        or (each.element in depending and each.reason == MISSING)
    ]  # fmt: skip
    required = missing(report, _required(tx, claim, report, at)) if absent and ask else []
    lacking = [each for each in absent if each.element in required or each.reason == NOT_AS_PREFERRED]
    still = {(each.element, each.reason) for each in absent} | {(each.element, each.reason) for each in doubts(raised)}
    known_of = queries.questions(tx, claim.client_id, claim.claim_id)
    asked = [
        (each.element, each.reason)
        for each in known_of
        if (each.answered_at is None or each.to_ask_again)
        and (
            each.element in elements
            or each.reason in of_codes
            or (each.element in depending and each.reason == MISSING)
        )
    ]
    open_questions.settle(
        actor, tx, claim, [key for key in asked if key not in still and _settles(key, changed)], at=at
    )
    if among := {flag for name in changed for flag in LOOKED_AT.get(name, ())}:
        claim = open_questions.flag(tx, claim, raised, among=among, at=at, ask=ask)
    if "date_of_injury" in changed:
        injured_on_another_day(actor, tx, claim, at=at)
    if ask:
        # What is still not known, and is to be asked again, keeps its day.
        later = {(each.element, each.reason) for each in known_of if each.to_ask_again}
        open_questions.add(tx, claim, [each for each in lacking if (each.element, each.reason) not in later], at=at)


def _required(tx: Connection, claim: Frame, report: Report, at: datetime) -> Collection[str]:
    """Return what is asked of the claim now, or was on the day of its first contact: later rules are not of it."""
    day = walltime.today(claims.zone(tx, claim), claim.first_contact_at or at)
    return requirements.required(tx, claim.client_id, report.jurisdiction, on=day, known=vars(report))


def _settles(key: Key, changed: Collection[str]) -> bool:
    """Tell whether a question about an element of which fields were changed is answered with them."""
    element, reason = key
    if reason in (MISSING, NOT_AS_PREFERRED, UNREADABLE, UNCONFIRMED, *LOOKED_AT["date_of_injury"]):
        return True
    if reason == WRONG_NUMBER:
        return {"reach": "phone"}.get(element, element) in changed
    if reason == TIME_UNREADABLE:
        return "injured_time" in changed
    for end in (UNREADABLE, UNKNOWN):
        if reason.removesuffix(f"_{end}") in changed:
            return True
    return reason == "social_security_number"


def correct_report(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, reported_at: datetime, reason: str, seen: datetime,
    at: datetime,
) -> datetime:  # fmt: skip
    """
    Correct the time of the claim's report; return the new due time, recomputed under the policy then in force.

    *seen* is the time that the person read. *reason* stays beside the change on the timeline.

    :raises NotAllowed: if the actor does not correct reports.
    :raises NoReason: if the reason is empty.
    :raises TooLong: if it is longer than LONGEST_REASON.
    :raises ReportInTheFuture: if *reported_at* is later than *at*.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ChangedMeanwhile: if somebody else has corrected it since; has both versions.
    :raises CorrectedAlready: if somebody else has corrected it to the same.
    :raises ContactBeforeReport: if the worker was reached before *reported_at*.
    :raises MergedBefore: if a claim merged into this one was reported before *reported_at*.
    :raises NoPolicyInForce: if nothing was promised so early: a year typed wrong, as when a report is logged.
    """
    require(actor, Action.REPORT_CORRECT, of_claim(client_id, claim_id))
    why = typed.reason(reason, LONGEST_REASON, _REASON)
    if reported_at > at:
        raise ReportInTheFuture("A report cannot be dated in the future.")
    claim = claims.find(tx, client_id, claim_id)
    if claim.reported_at != seen:
        raise CorrectedAlready if claim.reported_at == reported_at else _both(tx, claim, reported_at)
    if claim.first_contact_at is not None and claim.first_contact_at < reported_at:
        raise ContactBeforeReport
    if (first := queries.first_merged(tx, client_id, claim_id)) is not None and first < (reported_at, claim_id):
        raise MergedBefore
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


def _both(tx: Connection, claim: Frame, reported_at: datetime) -> ChangedMeanwhile:
    """Return the refusal that has the time that stands, with who corrected it if anybody, beside *reported_at*."""
    last = tx.execute(_CORRECTED_BY, {"client_id": claim.client_id, "claim_id": claim.claim_id}).one_or_none()
    name, since = last or (None, None)
    theirs, mine = claim.reported_at.isoformat(), reported_at.isoformat()
    return ChangedMeanwhile((Both("reported_at", theirs, mine, name, since),))
