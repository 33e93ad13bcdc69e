"""The fields of a claim feed, and the words by which clients head them."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from core import social_security
from core.feeds import places, reporter_headings
from core.feeds.places import INJURY as _INJURY
from core.feeds.places import PERSON as _PERSON
from core.feeds.places import SITE as _SITE

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
        "part_code": "Part of body code",
        "nature_code": "Nature of injury code",
        "cause_code": "Cause of injury code",
        "address": "Worker's address",
        "city": "Worker's city",
        "postal_code": "Worker's postal code",
        "injury_place": "Place of injury",
        "injury_street": "Street of the place of injury",
        "injury_city": "City of the place of injury",
        "injury_state": "State of the place of injury",
        "injury_postal_code": "Postal code of the place of injury",
        "emergency": "Emergency",
        "date_of_death": "Date of death",
        "date_of_hire": "Date of hire",
        "reporter": "Reported by",
        "reporter_phone": "Reporter's telephone",
    }
)
"""Every field that a column can be mapped to, with its name on screen."""

NEEDED = ("date_of_injury", "date_reported")
"""Fields without which no row can be a claim; the worker's name, in either form, is the third."""

_REPORT = (
    r"repor|repor[td]\w*|rept\w*|rpt\w*|notice|notif\w*|received|recd|rec d|rcvd|opened|filed|lodged|intake|knowledge|"
    r"told|froi|fnol|reporte|aviso|informe|recepcion"
)
_DATE = r"date|dt|day|fecha|on|when|at|datetime|timestamp"
_DEATH = r"death|died|deceased|fatality"
_NUMBER = r"number|numb|num|no|nbr|nr|id|ref|reference|key|numero|nro|folio"
_HOUR = r"time|tm|hour|hora"
_OF_INJURY, _CODE = r"((of|de) )?(injury|inj|injured|loss|accident)", r"(code|cd)"

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
_OF_PERSON = re.compile(rf"\b({_PERSON})\b")
_OF_NO_STRANGER = re.compile(
    rf"{reporter_headings.PHONE}|e|mail|email|correo|electronico|contact|contacto|address|addr|{_NUMBER}|home|work|business|"
    r"personal|casa|day|daytime|evening|night|main|primary|secondary|preferred|best|alt|alternate|other|second|land|line|"
    r"landline|text|area|code|with|and|or|y|o|de|del|la|the|of|to|reach|call|us|usa|col|column|\d+"
)
_SAYS_NOTHING = re.compile(r"(column|columna|col|field|campo|unnamed|untitled|f|c|v|var|x)? ?\d*|[a-z]{1,2}")
_OF_A_PLACE = re.compile(rf"\b({places.SITE})\b")
_BARE = frozenset({"address", "city", "postal_code"})
_OF_THE_PLACE = {"address": "injury_street", "city": "injury_city", "postal_code": "injury_postal_code"}
_SURELY_OF_INJURY = re.compile(
    rf"(\b({_DATE}|{_HOUR})( (and )?({_HOUR}))? (of|de|del|de la)( the)? ({_INJURY})|\b({_INJURY}) ({_DATE}|{_HOUR}))\b"
    rf"(?!.*\b({_REPORT})\b)"
)
"""Where a heading speaks of a report as well: it is the day of the injury that it ends with."""
_SURE = 60
"""Strength from which a heading surely means a field."""

