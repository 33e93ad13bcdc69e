"""Who looked at this worker, and what did she look at: the record of every look and act, newest first."""

from html import escape

import streamlit as st

from core import access_log, words
from core.access import Action
from core.access_log import Choices, Filters, Position
from pages.parts import desk, html_rows, notices
from pages.parts.access_log import file, wording
from pages.parts.access_log.filters import chosen
from pages.parts.live_lists import CLAIM_ADDRESS

actor = desk.open_page("Access log", Action.AUDIT_READ)

NAMED = 10
"""Claims that are named of those that a number or name stands for."""

with desk.looking(actor) as tx:
    names = access_log.choices(actor, tx)


def go(filters: Filters, to: Position | None) -> None:
    """Read on from *to* while *filters* stay as they are; None is the latest line."""
    st.session_state["access_log.before"] = (filters, to)


def introduction(log: access_log.Log) -> str:
    """Return which claims the number or name stands for, and how the lines are to be read."""
    which = f"Before {words.instant(before.at, actor.timezone)}" if before else "Newest first"
    clocks = words.zone(actor.timezone, desk.now())
    reading = f"{which}; times are {clocks}. Repeated looks of one visit are one line. This look is recorded."
    if not log.claims:
        return reading
    few = ", ".join(map(linked, log.claims[:NAMED]))
    return (
        f"{words.counted(len(log.claims), 'claim')}: {few}{' and others' if len(log.claims) > NAMED else ''}. {reading}"
    )


def linked(claim: access_log.Claim) -> str:
    """Return the claim's number, a link to it for whoever may open it."""
    if not actor.may(Action.CLAIM_READ):
        return claim.number
    return f"[{claim.number}]({CLAIM_ADDRESS.format(claim.client_id, claim.claim_id)})"


def lines(log: access_log.Log, names: Choices) -> None:
    """Draw the table; each claim that there is can be opened from it."""
    opens = actor.may(Action.CLAIM_READ)
    drawn = []
    for line, cells in zip(log.lines, wording.rows(log.lines, names, actor.timezone, brief=True), strict=True):
        when, who, did, what, client, more = cells
        ids = {line.claim_number: line.claim_id} if opens and line.claim_number and line.claim_id else {}
        what = html_rows.linked(what, ids, line.client_id or 0)
        drawn.append((*map(escape, (when, who, did)), what, escape(client), escape(more)))
    st.html(html_rows.table("The access log, newest first", wording.HEADINGS, drawn, look="desk-log"))


def export(filters: Filters, names: Choices) -> None:
    """Offer all that *filters* ask for as a file, made when it is asked for and on the record."""
    by_then, timezone = desk.asked_again(), actor.timezone

    def made() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            log = access_log.exported(person, tx, filters)
        return file.as_csv(log, names, timezone)

    st.download_button(
        "Export (CSV)", made, "access-log.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key="access_log.export",
    )  # fmt: skip


notices.waiting(actor)
filters = chosen(actor, names)
filters_then, before = st.session_state.get("access_log.before", (filters, None))
if filters_then != filters:
    before = None
log = None
with desk.refusals_shown(), desk.looking(actor) as tx:
    log = access_log.look(actor, tx, filters, before=before)

if log:
    if log.lines:
        st.caption(introduction(log))
        lines(log, names)
    elif log.claims == []:
        st.info("No claim has this number, and no worker this name. Write a name in full, as it stands in the claim.")
    else:
        st.info("Nothing on the record matches.")
    with st.container(horizontal=True):
        if log.earlier:
            st.button("Show earlier lines", key="access_log.earlier", on_click=go, args=(filters, log.earlier))
        if before:
            st.button("Show the latest lines", key="access_log.latest", on_click=go, args=(filters, None))
        if log.lines:
            export(filters, names)
