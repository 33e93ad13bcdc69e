"""The calendars of the sample's clinicians, and the triage calls that its people book, move, miss and make."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import triage, worklist
from core.access import Actor
from core.transactions import transaction

_WEEK = {
    "clinical": (["07:00-12:00,12:30-16:00"] * 5 + ["08:00-12:00", "08:00-12:00"], ["Spanish"], ["IL", "NY"], True),
    "clinical2": (["11:00-19:00"] * 5 + ["10:00-14:00", "10:00-14:00"], ["Polish"], ["CA", "OR", "NV"], False),
}
"""Hours from Monday on, languages beside English, licences, and whether one of them is multistate."""

_DAILY = 12
_BOOKED = 6
"""Calls that are booked when the sample is first loaded, as far as there is somebody to call."""


_LOOKED_AT = 60
"""Claims that are looked at for one without a free time, of which one that is not overdue is taken before others."""


def set_calendars(staff: dict[str, Actor], at: datetime) -> None:
    """Let the clinicians set their calendars, and one of them be away for an afternoon of the coming week."""
    for name, (hours, languages, licences, compact) in _WEEK.items():
        person = staff[name]
        with transaction(person) as tx:
            triage.set_calendar(
                person, tx, staff_id=person.staff_id, hours=hours, languages=languages, licences=licences,
                compact=compact, daily_calls=_DAILY, version=0, at=at,
            )  # fmt: skip
    person = staff["clinical"]
    away = (at.astimezone(ZoneInfo(person.timezone)) + timedelta(days=3)).replace(
        hour=13, minute=0, second=0, microsecond=0
    )
    with transaction(person) as tx:
        triage.add_time_off(
            person, tx, staff_id=person.staff_id, starts_at=away, ends_at=away + timedelta(hours=3), at=at
        )


def ask_for_one(va: Actor, at: datetime) -> bool:
    """Let the VA ask for a time for a call for which none is free, a clinician where there is one; whether she did."""
    with transaction(va) as tx:
        items = [item for item in worklist.items(va, tx, at=at) if item.kind == worklist.BOOK_CALL]
        offered = [
            (offers.due_at <= at, offers.asks[0], item)
            for item in items[-_LOOKED_AT:]
            if (offers := triage.offers(va, tx, client_id=item.client_id, claim_id=item.claim_id, at=at)).asks
        ]
    offered.sort(key=lambda each: (each[0], each[1].clinician_id is None))
    for _, ask, item in offered[:1]:
        with transaction(va) as tx:
            triage.ask(
                va, tx, client_id=item.client_id, claim_id=item.claim_id, kind=ask.kind, clinician_id=ask.clinician_id,
                note="The only time today that suits.", at=at,
            )  # fmt: skip
    return bool(offered)


def book_some(va: Actor, at: datetime) -> None:
    """Let the VA book the calls of some claims that wait, move one of them, and cancel another."""
    with transaction(va) as tx:
        items = [item for item in worklist.items(va, tx, at=at) if item.kind == worklist.BOOK_CALL and item.due_at > at]
    booked: list[tuple[dict[str, Any], triage.Slot]] = []
    for item in items:
        if len(booked) == _BOOKED:
            break
        where: dict[str, Any] = {"client_id": item.client_id, "claim_id": item.claim_id}
        with suppress(triage.AgainstTheCalendar), transaction(va) as tx:  # of a worker who is not to be called
            if slots := triage.offers(va, tx, **where, at=at).slots:
                chosen = slots[len(booked) % len(slots)]
                call_id = triage.book(
                    va, tx, clinician_id=chosen.clinician_id, starts_at=chosen.starts_at, at=at, **where
                )
                booked.append(({**where, "call_id": call_id, "sequence": 0}, chosen))
    if len(booked) < 2:
        return
    (first, _), (second, _) = booked[:2]
    with transaction(va) as tx:
        later = [
            slot
            for slot in triage.offers(va, tx, client_id=first["client_id"], claim_id=first["claim_id"], at=at).slots
            if slot.starts_at != booked[0][1].starts_at
        ]
        for slot in later[:1]:
            triage.move(va, tx, clinician_id=slot.clinician_id, starts_at=slot.starts_at, at=at, **first)
        triage.cancel(va, tx, **second, why="The worker asked for another day.", at=at)
