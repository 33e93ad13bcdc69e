"""Answering: the counts of a question, without what is withheld."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from core import scope
from core.access import Action, Actor, require
from core.first_contact.figures import Counted, Figures, Picture
from core.first_contact.question import Question
from core.first_contact.withholding import shown
from db.queries import first_contact as queries
from db.queries.first_contact import Choice, ClientCount, Count

MOST_COMPARED = 20
"""The most clients that stand side by side."""


@dataclass(frozen=True)
class Choices:
    """What the filters offer: clients and virtual assistants, by name."""

    clients: list[Choice]
    assignees: list[Choice]


def choices(actor: Actor, tx: Connection) -> Choices:
    """
    Return what *actor* may ask about.

    :raises NotAllowed: if the actor does not read measures.
    """
    clients = [Choice(client.client_id, client.name) for client in scope.clients(actor, tx, Action.MEASURES_READ)]
    return Choices(clients, queries.assignees(tx))


def look(actor: Actor, tx: Connection, question: Question, *, at: datetime) -> Picture:
    """
    Answer *question* as things stand at *at*, about no more than the clients in *actor*'s scope.

    Claims withdrawn or closed before anybody was reached are not counted. What is withheld is not in the answer.

    :raises NotAllowed: if the actor does not read measures.
    """
    return shown(count(actor, tx, question, at=at))


def count(actor: Actor, tx: Connection, question: Question, *, at: datetime) -> Counted:
    """
    Count what *question* asks, nothing withheld; where it names two clients or some more, each of them as well.

    :raises NotAllowed: if the actor does not read measures.
    """
    require(actor, Action.MEASURES_READ)
    extent = question.extent(actor)
    counts = queries.counts(tx, extent, at=at)
    bins = queries.durations(tx, extent, first_day=question.first_day, end_day=question.last_day + timedelta(days=1))
    compared = extent.clients is not None and 1 < len(extent.clients) <= MOST_COMPARED
    return Counted(
        question,
        at,
        cells={(c.weekday, c.hour): _figures(c) for c in counts if c.weekday is not None and c.hour is not None},
        weeks={c.week: _figures(c) for c in counts if c.week is not None},
        clients={
            Choice(c.client_id, c.name): _figures(c) for c in (queries.by_client(tx, extent, at=at) if compared else [])
        },
        bins=bins,
    )


def _figures(of: Count | ClientCount) -> Figures:
    return Figures(reported=of.reported, decided=of.decided, on_time=of.on_time)
