"""Call sheets: all that waits for one provider's office, worked in one call, each line logged by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, require
from core.authorizations.cadence import WAITS_FOR_PROVIDER
from core.authorizations.changing import Key
from core.authorizations.following_up import follow_up
from core.authorizations.vocabulary import Clock, Party, Reply
from core.refusal import Refusal
from core.statutes import Channel
from core.transactions import acting
from db.queries import authorization_sheets as queries
from db.queries.authorization_sheets import Waiting
from db.queries.authorizations import Request

MOST = 60
"""So many lines has a call sheet: what is left is on the next one, once these were asked for."""


class Office(NamedTuple):
    """A provider's office: it is one by its NPI, or where none is known by name and telephone."""

    npi: str | None
    name: str
    phone: str | None


class Said(NamedTuple):
    """What came of a line of a call sheet: the request as it was seen there, the reply and a note."""

    key: Key
    reply: Reply
    note: str = ""


class Logged(NamedTuple):
    """What became of logging a line: when it is due next, or why it was refused."""

    key: Key
    due_at: datetime | None
    refused: str = ""


def office_of(request: Request) -> Office:
    """Return the office of the provider who asks."""
    frame = request.frame
    return Office(frame.provider_npi, frame.provider_name, frame.provider_phone)


def sheet(actor: Actor, tx: Connection, office: Office) -> list[Waiting]:
    """
    Return what waits for the office in the actor's scope, what is to be followed up first before the others, at most
    MOST lines. It is a look at each claim, on the record with the request's number.

    :raises NotAllowed: if the actor works no authorizations, or reads no claims.
    """
    require(actor, Action.AUTHORIZATION_WORK)
    require(actor, Action.CLAIM_READ)
    lines = queries.of_office(
        tx, actor.scope, npi=office.npi, name=office.name, phone=office.phone, clocks=WAITS_FOR_PROVIDER, most=MOST
    )
    for line in lines:
        audit.record(
            actor, tx, verb="read", noun="claim", noun_id=line.claim_id, client_id=line.client_id,
            detail={"authorization": line.request_id},
        )  # fmt: skip
    return lines


def key_of(line: Waiting) -> Key:
    """Return the key of the request on a line, as it was seen there."""
    return Key(line.client_id, line.claim_id, line.request_id, line.version)


def awaited(line: Waiting) -> str:
    """Return in words what the request on a line waits for."""
    if line.missing is not None:
        return line.missing
    if line.clock == Clock.TOLLED:
        return "The report of the examination"
    return "The information that was asked for"


def log_sheet(actor: Actor, said: Sequence[Said], *, at: datetime) -> list[Logged]:
    """
    Log each line as a follow-up with the provider by telephone, in a transaction of its own: one that is refused undoes
    none of the others. Return what became of each, in the order of *said*.
    """
    return [_log(actor, each, at) for each in said]


def _log(actor: Actor, said: Said, at: datetime) -> Logged:
    try:
        with acting(actor) as tx:
            due_at = follow_up(
                actor, tx, said.key, party=Party.PROVIDER, how=Channel.PHONE, reply=said.reply, note=said.note, at=at
            )
    except Refusal as refusal:
        return Logged(said.key, None, str(refusal))
    return Logged(said.key, due_at)
