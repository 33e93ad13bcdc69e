"""The form by which it is said how many of the approved units were used by now."""

from datetime import datetime
from functools import partial

import streamlit as st

from core import authorizations, words
from core.access import Actor
from core.authorizations import Key, Request
from core.transactions import Connection
from pages.parts.authorizations.doing import form_of, key, pressed, sent
from pages.parts.forms.acts import Sent


def using(actor: Actor, request: Request, now: datetime) -> Sent | None:
    """Draw the form where something is approved; return it where it was sent."""
    approved = [line for line in request.lines if line.approved_units]
    if not approved:
        return None
    form, drawn = form_of(request, "using")
    seen_key = f"using.seen.{drawn}"
    if seen_key not in st.session_state or not pressed(drawn):
        st.session_state[seen_key] = {line.line: line.used_units for line in approved}
    seen: dict[int, int] = st.session_state[seen_key]
    used: dict[int, int] = {}
    with st.form(f"using.{drawn}", enter_to_submit=False):
        st.markdown("**Units used by now**")
        for line in approved:
            name = f"used.{line.line}.{drawn}"
            until = f", until {words.brief_day(line.until_on)}" if line.until_on else ""
            used[line.line] = st.number_input(
                f"Of {words.counted(line.approved_units or 0, 'unit')} of treatment {line.line}{until}",
                min_value=0, max_value=line.approved_units, value=line.used_units, step=1, key=name,
                help=line.words,
            )  # fmt: skip
        beside = st.container()
        go = st.form_submit_button("Save the units used", key=f"using.go.{drawn}")
    if not go:
        return None
    changed = [(line, number, seen[line]) for line, number in used.items() if line in seen and number != seen[line]]
    if not changed:
        beside.info("These are the numbers that are kept already.", icon=":material/check:")
        return None
    act = partial(_use, key=key(request, drawn), changed=changed)
    return sent(form, drawn, act, "Units used saved", beside)


def _use(actor: Actor, tx: Connection, *, key: Key, changed: list[tuple[int, int, int]], at: datetime) -> None:
    for line, used, seen in changed:
        authorizations.use(actor, tx, key, line=line, used=used, seen=seen, at=at)
