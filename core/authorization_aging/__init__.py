"""
Authorization aging: open requests by the time that their clock leaves and by age, and who is slow to answer.

One question counts them, finds the rows behind a count and fills the files. What is lapsed, soon or waiting is told by
one rule, `desk_clock_left` of the database; the days that it needs are counted here. Whoever opens no requests is told
counts, and none of few.
"""

from core.authorization_aging.answer import (
    MOST,
    NOBODY,
    WEEKS,
    behind,
    clients,
    look,
    slow,
    turnaround,
)
from core.authorization_aging.buckets import AGES, LEFT, Bounds, Left, bounds
from core.authorization_aging.figures import Figure, Group, Picture, Took
from core.authorization_aging.files import (
    ROW_HEADINGS,
    WITHHELD,
    Form,
    figures,
    figures_exported,
    headings,
    row,
    rows_exported,
)
from core.authorization_aging.question import BY, By, NotByPerson, Question, offered
from db.queries.authorization_aging import Behind, Cell, Slow

__all__ = [
    "AGES",
    "BY",
    "LEFT",
    "MOST",
    "NOBODY",
    "ROW_HEADINGS",
    "WEEKS",
    "WITHHELD",
    "Behind",
    "Bounds",
    "By",
    "Cell",
    "Figure",
    "Form",
    "Group",
    "Left",
    "NotByPerson",
    "Picture",
    "Question",
    "Slow",
    "Took",
    "behind",
    "bounds",
    "clients",
    "figures",
    "figures_exported",
    "headings",
    "look",
    "offered",
    "row",
    "rows_exported",
    "slow",
    "turnaround",
]
