"""Contact: every try to reach a party of a claim, the first contact, and what stops its clock."""

from core.contact.attempts import (
    AlreadyReached,
    Logged,
    NoteTooLong,
    OutcomeDoesNotFit,
    ReportInTheFuture,
    WorkerDied,
    log_attempt,
    record_first_contact,
)
from core.contact.clock import (
    AlreadyPaused,
    ClockNotRunning,
    NoReason,
    NotPaused,
    explain,
    pause_clock,
    resume_clock,
)
from core.contact.vocabulary import FITTING, NOTE_LENGTH, WORDS, Method, Outcome, Party, brief

__all__ = [
    "FITTING",
    "NOTE_LENGTH",
    "WORDS",
    "AlreadyPaused",
    "AlreadyReached",
    "ClockNotRunning",
    "Logged",
    "Method",
    "NoReason",
    "NotPaused",
    "NoteTooLong",
    "Outcome",
    "OutcomeDoesNotFit",
    "Party",
    "ReportInTheFuture",
    "WorkerDied",
    "brief",
    "explain",
    "log_attempt",
    "pause_clock",
    "record_first_contact",
    "resume_clock",
]
