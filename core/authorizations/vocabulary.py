"""The words of authorizations: how one can be decided, by whom it is waited for, and what became of a follow-up."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from core.statutes import Channel


class Outcome(StrEnum):
    """How a request, or one line of it, is determined; DEFERRED and PENDED put the decision off."""

    APPROVED = "approved"
    MODIFIED = "modified"
    DENIED = "denied"
    DEFERRED = "deferred"
    PENDED = "pended"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Given by a law because nobody decided in time: nobody approved it. Only where that law says so."""


PUT_OFF = frozenset({Outcome.DEFERRED, Outcome.PENDED})
"""Outcomes that decide nothing yet: the request goes on."""

APPROVING = frozenset({Outcome.APPROVED, Outcome.MODIFIED, Outcome.LAPSED})
"""Outcomes by which there are units that can be used."""

SIGNED = frozenset({Outcome.DENIED, Outcome.MODIFIED})
"""Outcomes that need the reviewer's credentials beside the name."""

_OUTCOMES = {
    Outcome.APPROVED: "Approved",
    Outcome.MODIFIED: "Modified",
    Outcome.DENIED: "Denied",
    Outcome.DEFERRED: "Deferred",
    Outcome.PENDED: "Pended",
    Outcome.DISMISSED: "Dismissed without prejudice",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.LAPSED: "Authorized by lapse",
}

_OWN_WORDS: Mapping[str, Mapping[Outcome, str]] = MappingProxyType(
    {
        "FL": {Outcome.LAPSED: "Necessity conceded by lapse"},
        "NY": {
            Outcome.APPROVED: "Granted",
            Outcome.MODIFIED: "Granted in part",
            Outcome.LAPSED: "By order of the Chair, on lapse",
        },
        "OH": {Outcome.LAPSED: "May be treated as approved, by lapse"},
        "TX": {Outcome.DENIED: "Adverse determination"},
    }
)
"""What a jurisdiction calls an outcome otherwise. From memory: to be checked as the clocks that are."""

_EVERYWHERE = (Outcome.APPROVED, Outcome.MODIFIED, Outcome.DENIED, Outcome.WITHDRAWN)
_MORE: Mapping[str, tuple[Outcome, ...]] = MappingProxyType(
    {"CA": (Outcome.DEFERRED,), "OH": (Outcome.PENDED, Outcome.DISMISSED)}
)
"""Outcomes that a jurisdiction has beside the usual: LC 4610(l) (knowledge); OAC 4123-6-16.2(D) to (F)."""


class Party(StrEnum):
    """Who is followed up, or told of a determination."""

    PROVIDER = "provider"
    REVIEWER = "reviewer"
    WORKER = "worker"
    ATTORNEY = "attorney"
    EMPLOYER = "employer"


PARTIES = MappingProxyType(
    {
        Party.PROVIDER: "Treating provider",
        Party.REVIEWER: "Reviewing physician",
        Party.WORKER: "Injured worker",
        Party.ATTORNEY: "Worker's attorney",
        Party.EMPLOYER: "Employer",
    }
)

FOLLOWED_UP = (Party.PROVIDER, Party.REVIEWER)
TOLD: tuple[Party, ...] = (Party.PROVIDER, Party.WORKER, Party.ATTORNEY, Party.EMPLOYER)

CHANNELS = MappingProxyType(
    {
        Channel.FAX: "Fax",
        Channel.EMAIL: "E-mail",
        Channel.MAIL: "Mail",
        Channel.PORTAL: "Portal",
        Channel.PHONE: "Telephone",
        Channel.PERSON: "In person",
    }
)
"""How a request came, a notice went, or somebody was asked."""


class Reply(StrEnum):
    """What became of a follow-up."""

    ANSWERED = "answered"
    PROMISED = "promised"
    MESSAGE = "message"
    NO_ANSWER = "no_answer"


REPLIES = MappingProxyType(
    {
        Reply.ANSWERED: "Answered",
        Reply.PROMISED: "Promised to answer",
        Reply.MESSAGE: "Left a message",
        Reply.NO_ANSWER: "No answer",
    }
)


class Clock(StrEnum):
    """How the clock of a request stands."""

    WAITING = "waiting"
    """Received, and not complete: what runs, if anything, is the time to send it back."""
    RUNNING = "running"
    EXTENDED = "extended"
    TOLLED = "tolled"
    """It stands still for an independent examination."""
    DEFERRED = "deferred"
    """Review waits while liability is disputed."""
    STOPPED = "stopped"


CLOCKS = MappingProxyType(
    {
        Clock.WAITING: "Not complete",
        Clock.RUNNING: "Running",
        Clock.EXTENDED: "Extended",
        Clock.TOLLED: "Stands still",
        Clock.DEFERRED: "Deferred",
        Clock.STOPPED: "Stopped",
    }
)


class Step(StrEnum):
    """What was done to a request, as the timeline names it."""

    COMPLETED = "completed"
    RETURNED = "returned"
    """What is missing was said anew."""
    SENT_BACK = "sent_back"
    """The letter that returns it went to the provider."""
    EXTENDED = "extended"
    INFORMED = "informed"
    TOLLED = "tolled"
    RESUMED = "resumed"
    DEFERRED = "deferred"
    TAKEN_UP = "taken_up"
    DUE_SET = "due_set"
    DUE_MOVED = "due_moved"
    ASSIGNED = "assigned"
    FOLLOWED_UP = "followed_up"
    REMINDED = "reminded"
    FOLLOW_UP_MOVED = "follow_up_moved"
    USED = "used"
    """Of a line that was approved: told on the timeline, and no step of the request's clock."""
    DEFERRAL_TOLD = "deferral_told"
    """Somebody was told that review is deferred: as USED."""


STEPS = MappingProxyType(
    {
        Step.COMPLETED: "Completed",
        Step.RETURNED: "What is missing",
        Step.SENT_BACK: "Sent back",
        Step.EXTENDED: "Information asked for",
        Step.INFORMED: "Information received",
        Step.TOLLED: "Examination ordered",
        Step.RESUMED: "Examination reported",
        Step.DEFERRED: "Liability disputed",
        Step.TAKEN_UP: "Liability settled",
        Step.DUE_SET: "Date set by hand",
        Step.DUE_MOVED: "Date moved by its rule",
        Step.ASSIGNED: "Given to a reviewer",
        Step.FOLLOWED_UP: "Followed up",
        Step.REMINDED: "Follow-up set by hand",
        Step.FOLLOW_UP_MOVED: "Follow-up moved by its cadence",
        Step.USED: "Units used",
        Step.DEFERRAL_TOLD: "Told that review is deferred",
    }
)

_CAPITALS = MappingProxyType({"mtg": "MTG", "imr": "IMR", "iro": "IRO", "ime": "IME", "rfa": "RFA"})


def outcomes(jurisdiction: str) -> tuple[Outcome, ...]:
    """Return how a request is determined in a jurisdiction, the usual outcomes first."""
    return (*_EVERYWHERE[:-1], *_MORE.get(jurisdiction, ()), _EVERYWHERE[-1])


def outcome_words(outcome: str, jurisdiction: str) -> str:
    """Return what a jurisdiction calls an outcome."""
    return _OWN_WORDS.get(jurisdiction, {}).get(Outcome(outcome)) or _OUTCOMES[Outcome(outcome)]


def kind_words(kind: str) -> str:
    """Return a kind of a jurisdiction's vocabulary as words: 'MTG variance', 'Prospective'."""
    said = " ".join(_CAPITALS.get(word, word) for word in kind.split("_"))
    return said[0].upper() + said[1:]
