"""What the sample's administrator has intake ask for: agreed with a client, of a state, and planned for all."""

from datetime import datetime, timedelta
from typing import Any

from core import walltime
from core.access import Actor
from core.intake import ruling
from core.intake.requirements import ONLY_IF, REQUIRED
from core.intake.ruling import Asking
from core.sample.people import SampleClient
from core.transactions import transaction

_AGREED = "Agreed with the client: its return-to-work programme begins with the first report."
_REPORTED = "The state's first report of injury has codes of nature and cause."
_PRACTICE = "An interpreter is booked before the first call, not during it."

_RULES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("occupation", {"of_client": True, "why": _AGREED}),
    ("lost_time", {"of_client": True, "why": _AGREED}),
    ("last_day_worked", {"of_client": True, "asked": ONLY_IF, "only_if": "lost_time", "why": _AGREED}),
    ("nature", {"jurisdiction": "OH", "why": _REPORTED}),
    ("cause", {"jurisdiction": "OH", "why": _REPORTED}),
    ("interpreter", {"asked": ONLY_IF, "only_if": "not_english", "days": 7, "why": _PRACTICE}),
)
"""By element: whether of the client alone, in which state, what is said, on what it depends, in how many days, why."""


def set_rules(admin: Actor, client: SampleClient, client_id: int, at: datetime) -> None:
    """Let the administrator say what is asked of *client*'s claims, of a state's and, in a week, of everybody's."""
    with transaction(admin) as tx:
        for element, said in _RULES:
            timezone = client.timezone if said.get("of_client") else admin.timezone
            asking = Asking(
                element=element, client_id=client_id if said.get("of_client") else None,
                jurisdiction=said.get("jurisdiction"), asked=said.get("asked", REQUIRED), only_if=said.get("only_if"),
                since=walltime.today(timezone, at) + timedelta(days=said.get("days", 0)), why=said["why"],
                sureness="knowledge",
            )  # fmt: skip
            ruling.propose(admin, tx, asking, at=at)
    ruling.begin(at=at)
