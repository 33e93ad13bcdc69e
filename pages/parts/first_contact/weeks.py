"""The weeks of a period against the target: a line, and under each of its points the week's share."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from itertools import groupby

from core.first_contact import TARGET, Picture, Week, percent

AGAINST = f"Points over or under {percent(TARGET)}"
"""What heads the figures of `against`."""

_HEIGHT = 96
_MARGIN = 10
# For an image, as HTML on a page may hold no drawing: colours are read on either ground, strokes are not stretched.
_STYLE = (
    "*{fill:none;stroke:#2e86c8;stroke-width:2px;vector-effect:non-scaling-stroke}"
    "path{stroke-width:7px;stroke-linecap:round}"
    ".target{stroke:#c2701c;stroke-width:1.5px;stroke-dasharray:5 4;stroke-linecap:butt}"
)


def section(picture: Picture) -> str:
    """Return the weeks under their heading in HTML; empty where there are none."""
    return f'<h3 class="desk-heading">Week by week</h3>{table(picture.weeks)}' if picture.weeks else ""


def table(weeks: Sequence[Week]) -> str:
    """Return the weeks as a table in HTML, a week a column, under their line: each figure is read with its week."""
    heads = "".join(f'<th scope="col">{_day(week)}</th>' for week in weeks)
    rows = {
        "Reached in time": [_share(week) for week in weeks],
        AGAINST: ["–" if week.share is None else against(week.share) for week in weeks],
    }
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows.items()
    )
    return (
        '<div class="desk-table desk-weeks" tabindex="0" role="region" aria-label="Week by week"><table>'
        f'<thead>{line(weeks)}<tr><th scope="col">Week beginning</th>{heads}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )


def line(weeks: Sequence[Week]) -> str:
    """Return a row of that table with the shares as a line against the target; weeks withheld are gaps in it."""
    # As they are written under it: the height of a point would tell the counts that the whole percentage does not.
    shares = [None if week.share is None else int(percent(week.share)[:-1]) / 100 for week in weeks]
    lowest = max(0.0, min([TARGET - 0.1, *(share - 0.05 for share in shares if share is not None)]))

    def down(share: float) -> str:
        return f"{_MARGIN + (1 - share) / (1 - lowest) * (_HEIGHT - 2 * _MARGIN):.1f}"

    points = [(n * 2 + 1, share) for n, share in enumerate(shares)]
    runs = [
        " ".join(f"{across},{down(share)}" for across, share in run if share is not None)
        for there, run in groupby(points, key=lambda point: point[1] is not None)
        if there
    ]
    width = len(weeks) * 2
    drawn = "".join(f'<polyline points="{run}"/>' for run in runs)
    drawn += "".join(f'<path d="M{across} {down(share)}h0"/>' for across, share in points if share is not None)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" preserveAspectRatio="none">'
        f"<style>{_STYLE}</style>"
        f'<path class="target" d="M0 {down(TARGET)}H{width}"/>'
        f"{drawn}</svg>"
    )
    return (
        f'<tr class="line"><td>Dashed: {percent(TARGET)}, the target</td><td colspan="{len(weeks)}">'
        f'<img alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"></td></tr>'
    )


def _day(week: Week) -> str:
    return f"{week.starts.day} {week.starts:%b}"


def _share(week: Week) -> str:
    return "too few" if week.share is None else percent(week.share)


def against(share: float) -> str:
    """Say by how many points of a hundred *share* is over or under the target; both shares as they are shown."""
    points = int(percent(share)[:-1]) - int(percent(TARGET)[:-1])
    return f"{points:+d}".replace("-", "−") if points else "kept"
