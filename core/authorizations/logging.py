"""Logging a request for authorization: what was asked for, since when its clock runs, and what it repeats."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from core import claims, states, typed
from core.access import Action, Actor, of_claim, require
from core.authorizations import asked as reading
from core.authorizations import cadences, clock, kinds, rules
from core.authorizations.asked import Asked, Line
from core.authorizations.cadence import Cadence, following
from core.authorizations.vocabulary import Party
from core.claims import ClaimClosed
from core.refusal import Refusal
from db.queries import authorizations as queries
from db.queries import files
from db.queries.authorizations import Request

STILL_IN_FORCE = timedelta(days=365)
"""For how long a determination is shown to who asks for the same again (California: LC 4610(k), from memory)."""


class KindUnknown(Refusal):
    text = "There is no request of this kind in that jurisdiction."


class StateUnknown(Refusal):
    text = "Say which state's law governs the request."


class NothingToAppeal(Refusal):
    text = "There is no such request on this claim that was decided before this one was received."


class DueBefore(Refusal):
    text = "It cannot be due before it was received: correct the due date."


class DocumentNotThere(Refusal):
    text = "There is no such document on this claim any more. Choose another one, or none."


class AskedBefore(Refusal):
    """The same was asked for before; `alike` are those requests."""

    text = "The same was asked for before: look at the earlier request, and log this one all the same if it is another."

    def __init__(self, alike: Sequence[Request]) -> None:
        super().__init__()
        self.alike = tuple(alike)


def alike(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, lines: Sequence[Line], at: datetime
) -> list[Request]:
    """
    Return the claim's requests that ask for one of *lines* too, by code or by the same words: those that are open, and
    those decided within a year.

    :raises NotAllowed: if the actor works no authorizations.
    """
    require(actor, Action.AUTHORIZATION_WORK, of_claim(client_id, claim_id))
    return _alike(tx, client_id, claim_id, lines, at)


def log(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, asked: Asked, at: datetime,
    although: Collection[int] = (),
) -> int:  # fmt: skip
    """
    Keep a request on the claim, with its lines and its clock; return its number.

    :param although: the requests that ask for the same, which the actor has seen.
    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises ClaimClosed, ClaimMerged: if nothing is asked for on it any more.
    :raises StateUnknown, KindUnknown: if the law knows no such request.
    :raises NothingToAppeal: if what it is about was not decided by then.
    :raises DocumentNotThere: if the claim has no such document.
    :raises AskedBefore: if the same was asked for, and the actor has not seen it.
    :raises NoReason, TooLong: if a date is set by hand without saying why.
    :raises DueBefore: if that is before it was received.
    :raises Refusal: what `asked.columns` and `asked.lines` refuse.
    """
    require(actor, Action.AUTHORIZATION_WORK, of_claim(client_id, claim_id))
    claim = claims.find(tx, client_id, claim_id)
    if claim.closed_at is not None:
        raise ClaimClosed
    kept = reading.columns(asked, at=at)
    lines = reading.lines(asked.lines)
    held = rules.held(tx, asked.jurisdiction)
    _check(tx, claim.client_id, claim.claim_id, asked)
    _check_kind(held, asked)
    seen = {*although, asked.about_id}
    found = _alike(tx, client_id, claim_id, asked.lines, at)
    if unseen := [each for each in found if each.frame.request_id not in seen]:
        raise AskedBefore(unseen)
    network = files.network(tx, client_id, claim_id)
    due = rules.by_hand(asked.due_at, asked.due_why)
    if asked.due_at is not None and asked.due_at < kept["received_at"]:
        raise DueBefore
    return _keep(
        tx, held, cadences.kept(tx, at=at), {**kept, **due, "in_network": network}, lines, client_id=client_id,
        claim_id=claim_id, at=at, by_id=actor.staff_id, holder_id=actor.staff_id, import_id=None,
    )  # fmt: skip


def carry(
    tx: Connection, held: rules.Held, asking: Mapping[Party, Cadence], *, client_id: int, claim_id: int, asked: Asked,
    in_network: bool | None, import_id: int, by_id: int, at: datetime,
) -> int:  # fmt: skip
    """
    Keep a request that an import brings, looked at already, as `log` does; return its number. Nobody has it yet.

    :param asking: the cadence to each party, by which it is followed up.

    :raises Refusal: what `asked.columns`, `asked.lines` and `rules.by_hand` refuse.
    """
    known = {
        **reading.columns(asked, at=at), **rules.by_hand(asked.due_at, asked.due_why), "in_network": in_network,
    }  # fmt: skip
    return _keep(
        tx, held, asking, known, reading.lines(asked.lines), client_id=client_id, claim_id=claim_id, at=at,
        by_id=by_id, holder_id=None, import_id=import_id,
    )  # fmt: skip


def begun(held: rules.Held, asked: Asked, *, in_network: bool | None, at: datetime) -> clock.Standing:
    """Return how the clock of a request stands when it is logged *at* that moment."""
    kept = reading.columns(asked, at=at) | rules.by_hand(asked.due_at, asked.due_why)
    return clock.standing(held, kept | {"in_network": in_network} | _NOTHING_YET)


_NOTHING_YET = dict.fromkeys(
    ("returned_at", "information_asked_at", "information_at", "tolled_at", "resumed_at", "deferred_at", "taken_up_at")
)
"""What has not happened to a request that is only logged."""


def _keep(
    tx: Connection, held: rules.Held, asking: Mapping[Party, Cadence], known: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]], *, client_id: int, claim_id: int, at: datetime, by_id: int,
    holder_id: int | None, import_id: int | None,
) -> int:  # fmt: skip
    known = {**known, **_NOTHING_YET}
    stands = clock.standing(held, known)
    counted = {**known, **stands.columns, "logged_at": at}
    next_time = following(asking, counted, (), by_hand=None)
    values = {
        **known, **stands.columns, **next_time.columns, "client_id": client_id, "claim_id": claim_id,
        "holder_id": holder_id, "reviewer_id": None, "at": at, "by_id": by_id, "import_id": import_id,
    }  # fmt: skip
    return queries.log(tx, values, lines)


def _check(tx: Connection, client_id: int, claim_id: int, asked: Asked) -> None:
    if asked.document_id is not None and files.file_of(tx, client_id, claim_id, asked.document_id) is None:
        raise DocumentNotThere
    if asked.about_id is not None:
        of_claim = queries.requests(tx, client_id, claim_id)
        decided = next((each.frame.decided_at for each in of_claim if each.frame.request_id == asked.about_id), None)
        if decided is None or asked.received_at is None or decided > asked.received_at:
            raise NothingToAppeal


def _check_kind(held: rules.Held, asked: Asked) -> None:
    if asked.jurisdiction not in states.NAMES:
        raise StateUnknown
    offered = kinds.offered(held.rules, asked.jurisdiction, appeal=asked.about_id is not None)
    if asked.kind not in (each.kind for each in offered):
        raise KindUnknown(f"{KindUnknown.text} Known there are: {', '.join(each.kind for each in offered)}.")


def _alike(tx: Connection, client_id: int, claim_id: int, lines: Sequence[Line], at: datetime) -> list[Request]:
    codes = ["".join(typed.cleaned(line.code).upper().split()) for line in lines if line.code.strip()]
    words = [typed.one_line(line.words).lower() for line in lines]
    return queries.alike(tx, client_id, claim_id, codes, words, since=at - STILL_IN_FORCE)
