"""The diary: a day of all clinicians, or a week of one, in half hours of the reader's clocks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from core import local_time, walltime, words
from core.access import Actor
from core.triage import Clinician, Diary, DiaryCall
from pages.parts import desk
from pages.parts.live_lists import CLAIM_ADDRESS

_HALF = timedelta(minutes=30)
_DAY = timedelta(days=1)
_USUAL = (8, 18)
"""The hours that a diary shows at least."""

_BECAME = {"booked": "", "done": "made", "missed": "missed"}


class Asked(NamedTuple):
    """What is to be shown: so many days from *first* on, of one clinician or (None) of all."""

    first: date
    days: int


class Column(NamedTuple):
    """A column of the diary: its heading, its day, and whose it is."""

    heading: str
    day: date
    clinician: Clinician


def asked(actor: Actor) -> Asked:
    """Draw the choice of the days, and return what is chosen."""
    today = walltime.today(actor.timezone, desk.now())
    with st.container(horizontal=True, vertical_alignment="center", key="diary.choice"):
        span = st.segmented_control(
            "Span", ("Day", "Week"), default="Day", required=True, key="diary.span", label_visibility="collapsed"
        )
        days = 7 if span == "Week" else 1
        shown: date = st.session_state.setdefault("diary.first", today)
        for label, icon, to in (
            ("Back", ":material/chevron_left:", shown - days * _DAY),
            ("Today", None, today),
            ("On", ":material/chevron_right:", shown + days * _DAY),
        ):
            st.button("" if icon else label, icon=icon, help=f"{label} by {span.lower()}" if icon else None,
                      key=f"diary.{label}", on_click=_show, args=(to,))  # fmt: skip
        first = shown - shown.weekday() * _DAY if days == 7 else shown
        last = first + (days - 1) * _DAY
        st.markdown(f"**{words.day(first)}{f' to {words.day(last)}' if days > 1 else ''}**", width="content")
        st.caption(f"{words.zone(actor.timezone, desk.now())}, as all times here", width="content")
    return Asked(first, days)


def _show(first: date) -> None:
    st.session_state["diary.first"] = first


def draw(actor: Actor, diary: Diary) -> None:
    """Draw the diary: a day has a column for each clinician, a week one for each day of the clinician chosen."""
    if not diary.clinicians:
        st.info("Nobody makes triage calls for these clients yet: clinicians set their hours below.")
        return
    if diary.days == 1:
        columns = [Column(each.full_name, diary.first, each) for each in diary.clinicians]
    else:
        own = next((n for n, each in enumerate(diary.clinicians) if each.staff_id == actor.staff_id), 0)
        whose = st.selectbox(
            "Whose week",
            diary.clinicians,
            index=own,
            format_func=lambda each: each.full_name,
            key="diary.whose",
            width=280,
        )
        days = [diary.first + n * _DAY for n in range(diary.days)]
        columns = [Column(f"{day:%a} {day.day} {day:%b}", day, whose) for day in days]
    st.html(table(diary, columns))


def _name(clinician: Clinician) -> str:
    return clinician.full_name


def table(diary: Diary, columns: Sequence[Column]) -> str:
    """Return the diary as HTML: a row for each half hour, a cell for each column, and the calls in them as links."""
    zone = ZoneInfo(diary.timezone)
    drawn = [_Drawn(diary, column, zone) for column in columns]
    earliest = min([_USUAL[0] * 2, *(row for each in drawn for row in each.rows)])
    latest = max([_USUAL[1] * 2 - 1, *(row for each in drawn for row in each.rows)])
    heads = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in columns)
    body = "".join(
        f"<tr{' class=hour' if row % 2 == 0 else ''}>"
        f'<th scope="row">{words.clock(time(row // 2)) if row % 2 == 0 else ""}</th>'
        f"{''.join(each.cell(row) for each in drawn)}</tr>"
        for row in range(earliest, latest + 1)
    )
    return (
        '<div class="desk-diary" tabindex="0" role="region" aria-label="Triage calls"><table>'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


class _Drawn:
    """A column as it is drawn: what is in which of the day's half hours, counted from midnight."""

    def __init__(self, diary: Diary, column: Column, zone: ZoneInfo) -> None:
        self._zone = zone
        self._day = column.day
        self._worked = set(self._halves(diary.worked(column.clinician)))
        self._taken = set(self._halves(diary.taken(column.clinician)))
        self._calls: dict[int, list[DiaryCall]] = {}
        for call in diary.calls:
            local = call.starts_at.astimezone(zone)
            if call.clinician_id == column.clinician.staff_id and local.date() == column.day:
                self._calls.setdefault(local.hour * 2 + local.minute // 30, []).append(call)
        self.rows = self._worked | self._taken | set(self._calls)

    def cell(self, row: int) -> str:
        """Return the cell of this half hour."""
        kind = "open" if row in self._worked else "shut"
        inside = "".join(self._call(call) for call in self._calls.get(row, ()))
        if not inside and row in self._taken:
            inside = '<span class="taken">Taken</span>'
        return f'<td class="{kind}">{inside}</td>'

    def _call(self, call: DiaryCall) -> str:
        local = call.starts_at.astimezone(self._zone)
        where = local_time.place(call.jurisdiction, postal_code=call.postal_code, timezone=call.timezone)
        there = local_time.there(where, call.starts_at) if where else None
        worker = f"<small>{escape(there.words)}</small>" if there else ""
        became = f" <em>{_BECAME[call.status]}</em>" if _BECAME[call.status] else ""
        marks = "".join(
            f'<small class="mark"><i aria-hidden="true">{icon}</i> {said}</small>'
            for icon, said, so in (
                ("do_not_disturb_on", "Not to be contacted", call.unwished),
                ("gavel", "Represented", call.spoken_for),
            )
            if so
        )
        address = escape(f"{CLAIM_ADDRESS.format(call.client_id, call.claim_id)}&tab=Calls")
        title = escape(f"{call.client}, {words.zoned(local)}")
        return (
            f'<a class="{call.status}" href="{address}" target="_blank" title="{title}">'
            f"{words.clock(local)} {escape(call.claim_number)}{became}{worker}{marks}</a>"
        )

    def _halves(self, spans: Iterable[tuple[datetime, datetime]]) -> Iterable[int]:
        for begins, ends in spans:
            at = begins
            while at < ends:
                local = at.astimezone(self._zone)
                if local.date() == self._day:
                    yield local.hour * 2 + local.minute // 30
                at += _HALF
