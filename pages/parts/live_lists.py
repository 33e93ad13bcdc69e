"""The live list on a page: drawing it, opening a claim from it, and handing its claims out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st
from desk_board import Act, Answer, board
from streamlit.elements.lib.column_types import ColumnConfig

from core import assignees, assignment, intake, narrowing, words, worklist
from core import queue as waiting
from core.access import ROLE_NAMES, Action, Actor
from core.live import LiveList
from pages.parts import desk, side
from pages.parts.markdown import verbatim

CLAIM_PAGE = "coordination/claim.py"
CLAIM_ADDRESS = "/claim?client={0}&claim={1}"

LOG_ATTEMPT = Act("log", "Log attempt", "l", one=True)

_CLEARED = "queue.cleared"

UNDO_OFFERED = timedelta(minutes=10)
"""For how long the last assignment is offered for undoing, where the page is drawn anew."""

_UNDO = "queue.undo"

_LIST = "list_"
"""What the names of the list's choices begin with in the address of a claim's page."""

_KEPT = {
    "client": "[0-9]{1,9}",
    "jurisdiction": f"[A-Z]{{2}}|{narrowing.NONE}",
    "who": f"[0-9]{{1,9}}|{narrowing.NONE}",
    "stage": "ready|intake|attempted|paused",
    "what": "|".join(kind.code for kind in worklist.KINDS),
    "figure": "mine|unassigned|soon|overdue",
    "work": "own|all",
}
"""
The choices of a list that a claim's page keeps: ids and codes, for addresses are seen by history and logs.

`work` says that the list is My work, of what is one's own or nobody's, or of all.
"""

Claims = Sequence[tuple[int, int]]


class Undoable(NamedTuple):
    """An assignment just made, as it was told, and until when undoing it is offered."""

    moves: tuple[assignment.Move, ...]
    said: str
    until: datetime


def draw(actor: Actor, live_list: LiveList, *, acts: Sequence[Act]) -> Answer:
    """Draw *live_list* in the actor's scope and return what its reader did; opening a claim leaves the page."""
    answer = board(
        live_list.name,
        live_list=live_list.drawn(),
        timezone=actor.timezone,
        acts=(*acts, LOG_ATTEMPT),
        me=actor.staff_id,
        reader=actor.staff_id,
        href=CLAIM_ADDRESS,
        cleared=cleared(),
    )
    if answer.opened:
        open_claim(*answer.opened[:2], answer.filter)
    if answer.act == LOG_ATTEMPT.name and answer.keys:
        open_claim(*answer.keys[0][:2], answer.filter)
    return answer


def cleared() -> int:
    """Return how often the selection was emptied because of what was done with it."""
    return int(st.session_state.get(_CLEARED, 0))


def empty_selection() -> None:
    """Empty the selection of the page's list, because of what was done with it."""
    st.session_state[_CLEARED] = cleared() + 1


def claims(keys: Iterable[tuple[int, ...]]) -> Claims:
    """Return the claims of the rows with *keys*, each once."""
    return tuple(dict.fromkeys((key[0], key[1]) for key in keys if len(key) > 1))


def foot() -> AbstractContextManager[object]:
    """Open the line under the list, which keeps its height whatever is drawn in it: the list never moves for it."""
    return st.container(key="queue.foot")


def open_claim(client_id: int, claim_id: int, choices: Mapping[str, str] = MappingProxyType({})) -> None:
    """Go to the claim's own page; it keeps, in its address, the *choices* to which the list was narrowed."""
    st.switch_page(
        CLAIM_PAGE, query_params={"client": str(client_id), "claim": str(claim_id), **kept_in_address(choices)}
    )


def kept_in_address(choices: Mapping[str, str]) -> dict[str, str]:
    """Return those of the *choices* of a list that a claim's page keeps, as its address names them."""
    return {f"{_LIST}{name}": value for name, value in choices.items() if re.fullmatch(_KEPT.get(name, "$"), value)}


def claim_link(client_id: int, claim_id: int, number: str, *, tab: str = "") -> str:
    """Return the address of a *tab* of the claim's page, its *number* at the end, where `claim_column` finds it."""
    return f"{CLAIM_ADDRESS.format(client_id, claim_id)}{f'&tab={tab}' if tab else ''}#{number}"


def claim_column(numbers: Sequence[str]) -> ColumnConfig:
    """
    Return a table's column of `claim_link`s, as wide as their *numbers*.

    Each shows its claim's number, and opens its page in a tab of its own.
    """
    return st.column_config.LinkColumn(display_text="#(.*)$", width=side.fitting("Claim", numbers))


def with_links(client_id: int, claims: Mapping[str, int], said: str) -> str:
    """Return markdown of *said*, letter for letter, in which the numbers of *claims* (ids by number) are links."""

    def link(match: re.Match[str]) -> str:
        claim_id = claims.get(number := match.group())
        return f"[{number}]({claim_link(client_id, claim_id, number)})" if claim_id else number

    return re.sub(r"\bC-\d+\b", link, verbatim(said))


def choices_kept() -> dict[str, str]:
    """Return the choices of the list in the address of the claim's page, those of them that can be choices."""
    given = {name: st.query_params.get(f"{_LIST}{name}", "") for name in _KEPT}
    return {name: value for name, value in given.items() if re.fullmatch(_KEPT[name], value)}


