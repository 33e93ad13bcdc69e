"""The first line of every page: its title, how fresh it is, and the field that finds a claim."""

import streamlit as st
from desk_board import finder, number_typed

from core import intake, words
from core.access import Action, Actor
from core.refusal import Refusal
from pages.parts import desk
from pages.parts.queue import CLAIM_ADDRESS, open_claim

FIELD = "desk.find"
LABEL = "Find a claim by number"
NOT_FOUND = "No claim that you may open has this number."


def draw(person: Actor) -> desk.Head:
    """Draw the line and return the places in it that the page fills in; one claim found opens at once."""
    with st.container(horizontal=True, vertical_alignment="center", key="desk.head"):
        head = desk.Head(st.container(width="content"), st.container(width="content", key="desk.fresh"))
        if person.may(Action.CLAIM_READ):
            with st.container(key="desk.finder"):
                _finder(person, number_typed(FIELD))
    return head


def _finder(person: Actor, number: str) -> None:
    claims: tuple[intake.Numbered, ...] = ()
    said = ""
    if number:
        try:
            with desk.acting(person) as tx:
                claims = intake.numbered(person, tx, number)
            said = f"{words.counted(len(claims), 'claim')} with this number" if claims else NOT_FOUND
        except Refusal as refusal:
            said = str(refusal)
    if len(claims) == 1:
        open_claim(claims[0].client_id, claims[0].claim_id)
    links = [(f"{claim.claim_number} · {claim.client_name}", _address(claim)) for claim in claims]
    finder(FIELD, label=LABEL, words=said, claims=links)


def _address(claim: intake.Numbered) -> str:
    return CLAIM_ADDRESS.format(claim.client_id, claim.claim_id)
