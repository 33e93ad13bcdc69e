"""A form of the page that was sent."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.transactions import Connection


class Sent(NamedTuple):
    """A form that was sent: its name, where a refusal is shown, and the act, which says in a sentence what was done."""

    form: str
    refusals: DeltaGenerator
    act: Callable[[Actor, Connection, datetime], str]
