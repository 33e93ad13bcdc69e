"""A claim changes hands from its open item: taken where it is nobody's, handed over with a note by whoever has it."""

import streamlit as st

from core import assignment, intake, words
from core.access import Action, Actor
from pages.parts import desk, queue
from pages.parts.markdown import verbatim

_TAKE = "handing.take"


def note(page: intake.ClaimPage) -> None:
    """Draw what was said to whoever has the claim when it was handed over."""
    holding = page.holding
    if holding is None or holding.note is None or holding.giver is None or holding.given_at is None:
        return
    when = words.instant(holding.given_at, page.header.client_timezone)
    st.info(
        f"{verbatim(holding.giver)} handed this over, {when}:  \n{verbatim(holding.note)}", icon=":material/forward:"
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
            queue.offer_undo(done.moves, said)
            st.toast(said, icon=":material/check:")
            return True
    return False


def handed(person: Actor, page: intake.ClaimPage) -> str | None:
    """Offer to hand over a claim that is the person's, of a supervisor anybody's; what was done now, in markdown."""
    holder = page.holding.staff_id if page.holding else None
    mine = holder == person.staff_id
    if page.header.closed_at or not (mine or person.may(Action.CLAIM_ASSIGN)):
        return None
    with st.popover("Hand over", icon=":material/forward:", key="handing.over"):
        return _form(person, page, holder)


def _form(person: Actor, page: intake.ClaimPage, holder: int | None) -> str | None:
    client_id, claim_id = page.header.client_id, page.header.claim_id
    with desk.looking(person) as tx:
        colleagues = assignment.colleagues(person, tx, client_id=client_id, but=holder)
    if not colleagues:
        st.caption("Nobody else works for this client. A supervisor can set cover.")
        return None
    with st.form(f"handing.{client_id}.{claim_id}", border=False, clear_on_submit=False):
        to = st.selectbox(
            "To", colleagues, index=None, format_func=lambda each: each.name, placeholder="Choose a colleague",
            key=f"handing.to.{client_id}.{claim_id}",
        )  # fmt: skip
        said = st.text_area(
            "Note to the colleague", key=f"handing.note.{client_id}.{claim_id}",
            help=f"What the colleague needs to know, in at most {assignment.LONGEST_NOTE} characters.",
        )  # fmt: skip
        pressed = st.form_submit_button("Hand over")
    if not pressed:
        return None
    with desk.refusals_shown():
        if to is None:
            raise assignment.NobodyChosen
        with desk.acting(person) as tx:
            done = assignment.hand_over(
                person, tx, client_id=client_id, claim_id=claim_id, to=to.staff_id, note=said, at=desk.now()
            )
        told = f"{page.header.claim_number} is with {to.name}."
        queue.offer_undo(done.moves, told)
        return verbatim(told)
    return None
