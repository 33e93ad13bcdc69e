"""Telephone numbers: which can be called, in the one form in which they are kept, whoever wrote them and wherever."""

import re
from functools import lru_cache

import phonenumbers

LONGEST = 40
"""Letters beyond which what was written is no telephone number."""

# As nearly every one is written; an import asks this of every row, and the library takes fifty times as long.
_AMERICAN = re.compile(r"(?:\+?1)?([2-9]\d{2}[2-9]\d{6})")
_KEPT_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})( ext\. \d+)?")
_DIALLED = re.compile(r"(\+\d{7,15})(?: ext\. (\d+))?")
# What is typed where a field must not be empty.
_FILLED_IN = re.compile(r"1?(?:(\d)\1{9}|1234567890)")
_BETWEEN = re.compile(r"[\s().\-/]")


@lru_cache(maxsize=10_000)
def readable(typed: str) -> str | None:
    """
    Return the telephone number in *typed* as E.164, read as one of the United States where it names no country.

    An extension stays behind it, as in `+13125550101 ext. 4`. None where it is none that could be called from
    anywhere: no digits, too few of them, no area code, too many. A spreadsheet's `3125550101.0` is one.
    """
    if len(typed) > LONGEST:
        return None
    typed = typed.strip().removesuffix(".0")
    if _FILLED_IN.fullmatch(re.sub(r"\D", "", typed)):
        return None
    if match := _AMERICAN.fullmatch(_BETWEEN.sub("", typed)):
        return f"+1{match[1]}"
    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    extension = f" ext. {number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def address(kept: str) -> str | None:
    """Return the address by which a telephone dials a number, as it is *kept*: 'tel:+16145550134;ext=4'; else None."""
    if match := _DIALLED.fullmatch(kept):
        return f"tel:{match[1]}" + (f";ext={match[2]}" if match[2] else "")
    return None


def grouped(kept: str) -> str:
    """
    Return a number, as it is *kept*, in the groups in which it is read and dialled: '(614) 555-0134 ext. 4'; one of
    another country as '+44 20 7946 0018'. What is no number comes back as it is.
    """
    if match := _KEPT_AMERICAN.fullmatch(kept):
        area, exchange, line, extension = match.groups("")
        return f"({area}) {exchange}-{line}{extension}"
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    extension = f" ext. {number.extension}" if number.extension else ""
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) + extension
