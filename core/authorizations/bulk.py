"""
One thing done to several requests: planned line by line, done as planned or refused line by line, and undone.

What a plan says of a line is what is done to it: nothing else is, where the data moved meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, assert_never

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, NotAllowed, Subject, require
from core.authorizations.changing import Key, NoReviewer, NoSuchRequest, RequestDecided, assign
from core.authorizations.following_up import LONGEST_NOTE, check_reminder, follow_up, put_reminder, remind
from core.authorizations.vocabulary import Party, Reply
from core.refusal import Refusal, limited
from core.statutes import Channel
from core.transactions import acting
from db.queries import authorizations as queries
from db.queries.authorizations import Request, Reviewer

MOST = 200
"""As many requests are changed at once."""

UNDONE_WITHIN = timedelta(minutes=10)
"""For how long what was done to several requests can be undone."""


class NothingSelected(Refusal):
    text = "Select the requests that it is to be done to."


class TooManySelected(Refusal):
    text = f"At most {MOST} requests are changed at once: select fewer."


class StandsAlready(Refusal):
    text = "It stands so already: nothing is to be done."


class StaysLogged(Refusal):
    text = "A follow-up that was logged stays: log another one that says what is otherwise."


class TooLateToUndo(Refusal):
    text = "This can be undone for ten minutes: change the requests one by one."


class ChangedSince(Refusal):
    text = "Somebody has changed this since: it stays as it is now."


class Assign(NamedTuple):
    """Have somebody of the clinical staff review the requests."""

    reviewer_id: int


class FollowUp(NamedTuple):
    """Log the same follow-up on each request."""

    party: Party
    how: Channel
    reply: Reply
    note: str = ""


class Remind(NamedTuple):
    """Have the requests followed up at this time (aware)."""

    on: datetime


Doing = Assign | FollowUp | Remind


@dataclass(frozen=True)
class Line:
    """
    A request of a plan as it was seen: `reviewer_id` and `follow_up_…` are what undoing gives back. `refused` says why
    nothing is done to it; empty where it is.
    """

    key: Key
    claim_number: str
    what: str
    timezone: str
    reviewer_id: int | None = None
    reviewer: str | None = None
    follow_up_at: datetime | None = None
    follow_up_by_hand: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be done to which requests."""

    doing: Doing
    lines: tuple[Line, ...]

    @property
    def goes(self) -> tuple[Line, ...]:
        """The lines to which it is done."""
        return tuple(line for line in self.lines if not line.refused)


@dataclass(frozen=True)
class Done:
    """What was done by whom, and when: the lines with what refused them. `met` are those refused only then."""

    plan: Plan
    met: tuple[Line, ...]
    by: int
    at: datetime


def plan(
    actor: Actor, tx: Connection, keys: Iterable[tuple[int, int, int]], doing: Doing, *, at: datetime
) -> Plan:  # fmt: skip
    """
    Return what *doing* would do to the requests with these keys (client, claim, request), line by line.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NothingSelected, TooManySelected: of the keys.
    :raises TooLong, ReminderWhen: if it can be done to no request at all.
    """
    require(actor, Action.AUTHORIZATION_WORK)
    chosen = list(dict.fromkeys(keys))
    if not chosen:
        raise NothingSelected
    if len(chosen) > MOST:
        raise TooManySelected
    if isinstance(doing, FollowUp):
        limited(typed.cleaned(doing.note), LONGEST_NOTE, "The note")
    if isinstance(doing, Remind):
        check_reminder(doing.on, at)
    serve = {client: queries.reviewers(tx, client) for client in sorted({key[0] for key in chosen})}
    return Plan(doing, tuple(_planned(tx, key, doing, serve[key[0]]) for key in chosen))


def commit(actor: Actor, plan: Plan, *, at: datetime) -> Done:
    """
    Do what was planned, each line in a transaction of its own; one that has changed since is refused, and the others
    are done.
    """
    lines = tuple(line if line.refused else _tried(actor, line, plan.doing, at) for line in plan.lines)
    met = tuple(line for line in lines if line.refused and line not in plan.lines)
    return Done(Plan(plan.doing, lines), met, actor.staff_id, at)


