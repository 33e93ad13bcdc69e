"""What statutory clocks are in words on their page: how one stands, how sure it is, what a version would move."""

from collections.abc import Sequence

from core import states, words
from core.rules import Standing
from core.statutes import SURENESS, Rule, Unit, kind_words
from core.statutes.setting import Clock, Moved, Ruled

EVERY_STATE = "Every state"
UNITS = {Unit.WORKING_DAYS: "Working days", Unit.DAYS: "Calendar days", Unit.HOURS: "Hours"}
NETWORKS = {None: "", True: "network", False: "non-network"}


def kind_label(kind: str) -> str:
    """Return a kind of clock as it is listed: 'Concurrent inpatient stay'."""
    said = kind_words(kind)
    return said[:1].upper() + said[1:]


def clock_label(clock: Clock) -> str:
    """Return a kind of clock with the network it is for, where it is for one only."""
    network = NETWORKS[clock.network]
    return f"{kind_label(clock.kind)} ({network})" if network else kind_label(clock.kind)


def state_label(code: str | None) -> str:
    """Return a jurisdiction as it is chosen."""
    return states.label(code) if code else EVERY_STATE


def sure(ruled: Ruled) -> str:
    """Return in a word how sure a version is: 'checked', 'to check' or 'source read'."""
    return "checked" if ruled.checks else "to check" if ruled.to_check else "source read"


def warned(ruled: Ruled) -> str:
    """Return what to tell of a version that nobody has checked; empty where nothing of it is from memory."""
    if not ruled.to_check:
        return ""
    if ruled.rule.confidence is ruled.rule.extension_confidence or ruled.rule.extension_confidence is None:
        return "From memory. A person has yet to compare it with the law before it governs a real request."
    part = "The extension" if SURENESS[ruled.rule.confidence] == "source read" else "All but the extension"
    return f"{part} is from memory. A person has yet to compare it with the law before it governs a real request."


def stands(ruled: Ruled) -> str:
    """Return how a version stands: 'In force', 'Ended 31 Mar 2026', 'Planned'."""
    ends = ruled.rule.effective_to
    if ruled.ended and ends is not None and ruled.standing in (Standing.IN_FORCE, Standing.REPLACED):
        return f"Ended {words.brief_day(ends)}"
    return ruled.standing.capitalize()


def since(rule: Rule) -> str:
    """Return from which day on a version holds; where that was not verified, that it was not."""
    return f"from {words.brief_day(rule.effective_from)} on" if rule.effective_from else "beginning not verified"


def would_move(moved: Sequence[Moved]) -> str:
    """Return in a sentence what a version would move, of the requests that are open now."""
    if not moved:
        return "No request that is open now would be due otherwise: what has started keeps the text it started under."
    each = []
    for client, *numbers in moved:
        told = zip(numbers, ("earlier", "later", "otherwise"), strict=True)
        parts = [f"{number:,} {what}" for number, what in told if number]
        each.append(f"{client} {', '.join(parts)}")
    total = sum(sum(numbers) for _, *numbers in moved)
    return f"{words.counted(total, 'open request')} would be due otherwise: {'; '.join(each)}."
