"""
First contact: how well the promise to reach each injured worker in time is kept, when, and for whom.

These are the figures. The act, how one first contact is recorded or struck, is in `core/contact/first_contact.py`.
"""

from core.first_contact.answer import MOST_COMPARED, Choices, choices, look
from core.first_contact.behind import MOST, claims_behind, words
from core.first_contact.figures import (
    FEWEST,
    TARGET,
    WEEKDAYS,
    Cell,
    ClientFigures,
    Figures,
    Period,
    Picture,
    Week,
    median_hours,
    percent,
)
from core.first_contact.files import HEADINGS, WITHHELD, Row, as_csv, exported, rows
from core.first_contact.finding import Finding, finding
from core.first_contact.question import (
    NOT_KNOWN,
    ZONES,
    EndsBeforeItBegins,
    NotInWholeHours,
    Question,
    can_be_asked_in,
    zones,
)
from core.first_contact.withholding import withheld
from db.queries.first_contact import Behind

__all__ = [
    "FEWEST",
    "HEADINGS",
    "MOST",
    "MOST_COMPARED",
    "NOT_KNOWN",
    "TARGET",
    "WEEKDAYS",
    "WITHHELD",
    "ZONES",
    "Behind",
    "Cell",
    "Choices",
    "ClientFigures",
    "EndsBeforeItBegins",
    "Figures",
    "Finding",
    "NotInWholeHours",
    "Period",
    "Picture",
    "Question",
    "Row",
    "Week",
    "as_csv",
    "can_be_asked_in",
    "choices",
    "claims_behind",
    "exported",
    "finding",
    "look",
    "median_hours",
    "percent",
    "rows",
    "withheld",
    "words",
    "zones",
]
