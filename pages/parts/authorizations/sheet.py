"""The call sheet of a provider's office: everything that waits for it, with what came of each line, in one form."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from core import authorizations, telephones, words
from core.access import Actor
from core.authorizations import CLOCKS, REPLIES, Clock, Logged, Office, Reply, Request, Said, Waiting
from core.authorizations.sheets import MOST
from core.clocks import Standing, State, soon_below, until_due
from pages.parts import claim_clock, desk, live_lists
from pages.parts.authorizations import standing
from pages.parts.markdown import verbatim

_OFFICE, _SEEN, _TIMES, _REFUSED = (f"authorizations.sheet.{name}" for name in ("of", "seen", "times", "refused"))
_GO = "authorizations.sheet.go.press"


def patient(worker: str, born: date | None) -> str:
    """Return, as markdown, of whom an office is asked: name and date of birth, as far as they are known."""
    known = f", born {words.brief_day(born)}" if born else ""
    return f"{verbatim(worker) or 'Name not known'}{known}"


def offered(request: Request) -> bool:
    """Draw the button that opens the call sheet of the office that asks, in the list of requests; whether it was."""
    return st.button(
        "Call sheet", icon=":material/contact_phone:", key="authorizations.sheet.open", on_click=_open, args=(request,),
        help=f"Everything that waits for {verbatim(request.frame.provider_name)}, to be worked in one call",
    )  # fmt: skip


def _open(request: Request) -> None:
    st.session_state[_OFFICE] = authorizations.office_of(request)


def opened() -> Office | None:
    """Return the office whose call sheet is open."""
    office: Office | None = st.session_state.get(_OFFICE)
    return office


def close() -> None:
    """Close the call sheet, and forget what was left in it."""
    for key in [key for key in st.session_state if str(key).startswith("authorizations.sheet.")]:
        del st.session_state[key]


def drawn(person: Actor, office: Office) -> None:
    """Draw the call sheet, and log what came of its lines."""
    now, lines = desk.now(), list[Waiting]()
    by_npi = f"NPI {office.npi}" if office.npi else ""
    phone = f"telephone {telephones.grouped(office.phone)}" if office.phone else "no telephone number is known"
    st.subheader(f"Call sheet: {verbatim(office.name)}", anchor=False)
    st.caption(" · ".join(verbatim(each) for each in (phone, by_npi) if each))
    st.button(
        "Back to the request", icon=":material/arrow_back:", type="tertiary", key="authorizations.back", on_click=close
    )
    with desk.refusals_shown(), desk.looking(person) as tx:
        lines = authorizations.sheet(person, tx, office)
    for refusal in st.session_state.pop(_REFUSED, ()):
        st.error(verbatim(refusal), icon=desk.ALERT)
    if st.session_state.get(_GO):
        lines = st.session_state.get(_SEEN, lines)  # what was filled in is what was seen then
    st.session_state[_SEEN] = lines
    if not lines:
        st.info("Nothing open waits for this office.", icon=":material/task_alt:")
        return
    _form(person, lines, now)


def _form(person: Actor, lines: Sequence[Waiting], now: datetime) -> None:
    due = sum(line.follow_up_at is not None and line.follow_up_at <= now for line in lines)
    more = f" The first {MOST} are shown." if lines[0].of_all > len(lines) else ""
    waits = "request waits" if lines[0].of_all == 1 else "requests wait"
    st.write(f"{lines[0].of_all:,} {waits} for this office; {due:,} to be followed up by now.{more}")
    with st.form("authorizations.sheet.form", enter_to_submit=False):
        for line in lines:
            _line(line, now)
        beside = st.container()
        pressed = st.form_submit_button("Log what came of it", type="primary", key=_GO)
    if not pressed:
        return
    said, lacking = _said(lines)
    for sentence in lacking:
        beside.error(verbatim(sentence), icon=desk.ALERT)
    if said and not lacking:
        _told(lines, authorizations.log_sheet(person, said, at=now))


def _line(line: Waiting, now: datetime) -> None:
    more = f" +{line.more}" if line.more else ""
    address = live_lists.CLAIM_ADDRESS.format(line.client_id, line.claim_id)
    kind, waits = verbatim(authorizations.kind_words(line.kind)), "Waits for" if line.missing is None else "Missing"
    with st.container(key=f"authorizations.sheet.line.{line.request_id}", gap="xsmall"):
        st.markdown(
            f"**{patient(line.worker, line.born)}** · [{verbatim(line.claim_number)}]({address}) · "
            f"{verbatim(line.client)} · "
            f"{kind}: {verbatim(line.what)}{more}  \n**{waits}:** {verbatim(authorizations.awaited(line))}"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            stands = _clock(line, now)
            if line.due_at is None or stands.state is State.PAUSED:
                standing.still(stands)
            else:
                claim_clock.chip(stands, due_at=line.due_at, soon=_soon(line), now=now)
            if line.follow_up_at is not None:
                st.caption(f"Follow up {words.instant(line.follow_up_at, line.timezone)}", width="content")
        st.segmented_control(
            f"What came of {line.claim_number}", list(Reply), format_func=REPLIES.get, key=_key("reply", line),
            label_visibility="collapsed",
        )  # fmt: skip
        st.text_input(
            f"Note on {line.claim_number}", placeholder="Note, optional", key=_key("note", line),
            label_visibility="collapsed",
        )  # fmt: skip
        st.divider()


def _clock(line: Waiting, now: datetime) -> Standing:
    if line.clock == Clock.TOLLED:
        return Standing(State.PAUSED, CLOCKS[Clock.TOLLED])
    if line.due_at is None or not line.ours:
        return Standing(State.PAUSED, f"{CLOCKS[Clock(line.clock)]}, no date of ours is due")
    return until_due(line.due_at, at=now, soon=_soon(line))


def _soon(line: Waiting) -> timedelta:
    return soon_below((line.due_at or line.received_at) - line.received_at)


def _said(lines: Sequence[Waiting]) -> tuple[list[Said], list[str]]:
    """Return what was said of the lines, and what is lacking for it to be logged."""
    said, lacking = list[Said](), list[str]()
    for line in lines:
        reply, note = st.session_state.get(_key("reply", line)), st.session_state.get(_key("note", line)) or ""
        if reply is not None:
            said.append(Said(authorizations.key_of(line), reply, note))
        elif note.strip():
            lacking.append(f"{line.claim_number}: choose what came of it.")
    return said, lacking if said or lacking else ["Choose what came of at least one line."]


def _told(lines: Sequence[Waiting], logged: Sequence[Logged]) -> None:
    """Say what was logged; empty those lines, and keep what was typed in the others, named with their refusals."""
    numbers = {authorizations.key_of(line): line.claim_number for line in lines}
    times = st.session_state.setdefault(_TIMES, {})
    done = [each for each in logged if not each.refused]
    for each in done:
        times[each.key.request_id] = times.get(each.key.request_id, 0) + 1
    st.session_state[_REFUSED] = [f"{numbers[each.key]}: {each.refused}" for each in logged if each.refused]
    if done:
        desk.say_next(f"{words.counted(len(done), 'follow-up')} logged")
    st.rerun()


def _key(field: str, line: Waiting) -> str:
    """Return the key of a line's field: with each time that something of it was logged, another one, which is empty."""
    times = st.session_state.get(_TIMES, {}).get(line.request_id, 0)
    return f"authorizations.sheet.{field}.{line.request_id}.{times}"
