"""What the page First contact tells its reader: what was counted, the figures, and the claims behind them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from html import escape
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from core import first_contact, words
from core.access import Actor
from core.first_contact import (
    FEWEST,
    MOST,
    MOST_COMPARED,
    Behind,
    Choices,
    ClientFigures,
    Period,
    Picture,
    Question,
    percent,
)
from pages.parts import desk, live_lists
from pages.parts.first_contact import filters, weeks

_TURNED = "first_contact.turned"
"""Which claims behind the cells are shown: of which choice, after how many, and after which one."""

_TOO_FEW = f"under {FEWEST} kept or missed: too few to show"

_DRAWN = "first_contact.drawn"
"""Which claims were drawn last, row by row: a tick is of a claim, wherever its row goes."""


def population(actor: Actor, question: Question, choices: Choices) -> str:
    """Say in words what is counted: measure, whose claims (of all that *actor* sees), period and time zone."""
    clients = {c.id: c.name for c in choices.clients}
    people = {a.id: a.name for a in choices.assignees}
    parts = [
        "Share of injured workers reached in time",
        _of("client", sorted(clients.get(n, "?") for n in question.clients or ()), _everything(actor)),
        _of("jurisdiction", sorted(map(filters.state, question.jurisdictions or ())), "all jurisdictions"),
        _of("VA", sorted(people.get(n, "?") for n in question.assignees or ()), ""),
        f"reported {words.brief_day(question.first_day)} to {words.brief_day(question.last_day)}",
        words.zone(question.timezone),
    ]
    return " · ".join(part for part in parts if part)


def _everything(actor: Actor) -> str:
    """Return what all the clients are that the actor sees: all, or those served and covered."""
    if actor.scope is None:
        return "all clients"
    return f"your {words.counted(len(actor.scope), 'client')}" if actor.scope else "no client of yours yet"


def figures(picture: Picture, subtitle: str) -> None:
    """Draw what was asked, the period's figures in one row, and the finding under them."""
    st.html(summary(picture, subtitle))


def summary(picture: Picture, subtitle: str) -> str:
    """Return what was asked, the figures, each with its name and what it is of, and the finding in HTML."""
    shown = [*_shares(picture), *_counts(picture.period)]
    each = "".join(f"<div><dt>{name}</dt><dd>{figure}<small>{of}</small></dd></div>" for name, figure, of in shown)
    finding = escape(first_contact.finding(picture).sentence)
    return (
        f'<p class="desk-subtitle">{escape(subtitle)}</p><dl class="desk-figures">{each}</dl>'
        f'<h3 class="desk-heading">{finding}</h3>'
    )


def _shares(picture: Picture) -> list[tuple[str, str, str]]:
    """Return how well the promise was kept and how fast: name, figure, and what it is of."""
    whole, median = picture.period.figures, picture.period.median_hours
    share = ("–", _TOO_FEW)
    if whole:
        share = percent(whole.share), f"of {whole.decided:,} kept or missed so far; rounded, 100% only if all were kept"
    took, of = "–", f"under {FEWEST} reached"
    if median is not None:
        took, of = words.brief(timedelta(hours=median)), f"half were sooner, give or take 15 min{_counted_by(picture)}"
    return [("Reached in time", *share), ("Median to first contact", took, of)]


def _counted_by(picture: Picture) -> str:
    """
    Return of which reports the median is, where those are not the question's own days.

    How long it took is kept by days of UTC, which begin and end beside those of other zones; not so of persons' claims.
    """
    question, zone = picture.question, ZoneInfo(picture.question.timezone)
    if question.assignees is not None:
        return ""
    ends = [question.first_day, question.last_day + timedelta(days=1)]
    first, last = (datetime.combine(day, time(), UTC).astimezone(zone) for day in ends)
    if first.time() == last.time() == time():
        return ""
    return f". Of reports from {_moment(first)} to {_moment(last)}: durations are kept by days of UTC"


def _moment(local: datetime) -> str:
    return f"{words.brief_day(local.date())}, {words.zoned(local)}"


def _counts(period: Period) -> list[tuple[str, str, str]]:
    """Return how many claims there were, in the same form."""
    whole = period.figures
    reported = ("–", f"under {FEWEST} reported") if period.reported is None else (f"{period.reported:,}", "")
    missed = (f"{whole.missed:,}", "reached late or not at all") if whole else ("–", _TOO_FEW)
    running = (f"{whole.running:,}", "not due yet, or paused") if whole else ("–", _TOO_FEW)
    return [("Claims reported", *reported), ("Promises missed", *missed), ("Still running", *running)]


def weeks_and_clients(picture: Picture, question: Question) -> None:
    """
    Draw the weeks, and under them the clients beside each other, the least kept first; where none are compared, say how
    they would be. All of it is one piece: a caption is read as Markdown, which costs the browser more than the tables.
    """
    drawn = weeks.section(picture)
    if picture.clients:
        drawn += f'<h3 class="desk-heading">Clients side by side</h3>{compared(picture)}'
    elif question.clients is None or len(question.clients) > MOST_COMPARED:
        drawn += (
            f'<p class="desk-note">To see clients side by side, choose 2 to {MOST_COMPARED} of them under Filters.</p>'
        )
    if drawn:
        st.html(drawn)


