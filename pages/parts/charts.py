"""Pictures of how the promise of first contact is kept. The figures come counted; here they get place and colour."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from core.first_contact import TARGET, WEEKDAYS, Picture, finding, percent, shown

DAYS = tuple(name[:3] for name in WEEKDAYS)
HOURS = tuple(f"{hour:02}" for hour in range(24))

_INK = "#1B2526"
_TOO_FEW = "#C9CFD1"
_OUTLINE = "#0F766E"
_MISSED, _SHORT, _JUST, _KEPT = "#D9771E", "#F2B36B", "#F4F1E6", "#5AA2CF"
# Orange below the target, blue above: told apart by everybody; dark ink reads on all of them, on both themes.
_SHARE = alt.Scale(domain=[0.5, 0.8, TARGET, 1.0], range=[_MISSED, _SHORT, _JUST, _KEPT], clamp=True)
_WIDE_ENOUGH = "width > 700 ? 1 : 0"


def heatmap(picture: Picture, *, chosen: bool = False) -> alt.LayerChart:
    """Draw the share reached in time by weekday and hour; *chosen* lets cells be clicked (selection "cells")."""
    base = alt.Chart(_cells(picture)).encode(
        x=alt.X("hour:O", sort=HOURS, scale=alt.Scale(domain=HOURS), title="Hour of the report", axis=_axis()),
        y=alt.Y("weekday:O", sort=DAYS, scale=alt.Scale(domain=DAYS), title=None, axis=_axis()),
        tooltip=[
            alt.Tooltip("when:N", title="Reported"),
            alt.Tooltip("words:N", title="In time"),
            alt.Tooltip("reported:Q", title="Claims"),
            alt.Tooltip("decided:Q", title="Decided"),
            alt.Tooltip("missed:Q", title="Missed"),
        ],
    )
    colour = alt.condition("datum.share == null", alt.value(_TOO_FEW), alt.Color("share:Q", scale=_SHARE, legend=None))
    cells = base.mark_rect(cursor="pointer" if chosen else "default", cornerRadius=2).encode(color=colour)
    if chosen:
        clicked = alt.selection_point(name="cells", fields=["weekday", "hour"], toggle="true")
        outline = alt.condition(clicked, alt.value(2.5), alt.value(0), empty=False)
        cells = cells.encode(strokeWidth=outline, stroke=alt.value(_OUTLINE)).add_params(clicked)
    words = base.mark_text(fontSize=11, color=_INK, opacity=alt.expr(_WIDE_ENOUGH)).encode(text="words:N")
    return alt.layer(cells, words).properties(height=266)


def trend(picture: Picture) -> alt.LayerChart:
    """Draw the share reached in time week by week against the target, which is named at its line."""
    frame = pd.DataFrame(
        [
            {"week": w.starts.isoformat(), "share": w.share, "words": percent(w.share), "decided": w.decided}
            for w in picture.weeks
            if w.share is not None
        ],
        columns=["week", "share", "words", "decided"],
    )
    lowest = min([TARGET - 0.1, *(share - 0.05 for share in frame["share"])])
    weeks = alt.Chart(frame).encode(
        x=alt.X("week:T", title="Week beginning", axis=alt.Axis(format="%-d %b", grid=False, tickCount="week")),
        y=alt.Y(
            "share:Q",
            title=None,
            scale=alt.Scale(domain=[max(0, lowest), 1]),
            axis=alt.Axis(format="%", tickCount=4),
        ),
        tooltip=[
            alt.Tooltip("week:T", title="Week beginning", format="%-d %b %Y"),
            alt.Tooltip("words:N", title="In time"),
            alt.Tooltip("decided:Q", title="Decided"),
        ],
    )
    line = weeks.mark_line(color=_KEPT, point=alt.OverlayMarkDef(color=_KEPT, size=45, filled=True))
    target = alt.Chart(pd.DataFrame({"share": [TARGET], "words": [f"Target {percent(TARGET)}"]})).encode(y="share:Q")
    name = target.mark_text(align="left", baseline="bottom", dy=-3, x=4, color=_MISSED).encode(text="words:N")
    return alt.layer(target.mark_rule(color=_MISSED, strokeDash=[5, 4]), line, name).properties(height=200)


def as_png(picture: Picture, subtitle: str) -> bytes:
    """Return the heatmap as an image with its finding and *subtitle* above it, as on screen."""
    title = alt.TitleParams(text=finding(picture), subtitle=subtitle, anchor="start", fontSize=18, offset=14)
    drawn = heatmap(picture).properties(title=title, width=1080).configure(background="#FFFFFF", padding=20)
    return bytes(vl_convert.vegalite_to_png(drawn.to_json(), scale=2))


def pivot(picture: Picture) -> pd.DataFrame:
    """Return what stands in the heatmap's cells as a table: weekdays down, hours across; empty where nothing came."""
    standing = {(c.weekday, c.hour): shown(c) for c in picture.cells}
    return pd.DataFrame(
        [[standing.get((day, hour), "") for hour in range(24)] for day in range(1, 8)],
        index=pd.Index(WEEKDAYS, name="Weekday"),
        columns=list(HOURS),
    )


def chosen_cells(clicked: Mapping[str, Any], marked: Mapping[str, Any]) -> frozenset[tuple[int, int]]:
    """Return the cells (weekday, 1 is Monday, and hour) chosen in the heatmap (*clicked*) and its table (*marked*)."""
    in_picture = {
        (DAYS.index(c["weekday"]) + 1, int(c["hour"]))
        for c in clicked.get("selection", {}).get("cells", [])
        if c.get("weekday") in DAYS and c.get("hour") in HOURS
    }
    in_table = {
        (row + 1, int(hour)) for row, hour in marked.get("selection", {}).get("cells", []) if hour in HOURS and row < 7
    }
    return frozenset(in_picture | in_table)


def _axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, domain=False, ticks=False, grid=False)


def _cells(picture: Picture) -> pd.DataFrame:
    drawn = [
        {
            "weekday": DAYS[c.weekday - 1],
            "hour": HOURS[c.hour],
            "when": f"{WEEKDAYS[c.weekday - 1]}, {c.hour:02}:00 to {c.hour:02}:59",
            "share": c.share,
            "words": shown(c),
            "reported": c.reported,
            "decided": c.decided,
            "missed": c.decided - c.on_time,
        }
        for c in picture.cells
    ]
    columns = ["weekday", "hour", "when", "share", "words", "reported", "decided", "missed"]
    return pd.DataFrame(drawn, columns=columns).astype({"share": "float64"})
