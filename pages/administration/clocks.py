"""By when the law of each state wants things decided: see it, check it, set another version; days off, follow-ups."""

from functools import partial

import streamlit as st

from core import authorizations
from core.access import Action
from core.authorizations import cadences, rehearsing
from core.refusal import Refusal
from core.statutes import holiday_list, jurisdictions, kept, setting
from pages.parts import clocks as parts
from pages.parts import desk, forms
from pages.parts.clocks.wording import state_label
from pages.parts.markdown import verbatim
from pages.parts.rehearsing import rehearsal

actor = desk.open_page("Statutory clocks", Action.RULES_MANAGE)

now = desk.now()
view = parts.view_choice()

sent = None
if view == parts.CLOCKS:
    with desk.looking(actor) as tx:
        clocks = setting.listed(actor, tx, at=now)
    st.caption(parts.still_to_check(clocks))
    listing, beside = st.columns([3, 2], gap="medium")
    with listing:
        clock = parts.table(parts.jurisdiction_choice(clocks))
    with beside:
        if clock is None:
            st.caption("Choose a row to see the law, to mark it as checked, or to set another version from a day on.")
            st.stop()
        with desk.looking(actor) as tx:
            changes = kept.changes(tx, clock.jurisdiction)
        parts.told(clock, changes, timezone=actor.timezone, now=now)
        what = parts.act_choice()
        if what == parts.CHECK:
            sent = parts.checking_form(clock)
        elif what == parts.VERSION:
            said, preview, button = parts.proposing_form(clock, now=now)
            if said is not None:
                try:
                    with desk.looking(actor) as tx:
                        moved = setting.preview(actor, tx, said[0], since=said[1], at=now)
                    preview.info(verbatim(parts.would_move(moved)))
                except Refusal:  # told when it is sent
                    pass
                answer = partial(rehearsing.of_version, rule=said[0])
                rehearsal(actor, "clocks.version", said[0], "request", answer)
            sent = button()
        sent = sent or parts.withdrawing(clock)
elif view == parts.DAYS_OFF:
    with desk.looking(actor) as tx:
        known = jurisdictions(kept.rules(tx))
    first, second = st.columns(2)
    state = first.selectbox("State", known, format_func=state_label, key="clocks.days.state")
    this_year = holiday_list.today(state, now).year
    years = list(range(this_year - 1, this_year + 4))
    year = second.selectbox("Year", years, index=1, key="clocks.days.year")
    with desk.looking(actor) as tx:
        days = holiday_list.listed(actor, tx, jurisdiction=state, year=year, at=now)
    listing, beside = st.columns([3, 2], gap="medium")
    with listing:
        parts.days_table(days, state, year, actor.timezone)
    with beside:
        day, off, button = parts.changing_form(days, state, year)
        if day is not None:
            answer = partial(rehearsing.of_day_off, jurisdiction=state, day=day, off=off)
            rehearsal(actor, "clocks.days", (state, day, off), "request", answer)
        sent = button()
elif view == parts.FOLLOW_UPS:
    sent = parts.follow_ups(actor, now=now)
else:
    with desk.looking(actor) as tx:
        rules = kept.rules(tx)
        changes_of = {each: kept.changes(tx, each) for each in [st.session_state.get("clocks.try.state")] if each}
    parts.trial(rules, lambda state: changes_of.get(state, ()), now=now)
if sent is None:
    st.stop()

done = None
with sent.refusals, desk.refusals_shown():
    with desk.acting(actor) as tx:
        done = sent.act(actor, tx, desk.now())
    if setting.begin(at=desk.now()):
        authorizations.recount(at=desk.now())
    if cadences.begin(at=desk.now()):
        authorizations.recount_follow_ups(at=desk.now())
if done:
    forms.renew(sent.form)
    desk.done(done)