def undo(actor: Actor, done: Done, *, at: datetime) -> Plan:
    """
    Give back what was there before, the last line first, where nobody has changed it since; return what became of each
    line, in the order of the plan.

    :raises NotAllowed: if somebody else did it.
    :raises StaysLogged: if follow-ups were logged.
    :raises TooLateToUndo: if it was done too long ago.
    """
    if done.by != actor.staff_id:
        raise NotAllowed
    if isinstance(done.plan.doing, FollowUp):
        raise StaysLogged
    if at - done.at > UNDONE_WITHIN:
        raise TooLateToUndo
    back = [_undone(actor, line, done.plan.doing, at) for line in reversed(done.plan.goes)]
    return Plan(done.plan.doing, tuple(reversed(back)))


def reviewers_of(actor: Actor, tx: Connection, clients: Iterable[int]) -> list[Reviewer]:
    """
    Return who reviews for at least one of the clients, by name.

    :raises NotAllowed: if the actor works no authorizations.
    """
    found = set[Reviewer]()
    for client in sorted(set(clients)):
        require(actor, Action.AUTHORIZATION_WORK, Subject("client", client, client))
        found.update(queries.reviewers(tx, client))
    return sorted(found, key=lambda each: (each.full_name, each.staff_id))


def _planned(tx: Connection, key: tuple[int, int, int], doing: Doing, serve: Sequence[Reviewer]) -> Line:
    request = queries.request(tx, *key)
    if request is None:
        return Line(Key(*key, 0), f"Request {key[2]}", "", "UTC", refused=NoSuchRequest.text)
    frame = request.frame
    more = f" +{len(request.lines) - 1}" if len(request.lines) > 1 else ""
    return Line(
        Key(*key, frame.version), frame.claim_number, f"{request.lines[0].words}{more}", frame.timezone,
        frame.reviewer_id, frame.reviewer, frame.follow_up_at, frame.follow_up_by_hand,
        _why_not(request, doing, serve),
    )  # fmt: skip


def _why_not(request: Request, doing: Doing, serve: Sequence[Reviewer]) -> str:
    """Return why nothing is done to the request; the services below refuse the same."""
    frame = request.frame
    if frame.decided_at is not None or frame.ended_at is not None:
        return RequestDecided.text
    match doing:
        case Assign(reviewer_id) if reviewer_id not in (each.staff_id for each in serve):
            return NoReviewer.text
        case Assign(reviewer_id) if reviewer_id == frame.reviewer_id:
            return StandsAlready.text
        case Remind(on) if on == frame.follow_up_at:
            return StandsAlready.text
    return ""


def _tried(actor: Actor, line: Line, doing: Doing, at: datetime) -> Line:
    try:
        with acting(actor) as tx:
            match doing:
                case Assign(reviewer_id):
                    assign(actor, tx, line.key, reviewer_id=reviewer_id, at=at)
                case FollowUp(party, how, reply, note):
                    follow_up(actor, tx, line.key, party=party, how=how, reply=reply, note=note, at=at)
                case Remind(on):
                    remind(actor, tx, line.key, on=on, at=at)
                case _:
                    assert_never(doing)
    except Refusal as refusal:
        return replace(line, refused=str(refusal))
    return line


def _undone(actor: Actor, line: Line, doing: Doing, at: datetime) -> Line:
    try:
        with acting(actor) as tx:
            request = queries.request(tx, *line.key[:3], locked=True)
            if request is None:
                raise NoSuchRequest
            key = line.key._replace(version=request.frame.version)
            if isinstance(doing, Assign):
                if request.frame.reviewer_id != doing.reviewer_id:
                    raise ChangedSince
                assign(actor, tx, key, reviewer_id=line.reviewer_id, at=at)
            elif isinstance(doing, Remind):
                if request.frame.follow_up_at != doing.on or line.follow_up_at is None:
                    raise ChangedSince
                put_reminder(actor, tx, key, on=line.follow_up_at, at=at, by_hand=line.follow_up_by_hand)
    except Refusal as refusal:
        return replace(line, refused=str(refusal))
    return line
