"""First contact: how well the promise to reach each injured worker in time is kept, when, and for whom."""

from core.first_contact.behind import MOST, claims_behind, words
from core.first_contact.figures import (
    FEWEST,
    TARGET,
    WEEKDAYS,
    Cell,
    Choices,
    Measures,
    Picture,
    Week,
    choices,
    finding,
    look,
    median_hours,
    percent,
)
from core.first_contact.files import HEADINGS, TOO_FEW, Row, as_csv, exported, rows, shown
from core.first_contact.question import NOT_KNOWN, ZONES, EndsBeforeItBegins, NotInWholeHours, Question, zones
from db.queries.first_contact import Behind

__all__ = [
    "FEWEST",
    "HEADINGS",
    "MOST",
    "NOT_KNOWN",
    "TARGET",
    "TOO_FEW",
    "WEEKDAYS",
    "ZONES",
    "Behind",
    "Cell",
    "Choices",
    "EndsBeforeItBegins",
    "Measures",
    "NotInWholeHours",
    "Picture",
    "Question",
    "Row",
    "Week",
    "as_csv",
    "choices",
    "claims_behind",
    "exported",
    "finding",
    "look",
    "median_hours",
    "percent",
    "rows",
    "shown",
    "words",
    "zones",
]
