"""The first line of every page: its title, how fresh it is, and the box that finds anything."""

import streamlit as st
from desk_board import Entry, asked, finder

from core import search, words
from core.access import Action, Actor
from core.refusal import Refusal
from core.search import Hit, Way
from pages.parts import desk
from pages.parts.live_lists import CLAIM_ADDRESS, open_claim

FIELD = "desk.find"
LABEL = "Find anything"
HINT = "Claim number, worker, telephone or place of injury"
NOTHING = "No claim that you may open is found by this. Names are found by how they begin; a slip is forgiven."
NEARLY = "Nearly this name"
MORE = "{} claims and perhaps more: type on to narrow them"
OPENED_LAST = "Opened last"
NONE_OPENED = "Claims that you open are listed here. Type a number, a name, a telephone or a place."


def draw(person: Actor) -> desk.Head:
    """Draw the line and return the places in it that the page fills in."""
    with st.container(horizontal=True, vertical_alignment="center", key="desk.head"):
        head = desk.Head(st.container(width="content"), st.container(width="content", key="desk.fresh"))
        if person.may(Action.CLAIM_READ):
            with st.container(key="desk.finder"):
                _box()
    return head


@st.fragment
def _box() -> None:
    """Draw the box; while one types it is drawn anew alone, and so asks by itself who is at the desk."""
    question = asked(FIELD)
    if question.opened:
        open_claim(*question.opened)
    said, hits = "", tuple[Hit, ...]()
    if question.words is not None:
        said, hits = _answer(desk.actor(), question.words)
    entries = [_entry(hit) for hit in hits]
    finder(FIELD, label=LABEL, hint=HINT, asked=question.number, words=said, entries=entries)


def _answer(person: Actor, typed: str) -> tuple[str, tuple[Hit, ...]]:
    """Return what is found, and what is said above it; of nothing typed, the claims opened last."""
    try:
        with desk.by_key(person) as tx:
            at = desk.now()
            hits = search.find(person, tx, typed, at) if typed else search.opened_last(person, tx, at)
    except Refusal as refusal:
        return str(refusal), ()
    if not typed:
        return (OPENED_LAST if hits else NONE_OPENED), hits
    if not hits:
        return NOTHING, hits
    count = MORE.format(search.MOST) if len(hits) == search.MOST else words.counted(len(hits), "claim")
    return (f"{NEARLY}: {count}" if hits[0].way is Way.SLIP else count), hits


def _entry(hit: Hit) -> Entry:
    number = f"{hit.claim_number} merged into {hit.merged_into}" if hit.merged_into else hit.claim_number
    return Entry(
        key=(hit.client_id, hit.claim_id),
        address=CLAIM_ADDRESS.format(hit.client_id, hit.claim_id),
        title=hit.worker or number,
        about=" · ".join([*([number] if hit.worker else []), hit.client, f"injured {words.day(hit.date_of_injury)}"]),
        state=hit.standing.state.value,
        standing=hit.standing.words,
    )