# Field, strength of the guess (0 to 100), pattern over the heading's plain words. The strongest pattern counts.
_SAID: tuple[tuple[str, int, str], ...] = (
    ("client_claim_number", 100, rf"\b(claim|clm) ?({_NUMBER})\b"),
    (
        "client_claim_number",
        80,
        rf"\b(case|file|incident|event|occurrence|report|investigation|accident|loss) ?({_NUMBER})\b",
    ),
    (
        "client_claim_number",
        95,
        rf"\b({_NUMBER}) (de |del )?(la )?(reclamo|reclamacion|siniestro|caso|expediente|incidente)\b",
    ),
    ("client_claim_number", 60, rf"^(claim|clm|siniestro|reclamo|({_NUMBER}))$"),
    ("family_name", 100, r"\b(last|family|sur) ?(name|nm|nam)\b|\b(l ?name|lname|surname|apellidos?)\b"),
    ("family_name", 60, rf"^(({_PERSON}) )?(last|las|last na?)$|^({_PERSON}) (l|la)$"),
    ("given_name", 100, r"\b(first|given|fore) ?(name|nm|nam)\b|\b(f ?name|fname|forename)\b"),
    ("given_name", 70, r"^nombres?( s)?$"),
    ("given_name", 60, rf"^(({_PERSON}) )?(first|firs|fir|first na?)$|^({_PERSON}) (f|fi)$"),
    # Both in one column, in either order.
    (
        "full_name",
        150,
        r"\blast( name)?( and)? first( name)?\b|\bfirst( name)?( and)? last( name)?\b|\bnombres? y apellidos?\b",
    ),
    ("full_name", 150, r"\bapellidos? y nombres?\b|\bnombre completo\b"),
    ("full_name", 95, rf"\bnombre (de |del )?(la )?({_PERSON})\b"),
    ("full_name", 65, r"^nombres?$"),
    (
        "full_name",
        95,
        rf"\b({_PERSON})( s)?( ({_PERSON}))*( s)?( full)? ?name\b|\bname of( the)?( injured)? ({_PERSON})\b",
    ),
    ("full_name", 80, r"^(full name|name|names|who|who was (hurt|injured))$"),
    ("full_name", 75, rf"^({_PERSON})( ({_PERSON}))*$"),
    (
        "birth_date",
        100,
        r"^date of bi$|\b(birth|birt|bir|dob|d o b|born|birthday|birthdate|nacimiento|bday)\b|\bfecha( de)? nac\b",
    ),
    ("date_of_death", 100, rf"\b({_DATE})\b.*\b({_DEATH})\b|\b({_DEATH}) ({_DATE})\b|^(dod|died|deceased)$"),
    ("date_of_hire", 100, rf"\b({_DATE})\b.*\bhired?\b|\bhired? ({_DATE})\b|^(hired|doh)$"),
    ("phone", 95, rf"\b({reporter_headings.PHONE})\b"),
    ("email", 95, r"\be ?mail\b|\bcorreo\b"),
    ("language", 95, r"\b(language|lang|idioma|speaks)\b"),
    (
        "preferred_contact",
        100,
        r"\b(pref|prefer\w*|best) (.* )?(contact|method|way|reach)\b|\bcontact (pref|preference|method)\b",
    ),
    ("time_of_injury", 100, rf"\b({_HOUR})\b.*\b({_INJURY})\b|\b({_INJURY})\b.*\b({_HOUR})\b|\btoi\b"),
    (
        "date_of_injury",
        100,
        rf"\b({_DATE})\b.*\b({_INJURY})\b|\b({_INJURY})\b ?({_DATE})\b|\b(doi|dol|doa|d o [ila])\b|^date of in?$",
    ),
    ("date_of_injury", 60, r"^(event|accident|injury|loss|incident|injured|hurt|when|occurred)$"),
    ("date_of_injury", 100, r"^(inj|loss|los|acc|inc)(dt|dte|date|dtm|dttm)$|^(dt|dte|date)(inj|loss|acc|inc)$"),
    ("time_reported", 100, rf"\b({_HOUR})\b.*\b({_REPORT})\b|\b({_REPORT})\b.*\b({_HOUR})\b"),
    ("date_reported", 100, rf"\b({_DATE})\b.*\b({_REPORT})\b|\b({_REPORT})\b.*\b({_DATE})\b"),
    ("date_reported", 100, r"^(rpt|rptd|rept|rep|recd|rcvd)(dt|dte|date|dtm|dttm)$"),
    ("date_reported", 85, rf"^(({_INJURY}|claim) )?(reported|rptd)$"),
    ("date_reported", 85, r"^(received|notified|notice|opened|dor|first report|fnol|froi)$"),
    ("date_reported", 40, rf"\b(created|entered|added|submitted|logged)\b.*\b({_DATE})\b"),
    ("date_reported", 40, rf"\b({_DATE})\b.*\b(created|entered|added|submitted|logged)\b"),
    ("date_reported", 40, r"^timestamp$"),
    ("jurisdiction", 100, r"\bjuris\w*\b|\b(benefit|governing|filing) state\b"),
    ("jurisdiction", 90, rf"\bstate\b.*\b({_INJURY})\b|\b({_INJURY}|site|work|loss) (state|st)\b"),
    ("jurisdiction", 70, r"^(state|st|us state|state code|state cd|estado)$"),
    ("narrative", 150, r"\bdescribe\b.*\b(injur\w*|illness|accident|incident|event|happened|occur\w*)\b"),
    ("narrative", 100, r"\b(narrative|narr|narrativa|what happened|que paso|how .*(happened|occurred))\b"),
    (
        "narrative",
        100,
        r"\b(descri|descrip|descript|descriptio|description|desc|descr|descripcion|relato|summary long)\b",
    ),
    ("narrative", 60, r"\b(summary|details?|comments?|remarks|circumstances|story|notes?|comentarios)\b|^incident$"),
    (
        "body_part",
        100,
        r"\b(body ?parts?|parts? of body|bodypart|pob|injured (body )?part|part injured|body|part of bod?)\b"
        r"|\bpartes? del cuerpo\b",
    ),
    (
        "nature",
        100,
        r"\b(nature|naturaleza)\b|\b(type|kind) of injury\b|\binjury (type|kind|nature)\b|\btipo de lesion\b",
    ),
    ("nature", 80, r"\b(what was the injury|injury or illness|injury illness)\b"),
    ("nature", 60, r"^(injury|diagnosis|injury description short)$"),
    ("cause", 100, r"\b(cause|causa)\b|\bcoi\b"),
    ("part_code", 120, rf"\b(body ?parts?|parts? of body|bodypart|pob|part)( {_OF_INJURY})? {_CODE}\b"),
    ("nature_code", 120, rf"\b(nature|noi)( {_OF_INJURY})? {_CODE}\b"),
    ("cause_code", 120, rf"\b(cause|coi)( {_OF_INJURY})? {_CODE}\b"),
    ("cause", 50, r"\b(event (type|title)|accident type|mechanism|object|substance)\b"),
    ("address", 90, r"\b(address|street|addr|address ?1|direccion|domicilio|calle)\b"),
    ("city", 90, r"\b(city|town|ciudad)\b"),
    ("postal_code", 95, r"\b(zip|zipcode|postal|postcode|post code|zip code)\b"),
    ("injury_state", 80, rf"\bstate\b.*\b({_INJURY})\b|\b({_INJURY}|{_SITE}) (state|st)\b"),
    ("emergency", 90, r"^(emergency|emergency flag|urgent|is emergency|life threatening)$"),
)
_PATTERNS = tuple((field, strength, re.compile(pattern)) for field, strength, pattern in _SAID)
_DATES = frozenset({"birth_date", "date_of_injury", "date_reported", "time_of_injury", "time_reported"})
_REPORTED = frozenset({"date_reported", "time_reported"})
_NAMES = frozenset({"family_name", "given_name", "full_name"})
_WORKERS_OWN = _NAMES | {"phone", "email"}
_SAYS_DATE = re.compile(
    rf"\b({_DATE}|dob|d o b|birth\w*|born|nacimiento|doi|dol|doa|d o i|d o l|d o a|dor|dod|doh|bday|datum|timestamp)\b"
    r"|date\b|dte?\b|dtt?m\b"
)


