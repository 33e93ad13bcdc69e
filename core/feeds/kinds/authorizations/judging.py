"""What a row of a feed of requests says by itself: a treatment that is asked for, or why nothing can become of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core import npi, states, telephones, walltime
from core.authorizations import asked as reading
from core.authorizations import rules
from core.authorizations.asked import Asked
from core.authorizations.asked import Line as Treatment
from core.feeds.dating import Dates, day_of
from core.feeds.kind import Setting
from core.feeds.kinds.authorizations.vocabulary import VOCABULARY
from core.feeds.mapping import FeedMapping
from core.feeds.quoting import half_read, unread
from core.feeds.reading import Feed, Row
from core.feeds.rows import RefusedRow, Rows, Why
from core.feeds.values import yes
from core.refusal import Refusal
from core.statutes import Channel
from core.words import quoted

_AGAIN = "and send the row again."
_NO = re.compile(r"n|no|not?( yet)? complete|false|f|0(\.0)?|incomplete", re.IGNORECASE)
_CHANNELS = (
    (Channel.EMAIL, r"e-?mail"), (Channel.FAX, r"\be?fax"), (Channel.PORTAL, r"portal|online|\bweb|electronic|upload"),
    (Channel.PHONE, r"phone|\bcall|\btel\b|voice"), (Channel.PERSON, r"person|\bhand\b|counter|walk"),
    (Channel.MAIL, r"\bmail|\bpost|letter|\busps\b|courier"),
)  # fmt: skip
_UNTIMED = "No time of receipt: counted from the first minute of that day."
_ENDS_DAY = "Due by the last minute of that day."


class Spoken(NamedTuple):
    """
    A row that asks for a treatment: on the claim of that `number`, of which `asked` has jurisdiction and kind only
    where the row says them (the kind as it was written). `notes` are what to look at.
    """

    row: int
    number: str
    reference: str
    asked: Asked
    notes: tuple[str, ...]
    cells: tuple[str, ...]
    at: datetime


class _Refused(Exception):
    def __init__(self, *why: str) -> None:
        super().__init__()
        self.why: Why = (why[0], why[1], why[2])


def judge(feed: Feed, mapping: FeedMapping, setting: Setting, _: object) -> Sequence[Spoken | RefusedRow]:
    """
    Say of every row of *feed* what it asks for, or why that cannot be told.

    :raises OrderUndecided: if nothing shows in which order its dates have day and month.
    """
    judged = _Judge(feed, mapping, setting).judge
    return [judged(row) for row in feed.rows]


class _Judge:
    def __init__(self, feed: Feed, mapping: FeedMapping, setting: Setting) -> None:
        self._rows = Rows(VOCABULARY, feed, mapping)
        self._zone, self._at = ZoneInfo(setting.timezone), setting.at
        this_year = walltime.today(setting.timezone, setting.at).year
        self._dates = Dates(VOCABULARY, feed, mapping, self._zone, this_year=this_year)

    def judge(self, row: Row) -> Spoken | RefusedRow:
        if again := self._rows.headings_again(row):
            return again
        given = self._rows.given(row)
        try:
            return self._spoken(row, given)
        except _Refused as refused:
            return RefusedRow(row.number, *refused.why, row.cells, given.get("claim_number", ""))

    def _spoken(self, row: Row, given: dict[str, str]) -> Spoken:
        if overlong := self._rows.overlong(row):
            raise _Refused(*overlong)
        for field, words in (("claim_number", "claim number"), ("provider", "requesting provider")):
            if lacking := self._rows.lacking(given, field, words):
                raise _Refused(*lacking)
        notes: list[str] = []
        received_at = self._received(given, notes)
        asked = Asked(
            jurisdiction=_said(given, "jurisdiction", states.code, "state"),
            kind=given.get("kind", ""),
            provider_name=given["provider"],
            provider_npi=_checked("npi", npi.read, given.get("npi", "").removesuffix(".0")) or "",
            provider_phone=_said(given, "phone", telephones.readable, "telephone number"),
            provider_fax=_said(given, "fax", telephones.readable, "fax number"),
            received_at=received_at,
            channel=self._channel(given),
            lines=[self._treatment(given)],
            missing=given.get("missing", ""),
        )
        if _complete(given):
            asked = replace(asked, complete_at=received_at)
        asked = replace(asked, **self._due(given, received_at, notes))
        _checked("row", lambda whole: reading.columns(whole, at=self._at), asked)
        number = " ".join(given["claim_number"].split()).removesuffix(".0")
        return Spoken(row.number, number, given.get("reference", ""), asked, tuple(notes), row.cells, self._at)

    def _received(self, given: dict[str, str], notes: list[str]) -> datetime:
        day, clock, zone = self._day(given, "received_on", "date received")
        cell = given.get("received_time")
        if cell is not None:
            read = self._dates.time_in(cell, "received_time")
            if read is None:
                raise _Refused("received_time", unread(cell, "time received"), f"Write the time as HH:MM, {_AGAIN}")
            day, clock = day_of(day, read), read.clock
            zone = read.zone or self._dates.zone_of("received_time") or zone
        if clock is None:
            notes.append(_UNTIMED)
        meant = walltime.meant(day, clock or time(0), zone)
        if not meant.once and clock is not None:
            notes.append(walltime.doubt(day, clock, zone))
        if meant.first > self._at:
            reason = "It cannot have been received later than now."
            raise _Refused("received_on", reason, f"Correct the date and time received, {_AGAIN}")
        if meant.first < self._at - reading.LONGEST_AGO:
            reason = f"It would have been received more than {reading.LONGEST_AGO.days // 365} years ago."
            raise _Refused("received_on", reason, f"Correct the date received, {_AGAIN}")
        return meant.first

    def _day(self, given: dict[str, str], field: str, words: str) -> tuple[date, time | None, Any]:
        moment = self._dates.moment(given, field)
        if moment is None:
            raise _Refused(*self._rows.undated(self._dates, given, field, words))
        if moment.unread:
            raise _Refused(field, half_read(given[field], moment.unread), f"Correct the {words}, {_AGAIN}")
        if field in self._dates.either(given):
            reason = (
                f"The file writes some dates day first and some month first: {quoted(given[field])} could be either."
            )
            raise _Refused(field, reason, f"Write the {words} as YYYY-MM-DD, {_AGAIN}")
        read, zone = moment.time_of_day, self._dates.zone_of(field) or self._zone
        if read is None or (read.clock == time(0) and not read.zone and not read.ends_day):
            return moment.day, None, zone  # midnight is what a spreadsheet writes where there is no time
        return day_of(moment.day, read), read.clock, read.zone or zone

    def _due(self, given: dict[str, str], received_at: datetime, notes: list[str]) -> dict[str, Any]:
        why = given.get("due_why", "")
        if "due_on" not in given:
            if why:
                raise _Refused("due_on", "There is a reason for a due date, and no date.", f"Add the date, {_AGAIN}")
            return {}
        if not why:
            reason = "A due date is set by hand, and it is not said why."
            raise _Refused("due_why", reason, f"Say why, or leave the date out so that its law counts it, {_AGAIN}")
        day, clock, zone = self._day(given, "due_on", "due date")
        if clock is None:
            notes.append(_ENDS_DAY)
        due_at = walltime.meant(day, clock or time(23, 59), zone).first
        if due_at < received_at:
            raise _Refused("due_on", "It cannot be due before it was received.", f"Correct the due date, {_AGAIN}")
        _checked("due_why", lambda reason: rules.by_hand(due_at, reason), why)
        return {"due_at": due_at, "due_why": why}

    def _channel(self, given: dict[str, str]) -> Channel:
        if lacking := self._rows.lacking(given, "channel", "way it came"):
            raise _Refused(*lacking)
        cell = given["channel"]
        for channel, words in _CHANNELS:
            if re.search(words, cell, re.IGNORECASE):
                return channel
        remedy = f"Write Fax, E-mail, Mail, Portal, Telephone or In person, {_AGAIN}"
        raise _Refused("channel", unread(cell, "way it came"), remedy)

    def _treatment(self, given: dict[str, str]) -> Treatment:
        code = given.get("code", "").removesuffix(".0")
        words = given.get("words", "") or (f"Code {code}" if code else "")
        if not words:
            lacking = self._rows.lacking(given, "words", "treatment")
            raise _Refused(*(lacking or ("words", "The treatment is missing.", f"Say what is asked for, {_AGAIN}")))
        units = given.get("units", "1").removesuffix(".0").replace(",", "")
        if not units.isascii() or not units.isdigit() or not 1 <= int(units[:9]) <= reading.MOST_UNITS:
            reason = unread(given["units"], "number of units")
            raise _Refused("units", reason, f"Write a whole number from 1 to {reading.MOST_UNITS:,}, {_AGAIN}")
        treatment = Treatment(words, code, given.get("body_part", ""), int(units))
        _checked("words", lambda said: reading.lines([Treatment(said)]), words)
        _checked("code", lambda said: reading.lines([Treatment("x", said)]), code)
        _checked("body_part", lambda said: reading.lines([Treatment("x", "", said)]), treatment.body_part)
        return treatment


def _complete(given: dict[str, str]) -> bool:
    """Tell whether the request is complete: as the row says, else where it names nothing that is missing."""
    cell, missing = given.get("complete"), given.get("missing")
    if cell is None:
        return not missing
    if _NO.fullmatch(cell.strip()):
        if not missing:
            raise _Refused("missing", "It is not complete, and what is missing is not said.", f"Say what is, {_AGAIN}")
        return False
    if not (yes(cell) or re.fullmatch(r"complete", cell, re.IGNORECASE)):
        raise _Refused("complete", unread(cell, "answer to whether it is complete"), f"Write yes or no, {_AGAIN}")
    if missing:
        raise _Refused("complete", "It is complete, and something is missing.", f"Say one of both, {_AGAIN}")
    return True


def _said(given: dict[str, str], field: str, read: Callable[[str], str | None], words: str) -> str:
    if not (cell := given.get(field)):
        return ""
    if (value := read(cell)) is None:
        raise _Refused(field, unread(cell, words), f"Correct the {words} or leave it empty, {_AGAIN}")
    return value


def _checked(field: str, check: Callable[[Any], Any], value: Any) -> Any:
    """Return what *check* makes of a value; what it refuses refuses the row."""
    try:
        return check(value)
    except Refusal as refusal:
        raise _Refused(field, str(refusal), f"Correct it, {_AGAIN}") from None
