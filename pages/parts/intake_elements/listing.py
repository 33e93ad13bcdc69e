"""The list of the elements of intake, and what was said of the one that is open."""

from collections.abc import Sequence

import streamlit as st

from core import words
from core.intake import BRIEFLY
from core.intake.ruling import SURENESS, Element, Ruled
from core.rules import Standing
from pages.parts import side
from pages.parts.intake_elements.wording import PROPOSALS, holds, of_whose, says
from pages.parts.markdown import verbatim

NAME = "elements"


def table(elements: Sequence[Element]) -> Element | None:
    """Draw the list and return the element that is open, if one is."""
    latest = [_latest(each) for each in elements]
    opened = side.rows(
        NAME,
        {
            "Element": [_capital(BRIEFLY[each.element].rstrip("?")) for each in elements],
            "Asked of": [holds(each) for each in elements],
            "Since": [_since(each) for each in latest],
            "Planned": [_planned(each) for each in elements],
            "DN": [each.fact.dn for each in elements],
            "How sure": [SURENESS[each.version.more[0]] if each else "" for each in latest],
            "Source": [each.version.why if each else "" for each in latest],
        },
        list(range(len(elements))),
        alt="Every element of intake, and of whose claims it is asked",
        whole=True,
    )
    return elements[opened] if opened is not None else None


def told(element: Element) -> None:
    """Draw what is known of the element, and every version of what is asked, the latest first."""
    st.subheader(verbatim(_capital(element.words)), anchor=False)
    st.caption(_fact(element))
    for each in element.versions:
        version = each.version
        by = f" · {verbatim(version.by)}" if version.by else ""
        lines = [
            f"**{verbatim(says(*version.says))}** · {verbatim(of_whose(each))}",
            f":gray[{each.standing.capitalize()} · {_from(each)}{by}]",
            f"{verbatim(version.why)} :gray[({SURENESS[version.more[0]]})]",
        ]
        if version.withdrawn_at is not None:
            lines.append(f":gray[Withdrawn by {verbatim(version.withdrawn_by)}:] {verbatim(version.withdrawn_why)}")
        st.markdown("  \n".join(lines))


def _fact(element: Element) -> str:
    fact = element.fact
    number = f"{fact.dn}, " if fact.dn else ""
    source = f" Number and name: {fact.source}." if fact.dn and fact.source else ""
    return f"{number}{fact.name}. Proposed by the trade: {PROPOSALS[fact.proposal]}.{source}"


def _latest(element: Element) -> Ruled | None:
    """Return the version in force that began last."""
    return next((each for each in element.versions if each.standing is Standing.IN_FORCE), None)


def _since(ruled: Ruled | None) -> str:
    if ruled is None:
        return ""
    return words.brief_day(ruled.version.since) if ruled.version.by else "the beginning"


def _from(ruled: Ruled) -> str:
    return f"from {words.brief_day(ruled.version.since)} on" if ruled.version.by else "from the beginning"


def _planned(element: Element) -> str:
    """Return the day on which something else is asked; empty where nothing is planned."""
    days = [each.version.since for each in element.versions if each.standing is Standing.PLANNED]
    return words.brief_day(min(days)) if days else ""


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
