"""The one question about a file's dates: which of its two figures is the month, where nothing in it shows that."""

from dataclasses import replace

import streamlit as st

from core import feeds
from core.feeds import Feed, FeedMapping, OrderQuestion
from pages.parts.markdown import verbatim

_WHY = (
    "The file does not show the order of day and month. The answer is for the whole file, and is kept for the client's"
    " next ones."
)


def order(question: OrderQuestion | None, feed: Feed, mapped: FeedMapping, client_id: int) -> FeedMapping | None:
    """Return the mapping with the order of its dates; where that is a question, draw it: None until it is answered."""
    if question is None:
        return mapped
    readings = {"mdy": feeds.in_words(question.month_first), "dmy": feeds.in_words(question.day_first)}
    st.markdown(verbatim(question.words), help=_WHY)
    chosen = st.radio(
        question.words,
        list(readings),
        index=None,
        format_func=readings.__getitem__,
        key=f"feed.order.{client_id}.{feed.digest[:16]}",
        label_visibility="collapsed",
    )
    return replace(mapped, date_order=chosen) if chosen else None
