"""The elements that intake asks for, in words, and the questions about them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "the worker's full name",
        "birth_date": "date of birth",
        "reach": "a way to reach the worker",
        "preferred_contact": "preferred contact method",
        "best_hours": "best hours to call",
        "language": "language",
        "interpreter": "whether an interpreter is needed",
        "address": "the worker's address",
        "jurisdiction": "state of jurisdiction",
        "injury_place": "place of injury",
        "injured_time": "time of injury",
        "body_part": "part of body",
        "nature": "nature of injury",
        "narrative": "what happened",
        "cause": "cause of injury",
        "initial_treatment": "initial treatment",
        "treated_at": "where and by whom the worker was treated",
        "occupation": "occupation",
        "lost_time": "whether time is lost from work",
        "last_day_worked": "last day worked",
        "return_to_work": "date of return to work",
        "modified_duty": "whether modified duty is available",
        "work_supervisor": "the worker's supervisor",
        "client_claim_number": "client's claim number",
        "date_of_injury": "date of injury",
        "reported_at": "time of the report",
        "date_of_death": "date of death",
        "same_claim": "whether it is a claim reported before",
        "reporter_phone": "telephone of the employer",
        "representative_phone": "telephone of the representative",
    }
)
"""Every element that intake may have to ask for, in the order of a conversation, in words. A missing one never blocks
a report: it becomes an open intake question. The last seven are asked only where something looks wrong."""

ASKED_ALWAYS: frozenset[str] = frozenset(
    ("name", "birth_date", "reach", "preferred_contact", "language", "jurisdiction", "body_part", "narrative")
)
"""What is asked for where no rules are at hand: what opens a claim, and what the desk came with as rules (tested)."""

BRIEFLY: Mapping[str, str] = MappingProxyType(
    {element: words.removeprefix("the worker's ").removeprefix("a ") for element, words in ELEMENTS.items()}
    | {
        "birth_date": "birth date",
        "best_hours": "best hours",
        "interpreter": "interpreter?",
        "injury_place": "injury place",
        "injured_time": "injury time",
        "body_part": "body part",
        "nature": "nature",
        "cause": "cause",
        "initial_treatment": "treatment",
        "treated_at": "treated where",
        "lost_time": "lost time?",
        "return_to_work": "return to work",
        "modified_duty": "modified duty?",
        "preferred_contact": "contact method",
        "jurisdiction": "state",
        "reach": "way to reach",
        "client_claim_number": "claim number",
        "date_of_injury": "injury date?",
        "reported_at": "report time?",
        "same_claim": "same claim?",
        "reporter_phone": "employer's number",
        "representative_phone": "representative's number",
    }
)
"""The elements where a list has little room."""

OF_THE_LIVING = (
    *("reach", "preferred_contact", "best_hours", "language", "interpreter"),
    *("return_to_work", "modified_duty"),
)
"""Elements that only a call to the worker needs, or the worker's return: they are not asked of one who has died."""

SAME = "yes"

SAME_CLAIM_ANSWERS: Mapping[str, str] = MappingProxyType({"no": "no, another injury", SAME: "yes, the same injury"})
"""What can be said to the question whether a claim was reported before, in words."""

MISSING, UNREADABLE, UNCONFIRMED = "missing", "unreadable", "unconfirmed"
"""Reasons of a question: the report does not say it; it says what cannot be read; it may say it in a column that nobody
has confirmed. The other reasons are flags; a feed has more, each named where it is raised."""

PHONE_UNREADABLE, EMAIL_UNREADABLE, TIME_UNREADABLE = (f"{what}_{UNREADABLE}" for what in ("phone", "email", "time"))
"""Reasons of a question about an element that stands in two cells: which of them cannot be read."""

NOT_AS_PREFERRED = "not_as_preferred"
"""Reason of a question about how to reach a worker who prefers a way for which there is no number or address."""

UNKNOWN = "unknown"
"""How the reason of a question ends about a code of a client's file that is none of its vocabulary."""

WRONG_NUMBER = "wrong_number"
"""Reason of a question for another number: somebody called, and the one that is known leads to nobody."""

TO_MERGE = "to_merge"
"""Reason of a question that a supervisor settles: somebody said that it is the same claim, and both are still there."""


class Question(NamedTuple):
    """
    What is to be asked of a claim: about which of ELEMENTS, for which reason, and why in words.

    Element and reason are what tells two open questions on one claim apart.
    """

    element: str
    reason: str
    why: str


NOT_A_CLAIM_NUMBER = Question(
    "client_claim_number",
    "social_security_number",
    "A social security number was given as the client's claim number. It was not kept.",
)
"""The question where a social security number stood in the place of the client's claim number."""

WRONG_NUMBERS: Mapping[str, Question] = MappingProxyType(
    {
        "worker": Question(
            "reach", WRONG_NUMBER, "The worker's number is wrong or disconnected. Ask the employer for another."
        ),
        "employer": Question(
            "reporter_phone", WRONG_NUMBER, "The employer's number to call back at is wrong or disconnected."
        ),
        "attorney": Question(
            "representative_phone",
            WRONG_NUMBER,
            "The representative's number is wrong or disconnected. Ask the firm or the employer for another.",
        ),
    }
)
"""The question that a wrong number opens, by the party whose it is; of a provider no number is kept."""
