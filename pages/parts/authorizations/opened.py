"""The list of open requests, and the one that is open beside it."""

import streamlit as st
from desk_board import Answer, board

from core import authorizations
from core.access import Actor
from core.authorizations import AUTHORIZATIONS
from pages.parts import desk, live_lists
from pages.parts.authorizations import at_once, sheet
from pages.parts.authorizations.card import card
from pages.parts.forms.acts import perform

_OPEN, _ONWARD, _OVER = "authorizations.open", "authorizations.onward", "authorizations.over"
TAB = "Authorizations"
"""The tab of a claim's page that has its requests."""

_ADDRESS = f"{live_lists.CLAIM_ADDRESS}&tab={TAB}&request={{2}}"


def listed(person: Actor) -> None:
    """Draw the list, and open beside it what its reader opened; where there is no room, the claim's own page."""
    answer = board(
        AUTHORIZATIONS.name, live_list=AUTHORIZATIONS.drawn(), timezone=person.timezone, acts=at_once.ACTS,
        me=person.staff_id, reader=person.staff_id, href=_ADDRESS, cleared=live_lists.cleared(), beside=True,
        opened=st.session_state.get(_OPEN), onward=st.session_state.get(_ONWARD, 0), opening=_opening,
    )  # fmt: skip
    at_once.hear(answer)
    if answer.opened and len(answer.opened) == 3 and answer.narrow:
        open_on_claim(*answer.opened)


def instead() -> bool:
    """Tell whether what is open beside the list is work on several requests, for which there is no page of its own."""
    return at_once.opened() or sheet.opened() is not None


def opened(person: Actor) -> None:
    """
    Draw the request that is open, the call sheet of its office, or what is to be done to those that are selected; what
    is done there is said, and the next one opens once it is decided or told.
    """
    at_once.undo_line(person)
    if at_once.opened():
        at_once.drawn(person)
        return
    if (office := sheet.opened()) is not None:
        sheet.drawn(person, office)
        return
    key: tuple[int, int, int] | None = st.session_state.get(_OPEN)
    if key is None:
        said = (
            "Nothing else is open." if st.session_state.get(_OVER) else "Choose a line, or press N for the most urgent."
        )
        st.info(said, icon=":material/task_alt:")
        return
    now, request, counted, lapse = desk.now(), None, None, None
    with desk.refusals_shown(), desk.by_key(person) as tx:
        request = authorizations.opened(person, tx, client_id=key[0], claim_id=key[1], request_id=key[2])
        counted = authorizations.standing(tx, request)
        lapse = authorizations.lapsed(person, tx, request, counted, at=now)
    if request is None or counted is None:
        return
    with st.container(horizontal=True):
        sheet.offered(request)
        if st.button("Open the claim's page", icon=":material/open_in_full:", key="authorizations.page"):
            open_on_claim(*key)
    st.markdown(f"**{sheet.patient(request.frame.worker, request.frame.born)}**")
    sent = card(person, request, counted, lapse, now=now)
    if sent is None:
        return
    with sent.beside:
        done = perform(person, sent, now)
    if done:
        with desk.looking(person) as tx:
            after = authorizations.opened(person, tx, client_id=key[0], claim_id=key[1], request_id=key[2])
        if after.frame.ended_at is not None:
            st.session_state[_ONWARD] = st.session_state.get(_ONWARD, 0) + 1
        st.toast(done, icon=":material/check:")
        st.rerun(scope="fragment")


def open_on_claim(client_id: int, claim_id: int, request_id: int) -> None:
    """Go to the claim's page, with the request open."""
    st.switch_page(
        live_lists.CLAIM_PAGE,
        query_params={"client": str(client_id), "claim": str(claim_id), "tab": TAB, "request": str(request_id)},
    )


def _opening(answer: Answer) -> None:
    if answer.done or (answer.opened and not answer.narrow):
        sheet.close()
        at_once.close()
    if answer.done:
        st.session_state[_OPEN], st.session_state[_OVER] = None, True
    elif answer.opened and len(answer.opened) == 3 and not answer.narrow:
        st.session_state[_OPEN], st.session_state[_OVER] = answer.opened, False