def compared(picture: Picture) -> str:
    """Return the clients as a table in HTML, a client a row."""
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Client", "Reached in time", weeks.AGAINST, "Reported", "Missed", "Running")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(client.name)}</th>{_of_client(client)}</tr>' for client in picture.clients
    )
    return (
        '<div class="desk-table" tabindex="0" role="region" aria-label="Clients side by side"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _of_client(client: ClientFigures) -> str:
    figures = client.figures
    if figures is None:
        return f'<td colspan="5">not shown: fewer than {FEWEST} decided, here or beside</td>'
    share, counts = figures.share, (figures.reported, figures.missed, figures.running)
    cells = [percent(share), weeks.against(share), *(f"{count:,}" for count in counts)]
    return "".join(f"<td>{cell}</td>" for cell in cells)


def behind(actor: Actor, picture: Picture, cells: frozenset[tuple[int, int]]) -> None:
    """Draw the claims counted in the chosen cells, so many at a time."""
    choice = (picture.question, cells)
    of, skipped, last = st.session_state.get(_TURNED, (choice, 0, None))
    if of != choice:
        skipped, last = 0, None
    with desk.looking(actor) as tx:
        claims = first_contact.claims_behind(
            actor, tx, picture.question, cells, at=picture.at, last=last, most=MOST + 1
        )
    claims, follow = claims[:MOST], len(claims) > MOST
    st.subheader("Claims behind the chosen cells", anchor=False)
    st.caption(_span(skipped, len(claims)))
    ticked = _table(claims, picture, skipped)
    if ticked and st.button(f"Open claim {ticked.claim_number}", type="primary", key="first_contact.open"):
        live_lists.open_claim(ticked.client_id, ticked.claim_id)
    with st.container(horizontal=True):
        if follow:
            following = (choice, skipped + MOST, claims[-1])
            st.button(f"Show the next {MOST:,} claims", key="first_contact.next", on_click=_turn, args=(following,))
        if skipped:
            st.button("Show the first claims", key="first_contact.first", on_click=_turn, args=((choice, 0, None),))


def _table(claims: Sequence[Behind], picture: Picture, skipped: int) -> Behind | None:
    """Draw *claims* and return the one that is ticked; it stays so where its row is another by now."""
    key = f"first_contact.claims.{skipped}"
    ids = [(c.client_id, c.claim_id) for c in claims]
    ticked = _ticked(key)
    rows = [ids.index(ticked)] if ticked in ids else []
    if key in st.session_state and st.session_state[key]["selection"]["rows"] != rows:
        st.session_state[key] = {"selection": {"rows": rows}}
    st.session_state[_DRAWN] = ids
    st.dataframe(
        _listed(claims, picture),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={"Claim": live_lists.claim_column([c.claim_number for c in claims])},
        alt="Claims behind the chosen cells, those missed first",
    )
    return claims[rows[0]] if rows else None


def _ticked(key: str) -> tuple[int, int] | None:
    """Return the claim ticked in the table *key*: rows that the browser names are those of the table drawn last."""
    drawn = st.session_state.get(_DRAWN, [])
    if key not in st.session_state:
        return None
    rows = [row for row in st.session_state[key]["selection"]["rows"] if row < len(drawn)]
    return drawn[rows[0]] if rows else None


def _listed(claims: Sequence[Behind], picture: Picture) -> pd.DataFrame:
    zone = picture.question.timezone
    return pd.DataFrame(
        [
            {
                "Claim": live_lists.claim_link(c.client_id, c.claim_id, c.claim_number),
                "Client": c.client,
                "Jurisdiction": c.jurisdiction or "Not known",
                "Reported at": words.instant(c.reported_at, zone),
                "First contact": first_contact.words(c, at=picture.at),
                "Due": words.instant(c.due_at, zone),
                "Reached at": words.instant(c.first_contact_at, zone) if c.first_contact_at else "",
            }
            for c in claims
        ]
    )


def _span(skipped: int, number: int) -> str:
    if not number:
        return "No claims follow." if skipped else "No claims."
    order = "Those missed come first, then the others; each with the latest report first."
    if not skipped and number < MOST:
        return f"{words.counted(number, 'claim')}. {order}"
    first = f"{skipped + 1:,}"
    return (f"Claim {first}. " if number == 1 else f"Claims {first} to {skipped + number:,}. ") + order


def _turn(to: tuple[object, int, Behind | None]) -> None:
    """Show the claims of a choice that follow the first so many, the last of them given."""
    st.session_state[_TURNED] = to


def _of(noun: str, names: Sequence[str], everything: str) -> str:
    if not names:
        return everything
    return ", ".join(names) if len(names) <= 3 else words.counted(len(names), noun)
