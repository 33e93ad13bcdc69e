"""Authorization aging: which open requests lapse next and whose they are, how long answers take, and who owes one."""

from collections.abc import Sequence

from core import authorization_aging
from core.access import Action
from core.scope import ClientInScope
from pages.parts import desk
from pages.parts.authorization_aging import filters, open_now, slow, turnaround

actor = desk.open_page("Authorization aging", Action.AGING_READ)

_DRAWN = {filters.OPEN: open_now.draw, filters.TURNAROUND: turnaround.draw, filters.SLOW: slow.draw}


def clients() -> Sequence[ClientInScope]:
    """Return the clients that the filters offer."""
    with desk.looking(actor) as tx:
        return authorization_aging.clients(actor, tx)


with desk.refusals_shown():
    asked = filters.asked(actor, clients)
    _DRAWN[asked.view](actor, asked)
    filters.drawn()
