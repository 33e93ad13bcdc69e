"""How the forms of a referral do what they were sent for."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.referrals import Whole
from core.transactions import Connection
from pages.parts.forms import Act

Asked = tuple[Act, DeltaGenerator]
"""What a form asks for, and the place beside its button."""


def doing(whole: Whole, service: Callable[..., object], said: str, **more: Any) -> Act:
    """Return the act by which *service* is done to the referral, with *more*; *said* says that it was."""
    where = {"client_id": whole.referral.client_id, "referral_id": whole.referral.referral_id}
    return partial(_do, service, said, where | more)


def _do(
    service: Callable[..., object], said: str, values: dict[str, Any], actor: Actor, tx: Connection, at: datetime
) -> str:
    service(actor, tx, **values, at=at)
    return said
