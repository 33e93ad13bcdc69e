"""My work on a page: the list with one item open beside it, worked there, and the next one after it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple, NoReturn
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st
from desk_board import Act, Answer, board
from streamlit.errors import StreamlitInvalidLayoutContextError

from core import assignees, intake, words, worklist
from core.access import MATRIX, Action, Actor, Scope
from core.clocks import until_due
from core.live import LiveList
from core.transactions import Connection
from core.worklist import CALL_BACK, FIRST_CONTACT, INTAKE
from pages.parts import claim_clock, claim_pieces, desk, forms, handing, live_lists, onlookers, timeline
from pages.parts.forms.drafted import AS_TYPED, drafted
from pages.parts.markdown import verbatim

_OPEN = "work.open"
_ONWARD = "work.onward"
_OVER = "work.over"
_WITHIN = "work.within"
"""The choices to which the list was narrowed when what stands beside it was opened."""

_OWN_TIME = {INTAKE: "intake due", CALL_BACK: "call promised for"}
"""The kinds of work that are not due when first contact is, and what their own time is called."""

Key = tuple[int, int, int]
"""Client, claim and kind of work."""


class Whose(NamedTuple):
    """Whose work is shown: that person's and nobody's, or everybody's; of these clients, or (None) of all in scope."""

    staff_id: int
    everybody: bool
    clients: frozenset[int] | None = None


def whose(person: Actor) -> Whose:
    """
    Return whose work is shown: one's own; of those who hand out work, that of the person they choose.

    Whoever makes the first contact calls for claims that others have: their work is everybody's of their clients.
    """
    if not person.may(Action.CLAIM_ASSIGN):
        return Whose(person.staff_id, person.may(Action.FIRST_CONTACT_RECORD))
    with desk.looking(person) as tx:
        people = {each.staff_id: each for each in assignees.people(person, tx)}
    people.pop(person.staff_id, None)
    # Chosen and told in one row: what comes and goes above the list would have it drawn as another one.
    with st.container(horizontal=True, vertical_alignment="center", key="work.choice"):
        chosen = st.selectbox(
            "Whose work",
            [person.staff_id, *sorted(people, key=lambda staff_id: people[staff_id].name)],
            format_func=lambda staff_id: people[staff_id].name if staff_id in people else "Everybody's work",
            key="work.whose",
            label_visibility="collapsed",
            width=280,
        )
        if (other := people.get(chosen)) is None:
            return Whose(chosen, everybody=True)
        reaches = MATRIX[other.role][Action.FIRST_CONTACT_RECORD] is not Scope.NONE
        who = "everybody's" if reaches else "this person's and nobody's"
        where = "" if other.scope is None else " of the clients worked for"
        st.caption(f"{verbatim(other.name)}'s list: what is {who}{where}. What you do here is done in your name.")
        return Whose(chosen, reaches, other.scope)


def listed(person: Actor, live_list: LiveList, *, whose: Whose, acts: Sequence[Act]) -> Answer:
    """Draw the list, and open beside it what its reader opened; where there is no room, the claim's own page."""
    here = {"work": "all" if whose.everybody else "own"}
    answer = board(
        live_list.name,
        live_list=live_list.drawn(),
        timezone=person.timezone,
        acts=acts,
        me=whose.staff_id,
        everybody=whose.everybody,
        clients=whose.clients,
        href=f"{live_lists.CLAIM_ADDRESS}&{urlencode(live_lists.kept_in_address(here))}",
        cleared=live_lists.cleared(),
        beside=True,
        opened=st.session_state.get(_OPEN),
        onward=st.session_state.get(_ONWARD, 0),
        opening=_opening,
    )
    if answer.opened and len(answer.opened) == 3 and answer.narrow:
        live_lists.open_claim(*answer.opened[:2], {**answer.filter, **here})
    st.session_state[_WITHIN] = st.session_state.get(_WITHIN, {}) | here
    return answer


def _opening(answer: Answer) -> None:
    """Keep what stands beside the list from now on; where there is no room for it, what stood there is kept."""
    if answer.done:
        st.session_state[_OPEN], st.session_state[_OVER] = None, True
    elif answer.opened and len(answer.opened) == 3 and not answer.narrow:
        st.session_state[_OPEN], st.session_state[_OVER] = answer.opened, False
        st.session_state[_WITHIN] = dict(answer.filter)


def _again() -> NoReturn:
    """Draw list and item anew: by themselves, or with the page where all of it is being drawn."""
    try:
        st.rerun(scope="fragment")
    except StreamlitInvalidLayoutContextError:
        st.rerun()


