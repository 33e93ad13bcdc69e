"""The list of open referrals, and the one of it that stands open beside it."""

from collections.abc import Sequence

import streamlit as st
from desk_board import Act, Answer, board

from core import intake, referrals
from core.access import Actor
from core.referrals import REFERRALS
from pages.parts import claim_pieces, desk, forms, live_lists, onlookers
from pages.parts.forms import Sent
from pages.parts.referrals.one import referral

_OPEN = "referrals.open"
_TAB = "Referrals"


def listed(person: Actor, *, acts: Sequence[Act]) -> Answer:
    """Draw the list, and return what was done; a line opens beside it, or without room there on its claim's page."""
    answer = board(
        REFERRALS.name,
        live_list=REFERRALS.drawn(),
        timezone=person.timezone,
        acts=acts,
        me=person.staff_id,
        reader=person.staff_id,
        href=f"{live_lists.CLAIM_ADDRESS}&tab={_TAB}",
        cleared=live_lists.cleared(),
        beside=True,
        opened=st.session_state.get(_OPEN),
        opening=_opening,
    )
    if answer.opened and len(answer.opened) == 3 and answer.narrow:
        _open_page(*answer.opened[:2])
    return answer


def opened(person: Actor) -> None:
    """Draw the referral that is open: whose claim it is of, how to reach the worker, what is next; and do that."""
    key: tuple[int, int, int] | None = st.session_state.get(_OPEN)
    onlookers.leave(person, but=key and key[:2])
    if key is None:
        st.info("Choose a line, or press N for what is due first.", icon=":material/move_up:")
        return
    client_id, claim_id, referral_id = key
    page, made, now = None, list[referrals.Whole](), desk.now()
    with desk.refusals_shown(), desk.by_key(person) as tx:
        page = intake.open_claim(person, tx, client_id, claim_id)
        made = referrals.of_claim(person, tx, client_id, page.header.claim_id)
    if page is None:
        return
    st.subheader(claim_pieces.title(page), anchor=False)
    claim_pieces.header(page)
    claim_pieces.reach(page, now=now)
    whole = next((each for each in made if each.referral.referral_id == referral_id), None)
    sent: Sent | None = referral(person, page, whole, now=now) if whole else None
    done = None
    if sent:
        with sent.beside:
            done = forms.perform(person, sent, now)
    if done:
        desk.done(done)
    onlookers.others(client_id, claim_id)
    if st.button(
        "Open the claim's page", icon=":material/open_in_full:", type="tertiary", shortcut="O", key="referrals.page"
    ):
        _open_page(client_id, claim_id)


def _open_page(client_id: int, claim_id: int) -> None:
    st.switch_page(live_lists.CLAIM_PAGE, query_params={"client": str(client_id), "claim": str(claim_id), "tab": _TAB})


def _opening(answer: Answer) -> None:
    """Keep what stands beside the list from now on; where there is no room for it, what stood there is kept."""
    if answer.opened and len(answer.opened) == 3 and not answer.narrow:
        st.session_state[_OPEN] = answer.opened
