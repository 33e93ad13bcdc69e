"""Pictures of how the promise of first contact is kept. The figures come counted; here they get place and colour."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa
import vl_convert

from core.first_contact import TARGET, WEEKDAYS, Cell, Picture, finding, percent, shown

DAYS = tuple(name[:3] for name in WEEKDAYS)
HOURS = tuple(f"{hour:02}" for hour in range(24))

_INK = "#1B2526"
_TOO_FEW = "#C9CFD1"
_OUTLINE = "#0F766E"
_LINE = "#2E7EBF"
_MISSED, _SHORT, _JUST, _KEPT = "#D9771E", "#F2B36B", "#F4F1E6", "#9CC7E4"
# Orange below the target, blue above: told apart by everybody; dark ink reads on all of them, on both themes.
_SHARE = alt.Scale(domain=[0.5, 0.8, TARGET, 1.0], range=[_MISSED, _SHORT, _JUST, _KEPT], interpolate="rgb", clamp=True)
# A plain click adds or removes a cell; a group is brushed with Shift held, so that the one never means the other.
_CLICK = "click[!event.shiftKey]"
_BRUSH = "[pointerdown[event.shiftKey], window:pointerup] > window:pointermove!"
_FIGURES = "figures"
_WIDE_ENOUGH = "width > 700 ? 1 : 0"


def heatmap(picture: Picture, *, chosen: bool = False) -> dict[str, Any]:
    """Draw the share in time by weekday and hour; *chosen* lets cells be clicked ("cells") and brushed ("brush")."""
    return _filled(_heatmap_drawing(chosen), _cells(picture))


def trend(picture: Picture) -> dict[str, Any]:
    """Draw the share reached in time week by week against the target, which is named at its line."""
    shown_weeks = [(w.starts, w.share, w.decided) for w in picture.weeks if w.share is not None]
    # At noon and without a zone: the same date wherever the browser is.
    drawn = [
        {"week": f"{day}T12:00:00", "share": share, "words": percent(share), "decided": decided}
        for day, share, decided in shown_weeks
    ]
    lowest = max(0, min([TARGET - 0.1, *(share - 0.05 for _, share, _ in shown_weeks)]))
    drawing = _trend_drawing(tuple(day for day, _, _ in shown_weeks), round(lowest, 2))
    return _filled(drawing, drawn)


# Making a drawing costs ten times what reading its figures does, so each is made once, and filled for each picture.


@lru_cache(maxsize=2)
def _heatmap_drawing(chosen: bool) -> dict[str, Any]:
    return _unfilled(_heatmap(alt.NamedData(_FIGURES), chosen=chosen))


@lru_cache(maxsize=64)
def _trend_drawing(weeks: tuple[date, ...], lowest: float) -> dict[str, Any]:
    return _unfilled(_trend(alt.NamedData(_FIGURES), weeks, lowest))


def _unfilled(chart: alt.LayerChart) -> dict[str, Any]:
    drawing: dict[str, Any] = chart.to_dict()
    del drawing["config"]  # Streamlit brings its own looks
    return drawing


def _filled(drawing: dict[str, Any], figures: list[dict[str, Any]]) -> dict[str, Any]:
    filled = deepcopy(drawing)
    filled["datasets"] = {**filled.get("datasets", {}), _FIGURES: pa.Table.from_pylist(figures)}
    return filled


def _heatmap(figures: alt.NamedData | alt.InlineData, *, chosen: bool) -> alt.LayerChart:
    # The browser works every expression out for every cell, and once more for what it says aloud: each cell brings its
    # sentence along, for the pointer and for the ear alike, and the number drawn on it stays silent.
    base = alt.Chart(figures).encode(
        x=alt.X("hour:O", sort=HOURS, scale=_band(HOURS), title="Hour of the report", axis=_axis()),
        y=alt.Y("weekday:O", sort=DAYS, scale=_band(DAYS), title=None, axis=_axis()),
        tooltip=alt.Tooltip("said:N"),
    )
    colour = alt.condition("datum.too_few", alt.value(_TOO_FEW), alt.Color("shade:Q", scale=_SHARE, legend=None))
    cells = base.mark_rect(cursor="pointer" if chosen else "default", cornerRadius=2).encode(
        color=colour, description=alt.Description("said:N")
    )
    if chosen:
        clicked = alt.selection_point(name="cells", fields=["weekday", "hour"], toggle="true", on=_CLICK)
        box = alt.BrushConfig(fill=_OUTLINE, fillOpacity=0.12, stroke=_OUTLINE, strokeWidth=2)
        brushed = alt.selection_interval(
            name="brush", encodings=["x", "y"], on=_BRUSH, translate=False, zoom=False, mark=box
        )
        outline = alt.condition(clicked, alt.value(2.5), alt.value(0), empty=False)
        cells = cells.encode(strokeWidth=outline, stroke=alt.value(_OUTLINE)).add_params(clicked, brushed)
    words = base.mark_text(fontSize=11, color=_INK, opacity=alt.expr(_WIDE_ENOUGH), aria=False).encode(text="words:N")
    return alt.layer(cells, words).properties(height=300)


def _trend(figures: alt.NamedData, weeks: Sequence[date], lowest: float) -> alt.LayerChart:
    mondays = [alt.DateTime(year=day.year, month=day.month, date=day.day, hours=12) for day in weeks]
    share = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[lowest, 1]), axis=alt.Axis(format="%", tickCount=4))
    base = alt.Chart(figures).encode(
        x=alt.X("week:T", title="Week beginning", axis=alt.Axis(values=mondays, format="%-d %b", grid=False)),
        y=share,
        tooltip=[
            alt.Tooltip("week:T", title="Week beginning", format="%-d %b %Y"),
            alt.Tooltip("words:N", title="In time"),
            alt.Tooltip("decided:Q", title="Decided"),
        ],
    )
    line = base.mark_line(color=_LINE, point=alt.OverlayMarkDef(color=_LINE, size=45, filled=True))
    at_target = alt.InlineData([{"share": TARGET, "words": f"Target {percent(TARGET)}"}])
    target = alt.Chart(at_target).encode(y=share)
    rule = target.mark_rule(color=_MISSED, strokeDash=[5, 4])
    name = target.mark_text(align="left", baseline="bottom", dy=-3, color=_MISSED).encode(
        x=alt.value(4), text="words:N"
    )
    return alt.layer(rule, line, name).properties(height=200)


def as_png(picture: Picture, subtitle: str) -> bytes:
    """Return the heatmap as an image with its finding and *subtitle* above it, as on screen."""
    title = alt.TitleParams(text=finding(picture), subtitle=subtitle, anchor="start", fontSize=18, offset=14)
    drawn = (
        _heatmap(alt.InlineData(_cells(picture)), chosen=False)
        .properties(title=title, width=1080)
        .configure(background="#FFFFFF", padding=20)
    )
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
    drawn = clicked.get("selection", {})
    brush = drawn.get("brush", {})
    pairs = [(c.get("weekday"), c.get("hour")) for c in drawn.get("cells", [])]
    pairs += product(brush.get("weekday", []), brush.get("hour", []))
    in_picture = {(DAYS.index(day) + 1, int(hour)) for day, hour in pairs if day in DAYS and hour in HOURS}
    in_table = {
        (row + 1, int(hour)) for row, hour in marked.get("selection", {}).get("cells", []) if hour in HOURS and row < 7
    }
    return frozenset(in_picture | in_table)


def _band(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), paddingInner=0.05, paddingOuter=0.02)


def _axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, domain=False, ticks=False, grid=False)


def _cells(picture: Picture) -> list[dict[str, Any]]:
    return [
        {
            "weekday": DAYS[c.weekday - 1],
            "hour": HOURS[c.hour],
            "too_few": c.too_few,
            "shade": TARGET if c.share is None else c.share,
            "words": shown(c),
            "said": _said(c),
        }
        for c in picture.cells
    ]


def _said(cell: Cell) -> str:
    """Say what stands in a cell, for the pointer and for who cannot see it."""
    when = f"{WEEKDAYS[cell.weekday - 1]}, {cell.hour:02}:00 to {cell.hour:02}:59"
    in_time = "too few decided for a share" if cell.share is None else f"{percent(cell.share)} reached in time"
    counted = f"{cell.reported:,} reported, {cell.decided:,} decided, {cell.decided - cell.on_time:,} missed"
    return f"{when}: {in_time} ({counted})"
