"""First contact: when in the week the promise is missed, whose claims those are, and whether it gets better."""

import desk_board
import pandas as pd
import streamlit as st

from core import first_contact
from core.access import Action
from core.first_contact import Choices, Picture, Question
from pages.parts import desk
from pages.parts.first_contact import figures, filters, heatmap
from pages.parts.markdown import verbatim

actor = desk.open_page("First contact", Action.MEASURES_READ)

_POINT = "Point at a cell, or touch it, for its figures."
_CHOOSE = "Point at a cell for its figures. Choose cells, or draw a box, for the claims behind them."


def choices() -> Choices:
    """Return what the filters offer."""
    with desk.looking(actor) as tx:
        return first_contact.choices(actor, tx)


def cells_chosen(picture: Picture) -> frozenset[tuple[int, int]]:
    """Draw the week by hours, and return the cells (weekday, 1 is Monday, and hour) chosen by who opens claims."""
    opens = actor.may(Action.MEASURES_DRILL)
    chosen = desk_board.heatmap(
        "first_contact.cells",
        label="Share reached in time by weekday and hour of the report",
        down="Weekday",
        across=heatmap.ACROSS,
        rows=heatmap.DAYS,
        columns=heatmap.HOURS,
        squares=heatmap.week(picture),
        legend=heatmap.LEGEND,
        hint=_CHOOSE if opens else _POINT,
        opens=opens,
    )
    return frozenset((row + 1, hour) for row, hour in chosen)


def files(question: Question, subtitle: str, name: str) -> None:
    """Offer what is on screen as files. They are made on the click, which the service checks and records."""
    at, by_then = desk.now(), desk.asked_again()

    def table() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            exported = first_contact.exported(person, tx, question, form="csv", at=at)
        return first_contact.as_csv(exported)

    def image() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            exported = first_contact.exported(person, tx, question, form="png", at=at)
        return heatmap.as_png(exported, subtitle)

    icon = ":material/download:"
    with st.container(horizontal=True):
        st.download_button("Download table (CSV)", table, f"{name}.csv", "text/csv", icon=icon, key="first_contact.csv")
        st.download_button(
            "Download picture (PNG)", image, f"{name}.png", "image/png", icon=icon, key="first_contact.png"
        )


def more(question: Question, picture: Picture, subtitle: str) -> None:
    """Draw, when it is opened, the files and the figures as a list: few turns need them."""
    exports = actor.may(Action.MEASURES_EXPORT)
    label = "The figures as a list" + (", and downloads" if exports else "")
    with st.expander(label, key="first_contact.more", on_change="rerun") as opened:
        if opened.open:
            if exports:
                files(question, subtitle, f"first-contact_{question.first_day}_{question.last_day}")
            # Words beside numbers, as some are withheld: each column holds text.
            counted = pd.DataFrame(first_contact.rows(picture), columns=list(first_contact.HEADINGS), dtype=str)
            st.dataframe(counted, key="first_contact.rows", hide_index=True, alt="Claims by weekday and hour")


with desk.refusals_shown():
    question, offered = filters.question(actor, choices)
    if question is None:
        st.info("Choose the last day of the period.")
        st.stop()
    subtitle = figures.population(actor, question, offered)
    with desk.looking(actor) as tx:
        picture = first_contact.look(actor, tx, question, at=desk.now())
    desk.as_of(desk.now(), question.timezone)
    if not picture.cells:
        st.caption(verbatim(subtitle))
        st.info("No claim was reported in this period. Choose a longer period or fewer filters.")
    else:
        figures.figures(picture, subtitle)
        cells = cells_chosen(picture)
        if cells:
            figures.behind(actor, picture, cells)
        figures.weeks_and_clients(picture, question)
        more(question, picture, subtitle)
    filters.drawn()
