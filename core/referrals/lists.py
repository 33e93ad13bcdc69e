"""Referrals: those that are open as a live list, what is due first before the others."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from core import words
from core.access import Action, Actor, require
from core.claims import CHANNEL
from core.clocks import SOON
from core.live import MOST, Column, Condition, Figure, Kind, LiveList, Narrow, Snapshot, Source, milliseconds
from core.presence import LAPSES
from core.referrals.states import BOOKED_AGAIN_WITHIN, REPORTED_WITHIN, STATES, state, steps
from core.referrals.vocabulary import OUTSIDE_WHYS, OutsideWhy
from db.queries import open_referrals as queries
from db.queries.open_referrals import OpenReferral, Tally

COUNTED = timedelta(days=90)
"""How far back referrals that left the network are counted."""

_STEPS = {
    "confirm_provider": "Confirm: provider", "confirm_worker": "Confirm: worker", "book": "Book appointment",
    "attend": "Appointment", "report": "Get report",
}  # fmt: skip
"""What is next, as briefly as a chip says it."""

_STATES = {each.value: said for each, said in STATES.items()}

COLUMNS = (
    Column("due", "Time left", Kind.CLOCK, 17.125, narrow=Narrow.HEAD),
    Column("claim", "Claim", Kind.LINK, 5.375, narrow=Narrow.KEY),
    Column(
        "step",
        "Next",
        Kind.CHIP,
        8,
        words=_STEPS,
        everything="All steps",
        narrow=Narrow.FOOT,
    ),
    Column(
        "state",
        "Stands",
        Kind.CHIP,
        10,
        words=_STATES,
        everything="Any state",
    ),
    Column("specialty", "Specialty", Kind.TEXT, 11, narrow=Narrow.FOOT),
    Column("provider", "Referred to", Kind.TEXT, 9),
    Column("client", "Client", Kind.NAME, 0, everything="All clients", narrow=Narrow.REST),
    Column("made", "Made", Kind.MOMENT, 4.8125),
    Column("who", "Has it", Kind.NAME, 6.6875, everything="Anybody", nothing="Nobody yet", narrow=Narrow.END),
)


def cells(row: OpenReferral) -> Sequence[Any]:
    """Return the values of an open referral, one for each of COLUMNS."""
    return (
        (milliseconds(row.due_at), int(SOON.total_seconds() * 1000), None, None),
        (row.claim_number, row.viewers),
        steps(row)[0].step,
        state(row),
        row.specialty,
        row.provider,
        (row.client_id, row.client),
        milliseconds(row.made_at),
        None if row.assignee_id is None else (row.assignee_id, row.assignee),
    )


def read(actor: Actor, tx: Connection, at: datetime, *, most: int = MOST) -> Snapshot:
    """
    Read the open referrals of the actor's scope as they stand at *at*, at most *most*, and how many left the network.

    :raises NotAllowed: if the role makes no referrals.
    """
    require(actor, Action.REFERRAL_MAKE)
    within = {"report": REPORTED_WITHIN, "again": BOOKED_AGAIN_WITHIN}
    rows = queries.open_ones(tx, actor.scope, **within, most=most, viewing_since=at - LAPSES)
    stands = queries.tally(tx, actor.scope, **within, at=at, soon=SOON, since=at - COUNTED)
    counts = {"open": stands.open, "overdue": stands.overdue, "soon": stands.soon}
    if stands.open == len(rows):
        counts["unassigned"] = sum(row.assignee_id is None for row in rows)
    return Snapshot({(row.client_id, row.claim_id, row.referral_id): row for row in rows}, counts, _left(stands), at)


def _left(stands: Tally) -> list[tuple[str, str]]:
    """Say how many referrals left the network, and why."""
    whys = sorted(stands.whys.items(), key=lambda each: (-each[1], each[0]))
    said = "; ".join(f"{OUTSIDE_WHYS[OutsideWhy(why)].lower()} {number:,}" for why, number in whys)
    made = words.counted(stands.made, "referral")
    told = f"Referrals outside of the network, of {made} in {COUNTED.days} days"
    figure = f"{stands.outside:,} of {stands.made:,} outside the network, {COUNTED.days} days"
    return [(figure, f"{told}: {said}" if said else told)]


REFERRALS = LiveList(
    "referrals", "Referrals", frozenset({Action.REFERRAL_MAKE}),
    Source("referrals", CHANNEL, COLUMNS, read, cells),
    (
        Figure("open", "open", Condition.ALL),
        Figure("mine", "mine", Condition.MINE, "who", "No referral is of a claim of yours."),
        Figure("unassigned", "nobody's yet", Condition.EMPTY, "who", "Every claim is with somebody."),
        Figure("soon", "due soon", Condition.SOON, "due", "Nothing is due soon."),
        Figure("overdue", "overdue", Condition.OVERDUE, "due", "Nothing is overdue."),
    ),
    "referral", "No referral is open. A claim's page has the form that makes one.",
    ("specialty", "claim", "step", "due"),
)  # fmt: skip
