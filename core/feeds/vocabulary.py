"""The fields of a claim feed, and the words by which clients head them."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from core.feeds import tellers

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "client_claim_number": "Client's claim number",
        "family_name": "Worker's family name",
        "given_name": "Worker's given name",
        "full_name": "Worker's full name",
        "birth_date": "Date of birth",
        "phone": "Telephone",
        "email": "E-mail",
        "language": "Language",
        "preferred_contact": "Preferred contact",
        "date_of_injury": "Date of injury",
        "time_of_injury": "Time of injury",
        "date_reported": "Date reported",
        "time_reported": "Time reported",
        "jurisdiction": "State of jurisdiction",
        "narrative": "What happened",
        "body_part": "Part of body",
        "nature": "Nature of injury",
        "cause": "Cause of injury",
        "address": "Worker's address",
        "city": "Worker's city",
        "postal_code": "Postal code",
        "emergency": "Emergency",
        "reporter": "Reported by",
        "reporter_phone": "Reporter's telephone",
    }
)
"""Every field that a column can be mapped to, with its name on screen."""

NEEDED = ("date_of_injury", "date_reported")
"""Fields without which no row can be a claim; the worker's name, in either form, is the third."""

_OTHERS = (
    r"employer|supervisor|manager|foreman|physician|doctor|dr|provider|adjuster|examiner|attorney|insured|insurer|carrier|"
    r"company|client|reporter|witness|facility|hospital|clinic|agent|broker|spouse|dependent|emergency contact"
)
_INJURY = r"injur\w*|inj|accident|acc|incident|loss|event|occur\w*|happened|hurt|lesion|accidente"
_REPORT = r"report\w*|rpt\w*|notice|notif\w*|received|recd|rcvd|opened|filed|lodged|intake|knowledge|told|froi|fnol"
_DATE = r"date|dt|day|fecha|on|when|at|datetime|timestamp"
_PERSON = r"employee|empl|emp|ee|worker|wkr|claimant|clmt|injured|patient|iw|person|associate|member|team member"
_NUMBER = r"number|num|no|nbr|nr|id|ref|reference|key"

_OTHER_DATES = re.compile(
    r"\b(hire\w*|death|died|return\w*|rtw|clos\w*|disab\w*|last|paid|policy|effective|expir\w*|update\w*|modified|"
    r"terminat\w*|reserve|wage|mmi|hearing|payment|start\w*|began)\b"
)
_OF_OTHERS = re.compile(rf"\b({_OTHERS})\b")

