"""Who looked at this worker, and what did she look at: the record of every look and act, newest first."""

import pyarrow as pa
import streamlit as st

from core import access_log, words
from core.access import Action
from core.access_log import Choices, Filters, Position
from pages.parts import deaths, desk, log_filters, log_wording, side
from pages.parts.queue import CLAIM_ADDRESS, claim_column, claim_link

actor = desk.open_page("Access log", Action.AUDIT_READ)

SHOWN = 200
"""Lines on one page of the log."""

FIT = 16
"""Lines that are shown in full; more of them scroll."""

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
    few = ", ".join(map(linked, log.claims[:10]))
    return f"{words.counted(len(log.claims), 'claim')}: {few}{' and others' if len(log.claims) > 10 else ''}. {reading}"


def linked(claim: access_log.Claim) -> str:
    """Return the claim's number, a link to it for whoever may open it."""
    if not actor.may(Action.CLAIM_READ):
        return claim.number
    return f"[{claim.number}]({CLAIM_ADDRESS.format(claim.client_id, claim.claim_id)})"


def lines(log: access_log.Log, names: Choices, key: str) -> None:
    """Draw the table; each claim that there is can be opened from it."""
    columns = zip(*log_wording.rows(log.lines, names, actor.timezone, brief=True), strict=True)
    table = dict(zip(log_wording.HEADINGS, map(list, columns), strict=True))
    table["Claim"] = [
        claim_link(line.client_id, line.claim_id, line.claim_number)
        if line.claim_id and actor.may(Action.CLAIM_READ) else ""
        for line in log.lines
    ]  # fmt: skip
    st.dataframe(
        pa.table(table),
        key=key,
        hide_index=True,
        height=640 if len(log.lines) > FIT else "content",
        column_order=[*log_wording.HEADINGS[:-1], "Claim", log_wording.HEADINGS[-1]],
        column_config={
            **{name: st.column_config.Column(width=side.fitting(name, table[name])) for name in log_wording.HEADINGS},
            "Claim": claim_column([line.claim_number or "" for line in log.lines]),
        },
        alt="The access log, newest first",
    )


def export(filters: Filters, names: Choices) -> None:
    """Offer all that *filters* ask for as a file, made when it is asked for and on the record."""
    by_then, timezone = desk.asked_again(), actor.timezone

    def made() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            log = access_log.exported(person, tx, filters)
        return log_wording.as_csv(log, names, timezone)

    st.download_button(
        "Export (CSV)", made, "access-log.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key="access_log.export",
    )  # fmt: skip


deaths.unacknowledged(actor)
filters = log_filters.chosen(actor, names)
filters_then, before = st.session_state.get("access_log.before", (filters, None))
if filters_then != filters:
    before = None
log = None
with desk.refusals_shown(), desk.looking(actor) as tx:
    log = access_log.look(actor, tx, filters, most=SHOWN, before=before)

if log:
    if log.lines:
        st.caption(introduction(log))
        lines(log, names, f"access_log.lines.{before.event_id if before else 0}")
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
