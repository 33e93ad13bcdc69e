"""
Headings about an address: whose it is.

Only an address that its heading calls the worker's own (home, mailing, employee, claimant) reaches the worker. One of
a site, a plant, a location, an accident is where the injury happened. One of an employer, a clinic, a carrier is
neither. A heading that says nobody's ("Address", "City", "ZIP") is never taken by itself: where the nearest heading
that speaks of anybody speaks of the worker, it is offered as the worker's, and a person confirms it.
"""

import re
from functools import lru_cache
from typing import Literal

Party = Literal["worker", "place", "other"]
"""Whose an address, or another column, is."""

PERSON = (
    r"employee|empl|emp|ee|worker|wkr|claimant|clmt|injured|patient|iw|person|associate|member|team member"
    r"|trabajador|trabajadora|empleado|empleada|lesionado|lesionada"
)
OTHERS = (
    r"employer|supervisor|manager|foreman|physician|doctor|dr|provider|adjuster|examiner|attorney|insured|insurer|"
    r"carrier|company|client|reporter|witness|facility|hospital|clinic|agent|broker|spouse|dependent|emergency contact|"
    r"case ?worker|social worker|co ?worker|cowkr|(?:created|entered|added|updated|modified|assigned|submitted) by|hr|"
    r"human resources|payroll|interpreter|translator|office|front desk|dept|department|"
    r"establishment|organization|policyholder|beneficiary|next of kin|payee|vendor|nurse|tpa|administrator|union|"
    r"guarantor|insurance|subscriber|guardian|lawyer|surgeon|therapist|pharmacy|"
    r"supv|supvr|sup|mgr|patron|empleador|empresa|testigo|medico|jefe|jefa|gerente|encargado|encargada|familiar|"
    r"emergencia|esposo|esposa|conyuge|abogado|clinica|aseguradora"
)
INJURY = (
    r"injur\w*|inj|inju|accident\w*|acc|accid|incident\w*|loss|event|occur\w*|occ|happened|hurt|illness|onset|lesion|"
    r"siniestro"
)
SITE = r"site|plant|location|locn|loc|premises|scene|worksite|work site|jobsite|job site|place|lugar|planta|ubicacion"

_OF_OTHERS = re.compile(rf"\b({OTHERS})\b")
_HOME = re.compile(r"\b(home|residence|residential|mailing|domicilio|personal)\b")
_AT_WORK = re.compile(r"\bwork (address|addr|street|city|zip)\b")
_PERSON = re.compile(rf"\b({PERSON})\b")
_PLACE = re.compile(rf"\b({SITE}|where|donde)\b")
_INJURY = re.compile(rf"\b({INJURY})\b")
_NOT_A_PLACE = re.compile(
    r"\b(phone|telephone|tel|fax|e ?mail|contact|manager|supervisor|nurse|type|status|body|date|dt|time|fecha|hora|"
    r"count|first name|last name|state|department|dept)\b"
)
_ON_THE_BODY = re.compile(r"^(injury|injured|inj) (site|location|loc)$|^(site|location|loc) of (the )?(injury|inj)$")


@lru_cache(maxsize=4096)
def whose(words: str) -> Party | None:
    """Return whose an address is that is headed by these plain *words*, or None where they do not say."""
    if _OF_OTHERS.search(words):
        return "other"
    if _HOME.search(words):
        return "worker"
    if _AT_WORK.search(words):
        return "other"
    if _PLACE.search(words):
        return "place"
    if re.sub(rf"\binjured ({PERSON})\b", "", words) != words:
        return "worker"
    if _PERSON.search(words.replace("injured", "")):
        return "worker"
    return "place" if _INJURY.search(words) else None


def place_of_injury(words: str) -> int:
    """Return how surely these plain *words* head the place of an injury, 0 to 100."""
    if _OF_OTHERS.search(words) or _NOT_A_PLACE.search(words) or not _PLACE.search(words):
        return 0
    if re.fullmatch(rf"(accident |injury |loss |work )?({SITE})( (name|description|desc))?", words):
        return 85
    if re.fullmatch(rf"({SITE}) ?(code|number|num|no|nbr|id|identifier)", words):
        return 60
    return 95 if _INJURY.search(words) or re.search(r"\b(where|donde)\b", words) else 0


def perhaps_on_the_body(words: str) -> bool:
    """Tell whether a place headed by these plain *words* may be one on the body: "Injury site"."""
    return _ON_THE_BODY.fullmatch(words) is not None
