"""The figures of Authorization aging as a list, and what can be taken as a file, drawn when they are opened."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from core import authorization_aging
from core.access import Action, Actor
from core.authorization_aging import Cell, Form, Picture
from pages.parts import desk

_ALL = (Cell(),)
_FORMS: Mapping[Form, tuple[str, str]] = {
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
}


def draw(actor: Actor, picture: Picture, chosen: Sequence[Cell]) -> None:
    """Draw, when it is opened, the list and the files: few turns need them."""
    exports = actor.may(Action.MEASURES_EXPORT)
    label = "The figures as a list" + (", and downloads" if exports else "")
    with st.expander(label, key="aging.more", on_change="rerun") as opened:
        if opened.open:
            if exports:
                _files(actor, picture, chosen)
            # Words beside numbers, as some are withheld: each column holds text.
            figures = pd.DataFrame(
                authorization_aging.figures(picture), columns=list(authorization_aging.headings(picture)), dtype=str
            )
            st.dataframe(figures, key="aging.rows", hide_index=True, alt="Open requests by group")


def _files(actor: Actor, picture: Picture, chosen: Sequence[Cell]) -> None:
    """Offer what is on screen as files. They are made on the click, which the service checks and records."""
    by_then, question, at = desk.asked_again(), picture.question, picture.at

    def figures(form: Form) -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            return authorization_aging.figures_exported(person, tx, question, form=form, at=at)

    def requests(form: Form) -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            return authorization_aging.rows_exported(person, tx, question, chosen or _ALL, form=form, at=at)

    offered = {"figures": ("figures", "authorization-aging", figures)}
    if actor.may(Action.AGING_DRILL):
        said = "the chosen requests" if chosen else "all open requests"
        offered["requests"] = (said, "open-authorizations", requests)
    with st.container(horizontal=True):
        for key, (said, name, make) in offered.items():
            for form, (kind, called) in _FORMS.items():
                st.download_button(
                    f"Download {said} ({called})", partial(make, form), f"{name}.{form}", kind,
                    icon=":material/download:", key=f"aging.{key}.{form}",
                )  # fmt: skip
