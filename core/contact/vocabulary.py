"""The words of contact: parties, methods, outcomes, which of them go together, and what a first contact holds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from core import words


class Party(StrEnum):
    """Whom one tries to reach. The attorney is whoever speaks for the worker: mostly one, but not always."""

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


class Channel(StrEnum):
    """By what a telephone number is used without somebody answering: a worker consents to each."""

    TEXT = "text"
    VOICEMAIL = "voicemail"


class Consent(StrEnum):
    """What a worker said of a channel."""

    GIVEN = "given"
    REFUSED = "refused"
    REVOKED = "revoked"


PROMISING = (Outcome.REACHED, Outcome.REACHED_DEFERRED, Outcome.VOICEMAIL, Outcome.THIRD_PERSON)
"""The outcomes after which a call can be promised: somebody was reached, or left a message that asks for one."""


class Identity(StrEnum):
    """By what a worker proves to be the one who was injured. A social security number is never asked for."""

    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    CLAIM_NUMBER = "claim_number"
    EMPLOYER = "employer"
    HOME_ADDRESS = "home_address"
    TELEPHONE = "telephone"


class Explained(StrEnum):
    """What a worker is told in the first contact."""

    WHO_WE_ARE = "who_we_are"
    NOTICES = "notices"
    TREATMENT = "treatment"
    RETURN_TO_WORK = "return_to_work"
    RIGHTS = "rights"


class WorkStatus(StrEnum):
    """Whether a worker works."""

    FULL_DUTY = "full_duty"
    RESTRICTED = "restricted"
    OFF_WORK = "off_work"
    NOT_KNOWN = "not_known"


WORDS: Mapping[Party | Method | Outcome, str] = MappingProxyType(
    {
        Party.WORKER: "Worker",
        Party.EMPLOYER: "Employer",
        Party.PROVIDER: "Provider",
        Party.ATTORNEY: "Representative",
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

CHANNEL_WORDS: Mapping[Channel, str] = MappingProxyType(
    {Channel.TEXT: "Text messages", Channel.VOICEMAIL: "Voicemails"}
)

CONSENT_WORDS: Mapping[Consent, str] = MappingProxyType(
    {Consent.GIVEN: "Given", Consent.REFUSED: "Refused", Consent.REVOKED: "Revoked"}
)

IDENTITY_WORDS: Mapping[Identity, str] = MappingProxyType(
    {
        Identity.FULL_NAME: "Full name",
        Identity.BIRTH_DATE: "Date of birth",
        Identity.CLAIM_NUMBER: "Last four of the claim number",
        Identity.EMPLOYER: "Employer",
        Identity.HOME_ADDRESS: "Home address",
        Identity.TELEPHONE: "Telephone",
    }
)

EXPLAINED_WORDS: Mapping[Explained, str] = MappingProxyType(
    {
        Explained.WHO_WE_ARE: "Who we are and why we call",
        Explained.NOTICES: "The call is voluntary, and whether it is recorded",
        Explained.TREATMENT: "Treatment and the network",
        Explained.RETURN_TO_WORK: "Return to work",
        Explained.RIGHTS: "Rights, and how to reach us",
    }
)

WORK_WORDS: Mapping[WorkStatus, str] = MappingProxyType(
    {
        WorkStatus.FULL_DUTY: "Full duty",
        WorkStatus.RESTRICTED: "With restrictions",
        WorkStatus.OFF_WORK: "Off work",
        WorkStatus.NOT_KNOWN: "Not known yet",
    }
)

_BRIEFLY: Mapping[Method | Outcome, str] = MappingProxyType(
    {
        Method.PHONE: "phone",
        Method.TEXT: "text",
        Outcome.REACHED_DEFERRED: "reached, to call later",
        Outcome.VOICEMAIL: "voicemail",
        Outcome.WRONG_NUMBER: "wrong number",
        Outcome.REFUSED: "refused",
    }
)
"""Shorter words where a list has little room; the others are those of WORDS."""


def brief(party: str, method: str, outcome: str) -> tuple[str, str]:
    """Return what an attempt was, for a list: 'Voicemail', and in full: 'Worker, phone, voicemail'."""
    whom, how, what = WORDS[Party(party)], _short(Method(method)), _short(Outcome(outcome))
    came = f"{how} sent" if outcome == Outcome.SENT else what
    short = came if party == Party.WORKER else f"{whom} {came}"
    return short[0].upper() + short[1:], f"{whom}, {how}, {what}"


TO_CALL = "To call again"
"""What is said of a call that was promised and is still to be made, whoever wished for it."""


def promised_call(call_again_at: datetime, zone: str, *, called: bool = False) -> str:
    """Return what is said of a promised call: 'To call again, promised for Tue 24 Nov 2026, 14:00 CST'."""
    return f"{'Called since' if called else TO_CALL}, promised for {words.instant(call_again_at, zone)}"


def _short(word: Method | Outcome) -> str:
    return _BRIEFLY.get(word) or WORDS[word][0].lower() + WORDS[word][1:]


def channel(method: Method, outcome: Outcome | None) -> Channel | None:
    """Return the channel to which the worker consents for such an attempt; None where it takes no consent."""
    if method is Method.TEXT:
        return Channel.TEXT
    return Channel.VOICEMAIL if outcome is Outcome.VOICEMAIL else None


def consented(which: Channel | None, answer: str | None) -> bool:
    """
    Tell whether an attempt by that channel goes without a reason where such an *answer* stands: a text message takes a
    consent that was given, a voicemail one that was not refused; the database says the same.
    """
    if which is None:
        return True
    return answer == Consent.GIVEN or (which is Channel.VOICEMAIL and answer is None)


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
"""Longest reason for a pause, a correction or a strike, in characters."""

LONGEST_CONSENT = 200
"""Longest words in which a worker consents, in characters."""

LONGEST_CARE = 1000
"""Longest words about the care so far, in characters."""

LONGEST_WORK_NOTE = 500
"""Longest words about work, in characters."""

FEWEST_ITEMS = 2
"""By so many items of `Identity` it is sure with whom one speaks."""

LONGEST_PROMISE = timedelta(days=30)
"""How far ahead a call can be promised; the database says the same."""
