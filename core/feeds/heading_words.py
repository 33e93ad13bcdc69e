"""What a heading's words say of a column, whatever the feed is of: that dates stand in it, a zone, or nothing."""

import re
import unicodedata

_SAYS_DATE = re.compile(
    r"\b(date|dt|day|fecha|on|when|at|datetime|dob|d o b|birth\w*|born|nacimiento|bday|datum|timestamp)\b"
    r"|date\b|dte?\b|dtt?m\b"
)
_SAYS_NOTHING = re.compile(r"(column|columna|col|field|campo|unnamed|untitled|f|c|v|var|x)? ?\d*|[a-z]{1,2}")
_HALF = re.compile(r"(am|a m) ?(pm|p m)|ampm|meridiem")
_ZONE = re.compile(
    r"(?:[\W_](?P<name>utc|gmt|[ecmp][sd]t|ak[sd]t|hst|eastern|central|mountain|pacific)(?: time)?"
    r"|\((?P<brief>[ecmp]t)\))[)\]\s]*$",
    re.IGNORECASE,
)


def plain(heading: str) -> str:
    """Return *heading* as lower-case plain words: `DtOfInjury_1` is `dt of injury 1`, `Claim #` is `claim number`."""
    named = heading[:200].removesuffix("__c").replace("#", " number ")  # Salesforce ends those of one's own so
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", named)
    letters = unicodedata.normalize("NFKD", spaced)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


def says_date(heading: str) -> bool:
    """Tell whether *heading* says that a date stands under it."""
    return _SAYS_DATE.search(plain(heading)) is not None


def says_half(heading: str) -> bool:
    """Tell whether *heading* says that AM or PM stands under it, by itself."""
    return _HALF.fullmatch(plain(heading)) is not None


def zone_in(heading: str) -> str:
    """Return the zone that *heading* ends with, as `Date Reported (UTC)` and `reported_at_utc`; empty without one."""
    match = _ZONE.search(heading)
    return (match["name"] or match["brief"]) if match else ""


def says_nothing(heading: str) -> bool:
    """Tell whether *heading* is none that somebody wrote: `Column 3`, `F7`, a letter."""
    return _SAYS_NOTHING.fullmatch(plain(heading)) is not None
