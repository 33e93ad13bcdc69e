"""What goes on the record: an append-only audit event in the transaction of the act itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, text
from sqlalchemy.dialects.postgresql import JSONB

from core.access import Action, Actor, require
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

_RECENT = text("select * from desk_audit_recent(:most)")


class Event(NamedTuple):
    """One audit event as compliance reads it; `at` is aware, UTC."""

    at: datetime
    actor: str
    client: str | None
    noun: str
    noun_id: int
    verb: str
    detail: dict[str, Any] | None


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


def recent(actor: Actor, tx: Connection, *, most: int = 200) -> list[Event]:
    """
    Return the latest *most* audit events, newest first. The look itself is recorded.

    :raises NotAllowed: if the actor does not read the audit log.
    """
    require(actor, Action.AUDIT_READ)
    record(actor, tx, verb="read", noun="audit_log", noun_id=0)
    return [Event(*row) for row in tx.execute(_RECENT, {"most": most})]
