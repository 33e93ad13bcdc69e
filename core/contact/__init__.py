"""Contact: every try to reach a party of a claim, the first contact, and what stops its clock."""

from core.contact.attempts import (
    AlreadyReached,
    Logged,
    OutcomeDoesNotFit,
    ReportInTheFuture,
    WorkerDied,
    log_attempt,
    record_first_contact,
)
from core.contact.clock import (
    AlreadyPaused,
    ClockNotRunning,
    NotPaused,
    explain,
    pause_clock,
    resume_clock,
)
from core.contact.vocabulary import FITTING, LONGEST_NOTE, WORDS, Method, Outcome, Party, brief

__all__ = [
    "FITTING",
    "LONGEST_NOTE",
    "WORDS",
    "AlreadyPaused",
    "AlreadyReached",
    "ClockNotRunning",
    "Logged",
    "Method",
    "NotPaused",
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
