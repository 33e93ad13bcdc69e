"""How the forms of a claim's file do what they were sent for."""

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from core.access import Actor
from core.intake import ClaimPage
from pages.parts import desk
from pages.parts.forms import key_of, renew
from pages.parts.forms.acts import of


def do(actor: Actor, page: ClaimPage, name: str, act: Callable[..., object], said: str, beside: DeltaGenerator) -> None:
    """
    Do *act* in a transaction of its own; say so, empty the form *name*, and draw the page anew. A refusal is shown
    *beside* the form's button.
    """
    done = False
    with beside, desk.refusals_shown(), desk.acting(actor) as tx:
        act(tx, at=desk.now())
        done = True
    if done:
        renew(key_of(of(page, name)))
        desk.done(said)


def claim_of(page: ClaimPage) -> dict[str, int]:
    """Return the numbers by which the services know the claim of *page*."""
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