# Field, strength of the guess (0 to 100), pattern over the heading's plain words. The strongest pattern counts.
_SAID: tuple[tuple[str, int, str], ...] = (
    ("client_claim_number", 100, rf"\b(claim|clm) ?({_NUMBER})\b"),
    ("client_claim_number", 80, rf"\b(case|file|incident|report|investigation|accident|loss) ?({_NUMBER})\b"),
    ("client_claim_number", 60, rf"^(claim|clm|({_NUMBER}))$"),
    ("family_name", 100, r"\b(last|family|sur) ?name\b|\b(l ?name|lname|surname|apellidos?)\b"),
    ("family_name", 60, rf"^(({_PERSON}) )?last$"),
    ("given_name", 100, r"\b(first|given|fore) ?name\b|\b(f ?name|fname|forename|nombre)\b"),
    ("given_name", 60, rf"^(({_PERSON}) )?first$"),
    ("full_name", 95, rf"\b({_PERSON})( ({_PERSON}))*( full)? ?name\b|\bname of( the)?( injured)? ({_PERSON})\b"),
    ("full_name", 80, r"^(full name|name|names|worker s name|employee s name|who|who was (hurt|injured))$"),
    ("full_name", 75, rf"^({_PERSON})( ({_PERSON}))*$"),
    ("birth_date", 100, r"\b(birth|dob|d o b|born|birthday|birthdate|nacimiento|bday)\b"),
    ("phone", 95, rf"\b({tellers.PHONE})\b"),
    ("email", 95, r"\be ?mail\b|\bcorreo\b"),
    ("language", 95, r"\b(language|lang|idioma|speaks)\b"),
    ("preferred_contact", 100, r"\b(prefer\w*|best) .*(contact|method|way|reach)\b|\bcontact (preference|method)\b"),
    ("time_of_injury", 100, rf"\b(time|hour|hora)\b.*\b({_INJURY})\b|\b({_INJURY})\b.*\b(time|hour|hora)\b|\btoi\b"),
    ("date_of_injury", 100, rf"\b({_DATE})\b.*\b({_INJURY})\b|\b({_INJURY})\b ?({_DATE})\b|\b(doi|dol|doa|d o i)\b"),
    ("date_of_injury", 60, r"^(event|accident|injury|loss|incident|injured|hurt|when|occurred)$"),
    ("time_reported", 100, rf"\b(time|hour|hora)\b.*\b({_REPORT})\b|\b({_REPORT})\b.*\b(time|hour|hora)\b"),
    ("date_reported", 100, rf"\b({_DATE})\b.*\b({_REPORT})\b|\b({_REPORT})\b.*\b({_DATE})\b"),
    ("date_reported", 85, r"^(reported|received|notified|notice|opened|dor|first report|fnol|froi)$"),
    ("date_reported", 40, rf"\b(created|entered|added|submitted|logged)\b.*\b({_DATE})\b"),
    ("date_reported", 40, rf"\b({_DATE})\b.*\b(created|entered|added|submitted|logged)\b"),
    ("jurisdiction", 100, r"\bjuris\w*\b|\b(benefit|governing|filing) state\b"),
    ("jurisdiction", 90, rf"\bstate\b.*\b({_INJURY})\b|\b({_INJURY}|site|work|loss) (state|st)\b"),
    ("jurisdiction", 70, r"^(state|st|us state|state code|estado)$"),
    ("narrative", 100, r"\b(narrative|description|desc|descr|what happened|how .*(happened|occurred)|summary long)\b"),
    ("narrative", 60, r"\b(summary|details?|comments?|remarks|circumstances|story|notes?|incident)\b"),
    ("body_part", 100, r"\b(body ?parts?|parts? of body|bodypart|pob|injured (body )?part|part injured|body)\b"),
    ("nature", 100, r"\bnature\b|\b(type|kind) of injury\b|\binjury (type|kind|nature)\b"),
    ("nature", 60, r"^(injury|diagnosis|injury description short)$"),
    ("cause", 100, r"\bcause\b|\bcoi\b"),
    ("cause", 50, r"\b(event (type|title)|accident type|mechanism)\b"),
    ("address", 90, r"\b(address|street|addr|address ?1|direccion)\b"),
    ("city", 90, r"\b(city|town|ciudad)\b"),
    ("postal_code", 95, r"\b(zip|zipcode|postal|postcode|post code|zip code)\b"),
    ("emergency", 90, r"^(emergency|emergency flag|urgent|is emergency|life threatening)$"),
)
_PATTERNS = tuple((field, strength, re.compile(pattern)) for field, strength, pattern in _SAID)
_DATES = frozenset({"birth_date", "date_of_injury", "date_reported", "time_of_injury", "time_reported"})
_WORKERS_OWN = frozenset({"family_name", "given_name", "full_name", "phone", "email", "address", "city", "postal_code"})


def plain(heading: str) -> str:
    """Return *heading* as lower-case plain words: `DtOfInjury_1` is `dt of injury 1`, `Claim #` is `claim number`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading[:200].replace("#", " number "))
    letters = unicodedata.normalize("NFKD", spaced)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


@lru_cache(maxsize=4096)
def meanings(heading: str) -> Mapping[str, int]:
    """Return every field that *heading* may mean, with the strength of the guess, 1 to 100."""
    words = plain(heading)
    others, other_date = bool(_OF_OTHERS.search(words)), bool(_OTHER_DATES.search(words))
    found: dict[str, int] = {}
    for field, strength, pattern in _PATTERNS:
        if not pattern.search(words):
            continue
        if field in _WORKERS_OWN and others:
            continue
        if field in _DATES and other_date and not re.search(r"\b(start|began) ?(time)?\b.*report", words):
            continue
        # The employer's knowledge is not ours; it stands in where the file has nothing better.
        weight = strength - 50 if field in ("date_reported", "time_reported") and others else strength
        found[field] = max(found.get(field, 0), weight)
    if told := tellers.meaning(words):
        found[told[0]] = told[1]
        found.pop("phone", None)
    if len(found) > 1:
        # A heading that says date, part or time is not also a story about an incident.
        found = {field: weight for field, weight in found.items() if weight > max(found.values()) - 45}
    return MappingProxyType(found)


def recognised(heading: str) -> bool:
    """Tell whether *heading* surely means some field."""
    return max(meanings(heading).values(), default=0) >= 60


def about_another_date(heading: str) -> bool:
    """Tell whether *heading* is about a day other than those of injury, report and birth (hired, closed, paid)."""
    return bool(_OTHER_DATES.search(plain(heading)))


_SAYS_DATE = re.compile(
    rf"\b({_DATE}|when|do[bilaer]|d o [bil]|birth\w*|born|nacimiento|bday|datum|date ?time|timestamp)\b|date\b|dt\b"
)


def says_date(heading: str) -> bool:
    """Tell whether *heading* says that dates stand under it: only there is a plain number one."""
    return bool(_SAYS_DATE.search(plain(heading)))
