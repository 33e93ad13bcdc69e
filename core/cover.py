"""Cover: somebody works for a client that is another's to serve, by name, until a date, for a reason."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from core import assignment, audit, typed
from core.access import MATRIX, Action, Actor, Role, Scope, Subject, require
from core.refusal import Refusal
from core.scope import NoSuchClient
from core.transactions import transaction
from db.queries import assignment as people
from db.queries import cover
from db.queries.cover import Cover

LONGEST_COVER = timedelta(days=93)
LONGEST_REASON = 200
"""Characters."""


class CannotCover(Refusal):
    text = "This person cannot cover for others: cover is for virtual assistants and clinical staff who may sign in."


class ServesAlready(Refusal):
    text = "This person serves the client already and needs no cover."


class CoversAlready(Refusal):
    text = "This person covers the client already. End that cover first."


class NoSuchCover(Refusal):
    text = "There is no such cover any more. Somebody may have ended it, or its time was over."


class NotADate(Refusal):
    text = "Cover ends after it begins and after the present moment."


class LastsTooLong(Refusal):
    text = "Cover lasts three months at most. Whoever works for a client for longer is given the client."


class Person(NamedTuple):
    """Somebody who can cover for others."""

    staff_id: int
    name: str
    role: Role


_COVERING = tuple(role for role in Role if MATRIX[role][Action.CLAIM_TAKE] is Scope.SERVED)


def covers(actor: Actor, tx: Connection) -> list[Cover]:
    """
    Return the cover there is and the cover to come, that which ends first before the others.

    :raises NotAllowed: if the actor sets no cover.
    """
    require(actor, Action.COVER_SET)
    return cover.current(tx)


def people_for(actor: Actor, tx: Connection, client_id: int) -> list[Person]:
    """
    Return who could cover for the client: those who work claims, may sign in, and do not serve it; by name.

    :raises NotAllowed: if the actor sets no cover.
    """
    require(actor, Action.COVER_SET, Subject("client", client_id, client_id))
    return [
        Person(person.staff_id, person.full_name, Role(person.role))
        for person in cover.candidates(tx, client_id, roles=_COVERING)
    ]


def set_cover(
    actor: Actor, tx: Connection, *, client_id: int, staff_id: int, starts_at: datetime, until: datetime, reason: str,
    at: datetime,
) -> int:  # fmt: skip
    """
    Let a person work for the client from *starts_at* until before *until*, as if serving it; return the cover's number.

    :raises NotAllowed: if the actor sets no cover.
    :raises NoReason, TooLong: if the reason is empty, or longer than LONGEST_REASON.
    :raises NotADate, LastsTooLong: if the time will not do.
    :raises CannotCover: if the person does not work claims, or is disabled.
    :raises ServesAlready, CoversAlready: if the person works for the client without it.
    :raises NoSuchClient:
    """
    require(actor, Action.COVER_SET, Subject("client", client_id, client_id))
    why = typed.reason(reason, LONGEST_REASON, "The reason")
    if until <= max(starts_at, at):
        raise NotADate
    if until - starts_at > LONGEST_COVER:
        raise LastsTooLong
    taker = people.taker(tx, staff_id)
    if taker is None or not taker.active or taker.role not in _COVERING:
        raise CannotCover
    _end_those_over(actor, tx)
    if cover.serves(tx, staff_id, client_id):
        raise ServesAlready
    values: dict[str, Any] = {
        "client_id": client_id, "staff_id": staff_id, "starts_at": starts_at, "until": until, "reason": why,
    }  # fmt: skip
    try:
        cover_id = cover.add(tx, **values, set_by=actor.staff_id)
    except IntegrityError as error:
        raise (CoversAlready if "client_cover_one_open" in str(error.orig) else NoSuchClient) from None
    detail = {"cover": cover_id, "starts_at": starts_at.isoformat(), "until": until.isoformat()}
    audit.record(actor, tx, verb="cover_set", noun="staff", noun_id=staff_id, client_id=client_id, detail=detail)
    return cover_id


def end_cover(
    actor: Actor, tx: Connection, *, client_id: int, cover_id: int, at: datetime, to: int | None = None
) -> int:
    """
    End cover now, before its time; what is held by it goes to *to*, or to nobody yet. Return how many claims did.

    :raises NotAllowed: if the actor sets no cover.
    :raises NoSuchCover: if it has ended.
    :raises CannotTakeClaims, DoesNotServe: if *to* cannot be given all that goes.
    """
    require(actor, Action.COVER_SET, Subject("client", client_id, client_id))
    staff_id = cover.end(tx, client_id, cover_id, by=actor.staff_id)
    if staff_id is None:
        raise NoSuchCover
    audit.record(
        actor, tx, verb="cover_ended", noun="staff", noun_id=staff_id, client_id=client_id, detail={"cover": cover_id}
    )
    return assignment.let_go(actor, tx, staff_id=staff_id, to=to, at=at)


def end_those_over(actor: Actor) -> int:
    """
    Close cover whose time is over, and give back what is still held by it; return how much cover that was.

    Its scope has ended by itself before: here only the claims go back to nobody yet.

    :raises NotAllowed: if the actor sets no cover.
    """
    with transaction(actor) as tx:
        require(actor, Action.COVER_SET)
        return _end_those_over(actor, tx)


def _end_those_over(actor: Actor, tx: Connection) -> int:
    over = cover.end_those_over(tx, by=actor.staff_id)
    for each in over:
        audit.record(
            actor, tx, verb="cover_over", noun="staff", noun_id=each.staff_id, client_id=each.client_id,
            detail={"cover": each.cover_id},
        )  # fmt: skip
    return len(over)
