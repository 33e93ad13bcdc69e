"""What the forms of clients return, and how one is emptied."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.transactions import Connection
from pages.parts import forms


class Asked(NamedTuple):
    """What a form asked for: its name, where to show a refusal, and the act, which says in a sentence what was done."""

    form: str
    place: DeltaGenerator
    act: Callable[[Actor, Connection, datetime], str]


def start_anew(asked: Asked) -> None:
    """Empty the form: what it asked for is done."""
    forms.renew(asked.form)
