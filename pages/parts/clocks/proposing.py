"""The form that sets another version of a clock from a day on; what the form does not ask goes on as it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import walltime, words
from core.access import Actor
from core.statutes import Extension, Lapse, Limit, Rule, Sureness, Unit, amount, setting
from core.statutes.setting import Clock
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.clocks.wording import UNITS, clock_label
from pages.parts.ruling import Sent

KEEPS = "It counts clocks that start from that day on. What has started keeps the text it started under."

_SURE = {Sureness.SOURCE_READ: "Source read", Sureness.KNOWLEDGE: "Knowledge"}
_LAPSES = {
    Lapse.VOID: "The decision is void",
    Lapse.DEEMED: "Authorized by lapse",
    Lapse.CONDITIONAL: "Authorized by lapse if every condition holds",
    Lapse.VIOLATION: "A violation, a denial or the next review",
    Lapse.NONE: "Nothing of an approval",
}


def proposing_form(
    clock: Clock, *, now: datetime
) -> tuple[tuple[Rule, date] | None, DeltaGenerator, Callable[[], Sent | None]]:
    """
    Draw the fields of a version. Return what they say and from which day, as far as that can be told; the place of
    what it would move; and what draws the button below that, and returns the version once it is sent.
    """
    old = clock.shown.rule
    form = f"clocks.propose.{clock.versions[-1].version.number}"
    request = str(forms.request_key(form))
    limit = _limit("Limit", old.limit, f"amount.{request}", f"unit.{request}")
    extension = old.extension
    if extension is not None:
        longer = _limit("Extended limit", extension.limit, f"extended.{request}", f"extended-unit.{request}")
        extension = replace(extension, limit=longer)
    citation = st.text_input("Law", value=old.citation, key=f"law.{request}")
    family = st.selectbox("What a lapse is", list(_LAPSES), index=list(_LAPSES).index(old.lapse),
                          format_func=_LAPSES.__getitem__, key=f"lapse.{request}")  # fmt: skip
    lapse_words = st.text_area("What a lapse means, in words", value=old.lapse_words, key=f"lapse-words.{request}")
    sure = st.selectbox("How sure", list(_SURE), index=1, format_func=_SURE.__getitem__, key=f"sure.{request}")
    source = st.text_input("Source", help="Where the text was read.", key=f"source.{request}")
    today = walltime.today(old.zone, now)
    begins = forms.day(f"From, {words.zone(old.zone)}", key=f"from.{request}", value=today)
    why = st.text_input("Reason for the version", help="What changed in the law.", key=f"why.{request}")
    new = _new(old, limit, extension, citation, family, lapse_words, sure, source)
    said = (new, begins.on) if begins.on is not None else None
    return said, st.container(), partial(_button, form, request, clock, said, begins.lacking, why, today)


def _new(
    old: Rule, limit: Limit, extension: Extension | None, citation: str, family: Lapse, lapse_words: str,
    sure: Sureness, source: str,
) -> Rule:  # fmt: skip
    return replace(
        old, limit=limit, extension=extension, citation=citation, lapse=family, lapse_words=lapse_words,
        confidence=sure, extension_confidence=sure if extension else None, source=source, effective_to=None,
        number=None,
    )  # fmt: skip


def _limit(label: str, limit: Limit, amount_key: str, unit_key: str) -> Limit:
    first, second = st.columns(2)
    number = first.number_input(label, min_value=1, max_value=3_660, value=limit.amount, step=1, key=amount_key)
    unit = second.selectbox(
        f"{label}: unit", list(UNITS), index=list(UNITS).index(limit.unit), format_func=UNITS.__getitem__, key=unit_key
    )
    return Limit(int(number), Unit(unit))


def _button(
    form: str, request: str, clock: Clock, said: tuple[Rule, date] | None, lacking: str, why: str, today: date
) -> Sent | None:
    """Draw the button, which says whether it begins today, and return the version, once it is pressed."""
    st.caption(KEEPS)
    refusals = st.container()
    planned = said is not None and said[1] > today
    if not st.button("Plan this version" if planned else "Put in force", type="primary", key=f"clocks.{request}.go"):
        return None
    if said is None:
        refusals.error(lacking or "Say from which day on.", icon=desk.ALERT)
        return None
    return Sent(form, refusals, partial(_propose, clock, *said, why))


def _propose(clock: Clock, rule: Rule, since: date, why: str, actor: Actor, tx: Connection, at: datetime) -> str:
    setting.propose(actor, tx, rule, since=since, why=why, at=at)
    return f"{clock.jurisdiction}, {clock_label(clock)}: {amount(rule)} from {words.brief_day(since)} on."
