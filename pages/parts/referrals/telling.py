"""What became of a referral and its appointments, as a claim's timeline tells it."""

from datetime import datetime
from typing import Any

from core import words
from core.referrals import OUTSIDE_WHYS, WAYS, OutsideWhy, Party, Way
from pages.parts.markdown import verbatim

_BECAME = {
    "appointment_booked": "Appointment booked",
    "appointment_moved": "Appointment moved",
    "appointment_kept": "Appointment kept",
    "appointment_missed": "Appointment missed by the worker",
    "appointment_cancelled": "Appointment cancelled",
}

_CONFIRMED_BY = {Party.PROVIDER: "the treating provider", Party.WORKER: "the worker"}


def happened(kind: str, detail: dict[str, Any]) -> str:
    """Return markdown that says what happened; *detail* is the timeline's."""
    to = f"{verbatim(detail['specialty'])}, {verbatim(detail['provider'])}"
    why = f". {verbatim(detail['why'])}" if "why" in detail else ""
    if kind in _BECAME:
        times = detail["starts_at"] if isinstance(detail["starts_at"], list) else [detail["starts_at"]]
        said = " to ".join(words.instant(datetime.fromisoformat(at), detail["timezone"]) for at in times)
        return f"{_BECAME[kind]}: {'from ' if len(times) > 1 else ''}{said}. {to}{why}"
    if kind == "referral_made":
        if "outside" not in detail:
            return f"Referred to {to}"
        return f"Referred to {to}. Left the network: {OUTSIDE_WHYS[OutsideWhy(detail['outside'])].lower()}"
    if kind == "referral_confirmed":
        by = _CONFIRMED_BY[Party(detail["party"])]
        how = WAYS[Way(detail["how"])].lower()
        return f"Referral confirmed by {by}: {verbatim(detail['with'])}, {how}. {to}"
    what = "Report received" if kind == "referral_reported" else "Referral withdrawn"
    return f"{what}: {to}{why}"
