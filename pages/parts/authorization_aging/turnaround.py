"""How long it took until providers were told of a determination: by week as lines, by group, and altogether."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import altair as alt
import streamlit as st

from core import authorization_aging, words
from core.access import Actor
from core.authorization_aging import BY, WEEKS, By, Took
from core.first_contact import percent
from pages.parts import desk
from pages.parts.authorization_aging import filters
from pages.parts.authorization_aging.filters import Asked
from pages.parts.html_rows import table

_HEADINGS = ("Told", "Half within", "9 of 10 within", "In time")
_LINES = {"Half within": "#3E86B8", "9 of 10 within": "#D9771E"}


def draw(actor: Actor, asked: Asked) -> None:
    """Draw turnaround, of the weeks up to now."""
    with desk.looking(actor) as tx:
        weeks, groups, whole = authorization_aging.turnaround(actor, tx, asked.question, at=desk.now())
    desk.as_of(desk.now(), actor.timezone)
    population = (
        f"From the start of the clock until the provider was told · {filters.whose(asked, actor)} · last {WEEKS} weeks"
        f" · {words.zone(actor.timezone)}"
    )
    st.html(f'<p class="desk-subtitle">{escape(population)}</p>')
    if whole is None:
        st.info(
            "Too few providers were told of a determination in these weeks to say how long it took."
            " Choose other clients or jurisdictions, or come back once more are decided."
        )
        return
    st.html(_summary(whole))
    if len(weeks) > 1:
        st.altair_chart(
            chart(weeks), key="aging.weeks", alt="Hours to the provider's notice by week, as in the table below"
        )
    by = By.CLIENT if asked.question.by is By.CLIENT else By.JURISDICTION
    st.html(
        _section("Week beginning", "Week by week", weeks[::-1])
        + _section(
            BY[by], f"By {BY[by].lower()}", sorted(groups, key=lambda took: (took.share is None, took.share, took.name))
        )
    )


def chart(weeks: Sequence[Took]) -> alt.Chart:
    """Return two lines over the weeks, told apart by their dashes as well."""
    rows = [
        {"week": took.week.isoformat() if took.week else "", "line": line, "hours": round(hours, 2)}
        for took in weeks
        for line, hours in zip(_LINES, (took.median, took.ninetieth), strict=True)
    ]
    return (
        alt.Chart(alt.InlineData(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("week:T", title=None, axis=alt.Axis(format="%-d %b", grid=False)),
            y=alt.Y("hours:Q", title="Hours", axis=alt.Axis(grid=False)),
            color=alt.Color(
                "line:N",
                scale=alt.Scale(domain=list(_LINES), range=list(_LINES.values())),
                legend=alt.Legend(title=None, orient="top"),
            ),
            strokeDash=alt.StrokeDash("line:N", sort=list(_LINES), legend=None),
            tooltip=[alt.Tooltip("line:N", title=" "), alt.Tooltip("week:T", title="Week of"), alt.Tooltip("hours:Q")],
        )
        .properties(height=220)
    )


def _summary(whole: Took) -> str:
    share = "–" if whole.share is None else percent(whole.share)
    figures = [
        ("Providers told", f"{whole.told:,}", "of a determination"),
        ("Half within", _hours(whole.median), "from the start of the clock"),
        ("9 of 10 within", _hours(whole.ninetieth), "from the start of the clock"),
        ("In time", share, "of those whose date was ours to keep"),
    ]
    each = "".join(f"<div><dt>{name}</dt><dd>{figure}<small>{of}</small></dd></div>" for name, figure, of in figures)
    return f'<dl class="desk-figures">{each}</dl><h3 class="desk-heading">{_finding(whole)}</h3>'


def _finding(whole: Took) -> str:
    took = f"9 of 10 providers are told within {_hours(whole.ninetieth)}"
    return took if whole.share is None else f"{took}, {percent(whole.share)} in time"


def _section(heading: str, title: str, rows: Sequence[Took]) -> str:
    if not rows:
        return ""
    cells = [
        (
            escape(took.name),
            "–" if took.told is None else f"{took.told:,}",
            _hours(took.median),
            _hours(took.ninetieth),
            "–" if took.share is None else percent(took.share),
        )
        for took in rows
    ]
    return f'<h3 class="desk-heading">{title}</h3>{table(title, (heading, *_HEADINGS), cells)}'


def _hours(hours: float) -> str:
    return words.brief(timedelta(hours=hours))
