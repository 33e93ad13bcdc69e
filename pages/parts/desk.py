"""
What every page starts with and shares: who is asking, what time it is, and how a look or an act is answered.

Nothing is drawn and no session state is touched inside `looking` and `acting`: a click could undo the act.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from html import escape
from time import monotonic
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import audit, instant, staff, words
from core.access import Action, Actor, NotAllowed, Subject, of_claim
from core.refusal import Refusal
from core.transactions import acting, by_key
from core.transactions import transaction as looking
from pages.door.headers import BROWSER, SESSION
from pages.parts.markdown import verbatim

__all__ = [
    "ALERT",
    "Head",
    "SignedOut",
    "acting",
    "actor",
    "address",
    "as_of",
    "asked_again",
    "browser",
    "by_key",
    "came_from",
    "claim_asked",
    "done",
    "drawn_whole",
    "heading",
    "known",
    "leave_for",
    "looking",
    "not_yours",
    "now",
    "now_of_claim",
    "open_page",
    "open_tab",
    "refusals_shown",
    "say_next",
    "signed_in",
    "visit",
    "watch",
    "way_back",
]

SIGN_IN_FIRST = "Sign in to open this page."
NOT_YOURS = "This page is not part of your role."
ALERT = ":material/priority_high:"
"""The icon of what keeps something from being done."""

_DONE = "desk.done"
_VISIT = "desk.visit"
_NAMED = "desk.named"
"""The claim that the page has put into its address, and when, until the browser asks by that address."""
_ON_ITS_WAY = 10.0
"""Seconds in which a browser may still ask by an address that has been changed."""
_FROM = "desk.from"
_TAB = "tab"
"""What the open tab is called in a page's address."""
_known: ContextVar[Actor | None] = ContextVar("known", default=None)
"""Who asked for the page that is drawn, from the menu's asking to the end of the same run."""


class Head(NamedTuple):
    """The places in a page's first line that the page itself fills in."""

    title: DeltaGenerator
    fresh: DeltaGenerator


_head: ContextVar[Head | None] = ContextVar("head", default=None)
"""The first line of the page that is drawn, as long as `_known`."""


class SignedOut(Refusal):
    text = "Your sign-in is over. Sign in again."


def now() -> datetime:
    """Return the present instant, in UTC."""
    return instant.now()


def signed_in(*, active: bool = False) -> Actor | None:
    """
    Return the person whose cookie this page's connection brought, as that person is now; None for nobody.

    With *active* it is noted that the person did something: a page is drawn anew also where nobody sits.
    """
    return staff.who(st.context.cookies.get(SESSION), at=now(), active=active)


def address() -> str:
    """Return the network address from which the person came to this desk, as its front door saw it."""
    return st.context.headers.get("X-Desk-Address", "unknown")


def browser() -> str:
    """Return what tells this browser from others; empty where it kept no cookie."""
    return st.context.cookies.get(BROWSER, "")


def origin() -> str:
    """Return how this desk is addressed by the browser of the page, without a path: 'https://desk.example'."""
    asked = urlsplit(st.context.url or "")
    return f"{asked.scheme}://{asked.netloc}"


def asked_again() -> Callable[[], Actor]:
    """
    Return what says, outside of any run, who is at the desk of this page by then.

    A file is made when it is asked for, in a thread of its own and perhaps long after its page was drawn: a session
    that has ended or idled out since then, or a changed role, must hold for it as well.
    """
    token = st.context.cookies.get(SESSION)

    def by_then() -> Actor:
        person = staff.who(token, at=now())
        if person is None:
            raise SignedOut
        return person

    return by_then


@contextmanager
def known(person: Actor, head: Head) -> Iterator[None]:
    """
    Draw one full run's page for *person*, whom its menu has just asked about: nothing of the page need ask again.
    Its title and how fresh it is go to *head*.

    A fragment that is drawn by itself and the next run ask anew: what changes about a person holds from then on.
    """
    here, above = _known.set(person), _head.set(head)
    try:
        yield
    finally:
        _known.reset(here)
        _head.reset(above)


def actor() -> Actor:
    """
    Return the person at the desk, or stop. Each fragment begins with this: drawn by itself, it has no guard before it.
    """
    person = _known.get() or signed_in()
    if person is None:
        st.error(SIGN_IN_FIRST)
        st.stop()
    return person


def open_page(title: str, action: Action, *, headed: bool = True) -> Actor:
    """
    Return the person at the desk if the role includes *action*, else stop before the page shows anything.

    Every page opens with this line. A menu only hides a page; this keeps it shut. One that is not *headed* by its title
    says itself, by `heading`, what it is about.
    """
    person = actor()
    if not person.may(action):
        not_yours(person, action)
        st.stop()
    number, *here = _visit()
    asked = claim_asked()
    if asked is not None:
        st.session_state.pop(_NAMED, None)
    if here[:2] != [title, asked] and (asked is not None or here[:2] != [title, _unheard()]):
        st.session_state[_VISIT] = (number + 1, title, asked)
    if headed:
        heading(title)
    if message := st.session_state.pop(_DONE, None):
        st.toast(verbatim(message), icon=":material/check:")
    return person


