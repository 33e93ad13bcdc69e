"""What a statutory clock is: frozen values, as the law of a jurisdiction has them."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

ANY_CHANNEL = "any"
"""Of a rule on late arrival: however a request came, also where that is not known."""

_OURS = frozenset({"payer", "MCO", "review organization", "health plan"})


class Unit(StrEnum):
    """What a limit counts."""

    HOURS = "hours"
    """Elapsed hours, nights and days off included."""
    WORKING_DAYS = "business_days"
    """Days that are no weekend and no holiday of the jurisdiction."""
    DAYS = "calendar_days"
    """Every day."""


class Channel(StrEnum):
    """How a request came."""

    FAX = "fax"
    EMAIL = "e-mail"
    MAIL = "mail"
    PORTAL = "portal"
    PHONE = "phone"
    PERSON = "person"


class Sureness(StrEnum):
    """How sure it is that the law says so."""

    SOURCE_READ = "source_read"
    KNOWLEDGE = "knowledge"
    """From memory: a person has to check it before it governs."""


class Lapse(StrEnum):
    """What the law does when a limit passes and nobody has decided."""

    VOID = "void"
    DEEMED = "deemed"
    CONDITIONAL = "conditional"
    VIOLATION = "violation"
    NONE = "none"


class From(StrEnum):
    """From where an extension is counted."""

    START = "start"
    """From the start of the clock: the new limit replaces the first."""
    EXTENDED = "extended"
    """From the day on which it was extended: the new limit replaces the first."""
    INFORMATION = "information"
    """From the arrival of what was asked for; until then there is no due date."""
    LIMIT = "limit"
    """From the end of the first limit: added to it."""


@dataclass(frozen=True)
class Limit:
    """A length: so many hours, working days or days."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        noun = {Unit.HOURS: "hour", Unit.WORKING_DAYS: "working day", Unit.DAYS: "calendar day"}[self.unit]
        return f"{self.amount} {noun}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True)
class Extension:
    """
    A second limit under a condition, `words`: how long, counted from where.

    It must be made within `within` of the start, or where that is None before the first limit ends. `information` is
    how long is left from the arrival of what was asked for, where the law says so: the earlier of both governs.
    """

    limit: Limit
    counted_from: From
    words: str
    within: Limit | None = None
    information: Limit | None = None


@dataclass(frozen=True)
class AfterHours:
    """
    When a late arrival counts as one of the next working day. None of `channels`: never; ANY_CHANNEL: however it came.

    Late is after `closes`. Before `opens`, where there is such a time, it counts as received then. `day_off_moves`
    tells whether what arrives on a day off counts as received on the next working day. `words` say what was read.
    """

    channels: frozenset[str] = frozenset()
    opens: time | None = None
    closes: time | None = None
    day_off_moves: bool = False
    words: str = ""

    def covers(self, channel: Channel | None) -> bool:
        """Tell whether what came that way, None where that is not known, can count as received later."""
        return ANY_CHANNEL in self.channels or (channel is not None and channel in self.channels)


@dataclass(frozen=True)
class Rule:
    """
    A statutory clock of a jurisdiction: what is decided (`kind`), from which event on, by when, and what a lapse means.

    `waits`: whether it starts only when the request is complete. `mail_days`: how many days after its posting what
    comes by mail counts as received at the latest. `deferrable`: whether review can wait while liability is disputed.
    `rolls`: whether a last day of a count of calendar days that is a day off runs to the next working day. `day_ends`:
    the time by which something counts as done on a day; None is the end of the day. `by_post_days`: how many days late
    what comes by post is still accepted. `network`: None any claim, True only those in a certified network, False only
    others. `number` is None where it was not read from a desk. Empty `effective_from`: not verified, it holds always.
    """

    jurisdiction: str
    kind: str
    zone: str
    starts: str
    limit: Limit
    lapse: Lapse
    lapse_words: str
    owner: str
    citation: str
    confidence: Sureness
    waits: bool = False
    extension: Extension | None = None
    extension_confidence: Sureness | None = None
    after_hours: AfterHours = AfterHours()
    mail_days: int | None = None
    deferrable: bool = False
    rolls: bool = False
    last_day_words: str = ""
    day_ends: time | None = None
    by_post_days: int | None = None
    network: bool | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""
    source: str = ""
    number: int | None = None

    @property
    def ours(self) -> bool:
        """Whether it is the desk's to meet; what is a worker's, a provider's or a regulator's is shown and no more."""
        return not _OURS.isdisjoint(self.owner.split(" or "))

    def in_force(self, day: date) -> bool:
        """Tell whether its text held on *day*, of its own zone; both ends are included."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)
