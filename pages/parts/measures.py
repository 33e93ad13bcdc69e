"""What the pages of measures tell their reader: what was counted, the figures, and the claims behind them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape

import pandas as pd
import streamlit as st

from core import first_contact, words
from core.access import Actor
from core.first_contact import MOST, Behind, Choices, Picture, Question
from pages.parts import desk, filters, queue

_TURNED = "first_contact.turned"
"""Which claims behind the cells are shown: of which choice, after how many, and after which one."""


def population(question: Question, choices: Choices) -> str:
    """Say in words what is counted: measure, whose claims, period and time zone."""
    clients = {c.id: c.name for c in choices.clients}
    people = {a.id: a.name for a in choices.assignees}
    said = [
        "Share of injured workers reached in time",
        _of("client", sorted(clients.get(n, "?") for n in question.clients or ()), "all clients"),
        _of("jurisdiction", sorted(map(filters.state, question.jurisdictions or ())), "all jurisdictions"),
        _of("VA", sorted(people.get(n, "?") for n in question.assignees or ()), ""),
        f"reported {_day(question.first_day)} to {_day(question.last_day)}",
        f"{filters.place(question.timezone)} time",
    ]
    return " · ".join(part for part in said if part)


def figures(picture: Picture, asked: str) -> None:
    """Draw what was *asked*, the period's figures in one row, and the finding under them."""
    st.html(summary(picture, asked))


def summary(picture: Picture, asked: str) -> str:
    """Return what was *asked*, the figures, each with its name and what it is of, and the finding in HTML."""
    whole = picture.measures
    shown = [
        ("Reached in time", _or(whole.share, first_contact.percent, "none decided"), f"of {whole.decided:,} decided"),
        (
            "Median to first contact",
            _or(whole.median_hours, lambda hours: f"{hours:.1f} h", "nobody reached"),
            "to the quarter-hour, days by UTC",
        ),
        ("Claims reported", f"{whole.reported:,}", ""),
        ("Promises missed", f"{whole.breaches:,}", ""),
        ("Still running", f"{whole.reported - whole.decided:,}", "not yet decided"),
    ]
    each = "".join(f"<div><dt>{name}</dt><dd>{figure}<small>{of}</small></dd></div>" for name, figure, of in shown)
    finding = escape(first_contact.finding(picture))
    return (
        f'<p class="desk-asked">{escape(asked)}</p><dl class="desk-figures">{each}</dl>'
        f'<h3 class="desk-heading">{finding}</h3>'
    )


def _or(figure: float | None, words: Callable[[float], str], none: str) -> str:
    return none if figure is None else words(figure)


def behind(actor: Actor, picture: Picture, cells: frozenset[tuple[int, int]]) -> None:
    """Draw the claims counted in the chosen cells, so many at a time."""
    chosen = (picture.question, cells)
    of, skipped, before = st.session_state.get(_TURNED, (chosen, 0, None))
    if of != chosen:
        skipped, before = 0, None
    with desk.looking(actor) as tx:
        found = first_contact.claims_behind(actor, tx, picture.question, cells, before=before, most=MOST + 1)
    found, follow = found[:MOST], len(found) > MOST
    st.subheader("Claims behind the chosen cells", anchor=False)
    st.caption(_span(skipped, len(found)) if skipped or follow else words.counted(len(found), "claim"))
    marked = st.dataframe(
        _listed(found, picture),
        key=f"first_contact.claims.{skipped}",  # a row marked in these is not marked in the next
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={"Claim": queue.CLAIM_COLUMN},
        alt="Claims behind the chosen cells, the latest report first",
    )
    rows = [row for row in marked["selection"]["rows"] if row < len(found)]
    if rows and st.button(f"Open claim {found[rows[0]].claim_number}", type="primary", key="first_contact.open"):
        queue.open_claim(found[rows[0]].client_id, found[rows[0]].claim_id)
    with st.container(horizontal=True):
        if follow:
            following = (chosen, skipped + MOST, (found[-1].reported_at, found[-1].claim_id))
            st.button(f"Show the next {MOST:,} claims", key="first_contact.next", on_click=_turn, args=(following,))
        if skipped:
            st.button("Show the latest claims", key="first_contact.latest", on_click=_turn, args=((chosen, 0, None),))


def _listed(found: Sequence[Behind], picture: Picture) -> pd.DataFrame:
    zone = picture.question.timezone
    return pd.DataFrame(
        [
            {
                "Claim": queue.claim_link(c.client_id, c.claim_id, c.claim_number),
                "Client": c.client,
                "Jurisdiction": c.jurisdiction or "Not known",
                "Reported at": words.instant(c.reported_at, zone),
                "First contact": first_contact.words(c, at=picture.at),
                "Due": words.instant(c.due_at, zone),
                "Reached at": words.instant(c.first_contact_at, zone) if c.first_contact_at else "",
            }
            for c in found
        ]
    )


def _span(skipped: int, number: int) -> str:
    if not number:
        return "No claims follow."
    first = f"{skipped + 1:,}"
    shown = f"Claim {first}" if number == 1 else f"Claims {first} to {skipped + number:,}"
    return f"{shown}, the latest report first."


def _turn(to: tuple[object, int, tuple[datetime, int] | None]) -> None:
    """Show the claims of a choice that follow the first so many, which end with a report's time and claim."""
    st.session_state[_TURNED] = to


def _of(noun: str, names: Sequence[str], everything: str) -> str:
    if not names:
        return everything
    return ", ".join(names) if len(names) <= 3 else words.counted(len(names), noun)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
