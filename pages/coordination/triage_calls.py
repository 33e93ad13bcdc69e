"""Triage calls: who calls whom when, by day and by week; and the calendars of those who make the calls."""

import streamlit as st

from core import triage
from core.access import Action
from pages.parts import desk, forms
from pages.parts.triage_calls import calendars, diary

actor = desk.open_page("Triage calls", Action.CALL_BOOK)

asked = diary.asked(actor)
sets = actor.may(Action.CALENDAR_SET)
with desk.looking(actor) as tx:
    shown = triage.diary(actor, tx, first=asked.first, days=asked.days)
    known = triage.calendars(actor, tx, at=desk.now()) if sets else []

diary.draw(actor, shown)
pressed = None
if sets:
    with st.expander("Calendars: hours, time off, languages and licences", expanded=not shown.clinicians):
        pressed = calendars.draw(actor, known)
        beside = st.container()
if pressed:
    said = None
    with beside, desk.refusals_shown(), desk.acting(actor) as tx:
        said = pressed.act(actor, tx, desk.now())
    if said:
        if pressed.form:
            forms.renew(pressed.form)
        desk.done(said)
