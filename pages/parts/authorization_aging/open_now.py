"""What is open now: its figures, the bars, the heatmap, the requests behind what is chosen in them, and the files."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from core import authorization_aging, words
from core.access import Action, Actor
from core.authorization_aging import LEFT, MOST, ROW_HEADINGS, Behind, By, Cell, Left, Picture
from pages.parts import desk, live_lists
from pages.parts.authorization_aging import bars, files, filters, heatmap
from pages.parts.authorization_aging.filters import Asked

_WHERE = {By.JURISDICTION: "in", By.CLIENT: "of", By.REVIEWER: "with", By.PROVIDER: "from"}
_SHOWN = (Left.LAPSED, Left.SOON, Left.TODAY, Left.OTHERS)
_WITHHELD = "–"


def draw(actor: Actor, asked: Asked) -> None:
    """Draw what is open, as it stands now."""
    at = desk.now()
    with desk.looking(actor) as tx:
        picture = authorization_aging.look(actor, tx, asked.question, at=at)
    desk.as_of(at, actor.timezone)
    if not picture.groups:
        st.html(f'<p class="desk-subtitle">{escape(filters.whose(asked, actor))}</p>')
        st.info(_nothing(actor, asked))
        return
    st.html(summary(picture, filters.whose(asked, actor)))
    opens = actor.may(Action.AGING_DRILL)
    of_bars = bars.draw(picture, opens=opens) if any(map(any, picture.ages)) else []  # all of it can be withheld
    chosen = [*of_bars, *heatmap.draw(picture, opens=opens)]
    if (more := len(picture.groups) - heatmap.MOST_GROUPS) > 0:
        left_out = sum(group.open for group in picture.groups[heatmap.MOST_GROUPS :])
        st.html(
            f'<p class="desk-note">{more:,} more have {left_out:,} open: see them as a list, or narrow by Filters.</p>'
        )
    if chosen:
        behind(actor, picture, chosen)
    files.draw(actor, picture, chosen)


def summary(picture: Picture, whose: str) -> str:
    """Return whose requests these are, the figures and what stands out, in HTML."""
    figures = [("Open", picture.open), *((LEFT[left], picture.of(left)) for left in _SHOWN)]
    each = "".join(
        f"<div><dt>{name}</dt><dd>{_WITHHELD if figure is None else f'{figure:,}'}</dd></div>"
        for name, figure in figures
    )
    return (
        f'<p class="desk-subtitle">{escape(whose)}</p><dl class="desk-figures">{each}</dl>'
        f'<h3 class="desk-heading">{escape(finding(picture))}</h3>'
    )


def finding(picture: Picture) -> str:
    """Say in a sentence what stands out: what lapsed and where most of it, or what is due next."""
    lapsed, soon = picture.of(Left.LAPSED), picture.of(Left.SOON)
    if lapsed is None or picture.open is None:
        return "Figures of fewer than 5 requests are not shown"
    if lapsed:
        worst = max(picture.groups, key=lambda group: group.clocks[Left.LAPSED] or 0)
        share = worst.clocks[Left.LAPSED] or 0
        where = (
            f", {share:,} of them {_WHERE[picture.question.by]} {worst.name}"
            if len(picture.groups) > 1 and share
            else ""
        )
        return f"{lapsed:,} of {words.counted(picture.open, 'open request')} lapsed{where}"
    return "Nothing has lapsed" + (f"; {soon:,} due within 4 hours" if soon else "")


def behind(actor: Actor, picture: Picture, chosen: Sequence[Cell]) -> None:
    """Draw the requests that are counted in what was chosen, what is due first before the others."""
    with desk.looking(actor) as tx:
        requests = authorization_aging.behind(actor, tx, picture.question, chosen, at=picture.at, most=MOST + 1)
    st.subheader("Requests behind what is chosen", anchor=False)
    many = len(requests) > MOST
    number = f"The first {MOST:,} requests" if many else words.counted(len(requests), "request")
    st.caption(f"{number}. What is due first comes first, and what has no date last.")
    st.dataframe(
        _listed(requests[:MOST], actor.timezone),
        key="aging.behind",
        hide_index=True,
        column_config={"Claim": live_lists.claim_column([each.claim_number for each in requests])},
        alt="Requests behind what is chosen, what is due first before the others",
    )


def _listed(requests: Sequence[Behind], timezone: str) -> pd.DataFrame:
    rows = [
        (live_lists.claim_link(each.client_id, each.claim_id, each.claim_number, tab="Authorizations"), *rest)
        for each in requests
        for _, *rest in [authorization_aging.row(each, timezone)]
    ]
    return pd.DataFrame(rows, columns=list(ROW_HEADINGS), dtype=str)


def _nothing(actor: Actor, asked: Asked) -> str:
    if filters.narrowed(asked.question):
        return "No request for authorization is open here. Choose other clients or jurisdictions, or all of them."
    if actor.may(Action.AUTHORIZATION_WORK):
        return (
            "No request for authorization is open. One is logged on its claim's page, or taken from the inbound tray."
        )
    return "No request for authorization of your clients is open. There is nothing to wait for."
