"""A file as it is uploaded: read once for each sheet that is chosen of it."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from core import feeds
from core.feeds import Feed, FeedKind, UnreadableFeed, WhichSheet
from pages.parts import desk


@dataclass(frozen=True)
class _Outcome:
    """What came of reading a file: the feed, or why there is none; and the sheets that are offered."""

    kind: str
    digest: str
    sheet: str
    sheets: tuple[str, ...] = ()
    feed: Feed | None = None
    refusal: UnreadableFeed | None = None


def read(kind: FeedKind, data: bytes) -> Feed | None:
    """Read the file *data* and draw the choice of a sheet where it has several; the feed, or None if it is refused."""
    digest = hashlib.sha256(data).hexdigest()
    key = f"feed.sheet.{digest[:16]}"
    chosen: str = st.session_state.get(key) or ""
    outcome: _Outcome | None = st.session_state.get("import.read")
    if outcome is None or (outcome.kind, outcome.digest) != (kind.code, digest) or (chosen and chosen != outcome.sheet):
        with st.spinner("Reading the file…"):
            outcome = st.session_state["import.read"] = _outcome(kind, data, digest, chosen)
    if len(outcome.sheets) > 1:
        at = outcome.sheets.index(outcome.sheet) if outcome.sheet in outcome.sheets else None
        st.selectbox(
            "Sheet", outcome.sheets, at, key=key, placeholder=f"Choose the sheet that holds the {kind.words.many}"
        )
    if outcome.refusal:
        with desk.refusals_shown():
            raise outcome.refusal
    return outcome.feed


def forget() -> None:
    """Forget the file that was read last."""
    st.session_state["import.read"] = None


def _outcome(kind: FeedKind, data: bytes, digest: str, chosen: str) -> _Outcome:
    before: _Outcome | None = st.session_state.get("import.read")
    offered = before.sheets if before and before.digest == digest else ()
    try:
        feed = feeds.read_feed(kind.vocabulary, data, sheet=chosen)
    except WhichSheet as refusal:
        return _Outcome(kind.code, digest, chosen, refusal.sheets, refusal=refusal)
    except UnreadableFeed as refusal:
        return _Outcome(kind.code, digest, chosen, offered, refusal=refusal)
    return _Outcome(kind.code, digest, feed.sheet, feed.sheets, feed)
