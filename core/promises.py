"""What was promised to a client, in the form that clocks count in; and a claim's deadline fixed by it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, text

from core.access import Actor
from core.clocks import (
    BusinessWeek,
    Clock,
    Correction,
    Deadline,
    Grounds,
    Pause,
    Policy,
    deadline,
    policy_counting,
    policy_in_force,
)
from db.queries import claims, promises
from db.queries.claims import Frame
from db.queries.promises import Promise

_FIX = text(
    "update claim set sla_effective_from = :effective_from, due_at = :due_at, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)


def policies(actor: Actor, tx: Connection, client_id: int) -> list[Policy]:
    """Return the client's SLA policies, oldest first; none where the client is out of *actor*'s scope."""
    return [_policy(row) for row in promises.of_client(tx, client_id)]


def of_all(actor: Actor, tx: Connection) -> Mapping[int, list[Policy]]:
    """Return the SLA policies of every client in *actor*'s scope by client id, oldest first; a client's may be none."""
    known: defaultdict[int, list[Policy]] = defaultdict(list)
    for client_id, row in promises.of_all(tx):
        known[client_id].append(_policy(row))
    return known


def due(known: Sequence[Policy], reported_at: datetime) -> tuple[Policy, datetime]:
    """
    Return the policy among *known* in force at *reported_at*, and when first contact is due by it.

    :raises NoPolicyInForce: if none was in force so early.
    """
    policy = policy_in_force(known, reported_at)
    return policy, deadline(policy, reported_at).due_at


def deadline_of(actor: Actor, tx: Connection, claim: Frame, *, now: datetime | None = None) -> Deadline:
    """
    Return the claim's deadline by the policy stored with it and its pauses: every interval on the way, and its grounds.

    A pause that lasts is counted until *now*, if given.
    """
    known = policies(actor, tx, claim.client_id)
    policy = next(p for p in known if p.effective_from == claim.sla_effective_from)
    grounds = Grounds(
        promises.name_of(tx, claim.client_id),
        None if policy is known[0] else policy.effective_from,
        tuple(_correction(row) for row in claims.corrections(tx, claim.client_id, claim.claim_id)),
    )
    return replace(_count(tx, claim, policy, now), grounds=grounds)


def recount(actor: Actor, tx: Connection, claim: Frame) -> datetime:
    """Return what `fix` would store, storing nothing."""
    return _count(tx, claim, policy_counting(policies(actor, tx, claim.client_id), claim.reported_at)).due_at


def fix(actor: Actor, tx: Connection, claim: Frame) -> datetime:
    """
    Compute the claim's deadline anew from its report's time, the policy that counts it and pauses; store and return it.

    *claim* is locked and carries the report's time that shall hold.
    """
    policy = policy_counting(policies(actor, tx, claim.client_id), claim.reported_at)
    due_at = _count(tx, claim, policy).due_at
    tx.execute(
        _FIX,
        {
            "effective_from": policy.effective_from,
            "due_at": due_at,
            "client_id": claim.client_id,
            "claim_id": claim.claim_id,
        },
    )
    return due_at


def _policy(row: Promise) -> Policy:
    week = BusinessWeek(
        opens=row.opens,
        closes=row.closes,
        days=frozenset(row.working_days),
        timezone=row.timezone,
        calendar=row.calendar,
    )
    return Policy(row.hours, Clock(row.clock), week, row.effective_from, row.set_by)


def _correction(row: claims.Correction) -> Correction:
    before, after = (datetime.fromisoformat(at) for at in row.detail["reported_at"])
    return Correction(row.at, row.by, before, after, row.detail["why"])


def _count(tx: Connection, claim: Frame, policy: Policy, now: datetime | None = None) -> Deadline:
    pauses = [
        Pause(pause.starts_at, pause.ends_at, pause.reason, pause.set_by)
        for pause in claims.pauses(tx, claim.client_id, claim.claim_id)
    ]
    return deadline(policy, claim.reported_at, pauses, now=now)
