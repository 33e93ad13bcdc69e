"""The week by hours as a picture. The figures come without what is withheld; here they get position and colour."""

from collections.abc import Mapping, Sequence
from datetime import time
from functools import cache, lru_cache
from itertools import pairwise

import altair as alt
import vl_convert
from desk_board import Meaning, Square

from core import words
from core.first_contact import FEWEST, TARGET, WEEKDAYS, Cell, Picture, finding, percent

DAYS = tuple(name[:3] for name in WEEKDAYS)
HOURS = tuple(f"{hour:02}" for hour in range(24))
ACROSS = "Hour of the report"
WITHHELD = "–"
"""Stands in a cell whose figures are not shown."""

# Orange below the target, blue above: told apart by everybody. The worst stands out from the ground on either theme.
_ON_LIGHT = {0.5: "#D9771E", 0.8: "#F2B36B", TARGET: "#F4F1E6", 1.0: "#9CC7E4"}
_ON_DARK = {0.5: "#AE520D", 0.8: "#7D4A1F", TARGET: "#383B3B", 1.0: "#1F5C86"}
"""The colour of a share; those between two of these lie between their colours, and those below the first have its."""

INK_ON_LIGHT, INK_ON_DARK = "#1B2526", "#F2F5F5"
_FAINT = "#8A9496"


def colour(share: float, *, dark: bool = False) -> str:
    """Return the colour of *share*, as #RRGGBB, for a light or a dark ground."""
    return _between(max(share, min(_ON_LIGHT)), dark)


@lru_cache(maxsize=1024)
def _between(share: float, dark: bool) -> str:
    scale: Mapping[float, str] = _ON_DARK if dark else _ON_LIGHT
    (below, under), (above, over) = next(span for span in pairwise(scale.items()) if share <= span[1][0])
    part = (share - below) / (above - below)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in zip(_rgb(under), _rgb(over), strict=True))


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour[1:])


def _on_both(share: float) -> str:
    return f"light-dark({colour(share)}, {colour(share, dark=True)})"


LEGEND = (
    Meaning("50% or less in time", colour=_on_both(0.5)),
    Meaning("80%", colour=_on_both(0.8)),
    Meaning(f"{percent(TARGET)}, the target", colour=_on_both(TARGET)),
    Meaning("100%", colour=_on_both(1.0)),
    Meaning("named above", marked=True),
    Meaning(f"not shown: fewer than {FEWEST} decided, here or beside", outlined=True),
)
"""What the colours and borders of the week mean."""

_LEGEND_IN_WORDS = (
    f"Orange under the target of {percent(TARGET)}, blue over it, a dark border where the title says so;"
    f" dashed is not shown: fewer than {FEWEST} decided, here or beside"
)


def week(picture: Picture) -> list[list[Square]]:
    """Return the squares of the week by hours: weekdays down, hours across, each with its share and its sentence."""
    named = finding(picture).cells
    squares = {(c.weekday, c.hour): _square(c, marked=(c.weekday, c.hour) in named) for c in picture.cells}
    return [[squares.get((day, hour)) or _nothing(day, hour) for hour in range(24)] for day in range(1, 8)]


@cache
def _nothing(weekday: int, hour: int) -> Square:
    return Square("", "", f"{_when(weekday, hour)}: nothing reported")


@lru_cache(maxsize=4096)  # a turn of the page finds nearly all of its cells as the one before left them
def _square(cell: Cell, *, marked: bool) -> Square:
    when, figures = _when(cell.weekday, cell.hour), cell.figures
    if figures is None:
        why = f"not shown: fewer than {FEWEST} decided here, or in an hour that could be worked out from this one"
        return Square(WITHHELD, "", f"{when}: {why}", outlined=True)
    counts = f"{figures.reported:,} reported, {figures.decided:,} decided, {figures.missed:,} missed"
    named = ", named above" if marked else ""
    sentence = f"{when}: {percent(figures.share)} reached in time ({counts}){named}"
    return Square(percent(figures.share), _on_both(figures.share), sentence, marked=marked)


def _when(weekday: int, hour: int) -> str:
    return f"{WEEKDAYS[weekday - 1]}, {words.clock(time(hour))} to {words.clock(time(hour, 59))}"


def as_png(picture: Picture, subtitle: str) -> bytes:
    """Return the heatmap as an image: above it its finding, *subtitle* and what its colours mean, as on screen."""
    title = alt.TitleParams(
        text=finding(picture).sentence, subtitle=[subtitle, _LEGEND_IN_WORDS], anchor="start", fontSize=18, offset=14
    )
    drawn = _heatmap(picture).properties(title=title, width=1080).configure(background="#FFFFFF", padding=20)
    return bytes(vl_convert.vegalite_to_png(drawn.to_json(), scale=2))


def _heatmap(picture: Picture) -> alt.LayerChart:
    named = finding(picture).cells
    shares = {(c.weekday, c.hour): c.figures.share for c in picture.cells if c.figures is not None}
    withheld = [(c.weekday, c.hour) for c in picture.cells if c.figures is None]
    filled = _squares(
        [_at(cell) | {"colour": colour(share), "words": percent(share)} for cell, share in shares.items()]
    )
    return alt.layer(
        filled.mark_rect(cornerRadius=2).encode(color=alt.Color("colour:N", scale=None)),
        filled.mark_text(fontSize=11, color=INK_ON_LIGHT).encode(text="words:N"),
        _squares([_at(cell) for cell in withheld]).mark_rect(
            filled=False, stroke=_FAINT, strokeDash=[3, 3], cornerRadius=2
        ),
        _squares([_at(cell) for cell in sorted(named)]).mark_rect(
            filled=False, stroke=INK_ON_LIGHT, strokeWidth=2, cornerRadius=2
        ),
    ).properties(height=300)


def _at(cell: tuple[int, int]) -> dict[str, str]:
    """Return where *cell*, a weekday and an hour, is drawn."""
    weekday, hour = cell
    return {"weekday": DAYS[weekday - 1], "hour": HOURS[hour]}


def _squares(rows: list[dict[str, str]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(rows)).encode(
        x=alt.X("hour:O", sort=HOURS, scale=_band(HOURS), title=ACROSS, axis=_axis()),
        y=alt.Y("weekday:O", sort=DAYS, scale=_band(DAYS), title=None, axis=_axis()),
    )


def _band(names: Sequence[str]) -> alt.Scale:
    return alt.Scale(domain=list(names), paddingInner=0.05, paddingOuter=0.02)


def _axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, domain=False, ticks=False, grid=False)
