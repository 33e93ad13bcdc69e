"""The fields of a feed of requests for authorization, and how clients and providers head them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from core import npi, states, telephones
from core.feeds.columns import OF_NONE, Column
from core.feeds.heading_words import plain
from core.feeds.vocabulary import Days, Vocabulary

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "claim_number": "Claim number",
        "reference": "Request reference",
        "kind": "Kind of request",
        "jurisdiction": "State of jurisdiction",
        "provider": "Requesting provider",
        "npi": "Provider's NPI",
        "phone": "Provider's telephone",
        "fax": "Provider's fax",
        "received_on": "Date received",
        "received_time": "Time received",
        "channel": "How it came",
        "complete": "Complete",
        "missing": "What is missing",
        "code": "CPT or HCPCS code",
        "words": "Treatment",
        "body_part": "Part of body",
        "units": "Units",
        "due_on": "Due date set by hand",
        "due_why": "Reason for the due date",
    }
)
"""Every field that a column can be mapped to, with its name on screen."""

_DOCTOR = "provider|physician|doctor"
_PROVIDER = rf"(requesting|treating|ordering|referring|prescribing|rendering)( ({_DOCTOR}|md))?|{_DOCTOR}"
_NUMBER = "number|no|num|nbr|id"
_SAID = {
    "claim_number": rf"((our|client|clients|carrier|insurer|tpa|wc) )?claim( ({_NUMBER}))?|claim ref(erence)?",
    "reference": rf"(request|rfa|referral|auth(orization)?|um|ur|case)( request)? (ref(erence)?|{_NUMBER})( number)?"
    "|ref(erence)?( number)?",
    "kind": "(kind|type)( of)?( (request|review|rfa))?|(request|review|rfa|authorization) (type|kind|category)",
    "jurisdiction": "(state of )?jurisdiction( state)?|state|(benefit|claim) state",
    "provider": rf"({_PROVIDER})( name)?|requested by|requestor|requester|practice( name)?|facility( name)?",
    "npi": rf"(({_PROVIDER}) )?npi( ({_NUMBER}))?|national provider identifier",
    "phone": rf"(({_PROVIDER}|office|contact) )?(tele)?phone( ({_NUMBER}))?|tel",
    "fax": rf"(({_PROVIDER}|office|contact) )?fax( ({_NUMBER}))?",
    "received_on": "(date|day|dt)( (and )?time)?( (request|rfa))?( of)? (received|receipt)|((request|rfa) )?"
    "(received|receipt)( (date|on|at|day|dt)( (and )?time)?)?|(request|rfa) date",
    "received_time": "(time|hour)( of)? (received|receipt)|(received|receipt) (time|hour)",
    "channel": "channel|how( it)?( was)? (came|sent|received)|(received|sent) (by|via|through)|"
    "(receipt|submission|delivery) (method|channel)|method( of (receipt|submission))?|source",
    "complete": "(is )?complete(d)?( (request|rfa|yes no|y n))?|(request|rfa) complete",
    "missing": "(what( is)? )?missing( (items|information|info|documents|documentation))?|incomplete (reason|because)",
    "code": "(cpt|hcpcs|procedure|service|treatment)( (or|and)? ?(cpt|hcpcs))?( codes?)|cpt|hcpcs|cpt hcpcs|code",
    "words": "(requested )?(service|treatment|procedure)s?( (description|desc|requested|words|name))?|"
    "description( of (service|treatment|procedure))?|what is asked for",
    "body_part": "(part of )?body( parts?)?|(injured )?body part",
    "units": "units?( requested)?|(requested )?(units|quantity|qty|visits|sessions)( requested)?|"
    "number of (units|visits|sessions)",
    "due_on": "(date )?due( (by|on|date|at))?|(decision|determination|response|ur|review) due( (by|on|date))?|deadline",
    "due_why": "(reason|why)( for)?( the)? (due date|due|deadline)|(due( date)?|deadline) (reason|why)",
}
_HEADED = tuple((field, re.compile(pattern)) for field, pattern in _SAID.items())


@lru_cache(maxsize=4096)
def _meanings(heading: str) -> Mapping[str, int]:
    words = plain(heading)
    return MappingProxyType({field: 100 for field, pattern in _HEADED if pattern.fullmatch(words)})


def _fit(column: Column, field: str) -> int | None:
    """Return how far what stands in *column* speaks for its being *field*, or None where it cannot be that."""
    match field:
        case "received_on" | "due_on":
            return column.fit_of_days
        case "received_time":
            return column.fit_of_times
        case "complete":
            return 0
        case "npi":
            return None if column.several and not column.share(npi.checks) else 0
        case "phone" | "fax":
            return None if column.several and column.share(telephones.readable) < OF_NONE else 0
        case "jurisdiction":
            return 0 if column.share(states.code) > 0.5 else None
        case "claim_number" | "reference" | "code" | "units" | "words":
            return None if column.is_dates else 0
    return None if column.is_another_kind() else 0


VOCABULARY = Vocabulary(
    fields=FIELDS,
    needed=tuple(map(frozenset, (["claim_number"], ["provider"], ["received_on"], ["channel"], ["words", "code"]))),
    meanings=_meanings,
    fit=_fit,
    days=MappingProxyType({"received_on": Days(10), "due_on": Days(10)}),
    times=MappingProxyType({"received_time": 10}),
    story="words",
    dated="received|receipt|due|deadline",
)
