"""How often who is asked how a request stands: what holds, its versions, and the forms that set and withdraw one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import authorizations, walltime, words
from core.access import Actor
from core.authorizations import Party, cadence_rehearsal, cadences
from core.authorizations.cadence import Cadence, Step
from core.authorizations.cadences import Moved, Ruled
from core.refusal import Refusal
from core.rules import Standing
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.markdown import verbatim
from pages.parts.rehearsing import rehearsal
from pages.parts.ruling import Sent, withdrawing_form

MOVES = "It moves the next follow-up of open requests when it begins, but for those that somebody has set by hand."
FELL_DUE = "A follow-up is late here where it fell due before somebody followed up or decided."

_HOUR = timedelta(hours=1)


def follow_ups(actor: Actor, *, now: datetime) -> Sent | None:
    """Draw the cadence to a party, and the forms about it; return what was sent."""
    party: Party = st.selectbox(
        "Who is asked", list(authorizations.FOLLOWED_UP), format_func=authorizations.PARTIES.__getitem__,
        key="clocks.cadence.party", width=280,
    )  # fmt: skip
    with desk.looking(actor) as tx:
        versions = cadences.listed(actor, tx, at=now)[party]
    listing, beside = st.columns([3, 2], gap="medium")
    with listing:
        _told(versions)
    with beside:
        said, preview, button = _fields(versions, now=now)
        if said is not None:
            _preview(actor, preview, *said, now=now)
        return button() or _withdrawing(versions)


def in_words(cadence: Cadence) -> list[str]:
    """Return what a cadence says, a sentence each."""
    steps = [
        f"With {words.duration(step.left)} left or more: again after {words.duration(step.every)}."
        for step in cadence.steps
    ]
    return [
        *steps,
        f"With less left, or overdue: after {words.duration(cadence.at_last)}.",
        f"Without a date: after {words.duration(cadence.undated)}.",
        f"Promised to answer: after {words.duration(cadence.promised)}, where that is longer and so long is left.",
        f"Offices are asked from {words.clock(cadence.opens)} to {words.clock(cadence.closes)} of their working days.",
        f"To clinical staff after {words.counted(cadence.unanswered, 'follow-up')} without an answer, or with less than"
        f" {cadence.share} % of the clock left and none; to supervisors by the next step, or once it is overdue.",
    ]


def would_move(moved: Sequence[Moved]) -> str:
    """Return in sentences what a cadence would move, of the requests that are open now."""
    if not moved:
        return "No request that is open now would be followed up at another time."
    told = []
    for client, *numbers in moved:
        parts = [
            f"{number:,} {what}"
            for number, what in zip(numbers, ("earlier", "later", "to clinical staff by now"), strict=True) if number
        ]  # fmt: skip
        told.append(f"{client} {', '.join(parts)}")
    total = sum(each.earlier + each.later for each in moved)
    return f"The next follow-up of {words.counted(total, 'open request')} would move: {'; '.join(told)}."


def _told(versions: Sequence[Ruled]) -> None:
    shown = next(each for each in versions if each.standing is Standing.IN_FORCE)
    st.markdown("  \n".join(map(verbatim, in_words(shown.cadence))))
    st.markdown("**Versions**")
    for ruled in versions:
        version = ruled.version
        by = f" · {verbatim(version.by)}" if version.by else ""
        since = f"from {words.brief_day(version.since)} on" if version.by else "what the desk comes with"
        lines = [f"**{ruled.standing.capitalize()}** · :gray[{since}{by}]", verbatim(version.why)]
        if ruled is not shown:
            lines.append(f":gray[{verbatim(' '.join(in_words(ruled.cadence)))}]")
        if version.withdrawn_at is not None:
            lines.append(f":gray[Withdrawn by {verbatim(version.withdrawn_by)}:] {verbatim(version.withdrawn_why)}")
        st.markdown("  \n".join(lines))


def _fields(
    versions: Sequence[Ruled], *, now: datetime
) -> tuple[tuple[Cadence, date] | None, DeltaGenerator, Callable[[], Sent | None]]:
    """
    Draw the fields of a version. Return what they say and from which day, as far as that can be told; the place of
    what it would move; and what draws the button below that, and returns the version once it is sent.
    """
    old = next(each for each in versions if each.standing is Standing.IN_FORCE).cadence
    form = f"clocks.cadence.{old.party}"
    request = forms.request_key(form)
    steps = _steps(old, request)
    at_last = _hours("With less left, hours", old.at_last, f"last.{request}")
    undated = _hours("Without a date, hours", old.undated, f"undated.{request}")
    promised = _hours("Promised to answer, hours", old.promised, f"promised.{request}")
    first, second = st.columns(2)
    opens = first.time_input("Offices open", value=old.opens, step=900, key=f"opens.{request}")
    closes = second.time_input("Offices close", value=old.closes, step=900, key=f"closes.{request}")
    first, second = st.columns(2)
    unanswered = first.number_input(
        "Follow-ups in vain", min_value=1, max_value=cadences.MOST_UNANSWERED, value=old.unanswered, step=1,
        help="After so many without an answer it goes to clinical staff.", key=f"unanswered.{request}",
    )  # fmt: skip
    share = second.number_input(
        "Or clock left, %", min_value=1, max_value=99, value=old.share, step=1,
        help="With less of it left and no answer it goes to clinical staff as well.", key=f"share.{request}",
    )  # fmt: skip
    today = walltime.today(cadences.ZONE, now)
    begins = forms.day(f"From, {words.zone(cadences.ZONE)}", key=f"from.{request}", value=today)
    why = st.text_input("Reason for the cadence", key=f"why.{request}")
    said = None
    if begins.on is not None:
        new = Cadence(old.party, steps, at_last, undated, promised, opens, closes, int(unanswered), int(share))
        said = (new, begins.on)
    return said, st.container(), partial(_button, form, request, said, begins.lacking, why, today)


def _steps(old: Cadence, request: UUID) -> tuple[Step, ...]:
    """Draw the steps, one more than there are as far as there can be, and return those that are said."""
    said = []
    for number, step in enumerate([*old.steps, None][: cadences.MOST_STEPS], 1):
        first, second = st.columns(2)
        left = _typed(first, f"{number}. Left at least, hours", step and step.left, f"left.{number}.{request}")
        every = _typed(second, f"{number}. Again after, hours", step and step.every, f"every.{number}.{request}")
        if left and every:
            said.append(Step(left, every))
    return tuple(said)


def _typed(where: DeltaGenerator, label: str, value: timedelta | None, key: str) -> timedelta | None:
    number = where.number_input(
        label, min_value=1, max_value=cadences.MOST_HOURS, value=value and value // _HOUR, step=1, key=key
    )
    return None if number is None else int(number) * _HOUR


def _hours(label: str, value: timedelta, key: str) -> timedelta:
    number = st.number_input(
        label, min_value=1, max_value=cadences.MOST_HOURS, value=value // _HOUR, step=1, key=key, width=240
    )
    return int(number) * _HOUR


def _preview(actor: Actor, place: DeltaGenerator, cadence: Cadence, since: date, *, now: datetime) -> None:
    """Draw what the cadence would move, and the button that rehearses it; nothing of one that can be none."""
    try:
        with desk.looking(actor) as tx:
            moved = cadences.preview(actor, tx, cadence, since=since, at=now)
    except Refusal:  # told when it is sent
        return
    place.info(verbatim(would_move(moved)))
    rehearsal(actor, "clocks.cadence", cadence, "follow-up", partial(cadence_rehearsal.of_cadence, cadence=cadence))
    st.caption(FELL_DUE)


def _button(
    form: str, request: UUID, said: tuple[Cadence, date] | None, lacking: str, why: str, today: date
) -> Sent | None:
    """Draw the button, which says whether it begins today, and return the version, once it is pressed."""
    st.caption(MOVES)
    refusals = st.container()
    planned = said is not None and said[1] > today
    if not st.button("Plan this cadence" if planned else "Put in force", type="primary", key=f"{form}.{request}.go"):
        return None
    if said is None:
        refusals.error(lacking or "Say from which day on.", icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_propose, *said, why))


def _withdrawing(versions: Sequence[Ruled]) -> Sent | None:
    """Draw which planned version is taken back, and why, and return that, once it is sent."""
    planned = {
        each.version.number: f"From {words.brief_day(each.version.since)} on: {each.version.why}"
        for each in versions if each.standing is Standing.PLANNED
    }  # fmt: skip
    form = f"clocks.cadence.withdraw.{versions[0].cadence.party}"
    return withdrawing_form(form, "cadence", planned, cadences.withdraw)


def _propose(cadence: Cadence, since: date, why: str, actor: Actor, tx: Connection, at: datetime) -> str:
    cadences.propose(actor, tx, cadence, since=since, why=why, at=at)
    return f"{authorizations.PARTIES[cadence.party]}: followed up by this cadence from {words.brief_day(since)} on."
