"""Whether a claim is ready for its triage call: everything that intake asks is answered, or cannot be had."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import typed
from core.access import Action, Actor, require
from core.contact.vocabulary import LONGEST_REASON
from core.intake.elements import ELEMENTS
from core.refusal import Refusal, limited
from db.queries import completeness as queries
from db.queries.completeness import EarlyCall

TOLD_FOR = timedelta(days=7)
"""How long a call that was made before intake was complete is told to supervisors."""


class IntakeNotComplete(Refusal):
    """What is still open is in the sentence."""

    text = "Intake is not complete. Ask for what is missing first, or say why the call could not wait."

    def __init__(self, missing: Sequence[str]) -> None:
        named = ", ".join(missing)
        super().__init__(f"{self.text[:-1]}: {named} still to be asked." if missing else self.text)


def lacking(elements: Sequence[str], why: str) -> Refusal | None:
    """Return what keeps a first contact from being recorded while *elements* are open; None where *why* says enough."""
    if not elements or typed.one_line(why):
        return None
    return IntakeNotComplete([ELEMENTS.get(element, element) for element in dict.fromkeys(elements)])


def reason(tx: Connection, client_id: int, claim_id: int, why: str) -> str | None:
    """
    Return why the claim is called before its intake is complete, as it is kept; None where it is complete.

    :raises IntakeNotComplete: if it is not, and *why* says nothing.
    :raises TooLong: if *why* is beyond its limit.
    """
    elements = queries.open_elements(tx, client_id, claim_id)
    if not elements:
        return None
    if refusal := lacking(elements, why):
        raise refusal
    return limited(typed.one_line(why), LONGEST_REASON, "Why the call could not wait")


def early_calls(actor: Actor, tx: Connection, *, at: datetime) -> list[EarlyCall]:
    """
    Return the first contacts of the last days that were made before intake was complete, the latest first.

    :raises NotAllowed: if the actor does not watch all that comes in.
    """
    require(actor, Action.LIVE_WATCH)
    return queries.early_calls(tx, since=at - TOLD_FOR)
