"""How a claim's promise stands, as a chip that is seen from afar, and why its due time is what it is."""

from datetime import datetime, timedelta
from html import escape

import streamlit as st

from core import words
from core.clocks import Deadline, Kind, Standing, State, Step, sentence, soon_below, standing
from core.intake import ClaimPage, Header
from pages.parts import folding, html_rows
from pages.parts.markdown import verbatim

KINDS = {
    Kind.COUNTED: "Counted",
    Kind.CLOSED: "Skipped, closed",
    Kind.HOLIDAY: "Skipped, holiday",
    Kind.PAUSED: "Paused",
}

_ICONS = {
    State.OVERDUE: "priority_high",
    State.SOON: "schedule",
    State.PAUSED: "hourglass_top",
    State.REACHED: "check",
    State.LATE: "history",
    State.ENDED: "block",
}

_COUNTING = (State.OVERDUE, State.SOON, State.RUNNING)
"""The states in which time goes on."""

_INTERVALS = "Every interval from the report to the due time"
_STEPS = ("From and to", "What", "Working time", "Wall time", "Rule", "Who")


def clock(page: ClaimPage, *, now: datetime) -> None:
    """
    Draw how the claim's promise stands, and behind one click every interval that led to the due time.

    It is three pieces for a row that the caller has opened.
    """
    header, zone, deadline = page.header, page.header.client_timezone, page.deadline(now=now)
    stands = standing_of(header, deadline, paused=page.paused, now=now)
    chip(stands, due_at=deadline.due_at, soon=soon_below(deadline.due_at - header.reported_at), now=now)
    if stands.state is State.ENDED:
        if header.closed_at:
            st.markdown(f"on {words.instant(header.closed_at, zone)}", width="content")
        return
    with st.container(key="claim.due", width="content"):
        st.markdown(f"due {words.instant(deadline.due_at, zone)}", width="content")
    with st.popover("Why this time", icon=":material/help:", type="tertiary", key=folding.own_key("claim.why", header)):
        st.write(verbatim(sentence(deadline, zone)))
        st.html(html_rows.table(_INTERVALS, _STEPS, _steps(deadline, zone), look="desk-steps"))


def chip(stands: Standing, *, due_at: datetime, soon: timedelta, now: datetime) -> None:
    """
    Draw how something that is due at *due_at* stands *now*: its words, in the colour and with the icon of its state.

    As long as it is still to be done the browser counts on, as it does in the lists: less than *soon* left is soon.
    """
    counting = {"due": due_at.timestamp(), "soon": soon.total_seconds(), "now": now.timestamp()}
    counts = "".join(f' data-{name}="{seconds * 1000:.0f}"' for name, seconds in counting.items())
    st.html(
        f'<p class="desk-clock" data-state="{stands.state}"{counts if stands.state in _COUNTING else ""}>'
        f'<i aria-hidden="true">{_ICONS.get(stands.state, "")}</i><span>{escape(stands.words)}</span></p>',
        width="content",
    )


def standing_of(header: Header, deadline: Deadline, *, paused: bool, now: datetime) -> Standing:
    """Return how the claim's promise stands *now*; of a *paused* clock also since when it is."""
    pause = deadline.lasting_pause if paused else None
    return standing(
        reported_at=header.reported_at,
        due_at=header.due_at if header.first_contact_at else deadline.due_at,
        first_contact_at=header.first_contact_at,
        paused=pause is not None,
        paused_since=words.instant(pause.starts_at, header.client_timezone) if pause else "",
        closed=header.closed_at is not None,
        died=header.date_of_death is not None,
        at=now,
    )


def _steps(deadline: Deadline, zone: str) -> list[tuple[str, ...]]:
    """Return the steps as rows of cells in HTML, with their sum as the last one."""

    def row(step: Step) -> tuple[str, ...]:
        counted = words.duration(step.counted) if step.counted else "—"
        span = words.span(step.starts, step.ends, zone)
        return span, KINDS[step.kind], counted, words.duration(step.wall), step.rule, step.by or ""

    total = ("Sum", "", words.duration(deadline.counted), words.duration(deadline.wall), "", "")
    return [tuple(map(escape, cells)) for cells in (*map(row, deadline.steps), total)]