def item(person: Actor) -> None:
    """Draw the item that is open: whose claim, how its clock stands, how to reach, what is to do; and do it."""
    key: Key | None = st.session_state.get(_OPEN)
    onlookers.leave(person, but=key and key[:2])
    if key is None:
        over = (
            "Nothing else waits on this list."
            if st.session_state.get(_OVER)
            else "Choose a line, or press N for the most urgent."
        )
        st.info(over, icon=":material/task_alt:")
        return
    client_id, claim_id, kind = key
    page = found = None
    now = desk.now()
    with desk.refusals_shown(), desk.by_key(person) as tx:
        page = intake.open_claim(person, tx, client_id, claim_id)
        found = worklist.item(person, tx, client_id=client_id, claim_id=claim_id, kind=kind, at=now)
    if page is None:
        return
    calls = kind in (FIRST_CONTACT, CALL_BACK)
    # All that names the worker in one go: the one before must not stand beside it while the rest is on its way.
    st.subheader(claim_pieces.title(page), anchor=False)
    claim_pieces.header(page)
    claim_pieces.reach(page, now=now)
    with st.container(horizontal=True, vertical_alignment="center"):
        if found is None or kind not in _OWN_TIME:
            claim_clock.clock(page, now=now)
        else:
            _own_clock(found, page.header.client_timezone, now)
    claim_pieces.closed(page)
    if calls and page.open_questions:
        claim_pieces.missing(page)
    _zones(person, page, now)
    handing.note(page)
    _aside(person, page, found.due_at if found else None, key)
    sent = done = None
    for form in (forms.first_contact, forms.attempt) if calls else (forms.questions,):
        sent = form(person, page) or sent
    if sent:
        with sent.beside:
            done = forms.perform(person, sent, now)
    if done:
        _go_on(done, stays=not calls and len(page.open_questions) > 1)
    timeline.attempts(page, most=3)
    onlookers.others(client_id, claim_id)
    if st.button(
        "Open the claim's page", icon=":material/open_in_full:", type="tertiary", shortcut="O", key="work.page"
    ):
        live_lists.open_claim(client_id, claim_id, st.session_state.get(_WITHIN, {}))


def _own_clock(found: worklist.Item, timezone: str, now: datetime) -> None:
    """Draw until when the questions are to be asked or the call is promised: as in the list, and no other time."""
    soon = worklist.soon_by(found)
    claim_clock.chip(until_due(found.due_at, at=now, soon=soon), due_at=found.due_at, soon=soon, now=now)
    st.markdown(f"{_OWN_TIME[found.kind]} {words.instant(found.due_at, timezone)}", width="content")


def _zones(person: Actor, page: intake.ClaimPage, now: datetime) -> None:
    """Say that the item's times are the client's, where clocks show others in the list beside it."""
    own, clients = (now.astimezone(ZoneInfo(zone)) for zone in (person.timezone, page.header.client_timezone))
    if (own.utcoffset(), own.tzname()) != (clients.utcoffset(), clients.tzname()):
        theirs, yours = (words.zone(zone, now) for zone in (page.header.client_timezone, person.timezone))
        st.caption(f"Times here are the client's, {theirs}; those of the list are yours, {yours}.")


def _go_on(said: str, *, stays: bool = False) -> NoReturn:
    """Say what was done, and open what is next, unless more is to do on this one."""
    if not stays:
        st.session_state[_ONWARD] = st.session_state.get(_ONWARD, 0) + 1
    st.toast(said, icon=":material/check:")
    _again()


def _aside(person: Actor, page: intake.ClaimPage, due: datetime | None, key: Key) -> None:
    """Draw how the item is put aside, until a time or with a reason; what was open of another item is closed."""
    named = "-".join(map(str, key))
    with st.container(horizontal=True, key="work.aside"):
        with st.popover("Snooze", icon=":material/snooze:", key=f"work.snooze.of.{named}"):
            _snooze(person, due, key)
        with st.popover("Skip", icon=":material/skip_next:", key=f"work.skip.of.{named}"):
            _skip(person, page, key[2])
        if handing.taken(person, page):
            _again()
        if said := handing.handed(person, page):
            _go_on(said)


def _snooze(person: Actor, due: datetime | None, key: Key) -> None:
    now, zone = desk.now(), ZoneInfo(person.timezone)
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(9), zone)
    times = {
        "In 1 hour": now + timedelta(hours=1),
        "In 4 hours": now + timedelta(hours=4),
        f"Tomorrow at 09:00 {tomorrow.tzname()}": tomorrow,
    }
    for said, until in times.items():
        late = due is not None and now <= due < until
        warned = f"{said}, after it is due" if late else said
        if st.button(warned, key=f"work.snooze.{said}", type="tertiary", icon=":material/warning:" if late else None):
            with desk.refusals_shown():
                with desk.acting(person) as tx:
                    worklist.snooze(
                        person, tx, client_id=key[0], claim_id=key[1], kind=key[2], until=until, past_due=late, at=now
                    )
                _go_on(f"Back on top on {words.instant(until, person.timezone)}.")


def _skip(person: Actor, page: intake.ClaimPage, kind: int) -> None:
    form = forms.of(page, "skip")
    request = forms.request_key(forms.key_of(form))
    with (
        drafted(person, form, request, person.timezone, {"skip.why": AS_TYPED}),
        st.form(f"skip.{request}", border=False, enter_to_submit=False),
    ):
        reason = st.text_input(
            "Why", help=f"Up to {worklist.LONGEST_REASON} characters. Colleagues read it.", key=f"skip.why.{request}"
        )
        beside = st.container()
        pressed = st.form_submit_button("Skip for now", key=f"skip.go.{request}")
    if not pressed:
        return
    skip = partial(_skipped, page.header, kind, reason, person.timezone)
    with beside:
        said = forms.perform(person, forms.Sent(form, request, skip, beside), desk.now())
    if said:
        _go_on(said)


def _skipped(
    header: intake.Header, kind: int, reason: str, zone: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    until = worklist.skip(actor, tx, **where, kind=kind, reason=reason, at=at)
    return f"Skipped until {words.instant(until, zone)}: {verbatim(reason)}"
