"""
Work items: what is next, for a person or a team, in order, derived from the records and never stored beside them.

A capability adds its own kind of work by one `WorkKind` in core/worklist/kinds.py: its query and its words. The list,
what comes next, snoozing and skipping follow from that.
"""

from core.worklist.kinds import (
    ASK_AGAIN,
    BOOK_CALL,
    CALL_BACK,
    FIND_TIME,
    FINISH_INTAKE,
    FIRST_CONTACT,
    INTAKE,
    KINDS,
    MAKE_CALL,
    WorkKind,
)
from core.worklist.lists import MY_WORK
from core.worklist.marks import (
    LONGEST_ASIDE,
    LONGEST_REASON,
    SKIPPED_FOR,
    NoSuchItem,
    NotLater,
    PastDue,
    skip,
    snooze,
    take_up,
)
from core.worklist.of_authorizations import (
    DETERMINE,
    ESCALATED,
    FOLLOW_UP,
    RUNNING_OUT,
    TELL,
    TELL_CORRECTION,
    TO_SUPERVISOR,
)
from core.worklist.of_referrals import APPOINTMENT, CONFIRM_REFERRAL, REFERRAL_REPORT
from core.worklist.reading import following, item, items, load, read, soon_by
from db.queries.worklist import Arm, Item

__all__ = [
    "APPOINTMENT",
    "ASK_AGAIN",
    "BOOK_CALL",
    "CALL_BACK",
    "CONFIRM_REFERRAL",
    "DETERMINE",
    "ESCALATED",
    "FIND_TIME",
    "FINISH_INTAKE",
    "FIRST_CONTACT",
    "FOLLOW_UP",
    "INTAKE",
    "KINDS",
    "LONGEST_ASIDE",
    "LONGEST_REASON",
    "MAKE_CALL",
    "MY_WORK",
    "REFERRAL_REPORT",
    "RUNNING_OUT",
    "SKIPPED_FOR",
    "TELL",
    "TELL_CORRECTION",
    "TO_SUPERVISOR",
    "Arm",
    "Item",
    "NoSuchItem",
    "NotLater",
    "PastDue",
    "WorkKind",
    "following",
    "item",
    "items",
    "load",
    "read",
    "skip",
    "snooze",
    "soon_by",
    "take_up",
]
