"""What every act on a claim needs: find it and lock it, refuse what is stale, put it on the timeline, announce it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or

from core.access import Actor, NotAllowed
from core.refusal import Refusal
from db import locks
from db.models.claims import ClaimEvent, RequestKey
from db.queries import claims, clients
from db.queries.claims import Frame

MOST_NAMED = 200
"""More claims that change at once are announced as the whole client: a notification is short."""

CHANNEL = "desk_claim"
"""Where a change of claims is announced: the client's number and the claims', nothing of the person."""

EventKind = Literal[
    "reported",
    "assigned",
    "assignment_undone",
    "taken_back",
    "clock_paused",
    "clock_resumed",
    "pause_ended",
    "first_contact_struck",
    "report_corrected",
    "fields_corrected",
    "question_answered",
    "question_unobtainable",
    "asked_by_rule",
    "death_reported",
    "death_corrected",
    "death_withdrawn",
    "death_acknowledged",
    "document_added",
    "disclosed",
    "condition_added",
    "condition_changed",
    "network_set",
    "closed",
    "reopened",
    "consent_given",
    "consent_refused",
    "consent_revoked",
    "call_booked",
    "call_moved",
    "call_done",
    "call_missed",
    "call_cancelled",
    "call_request_made",
    "call_request_declined",
    "call_request_withdrawn",
    "referral_made",
    "referral_confirmed",
    "referral_reported",
    "referral_withdrawn",
    "appointment_booked",
    "appointment_moved",
    "appointment_kept",
    "appointment_missed",
    "appointment_cancelled",
    "merged",
    "merge_undone",
    "intake_finished",
    "intake_left",
    "authorization_logged",
    "authorization_changed",
    "authorization_followed_up",
    "determined",
    "determination_corrected",
    "determination_told",
]
"""What can happen on a claim, beside attempts; the database itself puts there what it alone does."""

_EVENT = (
    insert(ClaimEvent)
    .values({name: bindparam(name) for name in ("client_id", "claim_id", "at", "by_id", "kind", "detail")})
    .inline()
)
_NOTIFY = select(text("pg_notify(:channel, :payload)"))
_ONE_AT_A_TIME = text(f"select pg_advisory_xact_lock({locks.ARRIVALS}, :client_id)")
_REQUEST = (
    insert_or(RequestKey)
    .values({name: bindparam(name) for name in ("request", "staff_id", "at")})
    .on_conflict_do_nothing()
    .returning(RequestKey.request)
)
_MADE = text(
    "update request_key set client_id = :client_id, claim_id = :claim_id where request = cast(:request as uuid)"
)
_MADE_BY = text(
    "select c.client_id, c.claim_id, c.claim_number from request_key r join claim c using (client_id, claim_id)"
    " where r.request = cast(:request as uuid)"
)


class NoSuchClaim(NotAllowed):
    text = "There is no such claim among those you serve."


class ClaimClosed(Refusal):
    text = "This claim is closed. A supervisor can reopen it."


class ClaimMerged(Refusal):
    text = "This claim was merged into another one. Go on there: its page opens under this number too."


class OfClaim(Protocol):
    """Whatever says by two numbers which claim it is about."""

    @property
    def client_id(self) -> int: ...

    @property
    def claim_id(self) -> int: ...


def find(tx: Connection, client_id: int, claim_id: int, *, also_merged: bool = False) -> Frame:
    """
    Return the claim's frame, locked until the transaction ends; of one that was merged only if it is *also_merged*.

    :raises NoSuchClaim: if it does not exist or is out of the person's scope; which of the two is not told.
    :raises ClaimMerged: if it was merged into another one, and is worked there.
    """
    if (frame := claims.frame(tx, client_id, claim_id, locked=True)) is None:
        raise NoSuchClaim
    if frame.merged_into is not None and not also_merged:
        raise ClaimMerged
    return frame


def zone(tx: Connection, claim: Frame) -> str:
    """
    Return the zone in which the days and times of *claim* are meant: its client's when it was reported.

    :raises NoSuchClaim: if its client is out of the person's scope by now.
    """
    timezone = clients.timezone_of(tx, claim.client_id, at=claim.reported_at)
    if timezone is None:
        raise NoSuchClaim
    return timezone


def note(
    actor: Actor, tx: Connection, claim: OfClaim, kind: EventKind, at: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Put on the claim's timeline that *actor* did *kind*; *detail* holds nothing of the person."""
    tx.execute(
        _EVENT,
        {
            "client_id": claim.client_id,
            "claim_id": claim.claim_id,
            "at": at,
            "by_id": actor.staff_id,
            "kind": kind,
            "detail": dict(detail) if detail else None,
        },
    )


def payload(client_id: int, claim_ids: list[int] | None) -> str:
    """Return what is announced when these claims changed; None means many, the whole client."""
    listed = "null" if claim_ids is None else f"[{', '.join(map(str, claim_ids))}]"
    return f'{{"client": {client_id}, "claims": {listed}}}'  # every act announces: json takes ten times as long


def announce(tx: Connection, client_id: int, claim_ids: list[int] | None) -> None:
    """Tell every process, on commit, that these claims changed, or the whole client: None, or more than MOST_NAMED."""
    named = claim_ids if claim_ids is not None and len(claim_ids) <= MOST_NAMED else None
    tx.execute(_NOTIFY, {"channel": CHANNEL, "payload": payload(client_id, named)})


def first_time(actor: Actor, tx: Connection, request: UUID, at: datetime) -> bool:
    """Take a form's key; tell whether it was still free. A second click waits here for the first one's commit."""
    return tx.execute(_REQUEST, {"request": request, "staff_id": actor.staff_id, "at": at}).first() is not None


def keep_made(tx: Connection, request: UUID, claim: OfClaim) -> None:
    """Keep with a form's key which claim the form made."""
    tx.execute(_MADE, {"request": request, "client_id": claim.client_id, "claim_id": claim.claim_id})


def made_by(tx: Connection, request: UUID) -> tuple[int, int, str]:
    """
    Return client id, claim id and number of the claim that the form with this key made, whatever became of it since.

    :raises NoSuchClaim: if it made none, or one that is out of the person's scope.
    """
    row = tx.execute(_MADE_BY, {"request": request}).one_or_none()
    if row is None:
        raise NoSuchClaim
    return row.client_id, row.claim_id, row.claim_number


def one_at_a_time(tx: Connection, client_id: int) -> None:
    """
    Wait until nobody else brings in, or takes back, claims of this client, and hold the others off until the end.

    Whoever looks whether a claim was reported before asks after this: no claim that it could repeat is on its way.
    """
    tx.execute(_ONE_AT_A_TIME, {"client_id": client_id})
