"""What goes on the record: an append-only audit event in the transaction of the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, text
from sqlalchemy.dialects.postgresql import JSONB

from core.access import Action, Actor, Subject, require
from db.models.audit import audit_event
from db.queries import promises

_INSERT = (
    insert(audit_event)
    .values(
        actor_id=bindparam("actor_id"),
        client_id=bindparam("client_id"),
        noun=bindparam("noun"),
        noun_id=bindparam("noun_id"),
        verb=bindparam("verb"),
        detail=bindparam("detail", type_=JSONB(none_as_null=True)),
    )
    .inline()
)

# A claim that was tried with another's client is not found, and stays as it was tried.
_RECENT = text("""
    select r.at, r.event_id, r.actor, r.client, r.noun, r.noun_id, r.verb, r.detail, c.claim_number
      from desk_audit_recent(:most, coalesce(cast(:at as timestamptz), 'infinity'), cast(:event_id as bigint))
           with ordinality r (at, actor, client, noun, noun_id, verb, detail, event_id, client_id, place)
      left join claim c on c.client_id = r.client_id
                       and c.claim_id = case r.noun when 'claim' then r.noun_id
                                                    when 'injured_worker' then (r.detail ->> 'claim')::bigint end
     order by r.place
""")
_PEOPLE = text("select staff_id, full_name from staff")

_MOST_CLIENT, _MOST_NUMBER = 2**31 - 1, 2**63 - 1
"""The highest numbers that the record's columns hold; an address can ask for any."""


class Place(NamedTuple):
    """Where an event stands in the record: its time, aware, and its number."""

    at: datetime
    event_id: int


class Event(NamedTuple):
    """One audit event as compliance reads it; `at` is aware, UTC."""

    at: datetime
    event_id: int
    actor: str
    client: str | None
    noun: str
    noun_id: int
    verb: str
    detail: dict[str, Any] | None
    claim_number: str | None
    """Of the claim, or of the claim of the worker, where there is one such."""


class Log(NamedTuple):
    """
    Events as compliance reads them, newest first, and the names behind the numbers in their details.

    `earlier` is the place in the record from which there may be more; None where it has been read to its beginning.
    """

    events: list[Event]
    clients: Mapping[int, str]
    people: Mapping[int, str]
    earlier: Place | None


def record(
    actor: Actor | None,
    tx: Connection,
    *,
    verb: str,
    noun: str,
    noun_id: int,
    client_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """
    Put on the record that *actor* did *verb* to *noun* number *noun_id*.

    *actor* None is somebody not signed in, recorded as person 0. *detail* names what changed, never protected
    information. A failure to insert undoes the act, because both are one transaction.
    """
    tx.execute(
        _INSERT,
        {
            "actor_id": actor.staff_id if actor else 0,
            "client_id": client_id,
            "noun": noun,
            "noun_id": noun_id,
            "verb": verb,
            "detail": dict(detail) if detail else None,
        },
    )


def refused(actor: Actor, tx: Connection, *, why: str, action: Action | None, subject: Subject) -> None:
    """
    Put on the record that *actor* was refused to do *action* to *subject*, which is named as it was tried.

    *why* is the kind of refusal. The client stands in the detail as well: it may be one that there is not.
    """
    noun, noun_id, client_id, more = subject
    tried = {"action": action.value} if action else {}
    if client_id is not None:
        tried["client"] = str(client_id)
    if noun_id > _MOST_NUMBER:
        tried["number"] = str(noun_id)
    record(
        actor,
        tx,
        verb="refused",
        noun=noun,
        noun_id=noun_id if noun_id <= _MOST_NUMBER else 0,
        client_id=client_id if client_id is not None and client_id <= _MOST_CLIENT else None,
        detail={"why": why, **tried, **more},
    )


def recent(actor: Actor, tx: Connection, *, most: int = 200, before: Place | None = None) -> Log:
    """
    Return the latest *most* audit events (1,000 at most), or of those *before* one. The look itself is recorded.

    :raises NotAllowed: if the actor does not read the audit log.
    """
    require(actor, Action.AUDIT_READ)
    record(actor, tx, verb="read", noun="audit_log", noun_id=0)
    at, event_id = before or (None, 0)
    events = [Event(*row) for row in tx.execute(_RECENT, {"most": most, "at": at, "event_id": event_id})]
    earlier = Place(events[-1].at, events[-1].event_id) if len(events) == most else None
    names = {row.staff_id: row.full_name for row in tx.execute(_PEOPLE)}
    return Log(events, {client.client_id: client.name for client in promises.clients(tx)}, names, earlier)
