"""Triage calls: who makes them, when they can be, and what became of those that were booked."""

from core.triage.calls import (
    AgainstTheCalendar,
    BookedAlready,
    CallChanged,
    NoReason,
    NoSuchClinician,
    NotAhead,
    NotYet,
    TimeTaken,
    WorkerHasDied,
    book,
    cancel,
    done,
    missed,
    move,
    of_claim_calls,
)
from core.triage.offering import Offers, clinicians, offers
from core.triage.slots import LASTS, Slot
from db.queries.triage import Call, Clinician

__all__ = [
    "LASTS",
    "AgainstTheCalendar",
    "BookedAlready",
    "Call",
    "CallChanged",
    "Clinician",
    "NoReason",
    "NoSuchClinician",
    "NotAhead",
    "NotYet",
    "Offers",
    "Slot",
    "TimeTaken",
    "WorkerHasDied",
    "book",
    "cancel",
    "clinicians",
    "done",
    "missed",
    "move",
    "of_claim_calls",
    "offers",
]
