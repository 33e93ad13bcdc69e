"""Open questions that a worker can answer, in the form of the first contact: the call is where they are asked."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import streamlit as st

from core import intake
from core.access import Actor
from core.intake import ChangedMeanwhile, ClaimPage, Key, OpenQuestion
from core.refusal import Refusal
from core.transactions import Connection
from pages.parts.forms import open_questions
from pages.parts.forms.drafted import Reader
from pages.parts.live_lists import with_links

_OF_OTHERS = frozenset(
    {
        "client_claim_number", "date_of_death", "date_of_injury", "jurisdiction", "modified_duty", "reported_at",
        "reporter_phone", "representative_phone", "same_claim",
    }
)  # fmt: skip
"""Elements that others than the worker know, or that are asked of a doubt which is to be looked at first."""


class AnsweredMeanwhile(Refusal):
    text = (
        "Somebody else has answered meanwhile what you answer here. Empty it, and record the contact; where yours is"
        " right, correct it under Intake."
    )


def asked(page: ClaimPage, request: UUID) -> dict[Key, OpenQuestion]:
    """Return what the form asks, in the order of a conversation."""
    return {key: each for key, each in open_questions.still_asked(page, request).items() if key[0] not in _OF_OTHERS}


def readers(questions: Mapping[Key, OpenQuestion]) -> dict[str, Reader]:
    """Return how the field of each question is read, by the field's name."""
    own = tuple(".".join(key) for key in questions)
    return {name: read for name, read in open_questions.readers_of(questions).items() if name.endswith(own)}


def fields(page: ClaimPage, questions: Mapping[Key, OpenQuestion], request: UUID) -> dict[Key, str]:
    """Draw a field for each question, two beside each other; return what was answered."""
    columns = st.columns(2)
    given: dict[Key, str] = {}
    for number, (key, question) in enumerate(questions.items()):
        with columns[number % 2]:
            why = with_links(page.header.client_id, page.named, question.why)
            said = open_questions.field_of(key, open_questions.label_of(key, questions), why, request)
        if said and said.strip():
            given[key] = said
    return given


def answer(where: Mapping[str, int], given: Mapping[Key, str], actor: Actor, tx: Connection, at: datetime) -> None:
    """
    Put down what the worker answered.

    :raises AnsweredMeanwhile: if somebody else has answered it otherwise.

    All other refusals are those of `intake.answer_questions`.
    """
    try:
        intake.answer_questions(actor, tx, client_id=where["client_id"], claim_id=where["claim_id"], given=given, at=at)
    except ChangedMeanwhile as meanwhile:
        raise AnsweredMeanwhile from meanwhile
