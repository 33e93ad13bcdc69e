"""A form whose words are kept while they are typed: drafts.js reads the fields, and here they are filled in again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import drafts, words
from core.access import Actor
from pages.parts import desk
from pages.parts.forms import acts

Reader = Callable[[str], Any]
"""Returns the value of a field that shows such a text; None where no value does."""

Value = TypeVar("Value")

_READ = "drafted.read"
"""What was kept on the claim that is open, read once a visit, less what is in its forms again."""

AS_TYPED: Reader = str


def chosen(options: Sequence[Any], label: Callable[[Any], str | None] = str) -> Reader:
    """Return the reader of a field in which one of *options* is chosen by its *label*."""
    return {label(option): option for option in options}.get


def read_tick(text: str) -> bool:
    """Read a box that is ticked or not."""
    return text == "true"


def read_clock(text: str) -> time | None:
    """Read a field of a time of day."""
    return _or_none(time.fromisoformat, text)


@contextmanager
def drafted(
    actor: Actor, form: drafts.Form, request: UUID, timezone: str | Callable[[], str], readers: Mapping[str, Reader]
) -> Iterator[None]:
    """
    Draw, within, the form whose fields are named by the keys `{name}.{request}`; *readers* has those that are kept.

    Where words were kept they are in the fields again, and above them it says since when, with a way to start anew:
    they may be of another worker than is spoken of now. The line comes with the form, never while one types. Its time
    is that of clocks in *timezone*, as the form's own: an IANA name, or what returns it once the fields are filled in.
    """
    kept = _kept(actor, form)
    at_key = f"kept_at.{request}"
    if kept:
        names = {name.replace(".", "-"): name for name in readers}
        for field, text in kept.fields.items():
            if field in names and (value := readers[names[field]](text)) is not None:
                key = f"{names[field]}.{request}"
                st.session_state[key] = value
                st.session_state[f"filled.{key}"] = True
        st.session_state[at_key] = kept.saved_at
    of = f"{form.client_id or 0}.{form.claim_id or 0}"
    with st.container(key=f"draft.{form.name}.{of}.{request}"):
        if kept_at := st.session_state.get(at_key):
            _say(actor, form, request, timezone if isinstance(timezone, str) else timezone(), kept_at)
        yield


def at_first(key: str, value: Value) -> Value | None:
    """Return *value*, which the field holds at first, but where its words were kept: Streamlit warns of two values."""
    return None if f"filled.{key}" in st.session_state else value


def _kept(actor: Actor, form: drafts.Form) -> drafts.Kept | None:
    """Return what was kept of the form's words, once a visit."""
    which = (desk.visit(), form.client_id, form.claim_id)
    read_before, kept = st.session_state.get(_READ, (None, {}))
    if read_before != which:
        with desk.looking(actor) as tx:
            kept = drafts.kept(actor, tx, client_id=form.client_id, claim_id=form.claim_id, at=desk.now())
        st.session_state[_READ] = (which, kept)
    words_of_it: drafts.Kept | None = kept.pop(form.name, None)
    return words_of_it


def _say(actor: Actor, form: drafts.Form, request: UUID, timezone: str, kept_at: datetime) -> None:
    local, today = (at.astimezone(ZoneInfo(timezone)) for at in (kept_at, desk.now()))
    same_day = local.date() == today.date()
    since = words.zoned(local) if same_day else words.instant(kept_at, timezone)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":orange[:material/history: Kept from {since}]", width="content")
        if form.name == drafts.REPORT and form.claim_id is not None:
            return  # its claim is begun: it is finished, or left
        anew = st.button("Start anew", type="tertiary", key=f"anew.{form.name}.{request}")
    if anew:
        with desk.acting(actor) as tx:
            drafts.forget(actor, tx, form=form, request=request, at=desk.now())
        acts.renew(acts.key_of(form))
        st.rerun()


def _or_none(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError:
        return None
