"""The count in words: sentences made from the same steps that made the due date, and what a lapse means."""

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core import words as say
from core.clocks import Kind, Step
from core.clocks import words as step_in_words
from core.statutes.counting import DAY_0
from core.statutes.events import Due
from core.statutes.rule import Lapse, Rule, Sureness, Unit

SURENESS: Mapping[Sureness, str] = MappingProxyType(
    {Sureness.SOURCE_READ: "source read", Sureness.KNOWLEDGE: "knowledge"}
)
"""How sure a clock is, in words."""

LAPSES: Mapping[Lapse, str] = MappingProxyType(
    {
        Lapse.VOID: "A late decision is void, which is no approval",
        Lapse.DEEMED: "Authorized by lapse, which is nobody's approval",
        Lapse.CONDITIONAL: "Authorized by lapse only if every condition holds",
        Lapse.VIOLATION: "No approval: a violation, a denial or the next review",
        Lapse.NONE: "No approval",
    }
)
"""What happens when nobody has decided in time, in words; each is of one family of laws and never of all."""


_SHORT = {each: each.upper() for each in ("mtg", "ime", "imr", "par", "dme", "qhp", "iro", "wc", "pmt")}
"""Short forms of the field in the names of kinds."""


def kind_words(kind: str) -> str:
    """Return a kind of clock in words: 'concurrent inpatient stay', 'IMR request'."""
    return " ".join(_SHORT.get(each, each) for each in kind.split("_"))


def lapsed(rule: Rule) -> str:
    """Return in a sentence what a lapse of the clock means in its jurisdiction."""
    return f"{LAPSES[rule.lapse]}: {rule.lapse_words.rstrip('.')}."


def amount(rule: Rule) -> str:
    """Return how long a clock runs: '5 working days, extended 14 calendar days'."""
    if rule.extension is None:
        return str(rule.limit)
    return f"{rule.limit}, extended {rule.extension.limit}"


def sureness(rule: Rule) -> str:
    """Return how sure a clock is: 'source read, the extension knowledge'."""
    own = SURENESS[rule.confidence]
    if rule.extension_confidence is None or rule.extension_confidence is rule.confidence:
        return own
    return f"{own}, the extension {SURENESS[rule.extension_confidence]}"


def sentence(due: Due) -> str:
    """Return in one sentence when something is due, or why no date is."""
    if due.due_at is None or due.due_on is None:
        return f"No date is due: {due.state}."
    if due.timed:
        when = say.instant(due.due_at, due.zone)
    else:
        when = f"{say.day(due.due_on)}, to the end of the day, {say.zone(due.zone)}"
    starts = [step.starts for step in due.steps if step.rule == DAY_0] or [step.starts for step in due.steps]
    return f"Due {when}: {_counted(due)} from {say.instant(starts[-1], due.zone)}."


def words(due: Due) -> list[str]:
    """Return the count in sentences: when it is due, what decided, and each stretch counted or passed over."""
    return [sentence(due), *due.remarks, *(step_words(due, *steps) for steps in stretches(due))]


def stretches(due: Due) -> list[tuple[Step, ...]]:
    """Return the steps of a count, those together that are told in one sentence: days counted, a weekend."""
    return [tuple(steps) for _, steps in groupby(due.steps, key=_told)]


def step_words(due: Due, *steps: Step) -> str:
    """Return a stretch of one kind in a sentence: 'Tue 2 Jun 2026 to Fri 5 Jun 2026: working days 1 to 4 of 5.'"""
    first, last = steps[0], steps[-1]
    if first.rule == DAY_0:
        day, clock = say.instant(first.starts, due.zone).rsplit(", ", 1)
        return f"{day}, from {clock} on: day 0, not counted."
    if not _whole_days(first):
        return step_in_words(first, due.zone) if first.kind is Kind.COUNTED else _passed(due, first)
    local = ZoneInfo(due.zone)
    days = [say.day(step.starts.astimezone(local).date()) for step in (first, last)]
    span = days[0] if len(steps) == 1 else f"{days[0]} to {days[1]}"
    if first.kind is not Kind.COUNTED:
        return f"{span}: not counted. {first.rule}"
    if len(steps) == 1 or not _numbered(first):
        return f"{span}: {first.rule[:1].lower()}{first.rule[1:]}"
    noun, number, rest = first.rule.partition(" of ")[0].rpartition(" ")[0], _number(first), last.rule
    return f"{span}: {noun.lower()}s {number} to {_number(last)} of {rest.rpartition(' ')[2]}"


def _passed(due: Due, step: Step) -> str:
    return f"{say.span(step.starts, step.ends, due.zone)}: not counted. {step.rule}"


def _told(step: Step) -> tuple[str, str]:
    """Return what steps next to each other share where one sentence tells of them all."""
    if step.kind is Kind.COUNTED and _numbered(step):
        return "counted", f"{step.rule.rpartition(' of ')[2]} {step.rule.partition(' ')[0]}"
    return step.kind, step.rule


def _numbered(step: Step) -> bool:
    return " of " in step.rule


def _number(step: Step) -> str:
    return step.rule.partition(" of ")[0].rpartition(" ")[2]


def _whole_days(step: Step) -> bool:
    return (step.kind is Kind.COUNTED and _numbered(step)) or step.rule.startswith(("Weekend", "Holiday", "The next"))


def _counted(due: Due) -> str:
    last = next((step for step in reversed(due.steps) if step.kind is Kind.COUNTED and _numbered(step)), None)
    if last is None or due.rule.limit.unit is Unit.HOURS:
        return str(due.rule.limit)
    number = int(last.rule.rpartition(" ")[2].rstrip("."))
    return say.counted(number, "working day" if last.rule.startswith("Working") else "calendar day")