def next_button(actor: Actor, header: intake.Header) -> None:
    """Draw what leads to the claim due after this one, of those to which the list was narrowed, and go there."""
    choices = choices_kept()
    work = choices.get("work")
    narrowed = {name: value for name, value in choices.items() if name != "work"}
    within = (" of My work" if work else "") + (" among those to which the list was narrowed" if narrowed else "")
    if not st.button("Next", icon=":material/skip_next:", shortcut="N", help=f"The claim due after this one{within}"):
        return
    only = narrowing.Filter(**{**narrowed, "client": int(narrowed["client"]) if "client" in narrowed else None})
    with desk.looking(actor) as tx:
        if work:
            following = worklist.following(
                actor, tx, client_id=header.client_id, claim_id=header.claim_id, everybody=work == "all", only=only,
                at=desk.now(),
            )  # fmt: skip
        else:
            following = waiting.next_waiting(actor, tx, header, only=only, at=desk.now())
    if following:
        open_claim(*following, choices)
    st.caption(f"No other claim waits{within}.", width="content")


def person(action: Action) -> Actor:
    """Return the person at the desk if the role includes *action*; else draw the page anew, which says so."""
    actor = desk.actor()
    if not actor.may(action):
        st.rerun()
    return actor


def assign_form(actor: Actor, claims: Claims, *, key: str) -> None:
    """Draw to whom *claims* can be given, and give them; nobody is proposed, so that one stray click gives nothing."""
    with desk.refusals_shown():
        with desk.looking(actor) as tx:
            clients = {client_id for client_id, _ in claims}
            people = assignees.people(actor, tx, clients=clients)
            some = assignees.serving_some(actor, tx, clients=clients)
        if not people:
            st.info("Nobody works for the clients of all these claims. Select claims of fewer clients, or set cover.")
            return
        if lost := _keep_choice(f"{key}.to", people):
            st.warning(f"{verbatim(lost.name)} cannot be given these claims any more. Choose somebody else.")
        chosen = words.counted(len(claims), "claim")
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}.foot"):
            to = st.selectbox(
                "Assign to", people, index=None, format_func=_named, placeholder="Choose who gets them",
                key=f"{key}.to", label_visibility="collapsed", width=360,
            )  # fmt: skip
            pressed = st.button(f"Assign {chosen}", type="primary", disabled=to is None, key=f"{key}.assign")
            if some:
                serve = "person serves" if some == 1 else "people serve"
                st.caption(f"{some:,} {serve} only some of these clients.", width="content")
        if pressed and to:
            give(actor, claims, to=to.staff_id, whom=to.name)


def give(actor: Actor, claims: Claims, *, to: int, whom: str) -> None:
    """Give *claims* to *to*, empty the selection, say what happened, and remember how it is undone."""
    with desk.acting(actor) as tx:
        given = assignment.assign(actor, tx, claims=claims, to=to, at=desk.now())
    empty_selection()
    there = f" {given.unchanged:,} already there." if given.unchanged else ""
    said = f"{words.counted(len(claims), 'claim') if not there else f'{given.changed:,} more'} with {whom}.{there}"
    offer_undo(given.moves, said)
    desk.done(said)


def offer_undo(moves: tuple[assignment.Move, ...], said: str) -> None:
    """Remember that claims changed hands, in the words in which it was *said*, so that it can be undone for a while."""
    if moves:
        st.session_state[_UNDO] = Undoable(moves, said, until=desk.now() + UNDO_OFFERED)


def undo_line(actor: Actor) -> bool:
    """
    Offer to undo the last assignment, in one line, and do so; whether there was one to offer.

    A toast holds no button and goes away; this line stays where the hand has just been.
    """
    offered: Undoable | None = st.session_state.get(_UNDO)
    if offered is None or offered.until < desk.now():
        return False
    with st.container(horizontal=True, vertical_alignment="center", key="queue.undo.foot"):
        st.caption(f":material/check: {verbatim(offered.said)}", width="content")
        pressed = st.button("Undo assignment", icon=":material/undo:", shortcut="Z", key="queue.undo.press")
    if pressed:
        del st.session_state[_UNDO]  # done or refused: there is no second time
        with desk.refusals_shown():
            _undo(actor, offered.moves)
    return True


def _undo(actor: Actor, moves: Sequence[assignment.Move]) -> None:
    with desk.acting(actor) as tx:
        assignment.undo(actor, tx, moves=moves, at=desk.now())
    desk.done(
        f"Undone: {words.counted(len(moves), 'claim')} back where {'it was' if len(moves) == 1 else 'they were'}."
    )


def _keep_choice(key: str, people: Sequence[assignees.Person]) -> assignees.Person | None:
    """
    Keep who was chosen where more or less is to do there by now: Streamlit knows a choice by its words alone.

    Return who was chosen where that one is not among *people* any more.
    """
    if not (chosen := st.session_state.get(key)):
        return None
    st.session_state[key] = next((each for each in people if each.staff_id == chosen.staff_id), None)
    return None if st.session_state[key] else chosen


def _named(somebody: assignees.Person) -> str:
    return f"{somebody.name}, {ROLE_NAMES[somebody.role].lower()}, {somebody.load:,} assigned"
