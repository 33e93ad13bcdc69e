"""
Rules as data: what holds is a row that begins on a day, of everything or of something narrower, and never changes.

The room knows nothing of its users. Whoever has rules of their own brings a `Kind`: the table of their versions, what a
version is about, of what it can be (its places, the most telling first; None is any), what it says, and who may set it;
and three functions, for which day it is, for what a version would move, and for having what is due begin. The table has
the columns that are named at `Kind`. Its policies let a version in only from today on, and out only before its day.

With that: who sets rules reads `versions`, who goes by them what has `begun`. `holding` says which one decides for a
place on a day: the most specific in force, of equals the latest; `standing` says how one stands. `moves` says, before
anything is kept, what a `Draft` would move; `propose` keeps it, for today or as planned; `withdraw` takes a planned
one back; and `begin` puts in force what is due, each once, whoever calls it and however often. A version that ends
(`Kind.ends`) leaves a place to the wider ones. `rehearse` counts what was under rules as they are and as they are to
become, for whoever brings a `Rehearsed`.
"""

from core.rules.acts import (
    LONGEST_WHY,
    BeginsBeforeToday,
    HasBegun,
    SaysTheSame,
    begin,
    begun,
    moves,
    propose,
    versions,
    withdraw,
)
from core.rules.kind import Draft, Kind, Place, Said, Standing, Version, holding, in_force, standing
from core.rules.rehearsing import Case, Rehearsal, Rehearsed, rehearse
from core.rules.withholding import Count, Shown

__all__ = [
    "LONGEST_WHY",
    "BeginsBeforeToday",
    "Case",
    "Count",
    "Draft",
    "HasBegun",
    "Kind",
    "Place",
    "Rehearsal",
    "Rehearsed",
    "Said",
    "SaysTheSame",
    "Shown",
    "Standing",
    "Version",
    "begin",
    "begun",
    "holding",
    "in_force",
    "moves",
    "propose",
    "rehearse",
    "standing",
    "versions",
    "withdraw",
]
