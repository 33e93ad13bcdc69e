"""Headings about whoever at the employer reported the injury: a name, or a telephone to call back, and whose it is."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_EMPLOYER = r"employer|emplr|company|client|insured"
_SAYS_BY = r"(?:reported|submitted|called in|phoned in|prepared|completed|reportado|notificado) (?:by|por)"
_COMPLETES = r"(?:reporting|completing|filling|submitting|preparing|making|entering)"

REPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "reporter": rf"reporter|(?:(?:injury|accident|incident|claim) )?{_SAYS_BY}|caller|preparer|submitter"
        rf"|(?:person|individual|employee|staff|whoever) (?:who is |is )?{_COMPLETES}(?: (?:out|in))?(?: (?:this|the))?"
        r"(?: (?:form|report|incident|injury|accident|claim))*|your",
        "contact": rf"(?:(?:{_EMPLOYER})(?: s)? )?contact(?: person)?|(?:{_EMPLOYER})(?: s)? rep(?:resentative)?",
        "supervisor": r"(?:(?:immediate|direct|shift|line|crew|work) )?supervisor|supv|supvr|sup|manager|mgr|foreman"
        r"|foreperson|jefe|gerente",
        "employer": _EMPLOYER,
    }
)
"""By what words a feed speaks of each, the one to call back first coming first. The last is nobody's name."""

PHONE = r"phone|telephone|tel|mobile|cell|cellular|telefono|celular|movil|handphone"
"""Words for a telephone, anybody's."""

_STRENGTH = {"reporter": 100, "contact": 90, "supervisor": 80, "employer": 70}
_WORKER = r"employee|empl|emp|ee|injured worker|worker|wkr|claimant|clmt|patient|associate|member|team member|iw"
_NAMED = {
    kind: re.compile(
        rf"(?:name of (?:the )?)?(?:(?:{_EMPLOYER}|{_WORKER})(?: s)? )?(?:{words})(?: s)?(?: (?:full )?name)?"
    )
    for kind, words in REPORTERS.items()
    if kind in ("reporter", "supervisor")
} | {"contact": re.compile(rf"(?:name of (?:the )?)?(?:{REPORTERS['contact']})(?: s)?(?: (?:full )?name)?")}
_CALLED = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in REPORTERS.items()}
_A_PHONE = re.compile(rf"\b(?:{PHONE})\b|\bcontact (?:number|num|no|nbr)\b")
_OF_THE_WORKER = re.compile(rf"\b(?:{_WORKER})\b")
_STRANGERS = re.compile(
    r"\b(physician|doctor|dr|provider|adjuster|examiner|attorney|insurance|insurer|carrier|witness|facility|hospital|"
    r"clinic|agent|broker|spouse|dependent|emergency|relative|kin|fax|mail|email|"
    r"(case|claims?|nurse|medical|account|care) (manager|supervisor|contact))\b"
)


@lru_cache(maxsize=4096)
def reporter(words: str) -> str | None:
    """Return whom of REPORTERS a heading of these plain *words* speaks of, or None."""
    if _STRANGERS.search(words):
        return None
    return next((kind for kind, called in _CALLED.items() if called.search(words)), None)


def perhaps_the_workers(words: str) -> bool:
    """Tell whether a telephone headed by these plain *words* may be the worker's own: a contact's, of nobody named."""
    return reporter(words) == "contact" and not _CALLED["employer"].search(words)


def meaning(words: str) -> tuple[str, int] | None:
    """Return `reporter` or `reporter_phone` with the strength of the guess, for a heading of these plain *words*."""
    kind = reporter(words)
    if kind is None:
        return None
    if _A_PHONE.search(words):
        # "Employee contact phone" is the employee's own.
        own = kind == "contact" and _OF_THE_WORKER.search(words)
        return None if own else ("reporter_phone", _STRENGTH[kind])
    if kind in _NAMED and _NAMED[kind].fullmatch(words):
        return "reporter", _STRENGTH[kind]
    return None
