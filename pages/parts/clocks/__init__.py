"""Statutory clocks on their page: the list, what one says, the forms about it; days off, follow-ups, a trial."""

from pages.parts.clocks.cadences import follow_ups
from pages.parts.clocks.choosing import CHECK, CLOCKS, DAYS_OFF, FOLLOW_UPS, TRY, VERSION, act_choice, view_choice
from pages.parts.clocks.days_off import changing_form, days_table
from pages.parts.clocks.listing import NAME, jurisdiction_choice, still_to_check, table, told
from pages.parts.clocks.proposing import proposing_form
from pages.parts.clocks.settling import checking_form, withdrawing
from pages.parts.clocks.trying import trial
from pages.parts.clocks.wording import kind_label, would_move
from pages.parts.ruling import Sent

__all__ = [
    "CHECK",
    "CLOCKS",
    "DAYS_OFF",
    "FOLLOW_UPS",
    "NAME",
    "TRY",
    "VERSION",
    "Sent",
    "act_choice",
    "changing_form",
    "checking_form",
    "days_table",
    "follow_ups",
    "jurisdiction_choice",
    "kind_label",
    "proposing_form",
    "still_to_check",
    "table",
    "told",
    "trial",
    "view_choice",
    "withdrawing",
    "would_move",
]
