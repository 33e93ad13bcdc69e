"""Merging two claims, and undoing it. Why it is done so: decision 17."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from core import audit, claims
from core.access import Action, Actor, of_claim, require
from core.intake import fields, open_questions
from core.intake.correction import put
from core.intake.field_changes import standing
from core.intake.fields import NoSuchField, somebody_speaks, written
from core.intake.reporting import WorkerNotNamed
from core.intake.sameness import CLAIM_NUMBER, SAME_NUMBER
from core.merging.comparing import Comparison, Difference, NotMergeable, compared, differences, frame
from core.refusal import Refusal
from db.queries import claims as queries
from db.queries import merging
from db.queries.claims import Frame


class ComparedBefore(NotMergeable):
    text = "The claims have changed since they were compared. Compare them again: nothing is merged yet."


class RepresentativeLost(NotMergeable):
    text = (
        "Somebody speaks for the worker on one of the claims: keep who that is, or the worker would be called directly."
    )


class WishLost(NotMergeable):
    text = "On one of the claims the worker wishes for no contact: keep that, or the worker would be called."


class NotMerged(Refusal):
    text = "This claim is not merged into another one."


class WorkedOnSince(Refusal):
    """What happened since the merge would be missing on the claim that it would open again; says what."""


_MERGE = text("select desk_merge_claims(:client_id, :kept, :other, :at)")
_UNMERGE = text("select desk_unmerge_claims(:client_id, :other, :at)")


def merge(actor: Actor, tx: Connection, *, seen: Comparison, take: Collection[str], at: datetime) -> None:
    """
    Merge two claims as they were *seen*, with the other's value in the fields named in *take*.

    The other leaves every list and figure; its numbers lead to the one that is kept. A first contact on it counts for
    that one, and the question whether they are one is answered.

    :raises NotAllowed: if the actor merges no claims.
    :raises ComparedBefore: if they have changed since; the other refusals are those of `compare`.
    :raises NoSuchField: if *take* names a field in which they do not differ, or in which nobody chooses.
    :raises WorkerNotNamed: if it would leave the worker without a name.
    :raises RepresentativeLost: if it would leave out who speaks for the worker.
    :raises WishLost: if it would leave out that the worker wishes for no contact.
    """
    client_id = seen.kept.client_id
    require(actor, Action.CLAIM_MERGE, of_claim(client_id, seen.other.claim_id))
    # Before the claims themselves are locked, as whoever takes an import back does; they in the order of their keys.
    claims.one_at_a_time(tx, client_id)
    frames = [frame(tx, client_id, each, locked=True) for each in sorted((seen.kept.claim_id, seen.other.claim_id))]
    now, before, theirs = compared(tx, frames, held=True)
    if (now.kept.claim_id, now.differences) != (seen.kept.claim_id, seen.differences):
        raise ComparedBefore
    if not set(take) <= {each.field for each in now.differences if each.open}:
        raise NoSuchField
    taken = {name: theirs[name] for name in take}
    after = {**before, **taken}
    if not (after["given_name"] or after["family_name"]):
        raise WorkerNotNamed
    if (_speaks(before) or _speaks(theirs)) and not _speaks(after):
        raise RepresentativeLost
    if (before["do_not_contact"] or theirs["do_not_contact"]) and not after["do_not_contact"]:
        raise WishLost
    where = {"client_id": client_id, "kept": now.kept.claim_id, "other": now.other.claim_id, "at": at}
    # Whether they are one is asked now where it was to be asked again: a merge answers what is open.
    known = queries.questions(tx, client_id, now.kept.claim_id)
    of_other = [
        (each.element, each.reason)
        for each in known
        if (each.element == "same_claim" or each.reason == SAME_NUMBER)
        and now.other.claim_number in CLAIM_NUMBER.findall(each.why)
    ]
    open_questions.take_up(tx, now.kept, of_other, at=at)
    # It answers what it answers, puts the merge on both timelines and on the record, and announces both claims.
    tx.execute(_MERGE, where)
    if taken:
        put(actor, tx, now.kept, before, taken, why=_why(now.other), at=at)


def unmerge(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, at: datetime) -> None:
    """
    Undo the merge of a claim into another one: both are as they were, but for what was done on the other since.

    :raises NotAllowed: if the actor merges no claims.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NotMerged: if it is not merged, or not any more.
    :raises WorkedOnSince: if the claim that was kept was closed since, its worker reached, a death recorded, or a field
        corrected that was taken from the other; says which.
    """
    require(actor, Action.CLAIM_MERGE, of_claim(client_id, claim_id))
    claims.one_at_a_time(tx, client_id)
    into = frame(tx, client_id, claim_id, locked=False).merged_into
    if into is None:
        raise NotMerged
    locked = {each: frame(tx, client_id, each, locked=True) for each in sorted((claim_id, into))}
    other, kept = locked[claim_id], locked[into]
    if other.merged_into != into:
        raise NotMerged
    before = standing(tx, kept)
    taken = merging.taken(tx, client_id, into, claim_id, _why(other))
    moved = [each.field for each in taken if written(before[each.field]) != (each.became or "")]
    if against := _against(tx, kept, other, moved):
        raise WorkedOnSince(f"{kept.claim_number} has gone on since the merge: {'; '.join(against)}.")
    tx.execute(_UNMERGE, {"client_id": client_id, "other": claim_id, "at": at})
    if taken:
        back = {each.field: fields.kept(each.field, each.was) for each in taken}
        put(actor, tx, kept, before, back, why=f"The merge of {other.claim_number} was undone.", at=at, ask=False)


def left_out(actor: Actor, tx: Connection, *, client_id: int, claim_id: int) -> tuple[Difference, ...]:
    """
    Return in what a merged claim differs from the one that it leads to: what of it does not stand there. It is a look.

    :raises NotAllowed: if the actor does not read claims or identities.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises NotMerged: if it is not merged, or not any more.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    require(actor, Action.IDENTITY_READ, of_claim(client_id, claim_id))
    other = frame(tx, client_id, claim_id, locked=False)
    if other.merged_into is None:
        raise NotMerged
    kept = frame(tx, client_id, other.merged_into, locked=False)
    audit.record(
        actor, tx, verb="read", noun="injured_worker", noun_id=other.worker_id, client_id=client_id,
        detail={"claim": claim_id},
    )  # fmt: skip
    return differences(*(standing(tx, each, held=False) for each in (kept, other)))


def _why(other: Frame) -> str:
    """Return the reason that stands beside what was taken from *other*; by it undoing finds what that was."""
    return f"Taken from {other.claim_number}, which was merged into this claim."


def _speaks(known: Mapping[str, Any]) -> bool:
    return somebody_speaks(known) or known["preferred_contact"] == "attorney"


def _against(tx: Connection, kept: Frame, other: Frame, moved: Collection[str]) -> list[str]:
    """Return, in words, what has happened since the merge that stands against undoing it."""
    since = merging.since(tx, kept.client_id, kept.claim_id, other.claim_id)
    return [
        *(["it was closed: reopen it first"] if kept.closed_at else []),
        *(["its worker was reached"] if since.reached else []),
        *(["a death was recorded"] if since.died and kept.date_of_death else []),
        *(f"{fields.FIELDS[name].words} was corrected" for name in moved),
    ]
