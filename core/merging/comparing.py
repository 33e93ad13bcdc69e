"""Two claims side by side: which of them is kept, in what they differ, and what keeps them from being made one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, of_claim, require
from core.claims import ClaimClosed, NoSuchClaim
from core.intake import fields
from core.intake.field_changes import standing
from core.intake.fields import written
from core.intake.sameness import Facts, Worker, worker
from core.intake.told import number_key, worker_name_key
from core.refusal import Refusal
from db.queries import claims as queries
from db.queries import merging, telephone
from db.queries.claims import Frame


class NotMergeable(Refusal):
    """The two cannot be made one as they are; each reason has its own sentence."""


class NoOtherClaim(NotMergeable):
    text = "This client has no other claim with this number. Give the claim's own number, as C-1234."


class SeveralClaims(NotMergeable):
    text = "Several claims of this client have this number. Give the claim's own number, as C-1234."


class MergedAlready(NotMergeable):
    text = "One of the two was merged already: open it, and see into which."


class OthersMergedInto(NotMergeable):
    text = "Other claims were merged into the one reported later. Undo those merges first."


class BothReached(NotMergeable):
    text = (
        "A first contact is recorded on both claims. Of one injury there is one: strike the one that was none, then"
        " merge the claims."
    )


class AnotherWorker(NotMergeable):
    text = "The two claims name different workers. Where it is one person, correct the name or the date of birth first."


class DeathsDiffer(NotMergeable):
    text = "The worker's death is not recorded alike on both claims. Record or correct it first."


class TwoRepresentatives(NotMergeable):
    text = "Each claim names another representative. Correct the one that is wrong first."


class ClockPaused(NotMergeable):
    text = "The clock of the claim that is kept is paused, and the worker was reached on the other. Resume it first."


class CallGoesOn(NotMergeable):
    text = "The claim reported later is being taken on the telephone. Whoever takes it finishes that, or it is left."


class CallBooked(NotMergeable):
    text = "A triage call is booked on the claim reported later. Cancel it there, and book it on the other one."


@dataclass(frozen=True)
class Difference:
    """
    A field in which two claims differ, each as `written`: what stands on the one that is kept, and on the other.

    `takes_other` says whose stands unless somebody says otherwise, `open` whether anybody can.
    """

    field: str
    kept: str
    other: str
    takes_other: bool
    open: bool


@dataclass(frozen=True)
class Comparison:
    """Two claims that can be merged: the one that is kept, the other, and in what they differ."""

    kept: Frame
    other: Frame
    differences: tuple[Difference, ...]


def compare(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, number: str) -> Comparison:
    """
    Compare a claim with the one of the same client that has *number*, ours or the client's: it is a look at its worker.

    The one reported first is kept: its clock started first, and its deadline stands.

    :raises NotAllowed: if the actor merges no claims.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NoOtherClaim, SeveralClaims: if *number* leads to no other claim of the client, or to several.
    :raises ClaimClosed, MergedAlready, OthersMergedInto: if one of them is no open claim by itself.
    :raises AnotherWorker, BothReached, DeathsDiffer, TwoRepresentatives, ClockPaused, CallBooked: if they say what
        cannot stand together.
    """
    require(actor, Action.CLAIM_MERGE, of_claim(client_id, claim_id))
    other_id = _called(tx, client_id, claim_id, number)
    frames = [frame(tx, client_id, each, locked=False) for each in (claim_id, other_id)]
    audit.record(
        actor, tx, verb="read", noun="injured_worker", noun_id=frames[1].worker_id, client_id=client_id,
        detail={"claim": other_id},
    )  # fmt: skip
    return compared(tx, frames, held=False)[0]


def _called(tx: Connection, client_id: int, claim_id: int, number: str) -> int:
    """Return the id of the client's other claim that is called so: by our number, otherwise by the client's."""
    typed = "".join(number.split()).upper()
    called = merging.called(tx, client_id, f"C-{typed.removeprefix('C-')}", number_key(number) or "")
    others = [each for each in called if each.claim_id != claim_id]
    ours = [each for each in others if each.ours] or others
    if not ours:
        raise NoOtherClaim
    if len(ours) > 1:
        raise SeveralClaims
    return ours[0].claim_id


def compared(
    tx: Connection, frames: Collection[Frame], *, held: bool
) -> tuple[Comparison, dict[str, Any], dict[str, Any]]:
    """Return the comparison of two claims, and what stands in the fields of each; refuse what cannot be merged."""
    kept, other = sorted(frames, key=lambda each: (each.reported_at, each.claim_id))
    if kept.merged_into or other.merged_into:
        raise MergedAlready
    for each in (kept, other):
        if each.closed_at is not None:
            raise ClaimClosed(f"{each.claim_number} is closed. Reopen it first.")
    if queries.first_merged(tx, other.client_id, other.claim_id):
        raise OthersMergedInto
    if kept.first_contact_at and other.first_contact_at:
        raise BothReached
    if other.date_of_death and other.date_of_death != kept.date_of_death:
        raise DeathsDiffer
    paused = any(pause.ends_at is None for pause in queries.pauses(tx, kept.client_id, kept.claim_id))
    if other.first_contact_at and paused:
        raise ClockPaused
    before, theirs = (standing(tx, each, held=held) for each in (kept, other))
    if worker(_facts(before), _facts(theirs)) is Worker.DIFFERS:
        raise AnotherWorker
    if _represented_by_others(before, theirs):
        raise TwoRepresentatives
    if merging.call_booked(tx, other.client_id, other.claim_id):
        raise CallBooked
    intake = telephone.begun(tx, other.client_id, other.claim_id)
    if intake is not None and intake.left_by is None:
        raise CallGoesOn
    return Comparison(kept, other, differences(before, theirs)), before, theirs


def differences(before: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return in what the fields of two claims differ. Each keeps its client's number: both are searched for."""
    return tuple(
        Difference(
            name, written(before[name]), written(theirs[name]), bool(theirs[name] and not before[name]),
            open=name != "client_claim_number" or not before[name],
        )
        for name in fields.FIELDS
        if before[name] != theirs[name]
    )  # fmt: skip


def _facts(known: Mapping[str, Any]) -> Facts:
    return Facts(
        worker_name_key(known["family_name"]),
        worker_name_key(known["given_name"]),
        known["birth_date"],
        known["date_of_injury"],
        number_key(known["client_claim_number"]),
    )


def _represented_by_others(before: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Tell whether two claims name different representatives: by name, or where one has none by firm."""
    for name in ("representative_name", "representative_firm"):
        if before[name] and theirs[name]:
            return worker_name_key(before[name]) != worker_name_key(theirs[name])
    return False


def frame(tx: Connection, client_id: int, claim_id: int, *, locked: bool) -> Frame:
    """Return a claim's frame, *locked* until the transaction ends if asked; refuse one that is not in scope."""
    if (found := queries.frame(tx, client_id, claim_id, locked=locked)) is None:
        raise NoSuchClaim
    return found
