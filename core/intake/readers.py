"""How what is typed into a field of a claim is read: each reader returns what is kept of it, or refuses it."""

from collections.abc import Callable, Collection
from datetime import date, time

from core import calendars, email_addresses, injury_codes, open_hours, social_security, states, telephones, typed
from core.injury_codes import Vocabulary
from core.refusal import Refusal

YES, NO = "yes", "no"

MOST_DAYS_AHEAD = 730
"""Days from today on to which a return to work is planned at the most: a year more is typed wrong."""


class AnswerNotUnderstood(Refusal):
    text = "This answer cannot be read."


def read_date(answer: str, on: date) -> date:
    """
    Return the past date in *answer*, written as `typed.day` reads it; *on* is today, where the client is.

    :raises AnswerNotUnderstood: if it is none, or lies in the future.
    """
    if (read := _day(answer)) > on:
        raise AnswerNotUnderstood("This date lies in the future.")
    return read


def read_date_ahead(answer: str, on: date) -> date:
    """
    Return the date in *answer*, which may lie ahead of today, *on*, by as much as `too_far_ahead` lets it.

    :raises AnswerNotUnderstood: if it is none, or lies too far ahead.
    """
    if too_far_ahead(read := _day(answer), on):
        raise AnswerNotUnderstood(f"This date lies more than {MOST_DAYS_AHEAD} days ahead.")
    return read


def too_far_ahead(day: date, on: date) -> bool:
    """Tell whether *day* is later than anybody plans on a day, *on*."""
    return (day - on).days > MOST_DAYS_AHEAD


def _day(answer: str) -> date:
    try:
        read = typed.day(answer)
    except typed.NotADate as refusal:
        raise AnswerNotUnderstood(str(refusal)) from None
    if read is None:
        raise AnswerNotUnderstood(typed.NotADate.text)
    return read


def read_time(answer: str, _: date | None = None) -> time:
    """
    Return the time of day in *answer*, written as `typed.clock` reads it.

    :raises AnswerNotUnderstood: if it is none.
    """
    try:
        read = typed.clock(answer)
    except typed.NotATime as refusal:
        raise AnswerNotUnderstood(str(refusal)) from None
    if read is None:
        raise AnswerNotUnderstood(typed.NotATime.text)
    return read


def read_email(answer: str, _: date | None = None) -> str:
    """
    Return the e-mail address in *answer*. One that is too long is not judged: its limit says so.

    :raises AnswerNotUnderstood: if it has not the form of one.
    """
    if len(answer) <= email_addresses.LONGEST and email_addresses.readable(answer) is None:
        raise AnswerNotUnderstood("Write the e-mail address as name@example.com.")
    return answer


def read_phone(answer: str, _: date | None = None) -> str:
    """
    Return the telephone number in *answer* as E.164, read as one of the United States where it names no country.

    :raises AnswerNotUnderstood: if it has no possible number of digits.
    """
    if (number := telephones.readable(answer)) is None:
        raise AnswerNotUnderstood("Write the telephone number with its area code.")
    return number


def read_number(answer: str, _: date | None = None) -> str:
    """
    Return a client's claim number with single blanks.

    :raises AnswerNotUnderstood: if it is a social security number.
    """
    if social_security.holds(answer):
        raise AnswerNotUnderstood("A social security number is not kept. Give the client's own claim number.")
    return " ".join(answer.split())


def read_hours(answer: str, _: date | None = None) -> str:
    """
    Return the hours of a day in *answer*, in order, written as `open_hours.stretches` reads them.

    :raises AnswerNotUnderstood: if they are written otherwise, or overlap.
    """
    try:
        return open_hours.hours_text(open_hours.stretches(answer))
    except (open_hours.HoursUnclear, open_hours.HoursOverlap):
        raise AnswerNotUnderstood("Write hours as in 17:00-20:00, several as in 08:00-10:00,17:00-20:00.") from None


def read_zone(answer: str, _: date | None = None) -> str:
    """
    Return the name of a time zone.

    :raises AnswerNotUnderstood: if there is none called so.
    """
    if answer not in calendars.zones():
        raise AnswerNotUnderstood(calendars.ZoneUnknown.text)
    return answer


def read_state(answer: str, _: date | None = None) -> str:
    """
    Return the code of the state in *answer*.

    :raises AnswerNotUnderstood: if there is none called so.
    """
    if (code := states.code(answer)) is None:
        raise AnswerNotUnderstood("Choose one of the states.")
    return code


def as_typed(answer: str, _: date | None = None) -> str:
    """Return *answer* as it is."""
    return answer


def one_of(options: Collection[str]) -> Callable[[str, date], str]:
    """Return what reads one of *options*, and refuses everything else as AnswerNotUnderstood."""

    def read(answer: str, _: date) -> str:
        if answer not in options:
            raise AnswerNotUnderstood("Choose one of those that there are.")
        return answer

    return read


def read_yes_or_no(answer: str, _: date | None = None) -> bool:
    """
    Return whether *answer* is YES.

    :raises AnswerNotUnderstood: if it is neither YES nor NO.
    """
    return one_of((YES, NO))(answer, date.max) == YES


def code_of(vocabulary: Vocabulary) -> Callable[[str, date], str]:
    """Return what reads a code of *vocabulary*, and refuses everything else as AnswerNotUnderstood."""

    def read(answer: str, _: date) -> str:
        if (code := injury_codes.code(vocabulary, answer)) is None:
            raise AnswerNotUnderstood("Choose one of the codes.")
        return code

    return read
