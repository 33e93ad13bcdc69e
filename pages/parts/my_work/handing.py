"""A claim changes hands from its open item: taken where it is nobody's, handed over with a note by whoever has it."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import assignment, intake, words
from core.access import Action, Actor
from core.transactions import Connection
from pages.parts import desk, folding, forms, live_lists
from pages.parts.forms.drafted import AS_TYPED, chosen, drafted
from pages.parts.markdown import verbatim

_TAKE = "handing.take"


def note(page: intake.ClaimPage) -> None:
    """Draw what was said to whoever has the claim when it was handed over, for as long as there is something to do."""
    holding = page.holding
    if holding is None or holding.note is None or holding.giver is None or holding.given_at is None:
        return
    if page.header.closed_at:
        return
    when = words.instant(holding.given_at, page.header.client_timezone)
    st.info(
        f"**Note from {verbatim(holding.giver)}**, who handed this over, {when}:  \n{verbatim(holding.note)}",
        icon=":material/forward:",
    )


def taken(person: Actor, page: intake.ClaimPage) -> bool:
    """Offer to take a claim that is nobody's; whether it was taken now. Whoever comes second is told who has it."""
    late = page.holding is not None and st.session_state.get(_TAKE)
    if page.header.closed_at or not person.may(Action.CLAIM_TAKE) or (page.holding is not None and not late):
        return False
    claim = (page.header.client_id, page.header.claim_id)
    if late or st.button("Take", icon=":material/pan_tool:", key=_TAKE):
        with desk.refusals_shown():
            with desk.acting(person) as tx:
                done = assignment.assign(person, tx, claims=[claim], to=person.staff_id, at=desk.now())
            said = f"{page.header.claim_number} is yours."
            live_lists.offer_undo(done.moves, said)
            st.toast(said, icon=":material/check:")
            return True
    return False


def handed(person: Actor, page: intake.ClaimPage) -> str | None:
    """Offer to hand over a claim that is the person's, of a supervisor anybody's; what was done now, in markdown."""
    holder = page.holding.staff_id if page.holding else None
    mine = holder == person.staff_id
    if page.header.closed_at or not (mine or person.may(Action.CLAIM_ASSIGN)):
        return None
    key = folding.own_key("handing.over", page.header)
    with st.popover("Hand over", icon=":material/forward:", key=key):
        return _form(person, page, holder)


def _form(person: Actor, page: intake.ClaimPage, holder: int | None) -> str | None:
    with desk.looking(person) as tx:
        colleagues = assignment.colleagues(person, tx, client_id=page.header.client_id, but=holder)
    if not colleagues:
        st.caption("Nobody else works for this client. A supervisor can set cover.")
        return None
    form = forms.of(page, "hand_over")
    request = forms.request_key(forms.key_of(form))
    readers = {"handing.to": chosen(colleagues, _name), "handing.note": AS_TYPED}
    with (
        drafted(person, form, request, page.header.client_timezone, readers),
        st.form(f"handing.{request}", border=False, enter_to_submit=False),
    ):
        to = st.selectbox(
            "To", colleagues, index=None, format_func=_name, placeholder="Choose a colleague",
            key=f"handing.to.{request}",
        )  # fmt: skip
        said = st.text_area(
            "Note to the colleague", key=f"handing.note.{request}",
            help=f"What the colleague needs to know, in at most {assignment.LONGEST_NOTE} characters.",
        )  # fmt: skip
        beside = st.container()
        pressed = st.form_submit_button("Hand over", key=f"handing.go.{request}")
    if not pressed:
        return None
    moves: list[assignment.Move] = []
    with beside:
        hand_over = partial(_hand_over, page, to, said, moves)
        told = forms.perform(person, forms.Sent(form, request, hand_over, beside), desk.now())
    if told is None:
        return None
    live_lists.offer_undo(tuple(moves), told)
    return verbatim(told)


def _name(colleague: assignment.Colleague) -> str:
    return colleague.name


def _hand_over(
    page: intake.ClaimPage, to: assignment.Colleague | None, said: str, moves: list[assignment.Move],
    actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    """Hand the claim over, and put into *moves* how it changed hands."""
    if to is None:
        raise assignment.NobodyChosen
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    moves.extend(assignment.hand_over(actor, tx, **where, to=to.staff_id, note=said, at=at).moves)
    return f"{page.header.claim_number} is with {to.name}."