def drawn_whole() -> bool:
    """Tell whether a whole page is being drawn, not a fragment of it by itself."""
    return _known.get() is not None


def heading(title: str) -> None:
    """Head the page with *title*, which is markdown."""
    (head.title if (head := _head.get()) else st).title(title, anchor=False)


def open_tab(names: Sequence[str]) -> tuple[str, DeltaGenerator]:
    """
    Draw tabs of these *names* and return the one that is open, and its place: the first, unless the page's address
    names another. Nothing needs to be drawn in the others.

    To turn to another tab is a visit of its own: the forms that were left are drawn anew, and what was typed into them
    comes back from their drafts.
    """
    number, title, claim, *before = _visit()
    if not before:  # of a claim that was opened from another's page nothing is turned to yet
        asked = st.query_params.get(_TAB, "")
        st.session_state[_TAB] = asked if asked in names else names[0]
    tabs = dict(zip(names, st.tabs(names, key=_TAB, bind="query-params"), strict=True))
    name = next((name for name, tab in tabs.items() if tab.open), names[0])
    if before != [name]:
        st.session_state[_VISIT] = (number + bool(before), title, claim, name)
    return name, tabs[name]


def came_from(page: tuple[str, str] | None) -> None:
    """Remember to which page a claim leads back, by its path below pages and its title; None for none."""
    st.session_state[_FROM] = page


def way_back() -> None:
    """Draw the way back to the page from which one came, where one did."""
    if came := st.session_state.get(_FROM):
        path, title = came
        st.page_link(path, label=f"Back to {title}", icon=":material/arrow_back:", width="content")


def as_of(at: datetime, timezone: str) -> None:
    """Say beside the title that what the page shows was read at *at* (aware), as clocks in *timezone* show it."""
    if head := _head.get():
        said = escape(f"As of {words.zoned(at.astimezone(ZoneInfo(timezone)))}")
        head.fresh.html(f'<p class="desk-note">{said}</p>', width="content")


def visit() -> int:
    """Return what tells this visit of a page, of its claim and its tab from the one before and the one after."""
    number: int = _visit()[0]
    return number


def _visit() -> tuple[Any, ...]:
    now_here: tuple[Any, ...] = st.session_state.get(_VISIT, (0, "", None))
    return now_here


def claim_asked() -> tuple[int, int] | None:
    """Return the numbers of client and claim in the page's address; None where it names no claim."""
    client_id, claim_id = (st.query_params.get(name, "") for name in ("client", "claim"))
    if not all(re.fullmatch("[0-9]{1,18}", number) for number in (client_id, claim_id)):
        return None
    return int(client_id), int(claim_id)


def now_of_claim(client_id: int, claim_id: int) -> None:
    """
    Have the page's address name the claim from now on, within the same visit: what is typed stays where it is.

    Call it again while the address does not name it: what one types meanwhile is sent by the old address.
    """
    number, title, _, *more = _visit()
    claim = (client_id, claim_id)
    if st.session_state.get(_NAMED, (None,))[0] != claim:
        st.session_state[_NAMED] = (claim, monotonic())
    st.session_state[_VISIT] = (number, title, claim, *more)
    st.query_params.update({"client": str(client_id), "claim": str(claim_id)})


def _unheard() -> tuple[int, ...]:
    """Return the claim that the page's address names though the browser may not have heard of it yet; else nothing."""
    claim, since = st.session_state.get(_NAMED, ((), 0.0))
    return claim if monotonic() - since < _ON_ITS_WAY else ()


def not_yours(person: Actor, action: Action) -> None:
    """Say that this page is not part of the role, and put on the record that *person* asked for it."""
    claim = claim_asked() if action is Action.CLAIM_READ else None
    with acting(person) as tx:
        subject = of_claim(*claim) if claim else Subject("page")
        audit.refused(person, tx, why=NotAllowed.__name__, action=action, subject=subject)
    st.error(NOT_YOURS)


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Show a refusal to the person who met it. Anything else fails loudly."""
    try:
        yield
    except Refusal as refusal:
        st.error(verbatim(str(refusal)), icon=ALERT)


def say_next(message: str) -> None:
    """Say *message* once, on the page that is drawn next; call it after the act's transaction has closed."""
    st.session_state[_DONE] = message


def done(message: str) -> NoReturn:
    """Say *message* once and draw the page anew; call it after the act's transaction has closed."""
    say_next(message)
    st.rerun()


def leave_for(path: str) -> NoReturn:
    """Have the browser load *path* of this desk, leaving everything this page held."""
    message = ForwardMsg()
    message.auth_redirect.url = path
    context = get_script_run_ctx()
    if context is not None:
        context.enqueue(message)
    st.stop()


@st.fragment(run_every=60)
def watch() -> None:
    """
    Notice within a minute that the session ended or idled out; draw a page again after the server came back.

    The timer is not activity: nothing here notes that the person was seen.
    """
    if not drawn_whole() and signed_in() is None:
        st.rerun()
