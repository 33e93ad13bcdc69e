"""A claim's conditions, alleged, allowed or denied; and whether its care is in a certified network."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from core import audit, claims, typed, walltime
from core.access import Action, Actor, of_claim, require
from core.refusal import Refusal, limited
from db.queries import files as queries
from db.queries.claims import Frame

LONGEST_WORDS = 300
"""Longest words for a condition, in characters; the database says the same."""

_CODE = re.compile(r"([A-Z][0-9][0-9AB])\.?([0-9A-Z]{1,4})?")


class Status(StrEnum):
    """How a condition stands."""

    ALLEGED = "alleged"
    ALLOWED = "allowed"
    DENIED = "denied"


STATUSES = {Status.ALLEGED: "Alleged", Status.ALLOWED: "Allowed", Status.DENIED: "Denied"}


class CodeNotUnderstood(Refusal):
    text = "This is not the form of an ICD-10-CM code: a letter, two signs, a point and up to four, as S93.401A."


class NoWords(Refusal):
    text = "Say in words what the condition is, as 'Sprain of the right ankle'."


class SinceNotKnown(Refusal):
    text = "Say since which day the condition stands so."


class SinceInTheFuture(Refusal):
    text = "A condition cannot stand so since a day that has not come yet."


class ConditionKnown(Refusal):
    text = "A condition with this code is on the claim already: change that one."


class NoSuchCondition(Refusal):
    text = "There is no such condition on this claim."


def add_condition(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, code: str, words: str, status: Status,
    since: date | None, at: datetime,
) -> int:  # fmt: skip
    """
    Add a condition to the claim and return its number; *code* may be empty where none is known yet.

    :raises NotAllowed: if the actor sets no conditions.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises CodeNotUnderstood: if *code* has not the form of one.
    :raises NoWords, TooLong: if *words* say nothing, or more than LONGEST_WORDS.
    :raises SinceNotKnown, SinceInTheFuture: if there is no *since*, or it is later than the client's day.
    :raises ConditionKnown: if the claim has a condition with this code.
    """
    claim = _claim(actor, tx, client_id, claim_id)
    values = _values(tx, claim, actor, code, words, status, since, at)
    _check_code(tx, claim, values["code"])
    condition_id = queries.add_condition(tx, values)
    _noted(actor, tx, claim, "condition_added", at, {"condition": condition_id, "status": status.value})
    return condition_id


def change_condition(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, condition_id: int, code: str, words: str,
    status: Status, since: date | None, at: datetime,
) -> None:  # fmt: skip
    """
    Set a condition of the claim anew; nothing where it is so already. What it was is on the timeline.

    :raises NotAllowed: if the actor sets no conditions.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoSuchCondition: if the claim has no such condition.
    :raises CodeNotUnderstood, NoWords, TooLong, SinceNotKnown, SinceInTheFuture, ConditionKnown: as `add_condition`.
    """
    claim = _claim(actor, tx, client_id, claim_id)
    values = _values(tx, claim, actor, code, words, status, since, at)
    before = next(
        (one for one in queries.conditions(tx, client_id, claim_id) if one.condition_id == condition_id), None
    )
    if before is None:
        raise NoSuchCondition
    if all(values[name] == getattr(before, name) for name in ("code", "words", "status", "since")):
        return
    if values["code"] != before.code:
        _check_code(tx, claim, values["code"])
    queries.change_condition(tx, {**values, "condition_id": condition_id})
    status_now = {"from": before.status, "to": status.value} if before.status != status else {"status": status.value}
    _noted(actor, tx, claim, "condition_changed", at, {"condition": condition_id, **status_now})


def set_network(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, certified: bool | None, at: datetime
) -> None:
    """
    Set whether the claim's care is in a certified network; None is not known. Nothing where it is so already.

    :raises NotAllowed: if the actor sets no conditions.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    claim = _claim(actor, tx, client_id, claim_id)
    if queries.network(tx, client_id, claim_id) is certified:
        return
    queries.set_network(tx, client_id, claim_id, certified)
    _noted(actor, tx, claim, "network_set", at, {"network": NETWORKS[certified].lower()})


NETWORKS = {True: "In a certified network", False: "In no certified network", None: "Not known yet"}


def _claim(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> Frame:
    require(actor, Action.CONDITION_SET, of_claim(client_id, claim_id))
    return claims.find(tx, client_id, claim_id)


def _values(
    tx: Connection, claim: Frame, actor: Actor, code: str, words: str, status: Status, since: date | None, at: datetime
) -> dict[str, Any]:
    said = typed.one_line(words)
    if not said:
        raise NoWords
    if since is None or since.year <= 1900:
        raise SinceNotKnown
    if since > walltime.today(claims.zone(tx, claim), at):
        raise SinceInTheFuture
    return {
        "client_id": claim.client_id, "claim_id": claim.claim_id, "code": _as_code(code),
        "words": limited(said, LONGEST_WORDS, "The condition"), "status": status.value, "since": since, "at": at,
        "by_id": actor.staff_id,
    }  # fmt: skip


def _as_code(code: str) -> str | None:
    """Return a code as it is kept, capital letters and a point: 'S93.401A'; None for nothing."""
    plain = "".join(code.upper().split())
    if not plain:
        return None
    if (match := _CODE.fullmatch(plain)) is None:
        raise CodeNotUnderstood
    return ".".join(part for part in match.groups() if part)


def _check_code(tx: Connection, claim: Frame, code: str | None) -> None:
    if code and any(one.code == code for one in queries.conditions(tx, claim.client_id, claim.claim_id)):
        raise ConditionKnown


def _noted(
    actor: Actor, tx: Connection, claim: Frame, what: claims.EventKind, at: datetime, detail: dict[str, Any]
) -> None:
    claims.note(actor, tx, claim, what, at, detail)
    audit.record(actor, tx, verb=what, noun="claim", noun_id=claim.claim_id, client_id=claim.client_id, detail=detail)
