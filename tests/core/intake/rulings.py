"""What the tests of rules of intake set and read."""

from datetime import date, datetime
from typing import Any

from core.access import Actor
from core.intake import ruling
from core.intake.ruling import Asking, Moved
from core.transactions import acting, transaction
from tests.conftest import Desk
from tests.factories import NOW

TODAY = date(2026, 11, 24)
"""Of NOW, in Chicago."""


def asking(element: str = "occupation", **other: Any) -> Asking:
    """Return a rule that has *element* asked of every claim from today on, but for what is said otherwise."""
    usual: dict[str, Any] = {
        "client_id": None, "jurisdiction": None, "asked": "required", "only_if": None, "since": TODAY,
        "why": "As agreed.", "sureness": "knowledge",
    }  # fmt: skip
    return Asking(element, **usual | other)


def rule(actor: Actor, element: str = "occupation", *, at: datetime = NOW, begins: bool = True, **other: Any) -> int:
    """Set a rule, and have it begin where it is due; return its number."""
    with acting(actor) as tx:
        number = ruling.propose(actor, tx, asking(element, **other), at=at)
    if begins:
        ruling.begin(at=at)
    return number


def withdraw(actor: Actor, number: int, *, why: str = "Not agreed.", at: datetime = NOW) -> None:
    with acting(actor) as tx:
        ruling.withdraw(actor, tx, number=number, why=why, at=at)


def preview(actor: Actor, element: str = "occupation", *, at: datetime = NOW, **other: Any) -> list[Moved]:
    with transaction(actor) as tx:
        return ruling.preview(actor, tx, asking(element, **other), at=at)


def open_of(desk: Desk, claim: int) -> list[str]:
    """Return what is still asked of a claim for being missing."""
    with desk.owner() as db:
        rows = db.execute(
            "select element from intake_question where claim_id = %s and reason = 'missing' and answered_at is null"
            " order by question_id",
            (claim,),
        )
        return [element for (element,) in rows]


def tell(desk: Desk, claim: int, **known: object) -> None:
    """Write what is known of a claim's story."""
    with desk.owner() as db:
        for column, value in known.items():
            db.execute(f"update claim_narrative set {column} = %s where claim_id = %s".encode(), (value, claim))
