"""The weeks of a period against the target: a table that everybody sees, and the picture of it on request."""

from html import escape

import streamlit as st

from core.first_contact import TARGET, Picture, Week, percent
from pages.parts import charts


def draw(picture: Picture) -> None:
    """Draw the weeks as a table."""
    st.html(f'<h3 class="desk-heading">Week by week</h3>{table(picture)}')


def line(picture: Picture) -> None:
    """Draw the weeks as a line against the target."""
    drawn = charts.trend(picture)
    st.vega_lite_chart(None, drawn, key="first_contact.trend", width="stretch", alt="Share in time by week")


def table(picture: Picture) -> str:
    """Return the weeks as a table in HTML, a week a column: a screen reader names week and measure at each figure."""
    heads = "".join(f'<th scope="col">{_day(week)}</th>' for week in picture.weeks)
    rows = {
        "Reached in time": [_share(week) for week in picture.weeks],
        f"Against {percent(TARGET)}": [_against(week) for week in picture.weeks],
        "Reported": [f"{week.reported:,}" for week in picture.weeks],
        "Missed": [f"{week.decided - week.on_time:,}" for week in picture.weeks],
    }
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows.items()
    )
    return (
        '<div class="desk-weeks" tabindex="0" role="region" aria-label="Week by week"><table>'
        f'<thead><tr><th scope="col">Week beginning</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _day(week: Week) -> str:
    return f"{week.starts.day} {week.starts:%b}"


def _share(week: Week) -> str:
    return "too few" if week.share is None else percent(week.share)


def _against(week: Week) -> str:
    """Say by how many points of a hundred the week is over or under the target; both shares as they are shown."""
    if week.share is None:
        return "–"
    points = int(percent(week.share)[:-1]) - int(percent(TARGET)[:-1])
    return f"{points:+d}".replace("-", "−") if points else "kept"
