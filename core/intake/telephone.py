"""
An intake by telephone: its claim is there as soon as worker, date of injury and time of the report are known, and what
else is told goes in when the call is over.

It goes from words, which are a draft of whoever takes the call, to *begun*: the claim is there and its clock runs, the
words wait beside it. From there it is *finished*, by whoever began it, or *left*, by anybody who takes reports, with
why: what is missing is asked by the claim's open questions then. Nothing follows on either.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields as fields_of
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from core import claims, drafts, promises, typed
from core.access import Action, Actor, Subject, of_claim, require
from core.claims import ClaimClosed
from core.contact.vocabulary import LONGEST_REASON
from core.intake import correction, field_changes, open_questions, sameness
from core.intake.answers import answer_questions
from core.intake.asking import questions
from core.intake.asking_again import on_day
from core.intake.death import record_death
from core.intake.elements import MISSING, UNREADABLE, Question
from core.intake.field_changes import ChangedMeanwhile
from core.intake.fields import FIELDS
from core.intake.reporting import ClaimRef, PerhapsReported, WorkerNotNamed, report
from core.intake.sameness import Suspect
from core.intake.told import Report, tidied
from core.refusal import Refusal
from db.queries import claims as of_claims
from db.queries import telephone as queries
from db.queries.claims import Frame
from db.queries.telephone import Begun

FINISHED_WITHIN = timedelta(hours=1)
"""How long after it has begun its claim an intake is to be finished; until then no colleague leaves it."""

TOLD_LATER = "Told later in the same call."
"""Why a field is filled in that was empty, or other, when the claim was begun."""


class NoSuchIntake(Refusal):
    text = "No intake by telephone is open on this claim. Somebody may have ended it meanwhile."


class GoesOn(Refusal):
    text = "This call was begun within the last hour: whoever takes it finishes it, or a supervisor leaves it."


class TakenByAnother(Refusal):
    text = "Whoever began this intake finishes it. You can leave it, with a reason: what is missing is asked then."


class Beside(NamedTuple):
    """The intake that is open, if it has begun a claim; claims that it may repeat; others of near days that may be."""

    begun: Begun | None
    suspects: tuple[Suspect, ...]
    near: tuple[Suspect, ...]


def begin(
    actor: Actor, tx: Connection, *, client_id: int, report_so_far: Report, at: datetime, request: UUID,
    aware_of: Collection[int] = (),
) -> ClaimRef:  # fmt: skip
    """
    Open a claim from what the caller has told so far, as `reporting.report` does, and go on with the call.

    The words kept for the form with the key *request* go with the claim from now on. A form that has begun one is
    given that again.

    The refusals are those of `reporting.report`.
    """
    drafts.one_at_a_time(tx, request)
    made = report(actor, tx, client_id=client_id, report=report_so_far, at=at, request=request, aware_of=aware_of)
    if not made.again:
        queries.begin(tx, made.client_id, made.claim_id, request=request, at=at, staff_id=actor.staff_id)
        drafts.go_with(actor, tx, request=request, client_id=made.client_id, claim_id=made.claim_id)
    return made


def beside(actor: Actor, tx: Connection, *, client_id: int, claim_id: int | None, told: Report | None) -> Beside:
    """
    Return what is known beside what a caller tells: the intake, where it has begun a claim, and claims that it may
    repeat, without one word about the worker; of these none where what was *told* cannot be read yet (None).

    :raises NotAllowed: if the actor does not take reports.
    """
    require(actor, Action.CLAIM_REPORT, of_claim(client_id, claim_id) if claim_id else Subject("claim"))
    intake = queries.begun(tx, client_id, claim_id) if claim_id else None
    if told is None:
        return Beside(intake, (), ())
    told = tidied(told)
    others = [each for each in sameness.suspects(tx, client_id, told) if each.claim_id != claim_id]
    known = {claim_id, *(each.claim_id for each in others)}
    near = [each for each in sameness.nearby(tx, client_id, told) if each.claim_id not in known]
    return Beside(intake, tuple(others), tuple(near))


def finish(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, told: Report, at: datetime, request: UUID,
    aware_of: Collection[int] = (), mine_stand: Collection[str] = (), leave: Collection[str] = (),
    unknown_why: str = "", ask_again: tuple[date, time | None] | None = None,
) -> int:  # fmt: skip
    """
    Put what was *told* into the claim and end the intake; return how many fields that fills in or changes.

    A field that is empty in *told* is emptied where it was filled in when the claim was begun, and nobody has touched
    it since. What was put there since, on the claim's page, stays where it is the same; where it is not, both versions
    are shown, unless the field is among those where one's own is to stand (*mine_stand*) or theirs (*leave*). The time
    of the report is not changed by this. *aware_of* is as in `reporting.report`. *request* is the key of the form as it
    was drawn last: words of it that arrive later are not kept. Where *unknown_why* says why the caller does not know
    what is missing, that is settled with it: for good, or until *ask_again*, a day and a time of the client's.

    :raises NotAllowed: if the actor does not take reports.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoSuchIntake: if no intake is open on it.
    :raises TakenByAnother: if somebody else has begun it.
    :raises ClaimClosed: if the claim is closed.
    :raises TooLong: if a text is beyond its limit; says which.
    :raises NoSuchWay: if the worker prefers a way of contact that there is not.
    :raises NoSuchCode: if a code is none of its vocabulary.
    :raises WorkerNotNamed: if nobody is named any more.
    :raises PerhapsReported: if, as it is told now, it may be of a claim that is not among *aware_of*.
    :raises ChangedMeanwhile: if somebody else has changed one of the fields since; has both versions.
    :raises NotToAskThen: if that is not later than *at*, or too late.
    """
    require(actor, Action.CLAIM_REPORT, of_claim(client_id, claim_id))
    claims.one_at_a_time(tx, client_id)
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    intake = _open(actor, tx, client_id, claim_id)
    if intake.begun_by != actor.staff_id:
        raise TakenByAnother
    told = tidied(told)
    if not (told.family_name or told.given_name):
        raise WorkerNotNamed
    before = field_changes.standing(tx, claim)
    mine = _changed(tx, claim, intake, before, told, set(mine_stand), set(leave))
    suspects = [each for each in sameness.suspects(tx, client_id, told) if each.claim_id != claim_id]
    if any(each.claim_id not in aware_of for each in suspects):
        raise PerhapsReported(suspects)

    if mine:
        correction.put(actor, tx, claim, before, mine, why=TOLD_LATER, at=at)
    zone = claims.zone(tx, claim)
    _ask(tx, claim, told, mine, sameness.doubts((each.claim_number, each.likeness) for each in suspects), zone, at)
    if told.date_of_death and claim.date_of_death is None:
        record_death(actor, tx, client_id=client_id, claim_id=claim_id, date_of_death=told.date_of_death, at=at)
    if unknown_why:
        _not_known(actor, tx, claim, unknown_why, ask_again, at)
    queries.end(tx, client_id, claim_id, at=at, staff_id=actor.staff_id, why=None)
    drafts.forget(actor, tx, form=drafts.Form(drafts.REPORT, client_id, claim_id), request=request, at=at)
    return len(mine)


def leave(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, why: str, at: datetime) -> None:
    """
    End the intake without what was typed since the claim was begun: what is missing is asked by its open questions.
    Whoever began it can still finish what another has left: the words are there.

    :raises NotAllowed: if the actor does not take reports.
    :raises NoReason: if *why* is empty.
    :raises TooLong: if it is longer than LONGEST_REASON.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoSuchIntake: if no intake is open on it.
    :raises GoesOn: if somebody else takes the call, it began within FINISHED_WITHIN, and the actor is no supervisor.
    """
    require(actor, Action.CLAIM_REPORT, of_claim(client_id, claim_id))
    why = typed.reason(why, LONGEST_REASON, "Why the intake is left")
    claims.find(tx, client_id, claim_id, also_merged=True)
    intake = _open(actor, tx, client_id, claim_id)
    own = intake.begun_by == actor.staff_id
    if intake.left_by is not None and not own:
        raise NoSuchIntake
    if not own and not actor.may(Action.CLAIM_ASSIGN) and at < intake.begun_at + FINISHED_WITHIN:
        raise GoesOn
    queries.end(tx, client_id, claim_id, at=at, staff_id=actor.staff_id, why=why)
    if own:
        drafts.forget(actor, tx, form=drafts.Form(drafts.REPORT, client_id, claim_id), request=intake.request, at=at)


def _open(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> Begun:
    """Return the intake that goes on, or one's own that another has left."""
    intake = queries.begun(tx, client_id, claim_id)
    if intake is None or intake.left_by in (actor.staff_id, intake.begun_by):
        raise NoSuchIntake
    return intake


