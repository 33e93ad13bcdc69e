"""First contact: when in the week the promise is missed, whose claims those are, and whether it gets better."""

from typing import Literal

import pandas as pd
import streamlit as st

from core import first_contact
from core.access import Action
from core.first_contact import Choices, Picture, Question
from pages.parts import charts, desk, filters, measures, weeks

actor = desk.open_page("First contact", Action.MEASURES_READ)

ALT = "Share reached in time by weekday and hour of the report; the table below holds the same figures"


def choices() -> Choices:
    """Return what the filters offer."""
    with desk.looking(actor) as tx:
        return first_contact.choices(actor, tx)


def cells_chosen(picture: Picture) -> frozenset[tuple[int, int]]:
    """Draw the week as a picture and as a table, and return the cells chosen in either, where the role opens claims."""
    opens = actor.may(Action.MEASURES_DRILL)
    act: Literal["rerun", "ignore"] = "rerun" if opens else "ignore"
    drawn = charts.heatmap(picture, chosen=opens)
    clicked = st.vega_lite_chart(None, drawn, key="first_contact.cells", on_select=act, width="stretch", alt=ALT)
    with st.expander("The same figures as a table", key="first_contact.figures", on_change="rerun") as figures:
        if not figures.open:  # drawn when it is opened: the browser would make tables that nobody sees
            return charts.chosen_cells(clicked, {}) if opens else frozenset()
        st.caption("Share in time by weekday and hour. Arrows move, Shift and arrows mark cells.")
        table = charts.pivot(picture)
        if opens:
            marked = st.dataframe(
                table, key="first_contact.table", on_select=act, selection_mode="multi-cell", alt="Share in time"
            )
        else:
            st.dataframe(table, key="first_contact.shares", alt="Share in time")
        counted = pd.DataFrame(first_contact.rows(picture), columns=list(first_contact.HEADINGS))
        st.dataframe(counted, key="first_contact.rows", hide_index=True, alt="Claims and promises by weekday and hour")
    return charts.chosen_cells(clicked, marked) if opens else frozenset()


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
        return charts.as_png(exported, subtitle)

    icon = ":material/download:"
    with st.container(horizontal=True):
        st.download_button("Download table (CSV)", table, f"{name}.csv", "text/csv", icon=icon, key="first_contact.csv")
        st.download_button(
            "Download picture (PNG)", image, f"{name}.png", "image/png", icon=icon, key="first_contact.png"
        )


with desk.refusals_shown():
    with st.container(horizontal=True, vertical_alignment="center"):
        question, offered = filters.asked(actor, choices)
        if question is not None:
            subtitle = measures.population(question, offered)
            st.caption(subtitle)
    if question is None:
        st.info("Choose the last day of the period.")
        st.stop()
    with desk.looking(actor) as tx:
        picture = first_contact.look(actor, tx, question, at=desk.now())
    if not picture.cells:
        st.info("No claim was reported in this period. Choose a longer period or fewer filters.")
        st.stop()
    measures.figures(picture)
    st.subheader(first_contact.finding(picture), anchor=False)
    cells = cells_chosen(picture)
    if actor.may(Action.MEASURES_EXPORT):
        files(question, subtitle, f"first-contact_{question.first_day}_{question.last_day}")
    if actor.may(Action.MEASURES_DRILL):
        measures.behind(actor, picture, cells)
    weeks.draw(picture)
