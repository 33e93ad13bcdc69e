"""The states of a referral, what each still needs, and when that is due: all of it in this one place."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

CONFIRMED_BY_PROVIDER_WITHIN = 1
"""Business days of the client within which the treating provider confirms a referral."""

CONFIRMED_BY_WORKER_WITHIN = 2
"""Business days of the client within which the worker confirms a referral, and an appointment is booked."""

BOOKED_AGAIN_WITHIN = timedelta(hours=24)
"""How long after an appointment was missed or cancelled another is booked."""

REPORTED_WITHIN = timedelta(days=10)
"""How long after an appointment that was kept the specialist's report is received."""


class State(StrEnum):
    """Where a referral stands."""

    MADE = "made"
    PROVIDER_CONFIRMED = "provider_confirmed"
    WORKER_CONFIRMED = "worker_confirmed"
    CONFIRMED = "confirmed"
    BOOKED = "booked"
    KEPT = "kept"
    MISSED = "missed"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"
    OVER = "over"


STATES = {
    State.MADE: "Not confirmed",
    State.PROVIDER_CONFIRMED: "Confirmed by the provider",
    State.WORKER_CONFIRMED: "Confirmed by the worker",
    State.CONFIRMED: "Confirmed",
    State.BOOKED: "Appointment booked",
    State.KEPT: "Appointment kept",
    State.MISSED: "Appointment missed",
    State.REPORTED: "Report received",
    State.WITHDRAWN: "Withdrawn",
    State.OVER: "Over with the claim",
}


class Step(StrEnum):
    """What an open referral needs next."""

    CONFIRM_PROVIDER = "confirm_provider"
    CONFIRM_WORKER = "confirm_worker"
    BOOK = "book"
    ATTEND = "attend"
    REPORT = "report"


STEPS = {
    Step.CONFIRM_PROVIDER: "Confirm with the provider",
    Step.CONFIRM_WORKER: "Confirm with the worker",
    Step.BOOK: "Book the appointment",
    Step.ATTEND: "Appointment",
    Step.REPORT: "Get the report",
}


class Stands(Protocol):
    """What a referral's state follows from. Instants are aware."""

    @property
    def confirm_provider_by(self) -> datetime: ...

    @property
    def confirm_worker_by(self) -> datetime: ...

    @property
    def provider_confirmed_at(self) -> datetime | None: ...

    @property
    def worker_confirmed_at(self) -> datetime | None: ...

    @property
    def visit_status(self) -> str | None: ...

    @property
    def visit_at(self) -> datetime | None: ...

    @property
    def visit_changed_at(self) -> datetime | None: ...

    @property
    def outcome(self) -> str | None: ...


class Due(NamedTuple):
    """A step that is still to take, and by when."""

    step: Step
    due_at: datetime


def state(referral: Stands) -> State:
    """Return where the referral stands: a cancelled appointment is as none."""
    if referral.outcome is not None:
        return State(referral.outcome)
    if referral.visit_status in (State.BOOKED, State.KEPT, State.MISSED):
        return State(referral.visit_status)
    confirmed = (referral.provider_confirmed_at is not None, referral.worker_confirmed_at is not None)
    return {
        (False, False): State.MADE, (True, False): State.PROVIDER_CONFIRMED,
        (False, True): State.WORKER_CONFIRMED, (True, True): State.CONFIRMED,
    }[confirmed]  # fmt: skip


def steps(referral: Stands) -> list[Due]:
    """
    Return what the referral still needs, what is due first before the others; nothing of one that has ended.

    Whoever kept the appointment has confirmed. An appointment is to be booked once both sides have confirmed, or again
    after one that was missed or cancelled.
    """
    if referral.outcome is not None:
        return []
    if referral.visit_status == State.KEPT and referral.visit_at is not None:
        return [Due(Step.REPORT, referral.visit_at + REPORTED_WITHIN)]
    open_steps = []
    if referral.provider_confirmed_at is None:
        open_steps.append(Due(Step.CONFIRM_PROVIDER, referral.confirm_provider_by))
    if referral.worker_confirmed_at is None:
        open_steps.append(Due(Step.CONFIRM_WORKER, referral.confirm_worker_by))
    if referral.visit_status == State.BOOKED and referral.visit_at is not None:
        open_steps.append(Due(Step.ATTEND, referral.visit_at))
    elif referral.visit_changed_at is not None:
        open_steps.append(Due(Step.BOOK, referral.visit_changed_at + BOOKED_AGAIN_WITHIN))
    elif not open_steps:
        open_steps.append(Due(Step.BOOK, referral.confirm_worker_by))
    return sorted(open_steps, key=lambda each: each.due_at)
