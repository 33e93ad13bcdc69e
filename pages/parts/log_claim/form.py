"""An intake by telephone on its page: what is told, the claim that it has begun, and how it is ended."""

import contextlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import streamlit as st

from core import drafts, intake
from core.access import Actor
from core.intake import ClaimRef, PerhapsReported, requirements, telephone
from core.intake.requirements import DECIDING
from core.scope import ClientInZone
from pages.parts import desk, forms, live_lists
from pages.parts.forms.both import versions
from pages.parts.forms.drafted import drafted
from pages.parts.log_claim import aside, fields
from pages.parts.log_claim.fields import Told
from pages.parts.markdown import verbatim

FORM = drafts.Form(drafts.REPORT)
SAVE = "Save and open the claim"
DOUBTED = ":material/help:"
IN_DOUBT = "Correct it, or save it as it is: then it stays to be asked."


class Call(NamedTuple):
    """The intake that the page shows: its form, the key of that, and the claim that it has begun, if it has."""

    form: drafts.Form
    request: UUID
    claim: ClaimRef | None


def call(actor: Actor, clients: Sequence[ClientInZone]) -> Call | None:
    """
    Return the intake that the page's address names, or the one that is begun here; None where it is no more.

    What a claim holds that one comes back to is put into the form; what was typed since comes back from its draft.
    """
    request = forms.request_key(forms.key_of(FORM))
    asked = desk.claim_asked()
    begun: ClaimRef | None = st.session_state.get(_begun_key(request))
    if asked is None or (begun and asked == (begun.client_id, begun.claim_id)):
        if begun and asked is None:
            desk.now_of_claim(begun.client_id, begun.claim_id)
        return Call(FORM, request, begun)
    form = drafts.Form(drafts.REPORT, *asked)
    request = forms.request_key(forms.key_of(form))
    claim: ClaimRef | None = st.session_state.get(_begun_key(request))
    if claim is None:
        client = next((each for each in clients if each.client_id == asked[0]), None)
        page = None
        with desk.refusals_shown(), desk.by_key(actor) as tx:
            page = intake.open_claim(actor, tx, *asked)
        if page is None:
            return None
        if page.begun is None or page.begun.begun_by != actor.staff_id or client is None:
            live_lists.open_claim(*asked)
        claim = ClaimRef(*asked, page.header.claim_number, again=True)
        st.session_state[_begun_key(request)] = claim
        fields.fill_in(request, page.fields, client)
    return Call(form, request, claim)


def draw(actor: Actor, clients: Sequence[ClientInZone], now: datetime) -> None:
    """Draw the intake, begin its claim as soon as that can be, and open it once the intake is ended."""
    of = call(actor, clients)
    if of is None:
        return
    request = of.request

    def timezone() -> str:
        """Of the client that is chosen, as the form's other times; else the person's own."""
        client = clients[0] if len(clients) == 1 else st.session_state.get(f"client.{request}")
        return client.timezone if client else actor.timezone

    with st.container(horizontal=True, gap="large", key="report.sheet"):
        sheet = st.container(width=720, key="report.fields")
        beside = st.container(width=320, key="report.aside")
    with sheet:
        with drafted(actor, of.form, request, timezone, fields.readers(clients)):
            required = _required(actor, clients, request, now)
            told = fields.draw(clients, request, required, now=now, begun=of.claim is not None)
        both, mine = versions(request, timezone())
        with st.container(key="report.foot"):
            faults = st.container(key="report.said")
            save = st.button(SAVE, type="primary", key=f"report.{request}.go", shortcut="Mod+Enter")
    doubts, before = _doubts(told, now), st.session_state.get(f"doubted.{request}", ())
    st.session_state[f"doubted.{request}"] = doubts
    if doubts:
        faults.warning(f"{' '.join(map(verbatim, doubts))} {IN_DOUBT}", icon=DOUBTED)
    with beside:
        if aside.draw(actor, of, told, required):
            st.rerun()
    if of.claim is None and told.enough and not told.wrong and not doubts and not save:
        _begin(actor, of, told, now)
    if not save and mine is None:
        return
    for sentence in told.wrong:
        faults.error(sentence, icon=desk.ALERT)
    if told.wrong or not set(doubts) <= set(before):
        return
    decided = frozenset(each.field for each in both)
    with faults:
        _finish(actor, of, told, now, mine_stand=decided if mine else (), leave=decided if mine is False else ())


def _doubts(told: Told, now: datetime) -> tuple[str, ...]:
    known = told.report.date_of_injury  # whatever its type says: the field may be empty
    return intake.doubtful(told.report, timezone=told.client.timezone, at=now) if told.client and known else ()


def _begin(actor: Actor, of: Call, told: Told, now: datetime) -> None:
    """Begin the claim, where it is none that there is or the person says that it is another injury."""
    assert told.client is not None
    claim = None
    with desk.refusals_shown(), contextlib.suppress(PerhapsReported), desk.acting(actor) as tx:  # said beside the form
        claim = telephone.begin(
            actor, tx, client_id=told.client.client_id, report_so_far=told.report, at=now, request=of.request,
            aware_of=aside.aware(of.request),
        )  # fmt: skip
    if claim:
        st.session_state[_begun_key(of.request)] = claim
        st.rerun()


def _finish(
    actor: Actor, of: Call, told: Told, now: datetime, *, mine_stand: Collection[str], leave: Collection[str]
) -> None:
    """Put what was told into the claim, and open that; what keeps it from being done is said where this is called."""
    assert told.client is not None
    claim, both = of.claim, tuple[intake.Both, ...]()
    aware = aside.aware(of.request)
    done = False
    with desk.refusals_shown():
        try:
            with desk.acting(actor) as tx:
                claim = claim or telephone.begin(
                    actor, tx, client_id=told.client.client_id, report_so_far=told.report, at=now, request=of.request,
                    aware_of=aware,
                )  # fmt: skip
                telephone.finish(
                    actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, told=told.report, at=now,
                    request=of.request, aware_of=aware, mine_stand=mine_stand, leave=leave,
                    unknown_why=told.unknown_why, ask_again=told.ask_again,
                )  # fmt: skip
                done = True
        except intake.ChangedMeanwhile as meanwhile:
            both = meanwhile.both
        except PerhapsReported:
            st.error(aside.SAY_FIRST, icon=desk.ALERT)
    if both:
        st.session_state[forms.both_key(of.request)] = both
        st.rerun()
    if done and claim:
        forms.renew(forms.key_of(of.form))
        desk.say_next(f"Claim {claim.claim_number} logged. The clock runs. {told.said}".strip())
        live_lists.open_claim(claim.client_id, claim.claim_id)


def _begun_key(request: UUID) -> str:
    return f"telephone.begun.{request}"


def _required(actor: Actor, clients: Sequence[ClientInZone], request: UUID, now: datetime) -> dict[str, str]:
    """Return what is asked for of the client that is chosen, by what is told so far, each with whose rule asks."""
    known = {name: st.session_state.get(f"{name}.{request}") for name in ("client", *DECIDING)}
    client: ClientInZone | None = clients[0] if len(clients) == 1 else known["client"]
    if client is None:
        return dict.fromkeys(intake.ASKED_ALWAYS, "")
    with desk.looking(actor) as tx:
        asked = requirements.of_form(
            actor, tx, client_id=client.client_id, jurisdiction=known["jurisdiction"], known=known, at=now
        )
    return {each.element: each.why for each in asked}
