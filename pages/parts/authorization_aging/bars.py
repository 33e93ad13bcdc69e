"""Open requests by age as stacked bars: how many of each age have how much of their clock left."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import streamlit as st

from core.authorization_aging import AGES, LEFT, Cell, Left, Picture

COLOURS: Mapping[Left, str] = {
    Left.LAPSED: "#B42318",
    Left.SOON: "#D9771E",
    Left.TODAY: "#F2B36B",
    Left.DAYS: "#9CC7E4",
    Left.MORE: "#3E86B8",
    Left.UNDATED: "#C3B8D6",
    Left.OTHERS: "#8A9496",
}
"""The colour of a clock in the bars, on either ground; the legend and what is said of a segment name it as well."""

_KEY, _SEGMENT = "aging.bars", "segment"


def draw(picture: Picture, *, opens: bool) -> list[Cell]:
    """Draw the bars under what their colours mean, and return the segments that were chosen by who opens requests."""
    st.html(legend(picture))
    options: dict[str, Any] = {"on_select": "rerun", "selection_mode": _SEGMENT} if opens else {}
    chosen = st.altair_chart(chart(picture, opens=opens), key=_KEY, alt=_said(picture), **options)
    return cells(chosen["selection"].get(_SEGMENT, [])) if opens else []


def legend(picture: Picture) -> str:
    """Return what each colour means, and how many requests have it, in HTML."""
    each = "".join(
        f'<li><i style="background:{COLOURS[left]}"></i>{LEFT[left]} <b>{figure:,}</b></li>'
        for left in Left
        if (figure := picture.of(left))
    )
    return f'<ul class="desk-legend" aria-label="Clock left">{each}</ul>'


def cells(chosen: Sequence[Mapping[str, Any]]) -> list[Cell]:
    """Return the cells of segments as the browser names them, by the words of their age and clock."""
    ages = {said: n for n, said in enumerate(AGES)}
    clocks = {said: int(left) for left, said in LEFT.items()}
    return [
        Cell(age=ages[each["age"]], clock=clocks[each["clock"]])
        for each in chosen
        if each.get("age") in ages and each.get("clock") in clocks
    ]


def chart(picture: Picture, *, opens: bool) -> alt.Chart:
    """Return the bars: an age a bar, the shortest clock first in each; what is withheld has no length."""
    rows = [
        {"age": AGES[age], "clock": LEFT[left], "order": int(left), "open": clocks[left]}
        for age, clocks in enumerate(picture.ages)
        for left in Left
        if clocks[left]
    ]
    there = [left for left in Left if any(row["order"] == left for row in rows)]
    drawn = (
        alt.Chart(alt.InlineData(rows))
        .mark_bar(cursor="pointer" if opens else "default", height={"band": 0.75})
        .encode(
            x=alt.X(
                "open:Q", title="Open requests", stack="zero", axis=alt.Axis(format=",d", tickMinStep=1, grid=False)
            ),
            y=alt.Y(
                "age:N", sort=list(AGES), scale=alt.Scale(domain=list(AGES)), title="Age", axis=alt.Axis(ticks=False)
            ),
            color=alt.Color(
                "clock:N",
                scale=alt.Scale(domain=[LEFT[left] for left in there], range=[COLOURS[left] for left in there]),
                legend=None,
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("age:N", title="Age"),
                alt.Tooltip("clock:N", title="Clock left"),
                alt.Tooltip("open:Q", title="Open requests", format=",d"),
            ],
        )
        .properties(height=alt.Step(26))
    )
    if not opens:
        return drawn
    segment = alt.selection_point(name=_SEGMENT, fields=["age", "clock"])
    return drawn.add_params(segment).encode(opacity=alt.condition(segment, alt.value(1), alt.value(0.45)))


def _said(picture: Picture) -> str:
    """Say what the bars show to whoever hears them."""
    ages = [
        f"{AGES[age]}: " + ", ".join(f"{clocks[left]:,} {LEFT[left].lower()}" for left in Left if clocks[left])
        for age, clocks in enumerate(picture.ages)
        if any(clocks)
    ]
    return "Open requests by age and clock left. " + "; ".join(ages)
