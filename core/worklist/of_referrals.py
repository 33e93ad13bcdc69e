"""The kinds of work that open referrals are: to confirm, to have an appointment, and to get the report of."""

from datetime import timedelta

from core.referrals.states import BOOKED_AGAIN_WITHIN, REPORTED_WITHIN
from db.queries.worklist import Arm, Item

CONFIRM_REFERRAL, APPOINTMENT, REFERRAL_REPORT = 9, 10, 11
"""The numbers of these kinds; a number is never given to another kind."""


def _seconds(length: timedelta) -> str:
    return f"interval '{length.total_seconds():.0f} s'"


def _arm(number: int, due_at: str, condition: str, why: str) -> Arm:
    """Return the arm of open referrals that meet a *condition*: one item of a claim, however many there are."""
    return Arm(number, f"""
        select needed.client_id, needed.claim_id, min(needed.due_at) as due_at, max(needed.at) as at,
               (array_agg(needed.why order by needed.due_at, needed.referral_id))[1] as why,
               array_agg(needed.specialty order by needed.due_at, needed.referral_id) as elements
          from (select of.client_id, coalesce(own.merged_into, own.claim_id) as claim_id, of.referral_id, of.due_at,
                       of.at, of.why, of.specialty
                  from (select client_id, claim_id, referral_id, {due_at} as due_at, {why} as why, specialty,
                               greatest(made_at, provider_confirmed_at, worker_confirmed_at, visit_changed_at) as at
                          from referral where ended_at is null and {condition} {{scope}}
                         order by due_at, client_id, claim_id limit :most) of
                  join claim own on own.client_id = of.client_id and own.claim_id = of.claim_id) needed
         group by needed.client_id, needed.claim_id
    """, waits=False)  # fmt: skip


_UNCONFIRMED = "(provider_confirmed_at is null or worker_confirmed_at is null)"

TO_CONFIRM = _arm(
    CONFIRM_REFERRAL,
    "least(case when provider_confirmed_at is null then confirm_provider_by end,"
    " case when worker_confirmed_at is null then confirm_worker_by end)",
    f"visit_status is distinct from 'kept' and {_UNCONFIRMED}",
    "case when worker_confirmed_at is not null then 'provider' when provider_confirmed_at is not null then 'worker'"
    " else 'both' end",
)
TO_ATTEND = _arm(
    APPOINTMENT,
    "case when visit_status = 'booked' then visit_at"
    f" when visit_status is not null then visit_changed_at + {_seconds(BOOKED_AGAIN_WITHIN)}"
    " else confirm_worker_by end",
    f"visit_status is distinct from 'kept' and (visit_status is not null or not {_UNCONFIRMED})",
    "coalesce(visit_status, 'none')",
)
TO_REPORT = _arm(REFERRAL_REPORT, f"visit_at + {_seconds(REPORTED_WITHIN)}", "visit_status = 'kept'", "'kept'")


def to_confirm(item: Item) -> tuple[str, str]:
    """Say who has not confirmed which referral, briefly and in full."""
    who = {"provider": "the treating provider", "worker": "the worker", "both": "provider and worker"}[item.why]
    return f"By {who}: {_to(item)}", f"Referral to {_to(item)}: not confirmed yet by {who}"


def to_attend(item: Item) -> tuple[str, str]:
    """Say how the appointment stands, briefly and in full."""
    short, whole = {
        "none": ("No appointment", "no appointment is booked yet"),
        "booked": ("Was it kept?", "the appointment's time: say whether it was kept"),
        "missed": ("Missed: book again", "the appointment was missed: book another"),
        "cancelled": ("Cancelled: book again", "the appointment was cancelled: book another"),
    }[item.why]
    return f"{short}: {_to(item)}", f"Referral to {_to(item)}: {whole}"


def to_report(item: Item) -> tuple[str, str]:
    """Say of which referral the report is still to come, briefly and in full."""
    return f"No report: {_to(item)}", f"Referral to {_to(item)}: the appointment was kept, and no report has come"


def _to(item: Item) -> str:
    more = f" +{len(item.elements) - 1}" if len(item.elements) > 1 else ""
    return f"{item.elements[0]}{more}"
