"""The field that asks why a contact is recorded so late; it is there only where the time that was typed demands it."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from core import contact
from pages.parts import desk
from pages.parts.forms.moment import Typed

FIELD = "late_why"
"""The field's name in the draft of its form."""


def late_why(made: Typed, request: UUID, *, due_at: datetime | None = None) -> str:
    """
    Draw the field where what was *made* long ago, or by a due time that is over (*due_at*, of a contact that stops the
    clock), is recorded only now; return what it says. It comes when the form is sent: in a form nothing comes before.
    """
    if not contact.is_late(made.at, at=desk.now(), due_at=due_at):
        return ""
    return st.text_input(
        "Why it is recorded so late", help="Shown on the timeline. Name no person.", key=f"{FIELD}.{request}"
    )
