"""Which of a jurisdiction's clocks are requests that one logs, which are appeals, and which follow from them."""

from collections.abc import Iterable
from typing import NamedTuple

from core import statutes
from core.statutes import Rule

REQUESTS = (
    "prospective", "expedited", "concurrent", "concurrent_inpatient_stay", "retrospective", "medication_formulary",
    "network_preauthorization", "mtg_confirmation", "mtg_confirmation_before_first_report", "mtg_variance",
    "mtg_special_services", "non_mtg_1000_or_less", "non_mtg_over_1000", "medication_level_1", "dme",
    "par_carrier_unknown", "specialty_over_1000", "one_time_change_of_physician", "qhp_initial_review",
    "adjuster_response",
)  # fmt: skip
"""What is asked for by a request, in the vocabularies of all jurisdictions, the usual first."""

APPEALS = ("reconsideration_decision", "dispute_decision", "imr_decision", "utilization_review_determination")
"""What is asked for about a request that was decided."""

WINDOWS = ("reconsideration_request", "imr_request", "dispute_request", "iro_request", "commission_appeal")
"""By when somebody can appeal, for information."""

RETURN = "incomplete_request_return"
"""The time in which a request that is not complete is sent back."""

DEFERRAL_NOTICE = "liability_deferral_notice"
"""The time in which it is told that review is deferred."""

WITHOUT_A_CLOCK = ("prospective", "expedited", "concurrent", "retrospective")
"""What is logged where no clock is known."""


class Offered(NamedTuple):
    """A kind that can be logged in a jurisdiction, and whether a clock is known of it; else a date is set by hand."""

    kind: str
    counted: bool


def offered(rules: Iterable[Rule], jurisdiction: str, *, appeal: bool = False) -> list[Offered]:
    """Return which kinds of requests, or of appeals, can be logged in a jurisdiction, the usual first."""
    known = set(statutes.kinds(rules, jurisdiction))
    found = [Offered(kind, counted=True) for kind in (APPEALS if appeal else REQUESTS) if kind in known]
    others = APPEALS[:1] if appeal else WITHOUT_A_CLOCK
    return found or [Offered(kind, counted=False) for kind in others]
