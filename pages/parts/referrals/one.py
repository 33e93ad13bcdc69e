"""One referral: from whom to whom for what, who confirmed it, its appointments, and what can be done next."""

from datetime import datetime

import streamlit as st

from core import referrals, telephones, words
from core.access import Action, Actor
from core.intake import ClaimPage
from core.referrals import OUTSIDE_WHYS, PARTIES, STATES, STEPS, WAYS, OutsideWhy, Party, State, Step, Way, Whole
from pages.parts import desk, forms
from pages.parts.forms import Sent
from pages.parts.markdown import verbatim
from pages.parts.referrals import appointing, confirming, ending
from pages.parts.referrals.doing import Asked

_COLOURS = {State.KEPT: "green", State.REPORTED: "green", State.MISSED: "red", State.MADE: "orange"}

_STEP = {
    "confirm_referral": {Step.CONFIRM_PROVIDER, Step.CONFIRM_WORKER},
    "appointment": {Step.BOOK, Step.ATTEND},
    "referral_report": {Step.REPORT},
}
"""What is still needed, by the code of the work that it is."""


def referral(actor: Actor, page: ClaimPage, whole: Whole, *, now: datetime) -> Sent | None:
    """Draw a referral with what can be done about it; return what was asked for."""
    told = whole.referral
    colour = _COLOURS.get(whole.state, "blue")
    with st.container(border=True, key=f"referral.{told.client_id}.{told.referral_id}"):
        st.markdown(
            f"**{verbatim(told.specialty)}** · {verbatim(told.provider)} :{colour}-badge[{STATES[whole.state]}]"
        )
        _facts(page, whole)
        _confirmations(page, whole)
        _appointments(whole)
        if told.outcome is not None or not actor.may(Action.REFERRAL_MAKE):
            return None
        _next(page, whole, now)
        return _acts(actor, page, whole, now)


def of_work(actor: Actor, page: ClaimPage, *, kind: str, now: datetime) -> Sent | None:
    """Draw those of the claim's referrals that need what work of this *kind*, by its code, is; what was asked for."""
    with desk.by_key(actor) as tx:
        made = referrals.of_claim(actor, tx, page.header.client_id, page.header.claim_id)
    sent = None
    for whole in made:
        if any(each.step in _STEP[kind] for each in whole.steps):
            sent = referral(actor, page, whole, now=now) or sent
    return sent


def _facts(page: ClaimPage, whole: Whole) -> None:
    told = whole.referral
    zone = page.header.client_timezone
    ways = [
        verbatim(telephones.grouped(told.phone)) if told.phone else "",
        verbatim(told.address or ""),
        f"NPI {told.npi}" if told.npi else "",
    ]
    st.markdown(" · ".join(filter(None, ways)) or ":gray[No telephone and no address is known.]")
    if told.outside_why:
        words_too = f": {verbatim(told.outside_words)}" if told.outside_words else ""
        st.markdown(
            f":orange[:material/output: Outside the network. {OUTSIDE_WHYS[OutsideWhy(told.outside_why)]}{words_too}]"
        )
    if told.asked:
        st.markdown(verbatim(told.asked))
    by = f"{verbatim(told.referred_by)}{f' (NPI {told.referred_by_npi})' if told.referred_by_npi else ''}"
    made = f"Referred by {by}, made {words.instant(told.made_at, zone)} by {verbatim(told.made_by)}"
    of = f" on {told.claim_number}" if told.claim_id != page.header.claim_id else ""
    st.caption(made + of)
    if told.ended_at and told.outcome != State.REPORTED:
        who, why = verbatim(told.ended_by or ""), verbatim(told.ended_why or "")
        st.caption(f"{STATES[whole.state]} {words.instant(told.ended_at, zone)} by {who}: {why}")
    if told.report_received_at:
        kept = "" if told.report_document_id else ", not on file"
        st.caption(f"Report received {words.instant(told.report_received_at, zone)}{kept}")


def _confirmations(page: ClaimPage, whole: Whole) -> None:
    zone = page.header.client_timezone
    for party in Party:
        if said := whole.confirmed(party):
            how = WAYS[Way(said.how)].lower()
            told = f"{PARTIES[party]} confirmed {words.instant(said.at, zone)}"
            more = f": {verbatim(said.words)}" if said.words else ""
            st.markdown(f":green[:material/check:] {told}, {verbatim(said.with_whom)}, {how}{more}")


def _appointments(whole: Whole) -> None:
    became = {"kept": "kept", "missed": "missed by the worker", "moved": "moved", "cancelled": "cancelled"}
    for each in whole.appointments:
        when = words.instant(each.starts_at, each.timezone)
        if each.status == "booked":
            st.markdown(f":material/event: **{when}**")
        else:
            why = f": {verbatim(each.changed_why)}" if each.changed_why else ""
            st.markdown(f":gray[:material/event: {when} · {became[each.status]}{why}]")


def _next(page: ClaimPage, whole: Whole, now: datetime) -> None:
    """Say what is needed next and by when, overdue or not."""
    first = whole.steps[0]
    zone = whole.booked.timezone if whole.booked and first.step is Step.ATTEND else page.header.client_timezone
    when = words.instant(first.due_at, zone)
    if first.step is Step.ATTEND:
        said = f"{when}: say whether it was kept" if first.due_at <= now else f"The appointment is {when}"
    else:
        said = f"{STEPS[first.step]} by {when}"
    late = first.due_at <= now
    st.markdown(f":{'red' if late else 'gray'}[:material/{'error' if late else 'schedule'}: {said}]")


def _acts(actor: Actor, page: ClaimPage, whole: Whole, now: datetime) -> Sent | None:
    form = forms.of(page, f"referral.{whole.referral.referral_id}")
    request = forms.request_key(forms.key_of(form))
    asked: list[Asked] = []
    with st.container(horizontal=True, key=f"referral.acts.{request}"):
        asked += confirming.draw(page, whole, request)
        asked += appointing.draw(page, whole, request, now)
        asked += ending.draw(actor, page, whole, request)
    if not asked:
        return None
    act, beside = asked[0]
    return Sent(form, request, act, beside)
