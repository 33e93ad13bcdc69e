"""The questions that are open while a report of injury does not hold what it should, or what it holds is in doubt."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from core import email_addresses, states, telephones, walltime
from core.intake.doubts import TIME_UNREAD, cannot_be, days_away, doubts, flags
from core.intake.elements import (
    ASKED_ALWAYS,
    ELEMENTS,
    MISSING,
    NOT_AS_PREFERRED,
    OF_THE_LIVING,
    UNCONFIRMED,
    UNREADABLE,
    Question,
)
from core.intake.told import CONTACT_METHODS, NO_LOST_TIME, NO_TREATMENT, Report
from core.words import quoted

_ABSENT = (MISSING, "report_time_missing", TIME_UNREAD)
_STANDING = (UNREADABLE, UNCONFIRMED)
"""How the reasons end that are asked where something stands which was not read."""


_THERE: Mapping[str, Callable[[Report], Any]] = MappingProxyType(
    {
        "name": lambda told: told.family_name and told.given_name,
        "birth_date": lambda told: told.birth_date,
        "reach": lambda told: _reached(vars(told)),
        "preferred_contact": lambda told: told.preferred_contact,
        "best_hours": lambda told: told.best_hours,
        "language": lambda told: told.language,
        "interpreter": lambda told: told.interpreter is not None,
        "address": lambda told: told.address,
        "jurisdiction": lambda told: told.jurisdiction in states.NAMES,
        "injury_place": lambda told: told.injury_place,
        "injured_time": lambda told: told.injured_time is not None,
        "body_part": lambda told: told.body_part or told.part_code,
        "nature": lambda told: told.nature or told.nature_code,
        "narrative": lambda told: told.narrative or told.cause,
        "cause": lambda told: told.cause or told.cause_code,
        "initial_treatment": lambda told: told.initial_treatment,
        "treated_at": lambda told: told.treated_at,
        "occupation": lambda told: told.occupation,
        "lost_time": lambda told: told.lost_time,
        "last_day_worked": lambda told: told.last_day_worked,
        "return_to_work": lambda told: told.return_to_work,
        "modified_duty": lambda told: told.modified_duty is not None,
        "work_supervisor": lambda told: told.work_supervisor,
    }
)
"""The elements that can be missing, in the order of ELEMENTS: what a report has of each."""

_SPARED: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "initial_treatment": (NO_TREATMENT, ("treated_at",)),
        "lost_time": (NO_LOST_TIME, ("last_day_worked", "return_to_work")),
    }
)
"""What says that there was none of something, and what is not asked then."""


def missing(report: Report, required: Collection[str] = ASKED_ALWAYS) -> list[str]:
    """
    Return the elements of those *required* that intake still has to ask for, in the order of ELEMENTS.

    Doubts are not among them, nor what the *report* itself makes pointless: where the worker was treated if not at
    all, days away from work if there are none, and of one who has died any of OF_THE_LIVING.
    """
    pointless = (*spared(vars(report)), *(OF_THE_LIVING if report.date_of_death else ()))
    return [
        element
        for element, there in _THERE.items()
        if element in required and element not in pointless and not there(report)
    ]


def spared(known: Mapping[str, Any]) -> list[str]:
    """Return the elements that are not asked for where so much is *known*, by the names of a report."""
    return [element for name, (none, elements) in _SPARED.items() if known.get(name) == none for element in elements]


def spared_by(name: str) -> tuple[str, ...]:
    """Return the elements that may not have to be asked for, depending on what the field of this *name* holds."""
    return _SPARED[name][1] if name in _SPARED else ()


def lacking(worker: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the questions about reaching a *worker* of whom so much is known, by the names of a report."""
    asked = [_missing_question(element) for element, value in _reaching(worker).items() if not value]
    return together([*asked, *not_as_preferred(worker)], ())


def not_as_preferred(worker: Mapping[str, Any]) -> list[Question]:
    """Return the question that is open where a *worker* prefers a way that leads nowhere, by the names of a report."""
    preferred = worker["preferred_contact"]
    field = _FIELD_OF.get(preferred)
    if field is None or _readable(worker, field):
        return []
    why = f"The worker prefers {CONTACT_METHODS[preferred]}, and there is no {_WAYS[field][1]} for it."
    return [Question("reach", NOT_AS_PREFERRED, why)]


