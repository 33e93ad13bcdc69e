"""The open hours of a working day: one stretch or several, over midnight, or around the clock."""

import re
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from core.refusal import Refusal

_KEPT = "%H:%M"
"""How a promise's hours are kept: the database reads them so, and refuses others."""
_TIME = r"([01]?[0-9]|2[0-3]):[0-5][0-9]"
_STRETCH = re.compile(rf"(?P<starts>{_TIME})\s*[-–]\s*(?P<ends>{_TIME}|24:00)")


class HoursUnclear(Refusal):
    text = "These are not open hours."


class HoursOverlap(Refusal):
    text = "Two stretches of open hours overlap: let the next begin when the one before has ended."


class Stretch(NamedTuple):
    """
    Open hours without a break, in wall-clock time, to the minute.

    One that does not end after it starts runs over midnight into the next day; 00:00 as an end is the day's own end.
    """

    starts: time
    ends: time

    @property
    def runs_on(self) -> bool:
        """Whether it ends at midnight or on the next day."""
        return self.ends <= self.starts

    @property
    def text(self) -> str:
        """The stretch as it is written: 08:00-17:00, 22:00-06:00, 00:00-24:00."""
        return f"{self.starts:{_KEPT}}-{f'{self.ends:{_KEPT}}' if self.ends != time(0) else '24:00'}"


def hours_text(hours: Iterable[Stretch]) -> str:
    """Return open hours as `stretches` reads them: '08:00-12:00,13:00-17:00'."""
    return ",".join(stretch.text for stretch in hours)


@lru_cache(maxsize=1_000)
def stretches(typed: str) -> tuple[Stretch, ...]:
    """
    Return the open hours that a person wrote, in the order of the day.

    As in 08:00-17:00; several as in 08:00-12:00,13:00-17:00; over midnight 22:00-06:00; around the clock 00:00-24:00.

    :raises HoursUnclear: if they are written otherwise, or a stretch ends as it begins.
    :raises HoursOverlap: if they overlap.
    """
    hours = []
    for part in typed.split(","):
        written = _STRETCH.fullmatch(part.strip())
        if written is None:
            raise HoursUnclear(
                f"{typed[:60]!r} is not open hours: write them as in 08:00-17:00, 08:00-12:00,13:00-17:00,"
                " 22:00-06:00 or 00:00-24:00."
            )
        starts, ends = (_clock(written[name]) for name in ("starts", "ends"))
        if starts == ends and written["ends"] != "24:00":
            raise HoursUnclear(f"{part.strip()!r} ends as it begins: write 00:00-24:00 for the whole day.")
        hours.append(Stretch(starts, ends))
    ordered = tuple(sorted(hours))
    check(ordered)
    return ordered


def check(hours: tuple[Stretch, ...]) -> None:
    """
    Refuse hours that cannot be kept.

    :raises HoursUnclear, HoursOverlap:
    """
    minutes = []
    for stretch in hours:
        if (stretch.starts == stretch.ends != time(0)) or any(each.second or each.microsecond for each in stretch):
            raise HoursUnclear(f"{stretch.text!r} is not open hours: they are told to the minute, and end at another.")
        starts, ends = (each.hour * 60 + each.minute for each in stretch)
        minutes.append((starts, ends + 1440 * stretch.runs_on))
    minutes.sort()
    nexts = [*minutes[1:], (minutes[0][0] + 1440, 0)]
    if any(ends > begins for (_, ends), (begins, _) in zip(minutes, nexts, strict=True)):
        raise HoursOverlap


def _clock(written: str) -> time:
    return time(0) if written == "24:00" else time.fromisoformat(written.zfill(5))
