"""Pictures of how the promise of first contact is kept. The figures come counted; here they get place and colour."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import altair as alt
import pyarrow as pa
import vl_convert
from desk_board import Square

from core.first_contact import FEWEST, TARGET, WEEKDAYS, Cell, Picture, finding, percent, shown

DAYS = tuple(name[:3] for name in WEEKDAYS)
HOURS = tuple(f"{hour:02}" for hour in range(24))
ACROSS = "Hour of the report"

_INK = "#1B2526"
_TOO_FEW = "#C9CFD1"
_LINE = "#2E7EBF"
_MISSED, _SHORT, _JUST, _KEPT = "#D9771E", "#F2B36B", "#F4F1E6", "#9CC7E4"
# Orange below the target, blue above: told apart by everybody; dark ink reads on all of them, on both themes.
_SHARES = {0.5: _MISSED, 0.8: _SHORT, TARGET: _JUST, 1.0: _KEPT}
"""The colour of a share; those between two of these lie between their colours, and those below the first have its."""

LEGEND = (
    (_MISSED, "50% or less in time"),
    (_SHORT, "80%"),
    (_JUST, f"{percent(TARGET)}, the target"),
    (_KEPT, "100%"),
    (_TOO_FEW, f"fewer than {FEWEST} decided"),
)
"""What the colours of the week mean."""

_LEGEND_IN_WORDS = (
    f"Orange under the target of {percent(TARGET)}, blue over it, grey where fewer than {FEWEST} were decided"
)

_FIGURES = "figures"


def week(picture: Picture) -> list[list[Square]]:
    """Return the squares of the week by hours: weekdays down, hours across, each with its share and its sentence."""
    by_place = {(c.weekday, c.hour): Square(shown(c), colour(c), _said(c)) for c in picture.cells}
    return [
        [by_place.get((day, hour)) or Square("", "", f"{_when(day, hour)}: nothing reported") for hour in range(24)]
        for day in range(1, 8)
    ]


def colour(cell: Cell) -> str:
    """Return the colour of a cell's share, as #RRGGBB; grey where there are too few decided promises for a share."""
    return _TOO_FEW if cell.share is None else _between(max(cell.share, min(_SHARES)))


@lru_cache(maxsize=1024)
def _between(share: float) -> str:
    (below, under), (above, over) = next(span for span in pairwise(_SHARES.items()) if share <= span[1][0])
    part = (share - below) / (above - below)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in zip(_rgb(under), _rgb(over), strict=True))


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


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


def _heatmap(picture: Picture) -> alt.LayerChart:
    drawn = [
        {"weekday": DAYS[c.weekday - 1], "hour": HOURS[c.hour], "colour": colour(c), "words": shown(c)}
        for c in picture.cells
    ]
    base = alt.Chart(alt.InlineData(drawn)).encode(
        x=alt.X("hour:O", sort=HOURS, scale=_band(HOURS), title=ACROSS, axis=_axis()),
        y=alt.Y("weekday:O", sort=DAYS, scale=_band(DAYS), title=None, axis=_axis()),
    )
    cells = base.mark_rect(cornerRadius=2).encode(color=alt.Color("colour:N", scale=None))
    words = base.mark_text(fontSize=11, color=_INK).encode(text="words:N")
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
    """Return the heatmap as an image: above it its finding, *subtitle* and what its colours mean, as on screen."""
    title = alt.TitleParams(
        text=finding(picture), subtitle=[subtitle, _LEGEND_IN_WORDS], anchor="start", fontSize=18, offset=14
    )
    drawn = _heatmap(picture).properties(title=title, width=1080).configure(background="#FFFFFF", padding=20)
    return bytes(vl_convert.vegalite_to_png(drawn.to_json(), scale=2))


def _band(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), paddingInner=0.05, paddingOuter=0.02)


def _axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, domain=False, ticks=False, grid=False)


def _said(cell: Cell) -> str:
    """Say what stands in a cell, for the pointer and for who cannot see it."""
    in_time = "too few decided for a share" if cell.share is None else f"{percent(cell.share)} reached in time"
    counted = f"{cell.reported:,} reported, {cell.decided:,} decided, {cell.decided - cell.on_time:,} missed"
    return f"{_when(cell.weekday, cell.hour)}: {in_time} ({counted})"


def _when(weekday: int, hour: int) -> str:
    return f"{WEEKDAYS[weekday - 1]}, {hour:02}:00 to {hour:02}:59"
