"""The words of contact: parties, methods, outcomes, and which of them go together."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Party(StrEnum):
    """Whom one tries to reach."""

    WORKER = "worker"
    EMPLOYER = "employer"
    PROVIDER = "provider"
    ATTORNEY = "attorney"


class Method(StrEnum):
    """How one tries."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Outcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    REACHED_DEFERRED = "reached_deferred"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    SENT = "sent"
    REFUSED = "refused"
    THIRD_PERSON = "third_person"


WORDS: Mapping[Party | Method | Outcome, str] = MappingProxyType(
    {
        Party.WORKER: "Worker",
        Party.EMPLOYER: "Employer",
        Party.PROVIDER: "Provider",
        Party.ATTORNEY: "Attorney",
        Method.PHONE: "Telephone",
        Method.TEXT: "Text message",
        Method.EMAIL: "E-mail",
        Method.LETTER: "Letter",
        Method.IN_PERSON: "In person",
        Outcome.REACHED: "Reached",
        Outcome.REACHED_DEFERRED: "Reached, asked to be called later",
        Outcome.VOICEMAIL: "Left a voicemail",
        Outcome.NO_ANSWER: "No answer",
        Outcome.WRONG_NUMBER: "Wrong number or disconnected",
        Outcome.SENT: "Sent",
        Outcome.REFUSED: "Refused to talk",
        Outcome.THIRD_PERSON: "Somebody else answered",
    }
)
"""The screen's words."""

_LIVE = frozenset(Outcome) - {Outcome.SENT}
_WRITTEN = frozenset({Outcome.SENT, Outcome.REACHED, Outcome.REFUSED})

FITTING: Mapping[Method, frozenset[Outcome]] = MappingProxyType(
    {
        Method.PHONE: _LIVE,
        Method.TEXT: _WRITTEN | {Outcome.WRONG_NUMBER},
        Method.EMAIL: _WRITTEN,
        Method.LETTER: frozenset({Outcome.SENT}),
        Method.IN_PERSON: _LIVE - {Outcome.VOICEMAIL, Outcome.WRONG_NUMBER},
    }
)
"""Which outcomes a method can have."""

LONGEST_NOTE = 4000
"""Longest note, in characters."""

LONGEST_REASON = 500
"""Longest reason for a pause or a correction, in characters."""
