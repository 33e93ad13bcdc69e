"""The tabs of a claim's page. Each draws its own and returns what was sent on it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

import streamlit as st

from core.access import Action, Actor
from core.contact import TO_CALL
from core.intake import ClaimPage, Entry
from core.referrals import of_claim
from pages.parts import (
    authorizations,
    claim_file,
    claim_pieces,
    desk,
    folding,
    forms,
    merged_claims,
    referrals,
    timeline,
)
from pages.parts.fields import GROUPS, Group
from pages.parts.forms import Sent
from pages.parts.my_work import handing

Tab = Callable[[Actor, ClaimPage, datetime], Sent | None]
Form = Callable[[Actor, ClaimPage], Sent | None]

LAST = 3
"""As many attempts stand beside the next one."""


def _sent(actor: Actor, page: ClaimPage, *drawn: Form) -> Sent | None:
    """Draw the forms, one below the other; return what was sent."""
    sent = None
    for form in drawn:
        sent = form(actor, page) or sent
    return sent


def overview(actor: Actor, page: ClaimPage, now: datetime) -> Sent | None:
    """Draw what the next act needs: whose note, its form, what is missing, the last attempts, and what happened."""
    handing.note(page)
    work, known = st.columns([3, 2], gap="large")
    with work:
        pressed = _sent(
            actor,
            page,
            forms.unfinished,
            forms.first_contact,
            forms.attempt,
            forms.supervision,
            forms.closing,
            forms.merging,
            partial(forms.death, now=now),
        )
    with known:
        if page.booked_call:
            st.markdown(f":material/event: Triage call {forms.standing(page, page.booked_call)}")
        if page.open_request:
            st.markdown(f":material/schedule_send: {forms.asked(page, page.open_request)}")
        claim_pieces.missing(page)
        claim_pieces.doubts(page)
        timeline.attempts(page, most=LAST)
        claim_pieces.story(page)
    return pressed


def contact(actor: Actor, page: ClaimPage, _: datetime) -> Sent | None:
    """Draw the form of an attempt beside all the attempts that there were."""
    work, tried = st.columns([3, 2], gap="large")
    with work:
        pressed = _sent(actor, page, forms.first_contact, forms.attempt)
    with tried:
        return _with_strike(actor, page, timeline.attempts) or pressed


def intake(actor: Actor, page: ClaimPage, _: datetime) -> Sent | None:
    """Draw what is still to ask beside what is known, each of which can be corrected."""
    first, second = GROUPS[:2], GROUPS[2:]
    if (page.open_questions or page.to_ask_again) and page.header.closed_at is None:
        first, second = (), GROUPS
    left, right = st.columns(2, gap="large")
    with left:
        pressed = _sent(actor, page, forms.unfinished, forms.questions, *_known(first))
    with right:
        claim_pieces.doubts(page)
        return _sent(actor, page, *_known(second)) or pressed


def _known(groups: Iterable[Group]) -> list[Form]:
    """Return what draws each of *groups*."""
    return [partial(forms.known, group=group) for group in groups]


def calls(actor: Actor, page: ClaimPage, now: datetime) -> Sent | None:
    """Draw the triage call, booked or to book, beside calls that were promised and triage calls that are over."""
    work, others = st.columns([3, 2], gap="large")
    with work:
        pressed = forms.triage_call(actor, page, now=now)
    with others:
        if promised := [entry for entry in page.timeline if entry.call_again_at and not entry.called]:
            st.markdown(f"**{TO_CALL}**")
            timeline.entries(page, promised)
        if past := [call for call in page.calls if call.status != "booked"]:
            st.markdown("**Earlier triage calls**")
            forms.over(page, past)
        if not promised and not past:
            st.caption("Nobody waits for a call that was promised, and no triage call is over.")
    return pressed


def authorization_requests(actor: Actor, page: ClaimPage, now: datetime) -> Sent | None:
    """Draw the claim's requests for authorization, one of them open, and the form of another one."""
    return authorizations.of_claim(actor, page, now=now)


def referred(actor: Actor, page: ClaimPage, now: datetime) -> Sent | None:
    """Draw the referrals that are open and those that have ended, beside the form that makes one."""
    with desk.by_key(actor) as tx:
        made = of_claim(actor, tx, page.header.client_id, page.header.claim_id)
    there, new = st.columns([3, 2], gap="large")
    sent = None
    with there:
        if not made:
            st.info("No referral is made on this claim yet.", icon=":material/move_up:")
        for whole in made:
            sent = referrals.referral(actor, page, whole, now=now) or sent
    with new:
        if actor.may(Action.REFERRAL_MAKE):
            st.markdown("**Refer to a specialist**")
        return referrals.refer(actor, page, now=now) or sent


def documents(actor: Actor, page: ClaimPage, _: datetime) -> None:
    """Draw the claim's documents and summary beside its conditions."""
    claim_file.draw(actor, page)


def history(actor: Actor, page: ClaimPage, _: datetime) -> Sent | None:
    """Draw everything that happened, on the claims that were merged into this one too."""
    merged_claims.draw(actor, page)
    return _with_strike(actor, page, timeline.history)


def _with_strike(actor: Actor, page: ClaimPage, draw: Callable[..., None]) -> Sent | None:
    """Draw entries, below the first contact that stands how it is struck; return that where it was sent."""
    pressed: list[Sent] = []

    def below(entry: Entry) -> None:
        if entry.substantive and entry.struck_at is None and entry.of is None and forms.can_strike(actor, page):
            key = folding.own_key("strike.open", page.header)
            with st.popover("Strike this contact", icon=":material/block:", key=key):
                sent = _sent(actor, page, forms.striking)
            pressed.extend([sent] if sent else [])

    draw(page, below=below)
    return pressed[0] if pressed else None


TABS: Mapping[str, Tab] = MappingProxyType(
    {
        "Overview": overview,
        "Contact": contact,
        "Intake": intake,
        "Calls": calls,
        "Authorizations": authorization_requests,
        "Referrals": referred,
        "Documents": documents,
        "History": history,
    }
)
"""Every tab by its name, which is also its name in the page's address."""
