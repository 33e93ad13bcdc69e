"""The list of the statutory clocks, and what the one that is open says."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from core import walltime, words
from core.calendars import DayChange, first_instant
from core.refusal import Refusal
from core.rules import Standing
from core.statutes import Events, amount, due, lapsed, rule_for, sureness
from core.statutes import words as count_in_words
from core.statutes.setting import Clock, Ruled
from pages.parts import side
from pages.parts.clocks.wording import clock_label, since, stands, state_label, sure, warned
from pages.parts.markdown import verbatim

NAME = "clocks"
NOT_OURS = "Shown for information: it is not the desk's to meet."

_MORNING = time(10)


def jurisdiction_choice(clocks: Sequence[Clock]) -> list[Clock]:
    """Draw the choice of a jurisdiction and return its clocks, in the order of the list."""
    known = sorted({clock.jurisdiction for clock in clocks})
    chosen = st.selectbox("State", [None, *known], format_func=state_label, key=f"{NAME}.state", width=280)
    return [clock for clock in clocks if chosen in (None, clock.jurisdiction)]


def still_to_check(clocks: Sequence[Clock]) -> str:
    """Return in a sentence how many clocks nobody has compared with the law, of what is from memory."""
    here = [clock.shown for clock in clocks if not clock.shown.ended]
    lacking = sum(ruled.to_check for ruled in here)
    if not lacking:
        return "Nothing of them is from memory and unchecked."
    return (
        f"{lacking:,} of {words.counted(len(here), 'clock')} in force are from memory in some part and not yet checked."
    )


def table(clocks: Sequence[Clock]) -> Clock | None:
    """Draw the list and return the clock that is open, if one is."""
    shown = [clock.shown for clock in clocks]
    opened = side.rows(
        NAME,
        {
            "State": [clock.jurisdiction for clock in clocks],
            "Kind": [clock_label(clock) for clock in clocks],
            "How sure": [sure(each) for each in shown],
            "Limit": [amount(each.rule) for each in shown],
            "Whose": [each.rule.owner for each in shown],
            "Standing": [stands(each) for each in shown],
            "Planned": [_planned(clock) for clock in clocks],
        },
        # By what a clock is, not by its place, which the choice of a state moves.
        [clock.versions[-1].version.number for clock in clocks],
        alt="The statutory clocks, by state and kind",
    )
    return next((clock for clock in clocks if clock.versions[-1].version.number == opened), None)


def told(clock: Clock, changes: Sequence[DayChange], *, timezone: str, now: datetime) -> None:
    """Draw what is known of the clock: its law, what a lapse means, its versions, and a count of today."""
    ruled = clock.shown
    rule = ruled.rule
    st.subheader(verbatim(f"{clock.jurisdiction}: {clock_label(clock)}"), anchor=False)
    if warning := warned(ruled):
        st.warning(warning, icon=":material/fact_check:")
    late = f"  \nComes late: {verbatim(rule.after_hours.words)}" if rule.after_hours.words else ""
    extended = f"  \nExtended if: {verbatim(rule.extension.words)}" if rule.extension else ""
    last_day = f"  \nLast day: {verbatim(rule.last_day_words)}" if rule.last_day_words else ""
    st.markdown(
        f"**{amount(rule)}** from {verbatim(rule.starts)}{extended}{late}{last_day}  \n"
        f"**If it lapses:** {verbatim(lapsed(rule))}  \n"
        f"**Law:** {verbatim(rule.citation)}  \n"
        f"**Whose:** {verbatim(rule.owner)}{'' if rule.ours else f'. {NOT_OURS}'}"
    )
    if rule.note:
        st.caption(verbatim(f"{rule.note[:1].upper()}{rule.note[1:]}."))
    _example(clock, changes, now=now)
    _versions(clock, timezone)


def _example(clock: Clock, changes: Sequence[DayChange], *, now: datetime) -> None:
    """Draw the count of what starts on the next morning."""
    rule = clock.shown.rule
    local = ZoneInfo(rule.zone)
    starts = first_instant(local, walltime.today(rule.zone, now) + timedelta(days=1), _MORNING)
    rules = [each.rule for each in clock.versions if each.standing is not Standing.WITHDRAWN]
    try:
        held = rule_for(rules, clock.jurisdiction, clock.kind, at=starts, in_network=clock.network)
    except Refusal as none:
        st.caption(verbatim(str(none)))
        return
    first, *more = count_in_words(due(held, Events(starts, complete_at=starts), changes))
    with st.expander(verbatim(f"If it starts tomorrow at 10:00: {first[:1].lower()}{first[1:]}")):
        st.markdown("  \n".join(map(verbatim, more)))


def _versions(clock: Clock, timezone: str) -> None:
    st.markdown("**Versions**")
    for ruled in clock.versions:
        version = ruled.version
        by = f" · {verbatim(version.by)}" if version.by else ""
        lines = [
            f"**{amount(ruled.rule)}** · {stands(ruled)}",
            f":gray[{since(ruled.rule)[:1].upper()}{since(ruled.rule)[1:]}{by} · {sureness(ruled.rule)}]",
            f"{verbatim(version.why)} {verbatim(ruled.rule.citation)}",
        ]
        if ruled.rule.source:
            lines.append(f":gray[Source:] {verbatim(ruled.rule.source)}")
        lines += [_checked(ruled, timezone)] if ruled.checks else []
        if version.withdrawn_at is not None:
            lines.append(f":gray[Withdrawn by {verbatim(version.withdrawn_by)}:] {verbatim(version.withdrawn_why)}")
        st.markdown("  \n".join(lines))


def _checked(ruled: Ruled, timezone: str) -> str:
    return "  \n".join(
        f":gray[Checked by {verbatim(each.by)}, {words.instant(each.at, timezone)}, against:] {verbatim(each.against)}"
        for each in ruled.checks
    )


def _planned(clock: Clock) -> str:
    """Return the day from which something else holds; empty where nothing is planned."""
    days = [each.version.since for each in clock.versions if each.standing is Standing.PLANNED]
    return words.brief_day(min(days)) if days else ""
