"""One thing done to all requests that are selected: what it is, what it would do to each, and undoing it."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st
from desk_board import Act, Answer

from core import words
from core.access import Actor
from core.authorizations import CHANNELS, FOLLOWED_UP, PARTIES, REPLIES, Party, Reply, bulk
from core.authorizations.bulk import Assign, Doing, Done, FollowUp, Line, Plan, Remind
from core.statutes import Channel
from pages.parts import desk, html_rows, live_lists
from pages.parts.forms.moment import moment
from pages.parts.markdown import verbatim

ASSIGN = Act("assign", "Assign reviewer", "a")
FOLLOW_UP = Act("follow_up", "Log one follow-up", "f")
REMIND = Act("remind", "Set reminder", "r")
ACTS = (ASSIGN, FOLLOW_UP, REMIND)

_OPEN, _PLAN, _DONE = (f"authorizations.at_once.{name}" for name in ("open", "plan", "done"))
_HEADINGS = ("Claim", "Asked for", "What happens")
_HOW = (Channel.PHONE, Channel.FAX, Channel.EMAIL, Channel.PORTAL)


class _Opened(NamedTuple):
    """What is to be done to which requests (client, claim, request)."""

    act: str
    keys: tuple[tuple[int, int, int], ...]


def hear(answer: Answer) -> None:
    """Open what the reader wants done to the rows that are selected."""
    keys = tuple((key[0], key[1], key[2]) for key in answer.keys if len(key) == 3)
    if keys and answer.act in {act.name for act in ACTS}:
        close()
        st.session_state[_OPEN] = _Opened(str(answer.act), keys)


def opened() -> bool:
    """Tell whether something to be done to several requests is open."""
    return _OPEN in st.session_state


def close() -> None:
    """Close it; nothing was done by it."""
    for key in (_OPEN, _PLAN):
        st.session_state.pop(key, None)


def drawn(person: Actor) -> None:
    """Draw what is to be done, and, once that is said, what it would do to each request; do it as it is shown."""
    act, keys = st.session_state[_OPEN]
    title = next(each.words for each in ACTS if each.name == act)
    st.subheader(f"{title}: {words.counted(len(keys), 'request')}", anchor=False)
    st.button("Close", icon=":material/close:", type="tertiary", key="authorizations.at_once.close", on_click=close)
    clients = [key[0] for key in keys]
    with st.form("authorizations.at_once.form", enter_to_submit=False):
        doing, lacking = {ASSIGN.name: _assign, FOLLOW_UP.name: _follow_up, REMIND.name: _remind}[act](person, clients)
        beside = st.container()
        pressed = st.form_submit_button("Preview")
    if pressed:
        st.session_state.pop(_PLAN, None)
        if doing is None:
            beside.error(lacking, icon=desk.ALERT)
        else:
            planned = None
            with beside, desk.refusals_shown(), desk.looking(person) as tx:
                planned = bulk.plan(person, tx, keys, doing, at=desk.now())
            st.session_state[_PLAN] = planned
    plan: Plan | None = st.session_state.get(_PLAN)
    if plan is not None:
        _preview(person, plan)


def _preview(person: Actor, plan: Plan) -> None:
    rows = [(line.claim_number, line.what, line.refused or _happens(line, plan.doing)) for line in plan.lines]
    st.html(html_rows.table("What happens to each request", _HEADINGS, [tuple(map(escape, row)) for row in rows]))
    number = len(plan.goes)
    if not number:
        st.info("Nothing is to be done to any of them.", icon=":material/block:")
        return
    of = f" of {len(plan.lines):,}" if number < len(plan.lines) else ""
    if st.button(
        f"Do this for {number:,}{of}", type="primary", icon=":material/done_all:", key="authorizations.at_once.go"
    ):
        done = bulk.commit(person, plan, at=desk.now())
        close()
        st.session_state[_DONE] = done
        live_lists.empty_selection()
        st.rerun()


def undo_line(person: Actor) -> None:
    """Say what was last done to several requests and what was refused, and offer for a while to undo it."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None or desk.now() - done.at > bulk.UNDONE_WITHIN:
        return
    went, doing = done.plan.goes, done.plan.doing
    with st.container(horizontal=True, vertical_alignment="center", key="authorizations.undo"):
        st.caption(f":material/check: {_said(doing)}: {words.counted(len(went), 'request')}", width="content")
        if isinstance(doing, FollowUp):
            st.caption(bulk.StaysLogged.text, width="content")
        elif went and st.button("Undo", icon=":material/undo:", shortcut="Z", key="authorizations.undo.press"):
            del st.session_state[_DONE]  # done or refused: there is no second time
            with desk.refusals_shown():
                _tell_undone(bulk.undo(person, done, at=desk.now()))
            return
    _refused(done.met)


