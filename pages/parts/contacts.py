"""What a contact attempt on a claim's timeline says: whom, how, what came of it, and what a first contact held."""

from collections.abc import Iterable, Mapping
from typing import Any

from core import words
from core.contact import EXPLAINED_WORDS, IDENTITY_WORDS, WORDS, WORK_WORDS, Method, Outcome, Party, promised_call
from core.intake import Entry
from pages.parts.markdown import verbatim


def attempted(entry: Entry, zone: str) -> str:
    """Return an attempt as Markdown, but for its note; instants as clocks in *zone* show them."""
    what = f"{WORDS[Party(entry.party)]}, {WORDS[Method(entry.method)].lower()}: {WORDS[Outcome(entry.outcome)]}"
    if entry.call_again_at:
        what += f"  \n:material/phone_callback: {promised_call(entry.call_again_at, zone, called=entry.called)}"
    if entry.permitted:
        what += "  \n:material/gavel: The representative permitted it"
    if entry.against_why:
        what += f"  \n:material/front_hand: All the same, because: {verbatim(entry.against_why)}"
    if entry.substantive and entry.struck_at is None:
        what = f"**First contact.** {what}"
    elif entry.struck_at:
        by = f"Struck by {verbatim(entry.struck_by or '')} on {words.instant(entry.struck_at, zone)}"
        what = f"~~First contact. {what}~~  \n:material/block: {by}: {verbatim(entry.struck_why or '')}"
    return "  \n".join([what, *_late(entry), *_held(entry.held or {})])


def _late(entry: Entry) -> list[str]:
    """Return, of what was recorded late, how much later and why."""
    if not (entry.late_why and entry.recorded_at):
        return []
    later = words.brief(entry.recorded_at - entry.at)
    return [f":material/history: Recorded {later} later: {verbatim(entry.late_why)}"]


def _held(held: Mapping[str, Any]) -> list[str]:
    """Return what a first contact held, a line for each of its parts; nothing where it was kept without them."""
    if not held:
        return []
    work = WORK_WORDS[held["work_status"]]
    return [
        f":gray[{label}] {said}"
        for label, said in {
            "Identity by": _listed(IDENTITY_WORDS[item] for item in held["identity"]),
            "Explained": _listed(EXPLAINED_WORDS[point] for point in held["explained"]),
            "Care so far": verbatim(held["care"] or ""),
            "Called before intake was complete": verbatim(held.get("incomplete_why") or ""),
            "Work": work + (f". {verbatim(held['work_note'])}" if held["work_note"] else ""),
        }.items()
        if said
    ]


def _listed(said: Iterable[str]) -> str:
    """Return what was said as one sentence's part: 'Full name; date of birth'."""
    return "; ".join(each if n == 0 else each[0].lower() + each[1:] for n, each in enumerate(said))
