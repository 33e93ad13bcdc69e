"""The requests for authorization of a claim: all of them in a list, one open beside it, and the form of another one."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, claim_file, words
from core.access import Action, Actor
from core.authorizations import Request
from core.files import Opened
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk, file_view, side
from pages.parts.authorizations import sheet, standing
from pages.parts.authorizations.card import card
from pages.parts.authorizations.logging import log_form
from pages.parts.forms.acts import Sent

PAGE = "coordination/authorizations.py"
"""The list of all open requests, where a call sheet stands beside."""

_WIDTHS = (5, 6)


def of_claim(actor: Actor, page: ClaimPage, *, now: datetime) -> Sent | None:
    """Draw them; return what was sent."""
    header = page.header
    with desk.looking(actor) as tx:
        found = authorizations.of_claim_page(actor, tx, client_id=header.client_id, claim_id=header.claim_id)
    name = f"authorizations.{header.client_id}.{header.claim_id}"
    may_log = actor.may(Action.AUTHORIZATION_WORK) and header.closed_at is None
    _as_asked(name)
    if may_log:
        listing, beside = side.panes(name, add="Log a request", widths=_WIDTHS)
    else:
        listing, beside = st.columns(_WIDTHS, gap="medium")
    with listing:
        chosen = _listed(name, found, now=now)
    with beside:
        if may_log and side.adding(name):
            decided = [each for each in found if each.frame.decided_at is not None]
            document = st.query_params.get("document", "")
            number = int(document[:18]) if document.isascii() and document.isdigit() else None
            if number is not None:
                with listing:
                    _paper(actor, header.client_id, header.claim_id, number)
            return log_form(actor, page, decided, document_id=number, close=partial(side.close_adding, name))
    one = next((each for each in found if each.frame.request_id == chosen), found[0] if found else None)
    if one is None:
        return None
    with desk.looking(actor) as tx:
        counted = authorizations.standing(tx, one)
        lapse = authorizations.lapsed(actor, tx, one, counted, at=now)
    with beside:
        if may_log and one.frame.ended_at is None and sheet.offered(one):
            st.switch_page(PAGE, query_params={})  # without them Streamlit refuses to leave the tab's out
        return card(actor, one, counted, lapse, now=now)


def _paper(actor: Actor, client_id: int, claim_id: int, document_id: int) -> None:
    """Draw the request as it came, beside the form into which it is typed."""
    where = {"client_id": client_id, "claim_id": claim_id, "document_id": document_id}

    def read(tx: Connection) -> Opened:
        return claim_file.open_document(actor, tx, **where)

    opened = file_view.opened(actor, ("document", *where.values()), read)
    if opened:
        file_view.draw(opened, key=f"authorizations.paper.{document_id}", alt="The request as it came")


def _as_asked(name: str) -> None:
    """Open, once, the request that the page's address names, or the form of one whose document it names."""
    asked = st.query_params.get("request", "")
    document = st.query_params.get("document", "")
    if document and st.session_state.get(f"{name}.document") != (desk.visit(), document):
        st.session_state[f"{name}.document"] = (desk.visit(), document)
        side.open_adding(name)
    seen = f"{name}.asked"
    if asked.isascii() and asked.isdigit() and st.session_state.get(seen) != (desk.visit(), asked):
        st.session_state[seen] = (desk.visit(), asked)
        side.choose(name, int(asked[:18]))


def _asked_for(request: Request) -> str:
    more = len(request.lines) - 1
    return f"{request.lines[0].words} +{more}" if more else request.lines[0].words


def _received_on(request: Request) -> date:
    return request.frame.received_at.astimezone(ZoneInfo(request.frame.timezone)).date()


def _listed(name: str, found: list[Request], *, now: datetime) -> int | None:
    if not found:
        st.info(
            "No request for authorization is on this claim yet. A fax from the tray becomes one, or log one here.",
            icon=":material/fact_check:",
        )
        return None
    return side.rows(
        name,
        {
            "Asked for": [
                f"{each.lines[0].words}{f' +{len(each.lines) - 1}' if len(each.lines) > 1 else ''}" for each in found
            ],
            "How it stands": [standing.of_list(each, now=now).words for each in found],
            "Received": [words.brief_day(_received_on(each)) for each in found],
        },
        [each.frame.request_id for each in found],
        alt="Requests for authorization of this claim: what is asked for, how it stands, received",
        whole=True,
    )
