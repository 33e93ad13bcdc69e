"""Which fields of a claim a heading may mean, and of whom or what it speaks."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from core import social_security
from core.feeds.heading_words import plain
from core.feeds.kinds.claims import places, reporter_headings
from core.feeds.kinds.claims.fields import NAMES
from core.feeds.kinds.claims.places import INJURY, PERSON
from core.feeds.kinds.claims.said import DATE, HOUR, NUMBER, REPORT, SAID

_OTHER_DATES = re.compile(
    r"\b(hire\w*|death|dead|died|deceased|fatal\w*|return\w*|rtw|clos\w*|disab\w*|last(?! expos)|lost|paid|policy|"
    r"effective|expir\w*|update\w*|modified|terminat\w*|reserve|wage|mmi|hearing|payment|start\w*|began|prior|previous|"
    r"loss run|lag|days|elapsed|total|age|denial|denied|surgery|treatment|medical report|to (?:the )?state|"
    r"contrata\w*|muerte|fallecimiento)\b"
)
_OF_OTHERS = re.compile(rf"\b({places.OTHERS}|osha|agency|board|bureau|commission|police)\b")
_OF_INSURERS = re.compile(r"\b(insurer|carrier|tpa|administrator)\b")
_NOT_A_STORY = re.compile(
    r"\b(occupation|job|class|coverage|department|dept|policy|product|position|treatment|equipment|restrictions?|status|"
    r"industry|naics|sic|reserves?|payment|body|parts?|nature|cause|source|object|site|location|plant|litigation|adjuster|"
    r"physician|doctor|medical|financial|code)\b"
)
_OF_KIN = re.compile(
    r"\b(spouse|wife|husband|dependents?|child|children|beneficiary|next of kin|conyuge|esposo|esposa|hijos?|hijas?)\b"
)
_OF_ANOTHER_CLAIM = re.compile(r"\b(prior|previous|related|parent|master|old|linked|anterior)\b")
_NOT_A_PHONE = re.compile(r"\b(type|ext|extn|extension|country code)\b")
_NOT_AS_SUCH: Mapping[str, re.Pattern[str]] = {
    "initial_treatment": re.compile(
        r"\b(date|dt|day|time|fecha|at|by|where|address|phone|city|state|zip|cost|amount|paid|refused|authorized|plan|status)\b"
    ),
    "treated_at": re.compile(
        r"\b(address|phone|city|state|zip|npi|id|number|code|email|type|date|specialty|network)\b"
    ),
    "occupation": re.compile(r"\b(code|cd|id|number|class|category|group)\b"),
    "lost_time": re.compile(
        r"\b(date|dt|on|when|from|to|since|begin|began|start|first|last|cost|amount|paid|wages?)\b"
    ),
    "last_day_worked": re.compile(r"\b(before|hours|paid|wages?|shift)\b"),
    "return_to_work": re.compile(
        r"\b(status|type|code|cd|restrict\w*|notes?|offer\w*|program|coordinator|duty|duties|same|release\w*|days)\b"
    ),
    "modified_duty": re.compile(r"\b(date|dt|on|when|from|to|until|since|begin|began|start|end|days|offer\w*|type)\b"),
}
"""What a heading has besides that names care or work and means something else of it."""
_OF_PERSON = re.compile(rf"\b({PERSON})\b")
_OF_NO_STRANGER = re.compile(
    rf"{reporter_headings.PHONE}|e|mail|email|correo|electronico|contact|contacto|address|addr|{NUMBER}|home|work|business|"
    r"personal|casa|day|daytime|evening|night|main|primary|secondary|preferred|best|alt|alternate|other|second|land|line|"
    r"landline|text|area|code|with|and|or|y|o|de|del|la|the|of|to|reach|call|us|usa|col|column|\d+"
)
_OF_A_PLACE = re.compile(rf"\b({places.SITE})\b")
_BARE = frozenset({"address", "city", "postal_code"})
_OF_THE_PLACE = {"address": "injury_street", "city": "injury_city", "postal_code": "injury_postal_code"}
_SURELY_OF_INJURY = re.compile(
    rf"(\b({DATE}|{HOUR})( (and )?({HOUR}))? (of|de|del|de la)( the)? ({INJURY})|\b({INJURY}) ({DATE}|{HOUR}))\b"
    rf"(?!.*\b({REPORT})\b)"
)
"""Where a heading speaks of a report as well: it is the day of the injury that it ends with."""
_PATTERNS = tuple((field, strength, re.compile(pattern)) for field, strength, pattern in SAID)
_DATES = frozenset({"birth_date", "date_of_injury", "date_reported", "time_of_injury", "time_reported"})
_REPORTED = frozenset({"date_reported", "time_reported"})
_NAMES = frozenset(NAMES)
_WORKERS_OWN = _NAMES | {"phone", "email"}


@lru_cache(maxsize=4096)
def meanings(heading: str) -> Mapping[str, int]:
    """Return every field that *heading* may mean, with the strength of the guess, from 1 up; 60 and more is sure."""
    words = plain(heading)
    if social_security.headed(words):
        return MappingProxyType({})
    others = bool(_OF_OTHERS.search(words))
    fields: dict[str, int] = {}
    for field, strength, pattern in _PATTERNS:
        if not pattern.search(words) or _denied(field, strength, words):
            continue
        # The employer's knowledge is not ours; what the insurer knows comes nearer.
        likelihood = strength - 50 + 5 * bool(_OF_INSURERS.search(words)) if others and field in _REPORTED else strength
        fields[field] = max(fields.get(field, 0), likelihood)
    for injured, reported in (("date_of_injury", "date_reported"), ("time_of_injury", "time_reported")):
        if injured in fields and reported in fields:  # "Date injury reported to employer", "Reported date of injury"
            del fields[reported if _SURELY_OF_INJURY.search(words) else injured]
    for dated, timed in (("date_reported", "time_reported"), ("date_of_injury", "time_of_injury")):
        if dated in fields and timed in fields:  # "Date/Time Reported" holds both, and the day is what is needed
            del fields[timed]
    _assign_address(fields, words)
    if reporter := reporter_headings.meaning(words):
        fields[reporter[0]] = reporter[1]
        fields.pop("phone", None)
    if len(fields) > 1:
        # A heading that says date, part or time is not also a story about an incident.
        fields = {field: weight for field, weight in fields.items() if weight > max(fields.values()) - 45}
    return MappingProxyType(fields)


def _denied(field: str, strength: int, words: str) -> bool:
    """Tell whether the plain *words* of a heading, though they name *field*, say that it is something else."""
    if field in _WORKERS_OWN and _OF_OTHERS.search(words):
        return True
    if field == "birth_date" and _OF_OTHERS.search(words):
        return not re.search(r"\bbirth ?(date|day)\b|date of birth", words) or bool(_OF_KIN.search(words))
    if field == "date_of_death":
        return bool(_OF_KIN.search(words))
    if field in ("phone", "email") and _OF_A_PLACE.search(words):
        return True
    if field == "phone":
        return bool(_NOT_A_PHONE.search(words))
    if field == "email":  # "Your e-mail" is asked of whoever fills in the form
        return reporter_headings.reporter(re.sub(r"\be ?mail\b", "", words)) == "reporter"
    if field == "client_claim_number":
        return bool(_OF_ANOTHER_CLAIM.search(words))
    if field in _NOT_AS_SUCH and _NOT_AS_SUCH[field].search(words):
        return True
    if field in ("occupation", "lost_time", "modified_duty"):
        return bool(_OF_OTHERS.search(words)) and not re.search(r"\bemployer\b", words)
    if field in _NAMES:
        return reporter_headings.reporter(words) is not None
    if field in _DATES:
        return bool(_OTHER_DATES.search(words)) and not re.search(r"\b(start|began) ?(time)?\b.*report", words)
    return field == "narrative" and strength <= 100 and bool(_NOT_A_STORY.search(words))


def _assign_address(fields: dict[str, int], words: str) -> None:
    """Give what *fields* says of an address to whoever's it is, as the plain *words* of its heading tell."""
    whose = places.whose(words)
    for field in _BARE & fields.keys():
        if whose == "other" or re.search(r"\b(e ?mail|ip|web|url)\b", words):
            del fields[field]
        elif whose == "place":
            fields[_OF_THE_PLACE[field]] = fields.pop(field)
        elif whose == "worker":
            fields[field] += 5
    strength = places.place_of_injury(words)
    if strength and not fields.keys() & {*_OF_THE_PLACE, *_OF_THE_PLACE.values(), *_DATES}:
        fields["injury_place"] = strength
        if places.perhaps_on_the_body(words):
            fields["body_part"] = strength - 5


def nobodys(heading: str) -> bool:
    """Tell whether *heading* leaves open whose the address, the telephone or the e-mail address under it is."""
    words = plain(heading)
    return places.whose(words) is None and reporter_headings.reporter(words) is None


def strangers(heading: str) -> bool:
    """Tell whether *heading* names somebody whom nobody knows here beside the telephone or e-mail address under it."""
    words = plain(heading)
    return not (_OF_PERSON.search(words) or all(map(_OF_NO_STRANGER.fullmatch, words.split())))


def speaks_of(heading: str) -> places.Party | None:
    """Return of whom or what *heading* speaks, where it speaks of anybody: the worker, the place, somebody else."""
    words, fields = plain(heading), meanings(heading)
    if fields.keys() & _DATES:
        return None
    if fields.keys() & _NAMES:
        return "worker"
    if any(field.startswith("injury_") for field in fields):
        return "place"
    if _OF_OTHERS.search(words) or reporter_headings.reporter(words):
        return "other"
    return "worker" if places.whose(words) == "worker" else None
