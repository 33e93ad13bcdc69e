"""
Authorizations: a request for treatment from its receipt to its determination, and to those who are told of it.

`log` keeps what was asked for and starts its statutory clock; what happens to it meanwhile (`complete`, `extend`,
`toll`, `defer` and what ends them) counts that anew, by the rules of `core.statutes`; `follow_up` asks how it stands,
by a cadence that is data (`cadences`). `determine`, by clinical staff alone, decides it line by line, and its letters
are made with it; `correct` adds to that and erases nothing; `hand_out` has a letter go out, `tell` records who was
told, and the first that the provider is told stops the clock. Timeline, record and disclosures are the database's.
"""

from core.authorizations import bulk, cadences
from core.authorizations.asked import Asked, DueFarOff, Line, NothingAskedFor
from core.authorizations.changing import (
    Key,
    NoReviewer,
    NoSuchRequest,
    NotAtThatTime,
    NotNow,
    RequestChanged,
    RequestDecided,
    assign,
    complete,
    extend,
    inform,
    resume,
    send_back,
    set_due,
    toll,
)
from core.authorizations.clock import Standing
from core.authorizations.deferring import defer, take_up
from core.authorizations.determining import (
    Decision,
    EachLineOnce,
    LineDecided,
    NotByLapse,
    NothingToCorrect,
    UsedAlready,
    WithoutOrder,
    correct,
    determine,
)
from core.authorizations.following_up import ReminderWhen, follow_up, remind
from core.authorizations.kinds import Offered
from core.authorizations.lapsing import BY_LAPSE, Lapsed, lapsed
from core.authorizations.letters.handing import HandedOut, NotMadeYet, NotToHandOut, hand_out
from core.authorizations.letters.making import (
    About,
    NoAttorney,
    NoLetter,
    Preview,
    Which,
    letters_of,
    make,
    preview,
    to_check,
)
from core.authorizations.letters.making import offered as letters_offered
from core.authorizations.letters.rights import ToCheck
from core.authorizations.letters.wording import LANGUAGES, Language
from core.authorizations.lists import AUTHORIZATIONS
from core.authorizations.logging import AskedBefore, DueBefore, KindUnknown, NothingToAppeal, alike, log
from core.authorizations.reading import moved, of_claim_page, offered, opened, papers, reviewers, standing, stands
from core.authorizations.recounting import differing, differing_follow_ups, recount, recount_follow_ups
from core.authorizations.sheets import Logged, Office, Said, awaited, key_of, log_sheet, office_of, sheet
from core.authorizations.telling import Corrected, NotDecided, tell, use
from core.authorizations.vocabulary import (
    CHANNELS,
    CLOCKS,
    FOLLOWED_UP,
    PARTIES,
    PUT_OFF,
    REPLIES,
    STEPS,
    TOLD,
    Clock,
    Outcome,
    Party,
    Reply,
    Step,
    kind_words,
    outcome_words,
    outcomes,
)
from db.queries.authorization_sheets import Waiting
from db.queries.authorizations import Paper, Request, ServiceLine
from db.queries.letters import Letter

__all__ = [
    "AUTHORIZATIONS",
    "BY_LAPSE",
    "CHANNELS",
    "CLOCKS",
    "FOLLOWED_UP",
    "LANGUAGES",
    "PARTIES",
    "PUT_OFF",
    "REPLIES",
    "STEPS",
    "TOLD",
    "About",
    "Asked",
    "AskedBefore",
    "Clock",
    "Corrected",
    "Decision",
    "DueBefore",
    "DueFarOff",
    "EachLineOnce",
    "HandedOut",
    "Key",
    "KindUnknown",
    "Language",
    "Lapsed",
    "Letter",
    "Line",
    "LineDecided",
    "Logged",
    "NoAttorney",
    "NoLetter",
    "NoReviewer",
    "NoSuchRequest",
    "NotAtThatTime",
    "NotByLapse",
    "NotDecided",
    "NotMadeYet",
    "NotNow",
    "NotToHandOut",
    "NothingAskedFor",
    "NothingToAppeal",
    "NothingToCorrect",
    "Offered",
    "Office",
    "Outcome",
    "Paper",
    "Party",
    "Preview",
    "ReminderWhen",
    "Reply",
    "Request",
    "RequestChanged",
    "RequestDecided",
    "Said",
    "ServiceLine",
    "Standing",
    "Step",
    "ToCheck",
    "UsedAlready",
    "Waiting",
    "Which",
    "WithoutOrder",
    "alike",
    "assign",
    "awaited",
    "bulk",
    "cadences",
    "complete",
    "correct",
    "defer",
    "determine",
    "differing",
    "differing_follow_ups",
    "extend",
    "follow_up",
    "hand_out",
    "inform",
    "key_of",
    "kind_words",
    "lapsed",
    "letters_of",
    "letters_offered",
    "log",
    "log_sheet",
    "make",
    "moved",
    "of_claim_page",
    "offered",
    "office_of",
    "opened",
    "outcome_words",
    "outcomes",
    "papers",
    "preview",
    "recount",
    "recount_follow_ups",
    "remind",
    "resume",
    "reviewers",
    "send_back",
    "set_due",
    "sheet",
    "standing",
    "stands",
    "take_up",
    "tell",
    "to_check",
    "toll",
    "use",
]
