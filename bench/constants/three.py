"""A page with a table and the picture of First contact, both of constants."""

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from core.access import Action
from core.first_contact import Cell, Measures, Picture, Question
from pages.parts import charts, desk


@st.cache_data
def drawn() -> tuple[dict[str, Any], pd.DataFrame]:
    """Return a picture of a full week, and its table."""
    cells = tuple(Cell(day, hour, 100, 90, 50 + (day * hour) % 40) for day in range(1, 8) for hour in range(24))
    question = Question(date(2026, 8, 1), date(2026, 10, 29), "America/Chicago")
    picture = Picture(question, datetime(2026, 10, 29, tzinfo=UTC), cells, (), Measures(16_800, 15_120, 12_000, 8.0))
    return charts.heatmap(picture, chosen=True), charts.pivot(picture)


desk.open_page("Three", Action.LIVE_WATCH)
picture, table = drawn()
st.dataframe(table, key="constants.table", alt="Share in time")
st.vega_lite_chart(None, picture, key="constants.picture", on_select="rerun", width="stretch", alt="Share in time")
