"""Forms on a claim. Each returns what was asked for as an act, and carries a key that lets it be done once."""

from pages.parts.forms.acts import Act, Sent, both_key, key_of, of, perform, renew, request_key
from pages.parts.forms.attempts import attempt
from pages.parts.forms.clock import supervision
from pages.parts.forms.closing import closing
from pages.parts.forms.day import TypedDay, day
from pages.parts.forms.death import death
from pages.parts.forms.finding_time import asked
from pages.parts.forms.first_contact import RECORD, can_strike, first_contact, striking
from pages.parts.forms.known import known
from pages.parts.forms.merging import merging
from pages.parts.forms.moment import Typed, moment
from pages.parts.forms.open_questions import ASK_SUPERVISOR, questions
from pages.parts.forms.triage import over, standing, triage_call
from pages.parts.forms.unfinished import unfinished

__all__ = [
    "ASK_SUPERVISOR",
    "RECORD",
    "Act",
    "Sent",
    "Typed",
    "TypedDay",
    "asked",
    "attempt",
    "both_key",
    "can_strike",
    "closing",
    "day",
    "death",
    "first_contact",
    "key_of",
    "known",
    "merging",
    "moment",
    "of",
    "over",
    "perform",
    "questions",
    "renew",
    "request_key",
    "standing",
    "striking",
    "supervision",
    "triage_call",
    "unfinished",
]