def _tell_undone(back: Plan) -> None:
    if len(back.goes) == len(back.lines):
        desk.done(f"Undone for {words.counted(len(back.lines), 'request')}")
    st.warning(f"Undone for {len(back.goes):,} of {len(back.lines):,}.", icon=":material/undo:")
    _refused(back.lines)


def _refused(lines: Sequence[Line]) -> None:
    for line in lines:
        if line.refused:
            st.error(verbatim(f"{line.claim_number}: {line.refused}"), icon=desk.ALERT)


def _said(doing: Doing) -> str:
    if isinstance(doing, Assign):
        return "Given to a reviewer"
    return "Follow-up logged" if isinstance(doing, FollowUp) else "Reminder set"


def _happens(line: Line, doing: Doing) -> str:
    match doing:
        case Assign():
            return f"Its reviewer changes: until now {line.reviewer or 'nobody'}"
        case FollowUp(party, how, reply, _):
            return f"{PARTIES[party]}, {CHANNELS[how].lower()}: {REPLIES[reply].lower()}"
        case Remind(on):
            was = f", until now {words.instant(line.follow_up_at, line.timezone)}" if line.follow_up_at else ""
            return f"Follow up {words.instant(on, line.timezone)}{was}"


def _assign(person: Actor, clients: list[int]) -> tuple[Doing | None, str]:
    with desk.looking(person) as tx:
        people = bulk.reviewers_of(person, tx, clients)
    names = {each.staff_id: each.full_name for each in people}
    to = st.selectbox(
        "Reviewer", list(names), index=None, format_func=names.get, placeholder="Choose who reviews them",
        key="authorizations.at_once.to",
    )  # fmt: skip
    return (Assign(to), "") if to is not None else (None, "Choose who reviews them.")


def _follow_up(person: Actor, clients: list[int]) -> tuple[Doing | None, str]:
    left, right = st.columns(2)
    party = left.segmented_control(
        "Asked", FOLLOWED_UP, default=Party.PROVIDER, required=True, format_func=PARTIES.get,
        key="authorizations.at_once.party",
    )  # fmt: skip
    how = right.segmented_control(
        "By", _HOW, default=Channel.PHONE, required=True, format_func=CHANNELS.get, key="authorizations.at_once.how"
    )
    reply = st.segmented_control(
        "What came of it", list(Reply), format_func=REPLIES.get, key="authorizations.at_once.reply"
    )
    note = st.text_area("Note, optional", height=76, key="authorizations.at_once.note")
    return (FollowUp(party, how, reply, note), "") if reply is not None else (None, "Choose what came of it.")


def _remind(person: Actor, clients: list[int]) -> tuple[Doing | None, str]:
    zone = ZoneInfo(person.timezone)
    on = moment(f"Follow up at, {words.zone(zone.key)}", zone, value=None, key="authorizations.at_once.on")
    if on.at is None:
        return None, on.lacking or "Say when they are to be followed up."
    return Remind(on.at), ""
