"""What is asked about open requests: whose, in which states, and by what they are told apart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import Connection

from core.access import Action, Actor
from core.authorization_aging.buckets import bounds
from core.refusal import Refusal
from core.statutes import kept
from db.queries.authorization_aging import Extent


class By(StrEnum):
    """By what requests are told apart."""

    JURISDICTION = "jurisdiction"
    CLIENT = "client"
    REVIEWER = "reviewer"
    PROVIDER = "provider"


BY = MappingProxyType(
    {By.JURISDICTION: "Jurisdiction", By.CLIENT: "Client", By.REVIEWER: "Reviewer", By.PROVIDER: "Provider"}
)

_OF_COUNTS = (By.JURISDICTION, By.CLIENT)


class NotByPerson(Refusal):
    text = "Counts are told apart by jurisdiction and by client for whoever opens no requests."


@dataclass(frozen=True)
class Question:
    """
    One question, which feeds bars, heatmap, rows and files alike.

    None means all: of *clients* (ids) and *states* (two letters).
    """

    by: By = By.JURISDICTION
    clients: frozenset[int] | None = None
    states: frozenset[str] | None = None

    def extent(self, actor: Actor, tx: Connection, *, at: datetime) -> Extent:
        """
        Return the question as the database is asked it *at* a moment: never about more clients than *actor* sees.

        :raises NotByPerson: if the actor opens no requests, and they are told apart by persons.
        """
        if self.by not in offered(actor):
            raise NotByPerson
        return Extent(
            self.by.value,
            self.whose(actor),
            None if self.states is None else sorted(self.states),
            at,
            *bounds(at, kept.changes_of_all(tx)),
        )

    def whose(self, actor: Actor) -> list[int] | None:
        """Return whose requests are asked about, of those that *actor* sees; None for all clients."""
        clients = self.clients
        if actor.scope is not None:
            clients = actor.scope if clients is None else clients & actor.scope
        return None if clients is None else sorted(clients)


def offered(actor: Actor) -> tuple[By, ...]:
    """Return by what *actor* can tell requests apart."""
    return tuple(By) if actor.may(Action.AGING_DRILL) else _OF_COUNTS