def _unread(report: Report) -> list[Question]:
    """Return what is asked about each way to reach the worker that the report gives and that leads nowhere."""
    said = vars(report)
    return [
        Question("reach", f"{field}_{UNREADABLE}", f"The report says {quoted(said[field])}; that is no {words}.")
        for field, (read, words) in _WAYS.items()
        if said[field] and not read(said[field])
    ]


_WAYS: Mapping[str, tuple[Callable[[str], str | None], str]] = MappingProxyType(
    {"phone": (telephones.readable, "telephone number"), "email": (email_addresses.readable, "e-mail address")}
)
"""Ways to reach a worker that can be told to lead nowhere: what reads one, and what it is called."""

_FIELD_OF = MappingProxyType({"phone": "phone", "text": "phone", "email": "email"})
"""Which of these ways each of CONTACT_METHODS takes that takes one."""


def _readable(known: Mapping[str, Any], field: str) -> str | None:
    return _WAYS[field][0](known[field]) if known[field] else None


def _reached(known: Mapping[str, Any]) -> Any:
    return _readable(known, "phone") or _readable(known, "email") or known["address"]


def _reaching(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reach": _reached(known), "preferred_contact": known["preferred_contact"], "language": known["language"],
    }  # fmt: skip


def _missing_question(element: str) -> Question:
    return Question(element, MISSING, f"Not in the report: {ELEMENTS[element]}.")


def questions(
    report: Report, *, timezone: str, at: datetime, required: Collection[str] = ASKED_ALWAYS
) -> tuple[Question, ...]:
    """Return every intake question to open, of what is *required* as in `missing`; only the unreadable is quoted."""
    return questions_of(report, flags(report, timezone=timezone, at=at), required)


def doubtful(report: Report, *, timezone: str, at: datetime) -> tuple[str, ...]:
    """
    Return in sentences what of *report* is likely typed wrong, for whoever types it; it stays to be asked otherwise.

    Those are dates that cannot be, days away from work that do not follow each other, what leads to nobody, and a way
    that the worker prefers and that there is not.
    """
    ways = () if report.date_of_death else together([*_unread(report), *not_as_preferred(vars(report))], ())
    dates = (question.why for question in cannot_be(report, timezone=timezone, at=at))
    away = (why for _, why in days_away(report, today=walltime.today(timezone, at)))
    return (*dates, *away, *(question.why for question in ways))


def questions_of(
    report: Report, raised: Sequence[str], required: Collection[str] = ASKED_ALWAYS
) -> tuple[Question, ...]:
    """
    Return every intake question to open on *report*, for which the flags *raised* were raised already; what is
    *required* is as in `missing`.
    """
    reach = () if report.date_of_death else (*not_as_preferred(vars(report)),)
    unread = () if report.date_of_death else _unread(report)
    asked = _asked((*missing(report, required),), (*raised,), reach)
    return together(asked, unread) if unread else asked


@lru_cache(maxsize=10_000)
def _asked(lacking: tuple[str, ...], raised: tuple[str, ...], reach: tuple[Question, ...]) -> tuple[Question, ...]:
    return together((*map(_missing_question, lacking), *doubts(raised), *reach), ())


def is_of_unread_time(question: Question) -> bool:
    """Tell whether *question* is about a time of the report that stands in a file and was not read."""
    return question.element == "reported_at" and question.reason.endswith(_STANDING)


def together(questions: Iterable[Question], unread: Iterable[Question]) -> tuple[Question, ...]:
    """
    Return the *questions* of a report and those about what is *unread* in a file, one for each element and reason.

    Of two for one reason the words of *unread* stand, which quote the file; and what stands there and cannot be read
    is not also said to be missing. Whoever is asked how to reach the worker at all is not also asked how the worker
    would like to be.
    """
    by_reason = {(each.element, each.reason): each for each in (*questions, *unread)}
    stands = {element for element, reason in by_reason if reason.endswith(_STANDING)}
    if any(element == "reach" and reason != NOT_AS_PREFERRED for element, reason in by_reason):
        by_reason.pop(("reach", NOT_AS_PREFERRED), None)
    return tuple(each for each in by_reason.values() if not (each.element in stands and each.reason in _ABSENT))
