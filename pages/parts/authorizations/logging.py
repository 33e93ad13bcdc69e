"""The form by which a request for authorization is logged: who asks for what, since when, and what is missing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import authorizations, states, words
from core.access import Actor
from core.authorizations import CHANNELS, Asked, AskedBefore, Line, Paper, Request
from core.intake import ClaimPage
from core.statutes import Channel
from core.transactions import Connection
from pages.parts import desk
from pages.parts.authorizations.card import title
from pages.parts.forms.acts import Sent, key_of, of, refused, request_key
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted, read_tick
from pages.parts.forms.moment import moment

MOST_LINES = 20
"""Treatments that are typed into one request; more come by a file."""


def log_form(
    actor: Actor, page: ClaimPage, decided: list[Request], *, document_id: int | None, close: Callable[[], None]
) -> Sent | None:
    """
    Draw the form of a new request on the claim; return it where it was sent.

    *decided* are the claim's decided requests, about which one may appeal; *document_id* is the request as it came, to
    begin with. *close* is called once it is logged.
    """
    with desk.looking(actor) as tx:
        papers = authorizations.papers(actor, tx, client_id=page.header.client_id, claim_id=page.header.claim_id)
    form = of(page, "authorization")
    request = request_key(key_of(form))
    zone = ZoneInfo(page.header.client_timezone)
    state = page.header.jurisdiction
    with st.container(border=True):
        st.markdown("**Log a request**")
        paper = st.selectbox(
            "The request as it came", [None, *papers], format_func=_title, key=f"paper.{document_id}.{request}",
            index=next((n for n, each in enumerate(papers, 1) if each.document_id == document_id), 0),
            help="A document of the claim of the kind Authorization request.",
        )  # fmt: skip
        about = st.selectbox(
            "What it is", [None, *decided], format_func=_about, key=f"about.{request}",
            help="A request for treatment, or an appeal, a reconsideration or a review of one that was decided.",
        )  # fmt: skip
        left, right = st.columns(2)
        law = left.selectbox(
            "Law of", states.JURISDICTIONS, index=_index(states.JURISDICTIONS, state), format_func=states.label,
            placeholder="Choose the state", key=f"law.{request}",
        )  # fmt: skip
        kind = _kind(actor, law, right, request, appeal=about is not None)
        number = right.number_input("Treatments", 1, MOST_LINES, key=f"number.{request}")
        return _form(
            actor, page, request, zone, law=law, kind=kind, about=about, paper=paper, number=int(number), close=close
        )


def _kind(actor: Actor, law: str | None, where: DeltaGenerator, request: UUID, *, appeal: bool) -> str | None:
    """Draw which kind it is, in the vocabulary of the state; return it."""
    kinds: list[authorizations.Offered] = []
    if law:
        with desk.looking(actor) as tx:
            kinds = authorizations.offered(actor, tx, law, appeal=appeal)
    kind = where.selectbox("Kind", kinds, format_func=_kind_words, key=f"kind.{law}.{appeal}.{request}")
    if kind and not kind.counted:
        st.caption("No statutory clock is known here: set the date by hand below, with the reason for it.")
    return kind.kind if kind else None


def _kind_words(offered: authorizations.Offered) -> str:
    return authorizations.kind_words(offered.kind)


def _title(paper: Paper | None) -> str:
    return paper.title if paper else "No document"


def _about(request: Request | None) -> str:
    if request is None:
        return "A request for treatment"
    said = authorizations.outcome_words(request.frame.outcome or "", request.frame.jurisdiction).lower()
    return f"About request {request.frame.request_id}, {said}: {request.lines[0].words}"


def _index(options: tuple[str, ...], one: str | None) -> int | None:
    return options.index(one) if one in options else None


def _form(
    actor: Actor, page: ClaimPage, request: UUID, zone: ZoneInfo, *, law: str | None, kind: str | None,
    about: Request | None, paper: Paper | None, number: int,
    close: Callable[[], None],
) -> Sent | None:  # fmt: skip
    form = of(page, "authorization")
    channels = list(Channel)
    readers: dict[str, Any] = {
        **dict.fromkeys(
            ("provider", "npi", "phone", "fax", "email", "received", "missing", "due", "due_why"), AS_TYPED
        ),
        **{f"{name}{n}": AS_TYPED for n in range(1, number + 1) for name in ("what", "code", "part", "units")},
        "channel": chosen(channels, CHANNELS.get), "complete": read_tick,
    }  # fmt: skip
    with (
        drafted(actor, form, request, zone.key, readers),
        st.form(f"authorization.{request}", border=False, enter_to_submit=False),
    ):
        left, right = st.columns(2)
        provider = left.text_input("Requesting provider", key=f"provider.{request}")
        npi = right.text_input("NPI, optional", key=f"npi.{request}")
        phone = left.text_input("Telephone, optional", key=f"phone.{request}")
        fax = right.text_input("Fax, optional", key=f"fax.{request}")
        email = left.text_input("E-mail, optional", key=f"email.{request}")
        received = moment(
            f"Received at, {words.zone(zone.key)}", zone, value=paper.received_at if paper else None,
            key=f"received{paper.document_id if paper else ''}.{request}", container=right,
            help="By the receiver's own stamp. Empty for now.",
        )  # fmt: skip
        channel = st.segmented_control(
            "By", channels, default=at_first(f"channel.{request}", Channel.FAX), required=True,
            format_func=CHANNELS.get, key=f"channel.{request}",
        )  # fmt: skip
        st.markdown("**What is asked for**")
        lines = _lines(request, number)
        complete = st.checkbox(
            "The request is complete", value=at_first(f"complete.{request}", True) or False, key=f"complete.{request}"
        )
        missing = st.text_area(
            "What is missing, where it is not", key=f"missing.{request}", height=76,
            help="It goes into the letter that sends the request back.",
        )  # fmt: skip
        with st.expander("A due date set by hand"):
            due = moment(f"Due at, {words.zone(zone.key)}", zone, value=None, key=f"due.{request}")
            due_why = st.text_input("Reason", key=f"due_why.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Log the request", type="primary", key=f"authorization.go.{request}")
    alike = _alike(request, beside, zone.key)
    lacking = [each.lacking for each in (received, due) if each.lacking]
    if law is None or kind is None:
        lacking.append("Choose the state whose law governs, and the kind of request.")
    for sentence in lacking if pressed else ():
        beside.error(sentence, icon=desk.ALERT)
    if not pressed or lacking or law is None or kind is None:
        return None
    asked = {
        "jurisdiction": law, "kind": kind, "provider_name": provider, "provider_npi": npi, "provider_phone": phone,
        "provider_fax": fax, "provider_email": email, "channel": channel, "lines": _read(lines), "missing": missing,
        "document_id": paper.document_id if paper else None, "due_at": due.at, "due_why": due_why,
        "about_id": about.frame.request_id if about else None,
    }  # fmt: skip
    act = partial(_log, page, request, asked, received.at, complete, alike, close)
    return Sent(form, request, act, beside, outdated_by=(_Alike,))


class _Alike(AskedBefore):
    """The same was asked for, which is drawn with the form."""


def _lines(request: UUID, number: int) -> list[tuple[str, str, str, str]]:
    """Draw a line for each treatment; return what was typed into those that say something."""
    typed = []
    for n in range(1, number + 1):
        what, code, part, units = st.columns([5, 2, 3, 1.5])
        typed.append(
            (
                what.text_input(f"Treatment {n}", key=f"what{n}.{request}"),
                code.text_input("Code", key=f"code{n}.{request}", help="CPT or HCPCS, where one is given"),
                part.text_input("Body part", key=f"part{n}.{request}"),
                units.text_input("Units", value=at_first(f"units{n}.{request}", "1") or "", key=f"units{n}.{request}"),
            )
        )
    return [each for each in typed if each[0].strip() or each[1].strip()]


def _read(typed: list[tuple[str, str, str, str]]) -> list[Line]:
    """Return the treatments as they are asked for; units that are no number are none that are allowed."""
    return [
        Line(what, code, part, int(units) if units.strip().isascii() and units.strip().isdigit() else 0)
        for what, code, part, units in typed
    ]


def _seen(request: UUID) -> str:
    return f"alike.{request}"


def _alike(request: UUID, beside: Any, zone: str) -> tuple[int, ...]:
    """Draw the earlier requests that ask for the same, where there were any; return those that were seen so."""
    found: tuple[Request, ...] = st.session_state.get(_seen(request), ())
    if not found:
        return ()
    with beside:
        refused(request)
        st.caption("Press the button again to log it all the same. Asked for before:")
        for each in found:
            received = words.instant(each.frame.received_at, zone)
            said = (
                f"decided: {authorizations.outcome_words(each.frame.outcome, each.frame.jurisdiction).lower()}"
                if (each.frame.outcome)
                else "not decided yet"
            )
            st.markdown(f"Request {each.frame.request_id}, {title(each)}, received {received}, {said}")
    return tuple(each.frame.request_id for each in found)


def _log(
    page: ClaimPage, request: UUID, asked: dict[str, Any], received: datetime | None, complete: bool,
    although: tuple[int, ...], close: Callable[[], None], actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    received = received or at
    try:
        request_id = authorizations.log(
            actor, tx, client_id=page.header.client_id, claim_id=page.header.claim_id,
            asked=Asked(**asked, received_at=received, complete_at=received if complete else None), although=although,
            at=at,
        )  # fmt: skip
    except AskedBefore as before:
        st.session_state[_seen(request)] = before.alike
        raise _Alike(before.alike) from before
    st.session_state.pop(_seen(request), None)
    close()
    return f"Request {request_id} logged"
