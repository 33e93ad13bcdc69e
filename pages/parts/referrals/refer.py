"""The form that makes a referral: a provider of the network found by specialty, miles and language, or one outside."""

from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from core import referrals
from core.access import Action, Actor
from core.drafts import Form
from core.intake import ClaimPage
from core.referrals import FARTHEST, LONGEST_WORDS, MILES, OUTSIDE_WHYS, Inside, Listed, Outside, OutsideWhy
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.forms import Sent
from pages.parts.forms.drafted import AS_TYPED, at_first, drafted
from pages.parts.markdown import verbatim

_OUTSIDE = "Somebody outside of the network"
_ANY = "Any language"
_USUAL = 30
"""Miles at first: those within which specialists are reached by the rules of California."""

_READERS = dict.fromkeys(
    (
        *("refer.words", "refer.zip", "refer.by", "refer.npi", "refer.asked"),
        *("refer.outside.name", "refer.outside.phone", "refer.outside.address", "refer.outside.words"),
    ),
    AS_TYPED,
)


def refer(actor: Actor, page: ClaimPage, *, now: datetime) -> Sent | None:
    """Draw the form; return what was asked for."""
    header = page.header
    if header.closed_at or header.date_of_death or not actor.may(Action.REFERRAL_MAKE):
        return None
    form = forms.of(page, "refer")
    request = forms.request_key(forms.key_of(form))
    with drafted(actor, form, request, header.client_timezone, _READERS):
        return _sent(actor, page, form, request, now)


def _sent(actor: Actor, page: ClaimPage, form: Form, request: UUID, now: datetime) -> Sent | None:
    code = _specialty(request)
    if code is None:
        return None
    to = _to(actor, page, code, request, now)
    who, number = st.columns([2, 1])
    by = who.text_input("Referred by", key=f"refer.by.{request}", help="The treating provider's name.")
    npi = number.text_input("NPI, if it is known", key=f"refer.npi.{request}")
    if treated := page.narrative.treated_at:
        st.caption(f"Treated so far: {verbatim(treated)}")
    asked = st.text_area(
        "What the specialist is asked for", key=f"refer.asked.{request}", height=80,
        help=f"At most {LONGEST_WORDS} characters.",
    )  # fmt: skip
    beside = st.container()
    pressed = st.button("Refer", type="primary", key=f"refer.go.{request}", disabled=to is None)
    if not pressed or to is None:
        return None
    told = {"code": code, "to": to, "referred_by": by, "referred_by_npi": npi, "asked": asked}
    return Sent(form, request, partial(_refer, page, told), beside)


def _refer(page: ClaimPage, told: dict[str, object], actor: Actor, tx: Connection, at: datetime) -> str:
    referrals.refer(actor, tx, **_where(page), **told, at=at)
    return f"{page.header.claim_number}: referral made. Confirm it with the provider and with the worker."


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}


def _specialty(request: UUID) -> str | None:
    """Draw the specialty, in one's own words and then as one of those found; its code."""
    typed, chosen = st.columns(2)
    words = typed.text_input(
        "Specialty, in your words", placeholder="hand surgeon, PT, eye doctor", key=f"refer.words.{request}"
    )
    found = referrals.find(words)
    if not found:
        chosen.caption("No specialty is called so. Try another word, or empty the field to see all.")
        return None
    codes = [each.code for each in found]
    code: str | None = chosen.selectbox(
        "Specialty", codes, index=0 if words.strip() else None, format_func=referrals.named,
        placeholder="Choose one", key=f"refer.code.{','.join(codes[:2])}.{request}",
    )  # fmt: skip
    return code


def _to(actor: Actor, page: ClaimPage, code: str, request: UUID, now: datetime) -> Inside | Outside | None:
    """Draw who is found in the network, and the way out of it; return to whom the worker is sent."""
    near, within, spoken = st.columns([1, 1, 1])
    with desk.looking(actor) as tx:
        languages = referrals.languages(actor, tx)
    postal_code = near.text_input(
        "Near ZIP", value=at_first(f"refer.zip.{request}", page.worker.postal_code or ""), key=f"refer.zip.{request}",
        help="The worker's. Empty: all of the state.",
    )  # fmt: skip
    miles = within.selectbox(
        "Within", MILES, index=MILES.index(_USUAL), format_func=lambda each: f"{each} miles",
        key=f"refer.miles.{request}",
    )  # fmt: skip
    wanted = (page.worker.language or "").strip().casefold()
    mine = next((n for n, each in enumerate(languages, 1) if each.casefold() == wanted), 0)
    language = spoken.selectbox("Language", [_ANY, *languages], index=mine, key=f"refer.language.{request}")
    accepting = st.toggle("Takes new patients", value=True, key=f"refer.accepting.{request}")
    wish = {
        "codes": [code], "postal_code": postal_code, "state": page.header.jurisdiction,
        "language": None if language == _ANY else language, "accepting": accepting, "at": now,
    }  # fmt: skip
    found, beyond = list[Listed](), list[Listed]()
    with desk.refusals_shown(), desk.looking(actor) as tx:
        found = referrals.find_providers(actor, tx, **_where(page), **wish, within=miles)
        if not found and postal_code.strip():
            beyond = referrals.find_providers(actor, tx, **_where(page), **wish, within=FARTHEST)
    by_key = {f"{each.provider_id}/{each.location_id}": each for each in found}
    if not found:
        nearest = f" The nearest is {_label(beyond[0])}, in {verbatim(beyond[0].city)}." if beyond else ""
        st.caption(
            f"Nobody of the network is found so.{nearest} Look farther away, or leave the network with a reason."
        )
    chosen = st.radio(
        "To whom", [*by_key, _OUTSIDE], index=0 if found else None,
        format_func=lambda key: _label(by_key[key]) if key in by_key else _OUTSIDE,
        captions=[*map(_caption, found), ""], key=f"refer.to.{'|'.join(by_key)[:200]}.{request}",
    )  # fmt: skip
    if chosen in by_key:
        return Inside(by_key[chosen].provider_id, by_key[chosen].location_id)
    return _outside(request) if chosen == _OUTSIDE else None


def _label(listed: Listed) -> str:
    away = "" if listed.miles is None else f" · {listed.miles:.1f} miles straight"
    return f"{verbatim(listed.name)}{away}"


def _caption(listed: Listed) -> str:
    facts = [
        f"{verbatim(listed.address)}, {verbatim(listed.city)}, {listed.state} {listed.postal_code}",
        ", ".join(map(verbatim, listed.languages)),
        "" if listed.accepting_new_patients else "takes no new patients",
        "on the client's own panel" if listed.own_panel else "",
    ]
    return " · ".join(filter(None, facts))


def _outside(request: UUID) -> Outside:
    """Draw who is outside of the network, and why."""
    name, phone = st.columns(2)
    who = name.text_input("Name", key=f"refer.outside.name.{request}")
    number = phone.text_input("Telephone", key=f"refer.outside.phone.{request}")
    address = st.text_input("Address", key=f"refer.outside.address.{request}")
    why = st.selectbox(
        "Why it leaves the network", list(OutsideWhy), index=None, format_func=lambda each: OUTSIDE_WHYS[each],
        placeholder="Choose a reason: it is counted", key=f"refer.outside.why.{request}",
    )  # fmt: skip
    words = st.text_input("More about that", key=f"refer.outside.words.{request}")
    return Outside(who, why, words, number, address)
