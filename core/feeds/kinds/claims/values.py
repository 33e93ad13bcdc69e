"""What a cell of a claim says: languages, ways to reach the worker, care and lost time, as clients write them."""

import re
from functools import lru_cache

from core.feeds.values import yes
from core.intake.told import LIMITS, LOST_TIME, NO_LOST_TIME, NO_TREATMENT, TREATMENTS

_LANGUAGES = {
    "en": "English", "eng": "English", "english": "English", "inglés": "English", "ingles": "English",
    "es": "Spanish", "sp": "Spanish", "spa": "Spanish", "spanish": "Spanish", "español": "Spanish",
    "espanol": "Spanish",
}  # fmt: skip


def language(cell: str) -> str | None:
    """Return the name of the language in *cell*, or None where it holds no word of letters, or too many of them."""
    return _LANGUAGES.get(cell.casefold()) or (
        cell if len(cell) <= LIMITS["language"][0] and re.search(r"[^\W\d_]{2}", cell) else None
    )


_METHODS = (
    ("text", r"\btext|\bsms\b"),
    ("email", r"e-?mail"),
    ("attorney", r"attorney|lawyer|counsel"),
    ("phone", r"phone|\bcall|voice|\bcell|mobile|\btel\b|\bhome\b|\bwork\b"),
    ("letter", r"\bletter|\bmail|\bpost"),
)
_WISHED_NOT = re.compile(r"\b(no|not|never|don['\u2019]?t|stop|refus\w*)\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def contact_method(cell: str) -> str | None:
    """
    Return how the worker prefers to be contacted, as a key of CONTACT_METHODS, or None.

    What is not wished ("do not call") is no preference: it is quoted and asked about.
    """
    if _WISHED_NOT.search(cell[:60]):
        return None
    return next((method for method, words in _METHODS if re.search(words, cell[:60], re.IGNORECASE)), None)


_NO = re.compile(r"(n|no|not|none|false|f|0(\.0)?)(?![\w.])", re.IGNORECASE)


def yes_or_no(cell: str) -> bool | None:
    """Return whether *cell* says yes or no, alone or with words behind it; None where it says neither."""
    return True if yes(cell) else False if _NO.match(cell.strip()) else None


_NO_DAY_LOST = re.compile(r"medical[- ]?only|first[- ]?aid|(record|report|incident)[- ]?only", re.IGNORECASE)
_TO_COME = re.compile(r"expect|anticipat|likely|possibl|probabl|pending|maybe|perhaps|will\b", re.IGNORECASE)
_LOST = re.compile(r"lost[- ]?(time|work|day)|time[- ]?loss|indemnity|out of work|off work", re.IGNORECASE)
_COUNTED = re.compile(r"(\d{1,4})(\.0+)?( days?)?", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def lost_time(cell: str) -> str | None:
    """Return whether time is lost from work, as a key of LOST_TIME; a number counts the days that were lost."""
    said = cell.strip()
    if counted := _COUNTED.fullmatch(said):
        return "yes" if int(counted[1]) else NO_LOST_TIME
    if said.casefold() in LOST_TIME:
        return said.casefold()
    if _NO_DAY_LOST.search(said) or _NO.match(said):
        return NO_LOST_TIME
    if _TO_COME.search(said):
        return "expected"
    return "yes" if yes(said) or _LOST.search(said) else None


_TREATED = (
    (NO_TREATMENT, r"^(no|none|not)\b|\b(refused|declined)\b"),
    ("major", r"\bmajor\b|\bfuture\b"),
    ("hospital", r"\bhospitali[sz]|\bovernight\b|\badmit|\binpatient\b|24 ?h"),
    ("emergency", r"\bemergency\b|\be\.?r\.?\b|\be\.?d\.?\b|\bambulance\b"),
    ("clinic", r"\bclinic|\bdoctor|\bphysician|\bhospital med|\burgent\b|\boffice\b|\bout-?patient\b"),
    ("on_site", r"\bon[- ]?site\b|\bfirst[- ]?aid\b|\bminor\b|\bemployer\b|\bnurse\b"),
)
_CODES = dict(enumerate(TREATMENTS))


@lru_cache(maxsize=1_000)
def treatment(cell: str) -> str | None:
    """
    Return which care the worker had at first, as a key of TREATMENTS, from words or the code of a first report.

    A hospital alone is none: whether the worker stayed there is not said.
    """
    said = cell.strip().removesuffix(".0")
    if code := re.fullmatch(r"0?(\d)(\s*[-:.)].*)?", said):
        return _CODES.get(int(code[1]))
    said = said[:80].casefold()
    return next((kind for kind, words in _TREATED if re.search(words, said)), None)
