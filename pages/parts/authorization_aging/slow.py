"""Who is slow to answer: reviewers and providers by the follow-ups that they left unanswered."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from core import authorization_aging, words
from core.access import Actor
from core.authorization_aging import WEEKS, By, Slow
from pages.parts import desk
from pages.parts.authorization_aging import filters
from pages.parts.authorization_aging.filters import Asked
from pages.parts.html_rows import table

_HEADINGS = ("Open requests", "Unanswered follow-ups", "Waiting since", "Half determined within")


def draw(actor: Actor, asked: Asked) -> None:
    """Draw whom open requests wait for, the one who answers least first."""
    with desk.looking(actor) as tx:
        reviewers = authorization_aging.slow(actor, tx, asked.question, By.REVIEWER, at=desk.now())
        providers = authorization_aging.slow(actor, tx, asked.question, By.PROVIDER, at=desk.now())
    desk.as_of(desk.now(), actor.timezone)
    population = (
        f"Follow-ups since the last answer, of requests that are not decided · {filters.whose(asked, actor)}"
        f" · determined in the last {WEEKS} weeks"
    )
    st.html(f'<p class="desk-subtitle">{escape(population)}</p>')
    if not reviewers and not providers:
        st.info("No open request waits for anybody here. Choose other clients or jurisdictions, or all of them.")
        return
    st.html(section("Reviewer", reviewers, actor.timezone) + section("Provider", providers, actor.timezone))


def section(who: str, rows: Sequence[Slow], timezone: str) -> str:
    """Return those of one party as a table in HTML under their heading."""
    if not rows:
        return (
            f'<h3 class="desk-heading">{who}s</h3><p class="desk-note">No open request waits for a {who.lower()}.</p>'
        )
    cells = [
        (
            escape(each.name),
            f"{each.open:,}",
            f"{each.unanswered:,}",
            words.instant(each.since, timezone) if each.since else "",
            "none lately" if each.median is None else f"{words.brief(timedelta(hours=each.median))}, of {each.told:,}",
        )
        for each in rows
    ]
    return f'<h3 class="desk-heading">{who}s</h3>{table(f"{who}s", (who, *_HEADINGS), cells)}'
