"""A trial: when something would be due, for any jurisdiction, kind and receipt; nothing is kept."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core import words
from core.calendars import DayChange
from core.refusal import Refusal
from core.statutes import Channel, Events, Rule, due, jurisdictions, kinds, lapsed, rule_for, sureness
from core.statutes import words as count_in_words
from pages.parts import forms
from pages.parts.clocks.wording import kind_label, state_label
from pages.parts.markdown import verbatim

_CHANNELS = {
    None: "Not known", Channel.FAX: "Fax", Channel.EMAIL: "E-mail", Channel.MAIL: "Mail", Channel.PORTAL: "Portal",
    Channel.PHONE: "Telephone", Channel.PERSON: "In person",
}  # fmt: skip
_NETWORKS = {None: "Not known", True: "In a certified network", False: "Outside of one"}


def trial(rules: Sequence[Rule], changes: Callable[[str], Sequence[DayChange]], *, now: datetime) -> None:
    """Draw the fields and, once they say enough, when it would be due with the count in words."""
    asked, answer = st.columns([1, 2], gap="medium")
    with asked:
        jurisdiction = st.selectbox("State", jurisdictions(rules), index=None, format_func=state_label,
                                    placeholder="Choose a state", key="clocks.try.state")  # fmt: skip
        if jurisdiction is None:
            st.caption("Choose a state to see when something would be due there. Nothing of it is kept.")
            return
        kind = st.selectbox(
            "Kind", kinds(rules, jurisdiction), format_func=kind_label, key=f"clocks.try.{jurisdiction}"
        )
        timezone = next(rule.zone for rule in rules if rule.jurisdiction == jurisdiction)
        received = forms.moment(
            f"Received, {words.zone(timezone)}", ZoneInfo(timezone), value=now.replace(second=0, microsecond=0),
            key=f"clocks.try.at.{timezone}",
        )  # fmt: skip
        channel = st.selectbox("How it came", list(_CHANNELS), format_func=_CHANNELS.__getitem__, key="clocks.try.by")
        network = None
        if any(rule.network is not None for rule in rules if rule.jurisdiction == jurisdiction):
            network = st.selectbox(
                "Claim", list(_NETWORKS), format_func=_NETWORKS.__getitem__, key="clocks.try.network"
            )
    with answer:
        if received.at is None:
            st.info(received.lacking or "Say when it was received.")
            return
        if received.said:
            st.caption(verbatim(received.said))
        try:
            rule = rule_for(rules, jurisdiction, kind, at=received.at, in_network=network)
        except Refusal as none:
            st.info(verbatim(str(none)))
            return
        events = Events(received.at, channel, complete_at=received.at)
        first, *more = count_in_words(due(rule, events, changes(jurisdiction)))
        st.markdown(f"**{verbatim(first)}**")
        st.markdown("  \n".join(map(verbatim, more)))
        st.caption(f"{verbatim(rule.citation)}. How sure: {sureness(rule)}.  \n{verbatim(lapsed(rule))}")
