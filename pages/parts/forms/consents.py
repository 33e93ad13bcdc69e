"""Consent to text messages and voicemails on the worker's number: what stands, and what was said before, in words."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from core import telephones, words
from core.contact import CHANNEL_WORDS, CONSENT_WORDS, Channel, Consent
from core.intake import ClaimPage
from pages.parts import folding
from pages.parts.markdown import verbatim

CONSENTS: Mapping[str, Channel] = {f"consent_{each}": each for each in Channel}
"""The channels by the names of their fields in the form."""

WORDS: Mapping[str, str] = {name: f"{name}_words" for name in CONSENTS}
"""The names of the fields for the worker's words, in the form and in its draft, by those of the channels."""


def standing(page: ClaimPage) -> dict[str, str]:
    """Return what stands of each channel for the number as it is now, by its field's name; empty where nothing does."""
    stands = {name: page.consent(each) for name, each in CONSENTS.items()}
    return {name: said.answer if said else "" for name, said in stands.items()}


def in_a_line(page: ClaimPage) -> list[str]:
    """Return, as markdown, what stands of each channel, with when and in which words."""
    zone = page.header.client_timezone
    return [
        f":gray[{CHANNEL_WORDS[each]}] {CONSENT_WORDS[Consent(said.answer)].lower()}"
        f" :small[:gray[{words.instant(said.at, zone)}: “{verbatim(said.words)}”]]"
        for each in Channel
        if (said := page.consent(each))
    ]


def history(page: ClaimPage) -> None:
    """Draw, behind one click, all that was said of consent, of any number, the latest first."""
    if not page.consents:
        return
    zone = page.header.client_timezone
    key = folding.own_key("consents", page.header)
    with st.popover("All that was said of consent", icon=":material/history:", type="tertiary", key=key):
        for said in page.consents:
            what = f"{CHANNEL_WORDS[Channel(said.channel)]}: {CONSENT_WORDS[Consent(said.answer)].lower()}"
            number = telephones.grouped(said.number) + ("" if said.of_this_number else ", not the number now")
            st.markdown(
                f":gray[{words.instant(said.at, zone)} · {verbatim(said.captured_by)}]  \n{what}, {verbatim(number)}"
                f"  \n“{verbatim(said.words)}”"
            )


def in_whose_words(request: UUID) -> dict[Channel, str]:
    """Draw the fields for the worker's words of each channel, and return them."""
    columns = st.columns(2)
    return {
        channel: column.text_input(
            f"{CHANNEL_WORDS[channel]}, in the worker's words", key=f"{WORDS[name]}.{request}",
            placeholder="For this number, where it changes",
        )
        for column, (name, channel) in zip(columns, CONSENTS.items(), strict=True)
    }  # fmt: skip
