"""What goes on the record: an append-only audit event in the transaction of the act itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert
from sqlalchemy.dialects.postgresql import JSONB

from core.access import Action, Actor, Subject
from db.models.audit import audit_event

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

_MOST_CLIENT, _MOST_NUMBER = 2**31 - 1, 2**63 - 1
"""The highest numbers that the record's columns hold; an address can ask for any."""


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