def plain(heading: str) -> str:
    """Return *heading* as lower-case plain words: `DtOfInjury_1` is `dt of injury 1`, `Claim #` is `claim number`."""
    named = heading[:200].removesuffix("__c").replace("#", " number ")  # Salesforce ends those of one's own so
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", named)
    letters = unicodedata.normalize("NFKD", spaced)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


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


def recognised(heading: str) -> bool:
    """Tell whether *heading* surely means some field."""
    return max(meanings(heading).values(), default=0) >= _SURE


def doubtful(heading: str, field: str) -> bool:
    """Tell whether *heading* may mean *field* and does not surely: then it is offered and not taken."""
    return 0 < meanings(heading).get(field, 0) < _SURE


def says_date(heading: str) -> bool:
    """Tell whether *heading* says that a date stands under it; only there may a plain number be one."""
    return _SAYS_DATE.search(plain(heading)) is not None


_HALF = re.compile(r"(am|a m) ?(pm|p m)|ampm|meridiem")
_ZONE = re.compile(
    r"(?:[\W_](?P<name>utc|gmt|[ecmp][sd]t|ak[sd]t|hst|eastern|central|mountain|pacific)(?: time)?"
    r"|\((?P<brief>[ecmp]t)\))[)\]\s]*$",
    re.IGNORECASE,
)


def says_half(heading: str) -> bool:
    """Tell whether *heading* says that AM or PM stands under it, by itself."""
    return _HALF.fullmatch(plain(heading)) is not None


def zone_in(heading: str) -> str:
    """Return the zone that *heading* ends with, as `Date Reported (UTC)` and `reported_at_utc`; empty without one."""
    match = _ZONE.search(heading)
    return (match["name"] or match["brief"]) if match else ""


def says_nothing(heading: str) -> bool:
    """Tell whether *heading* is none that somebody wrote: `Column 3`, `F7`, a letter."""
    return _SAYS_NOTHING.fullmatch(plain(heading)) is not None


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
