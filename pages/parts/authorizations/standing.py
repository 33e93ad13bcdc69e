"""How the clock of a request stands, in a chip, in words, and in every day that was counted."""

from datetime import datetime, timedelta
from html import escape

import streamlit as st

from core import authorizations, statutes, words
from core.authorizations import BY_LAPSE, CLOCKS, Clock, Lapsed, Request
from core.authorizations.clock import Standing as Counted
from core.clocks import Standing, State, soon_below, until_due
from pages.parts import claim_clock, html_rows
from pages.parts.markdown import verbatim

_STILL = (Clock.TOLLED, Clock.DEFERRED)


def of_list(request: Request, *, now: datetime) -> Standing:
    """Return how the clock stands, as a state and in words."""
    frame = request.frame
    if frame.decided_at is not None:
        said = authorizations.outcome_words(frame.outcome or "", frame.jurisdiction)
        if frame.to_tell_at is not None:
            return Standing(State.PAUSED, f"{said} by a correction, to be told")
        if frame.communicated_at is not None:
            late = frame.due_at is not None and frame.ours and frame.communicated_at > frame.due_at
            return Standing(State.LATE if late else State.REACHED, f"{said}{', told late' if late else ', told'}")
        if frame.ended_at is not None:
            return Standing(State.ENDED, said)
    if frame.clock in _STILL:
        return Standing(State.PAUSED, CLOCKS[Clock(frame.clock)])
    if frame.due_at is None:
        return Standing(State.PAUSED, f"{CLOCKS[Clock(frame.clock)]}, no date is due")
    if not frame.ours:
        return Standing(State.RUNNING, f"For information: {until_due(frame.due_at, at=now, soon=_soon(request)).words}")
    return until_due(frame.due_at, at=now, soon=_soon(request))


def clock(request: Request, counted: Counted, lapse: Lapsed | None, *, now: datetime) -> None:
    """
    Draw how the clock stands, until when, and behind one click every day that was counted, by which law.

    It is three pieces for a row that the caller has opened.
    """
    frame, stands = request.frame, of_list(request, now=now)
    if frame.due_at is None or stands.state not in (State.OVERDUE, State.SOON, State.RUNNING) or not frame.ours:
        still(stands)
    else:
        claim_clock.chip(stands, due_at=frame.due_at, soon=_soon(request), now=now)
    if frame.due_at is not None:
        zone = counted.due.zone if counted.due else frame.timezone
        st.markdown(f"due {due_words(frame.due_at, zone, counted)}", width="content")
    key = f"authorization.why.{frame.client_id}.{frame.request_id}"
    with st.popover("Why this time", icon=":material/help:", type="tertiary", key=key):
        _why(request, counted)
        if lapse is not None:
            st.markdown(_lapsed(lapse))


def lapsed(lapse: Lapsed) -> None:
    """Draw what its own law says of a clock that ran out, and which of that law's conditions hold."""
    st.warning(_lapsed(lapse), icon=":material/hourglass_disabled:")


def _lapsed(lapse: Lapsed) -> str:
    said = [f"**The time for a decision is over.** {verbatim(lapse.words)}"]
    for check in lapse.checks:
        icon = ":green[:material/check_circle:]" if check.holds else ":red[:material/cancel:]"
        found = f": {verbatim(check.found)}" if check.found else ""
        said.append(f"{icon} {'' if check.holds else '**Not so:** '}{check.asked}{found}")
    if lapse.checks:
        said.append(
            "Every condition holds." if lapse.whole else "Not every condition holds: nothing follows from the lapse."
        )
    return "  \n".join([*said, BY_LAPSE])


def due_words(due_at: datetime, zone: str, counted: Counted) -> str:
    """Return when a request is due: the day, where its law names no time of it."""
    if (
        counted.due is not None
        and counted.due.due_on is not None
        and counted.due.due_at == due_at
        and not counted.due.timed
    ):
        return f"{words.day(counted.due.due_on)}, to the end of the day, {words.zone(zone, due_at)}"
    return words.instant(due_at, zone)


def _soon(request: Request) -> timedelta:
    frame = request.frame
    return soon_below((frame.due_at or frame.received_at) - frame.received_at)


def still(stands: Standing) -> None:
    """Draw how a clock stands that counts to no date."""
    st.html(
        f'<p class="desk-clock" data-state="{stands.state}"><span>{escape(stands.words)}</span></p>', width="content"
    )


def _why(request: Request, counted: Counted) -> None:
    frame = request.frame
    if frame.due_why:
        st.write(f"**Set by hand:** {verbatim(frame.due_why)}")
    if counted.due is None:
        st.write(verbatim(counted.no_rule))
        return
    due, rule = counted.due, counted.due.rule
    st.write(verbatim(statutes.sentence(due)))
    for remark in due.remarks:
        st.caption(verbatim(remark))
    rows = [
        tuple(map(escape, (claim_clock.KINDS[steps[0].kind], statutes.step_words(due, *steps))))
        for steps in statutes.stretches(due)
    ]
    if rows:
        st.html(html_rows.table("Every stretch from the receipt to the due date", ("What", "When and why"), rows))
    st.markdown(
        f"**{verbatim(authorizations.kind_words(rule.kind))}, {verbatim(rule.jurisdiction)}:"
        f" {verbatim(statutes.amount(rule))} from {verbatim(rule.starts)}.** {verbatim(rule.citation)}"
        f" ({verbatim(statutes.sureness(rule))})."
    )
    if "knowledge" in statutes.sureness(rule):
        st.caption(":orange[:material/help: From memory: a person has yet to check this clock against the law.]")
    st.caption(verbatim(f"If nobody decides in time: {statutes.lapsed(rule)}"))
