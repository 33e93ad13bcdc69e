"""Whom one could ask where no time is free before the deadline, and what could be had of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from core import words
from core.triage import slots
from core.triage.licences import licensed
from core.triage.slots import Need
from db.queries.triage import Clinician

_NAMED = 3
"""So many times before and after somebody's hours are named."""


class RequestKind(StrEnum):
    """What is asked for: overtime, time of somebody whose calendar is full, or what a supervisor decides."""

    OVERTIME = "overtime"
    TIME = "time"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class Ask:
    """Somebody who can be asked for a time, nobody by name where supervisors are; `why` says what could be had."""

    kind: RequestKind
    clinician_id: int | None = None
    clinician: str = ""
    why: str = ""


def asks(need: Need, clinicians: Sequence[Clinician]) -> tuple[Ask, ...]:
    """
    Return who can be asked, where none of *clinicians* is free as *need* asks: for overtime those who may call and
    speak the language, for time those who may call and are booked until then, and at last the supervisors.
    """
    able = [each for each in clinicians if licensed(need.state, each.licences, compact=each.compact)]
    able.sort(key=lambda each: not slots.speaks(each, need))
    overtime = [Ask(RequestKind.OVERTIME, each.staff_id, each.full_name, _longer(each, need)) for each in able
                if slots.speaks(each, need)]  # fmt: skip
    full = [Ask(RequestKind.TIME, each.staff_id, each.full_name, _booked(each, need)) for each in able]
    return (*(each for each in (*overtime, *full) if each.why), Ask(RequestKind.ESCALATION))


def _longer(clinician: Clinician, need: Need) -> str:
    """Return in words the free time around the clinician's hours; nothing where there is none."""
    zone = ZoneInfo(clinician.timezone)
    said = []
    for edge, before, minutes in slots.overtime(clinician, need):
        local = edge.astimezone(zone)
        said.append(f"{minutes} min {'before' if before else 'after'} {local:%a} {words.zoned(local)}")
    return ", ".join(said[:_NAMED])


def _booked(clinician: Clinician, need: Need) -> str:
    """Return in words that the clinician works before the deadline and has calls then; nothing where that is not so."""
    unbooked = clinician._replace(busy_from=[], busy_until=[])
    if not any(slots.rings(need.place, at) for at in slots.free(unbooked, need.since, need.until)):
        return ""
    interpreter = "" if slots.speaks(clinician, need) else f", needs an interpreter for {need.other_language}"
    return f"booked until the deadline{interpreter}"
