"""
Statutory clocks: by when the law of a jurisdiction wants something decided, and what a lapse means there.

A `Rule` is a frozen value; `rule_of` chooses the one whose text was in force when a clock started, and `due` counts it
from what happened (`Events`), with every day counted or passed over. Working days are counted by `core.clocks.days`, on
the holidays of the jurisdiction. Sentences are made from the same steps. What the desk comes with is `shipped`; what is
named here is pure.

In a desk they are rows: `kept` reads the rules and days off that a clock is counted by, `setting` is what
administrators do about rules, `moving` what a new one would move, `holiday_list` the days off by year.

A lapse means something else in every family of laws: no sentence here says that what nobody decided is approved.
"""

from core.statutes.choosing import (
    NO_NUMBER_READ,
    NoRule,
    UnknownJurisdiction,
    UnknownKind,
    jurisdictions,
    kinds,
    rule_for,
    rule_of,
)
from core.statutes.counting import due
from core.statutes.events import Due, Events, State, Tolled
from core.statutes.holidays import calendar_of, days_off, week_of
from core.statutes.rule import (
    ANY_CHANNEL,
    AfterHours,
    Channel,
    Extension,
    From,
    Lapse,
    Limit,
    Rule,
    Sureness,
    Unit,
)
from core.statutes.shipped import shipped
from core.statutes.wording import (
    LAPSES,
    SURENESS,
    amount,
    kind_words,
    lapsed,
    sentence,
    step_words,
    stretches,
    sureness,
    words,
)

__all__ = [
    "ANY_CHANNEL",
    "LAPSES",
    "NO_NUMBER_READ",
    "SURENESS",
    "AfterHours",
    "Channel",
    "Due",
    "Events",
    "Extension",
    "From",
    "Lapse",
    "Limit",
    "NoRule",
    "Rule",
    "State",
    "Sureness",
    "Tolled",
    "Unit",
    "UnknownJurisdiction",
    "UnknownKind",
    "amount",
    "calendar_of",
    "days_off",
    "due",
    "jurisdictions",
    "kind_words",
    "kinds",
    "lapsed",
    "rule_for",
    "rule_of",
    "sentence",
    "shipped",
    "step_words",
    "stretches",
    "sureness",
    "week_of",
    "words",
]