_TOLD = tuple(each.name for each in fields_of(Report) if each.name in FIELDS)
"""What a report and the fields of a claim have in common."""


def _changed(
    tx: Connection, claim: Frame, intake: Begun, before: dict[str, Any], told: Report, mine_stand: set[str],
    leave: set[str],
) -> dict[str, Any]:  # fmt: skip
    """Return which fields are to hold what, as it is kept; refuse where somebody else has put something else there."""
    said = {name: getattr(told, name) for name in _TOLD if name not in leave}
    differing = {name: value for name, value in said.items() if _kept(value) != _kept(before[name])}
    others = queries.changed_since(tx, claim.client_id, claim.claim_id, since=intake.begun_at)
    mine = {name: value for name, value in differing.items() if _kept(value) is not None or name not in others}
    contested = {name: value for name, value in mine.items() if name in others and name not in mine_stand}
    if both := field_changes.both(tx, claim, before, contested):
        raise ChangedMeanwhile(both)
    return mine


def _kept(value: Any) -> Any:
    return None if value == "" else value


def _not_known(
    actor: Actor, tx: Connection, claim: Frame, why: str, again: tuple[date, time | None] | None, at: datetime
) -> None:
    """Settle what is missing on the claim with *why* the caller does not know it, and when to ask *again*."""
    missing = [
        (each.element, each.reason)
        for each in of_claims.questions(tx, claim.client_id, claim.claim_id)
        if each.answered_at is None and each.reason == MISSING
    ]
    if not missing:
        return
    policy, _ = promises.due(promises.policies(actor, tx, claim.client_id), claim.reported_at)
    answer_questions(
        actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, given={}, never=missing, why=why,
        ask_again_at=on_day(policy.week_at(at), *again) if again else None, at=at,
    )  # fmt: skip


def _ask(
    tx: Connection, claim: Frame, told: Report, mine: Collection[str], doubts: Iterable[Question],
    zone: str, at: datetime,
) -> None:  # fmt: skip
    """Ask about what was told and cannot be read, and whether it is the same claim as others."""
    unread = [
        each for each in questions(told, timezone=zone, at=at)
        if each.reason.endswith(f"_{UNREADABLE}") and each.reason.removesuffix(f"_{UNREADABLE}") in mine
    ]  # fmt: skip
    open_questions.add(tx, claim, [*unread, *doubts], at=at)
