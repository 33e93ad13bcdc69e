"""The page First contact, as tests open it and read it."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.access import Action, Actor, Role
from pages.parts import desk as desk_part

PAGE = Path(desk_part.__file__).parent.parent / "supervision" / "first_contact.py"

READERS = [role for role in Role if Actor(0, "", "", role, "UTC").may(Action.MEASURES_READ)]

MORE_OPEN = "first_contact.more"
"""The expander of the downloads and the figures as a list, which draws what is in it when it is opened."""

FILTERS_OPEN = "measures.filters"
"""The button with the filters behind it, drawn when it is opened."""


def pieces(page: AppTest, tag: str) -> list[str]:
    """Return what stands in the elements of that name in the page's own HTML."""
    return [
        said
        for html in page.get("html")
        for said in re.findall(f"<{tag}[^>]*>(.*?)<(?:/{tag}|small)>", html.proto.body)
    ]


def figures(page: AppTest) -> dict[str, str]:
    """Return the period's figures by their names."""
    return dict(zip(pieces(page, "dt"), pieces(page, "dd"), strict=True))


def subtitle(page: AppTest) -> str:
    """Return what the page says it shows."""
    return pieces(page, "p")[0]


def finding(page: AppTest) -> str:
    """Return what the page says stands out."""
    return pieces(page, "h3")[0]


USUAL = {"from": "2026-08-27", "to": "2026-11-24", "zone": "America/Chicago"}
"""What the address says of the period and the time zone where nobody chose another."""


def _choice(number: int, name: str):
    from db.queries.first_contact import Choice

    return Choice(number, name)
