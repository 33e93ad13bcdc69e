"""A claim's file on its page: its documents and its summary beside its conditions."""

import streamlit as st

from core import claim_file as service
from core.access import Action, Actor
from core.intake import ClaimPage
from pages.parts import desk
from pages.parts.claim_file import conditions, documents, summary
from pages.parts.claim_file.doing import claim_of


def draw(actor: Actor, page: ClaimPage) -> None:
    """Draw the claim's documents and summary beside its conditions."""
    if not actor.may(Action.FILE_READ):
        return
    with desk.by_key(actor) as tx:
        file = service.read(actor, tx, **claim_of(page))
    kept, beside = st.columns([3, 2], gap="large")
    with kept:
        documents.draw(actor, page, file)
        summary.draw(actor, page)
    with beside:
        conditions.draw(actor, page, file)
