"""What arrives at the sample MCO on a given day, and what becomes of it: the same answer every time it is asked."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from core.calendars import first_instant
from core.sample.people import CLIENTS, SampleClient

_REPORTS = Path(__file__).parent / "reports.csv"
_FAMILY = (
    "Sampleton", "Testwell", "Exampler", "Demoson", "Placeholder", "Mockford", "Fixture", "Pretend", "Standin",
    "Makebelieve", "Núñez-Sample", "Tryout", "Dummyfield", "Specimen", "O’Example",
)  # fmt: skip
_GIVEN = (
    "Alma", "Boris", "Carmen", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jamal", "Keiko", "Luis", "Mei",
    "Nadia", "Oscar", "Priya", "Quinn", "Rosa", "Sven", "Tomas", "Uma", "Viktor", "Wanda", "Ximena", "Yusuf", "Zoe",
)  # fmt: skip
_LANGUAGES = ("English",) * 8 + ("Spanish",) * 3 + ("Vietnamese",)
_BY_HOUR = (1, 1, 0, 0, 1, 2, 5, 9, 11, 11, 10, 8, 7, 8, 9, 9, 7, 5, 4, 3, 3, 2, 2, 1)
"""How likely a report is in each hour of the client's day."""


@dataclass(frozen=True)
class Arrival:
    """One report of the sample: its row for the feed, and when the worker is reached (instants in UTC)."""

    number: str
    rhythm: bool
    """One of those that keep the present moment lively; history needs none of them."""
    reported_at: datetime
    reached_at: datetime
    tries: tuple[datetime, ...]
    cells: tuple[str, ...]
    completed: tuple[str, ...]
    """The cells with what was asked for since; of few it is still missing."""


HEADINGS = (
    "client_claim_number", "family_name", "given_name", "birth_date", "phone", "language", "preferred_contact",
    "date_of_injury", "time_of_injury", "date_reported", "time_reported", "jurisdiction", "narrative", "body_part",
    "nature", "cause", "reporter", "reporter_phone", "part_code", "nature_code", "cause_code",
)  # fmt: skip
"""What `Arrival.cells` hold, and `completed`, in order."""
_CODES = HEADINGS[-3:]
"""What only some clients send, so last."""
_NEVER_HAD = 0.03
"""The share of reports of which what was missing is missing for good."""


@lru_cache(maxsize=1)
def _reports() -> list[dict[str, str]]:
    with open(_REPORTS, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def between(client: SampleClient, since: datetime, until: datetime) -> list[Arrival]:
    """Return the client's arrivals reported from *since* up to *until*, earliest first."""
    zone = ZoneInfo(client.timezone)
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    arrivals: list[Arrival] = []
    while day <= last:
        arrivals += [one for one in _of_day(client, day) if since <= one.reported_at <= until]
        day += timedelta(days=1)
    return sorted(arrivals, key=lambda one: one.reported_at)


@lru_cache(maxsize=2048)
def _of_day(client: SampleClient, day: date) -> tuple[Arrival, ...]:
    random = Random(f"{client.code} {day}")
    weekend = day.isoweekday() > 5
    count = round(random.gauss(client.a_day, 1.2) * (0.35 if weekend else 1))
    reports = []
    for _ in range(max(count, 0)):
        hour = random.choices(range(24), _BY_HOUR)[0]
        reported_at = first_instant(ZoneInfo(client.timezone), day, time(hour, random.randrange(60)))
        reports.append((reported_at, _hours_to_contact(client, random)))
    arrivals = [
        _arrival(client, f"{day:%y%m%d}-{number:02d}", one, random) for number, one in enumerate(sorted(reports), 1)
    ]
    if client.rhythm:
        arrivals += [_arrival(client, f"{day:%y%m%d}-R{slot:02d}", one, random) for slot, one in _rhythm(client, day)]
    return tuple(arrivals)


def _hours_to_contact(client: SampleClient, random: Random) -> float:
    if random.random() < 0.04:
        return client.hours + random.uniform(1, 9)
    return min(random.lognormvariate(1.9, 0.6), client.hours * 0.85)


def _rhythm(client: SampleClient, day: date) -> list[tuple[int, tuple[datetime, float]]]:
    """Every two hours one report at one of the clients, reached just in time, late, or nearly late, in turn."""
    mine = [one.code for one in CLIENTS if one.rhythm].index(client.code)
    slots = []
    for slot in range(12):
        if (slot + day.toordinal()) % 4 == mine:
            random = Random(f"{day} slot {slot}")
            start = first_instant(ZoneInfo(client.timezone), day, time(slot * 2, random.randrange(40)))
            hours = (31.0, 23.5, 22.6)[slot % 3]
            slots.append((slot, (start, hours + random.random() * 0.3)))
    return slots


def _arrival(client: SampleClient, suffix: str, when: tuple[datetime, float], random: Random) -> Arrival:
    reported_at, hours = when
    report = random.choice(_reports())
    number = f"{client.code[:2]}{suffix}"
    local = reported_at.astimezone(ZoneInfo(client.timezone))
    injured = local.date() - timedelta(days=random.choice((0, 0, 0, 0, 1, 1, 2, 5)))
    born = date(random.randrange(1960, 2006), random.randrange(1, 13), random.randrange(1, 29))
    missing = {name for name, share in _MISSING if random.random() < share}
    # Injured on the day of the report: then the hour of the accident must lie before it.
    at = report["time"] if report["time"] and (injured < local.date() or report["time"] < f"{local:%H:%M}") else ""
    cells = {
        "client_claim_number": number,
        "family_name": random.choice(_FAMILY),
        "given_name": random.choice(_GIVEN),
        "birth_date": f"{born:%m/%d/%Y}",
        "phone": f"({random.choice((312, 614, 213, 602, 720))}) 555-01{random.randrange(100):02d}",
        "language": random.choice(_LANGUAGES),
        "preferred_contact": random.choice(("phone", "phone", "text", "phone")),
        "date_of_injury": f"{injured:%m/%d/%Y}",
        "time_of_injury": at,
        "date_reported": f"{local:%m/%d/%Y}",
        "time_reported": f"{local:%H:%M}",
        "jurisdiction": report["state"],
        "narrative": report["narrative"],
        "body_part": report["body_part"],
        "nature": report["nature"],
        "cause": report["cause"],
        **{code: report[code] for code in _CODES},
    }
    # Of its own seed: who reported changes nothing else of a day that was told before.
    cells |= _reporter(client, Random(f"reporter of {number}"))
    reached_at = reported_at + timedelta(hours=hours)
    tries = [
        reported_at + timedelta(hours=hours * share) for share in (0.3, 0.7) if random.random() < 0.45 and hours > 1
    ]
    came = tuple("" if name in missing else cells[name] for name in HEADINGS)
    had = Random(f"asked of {number}").random() >= _NEVER_HAD
    completed = tuple(cells[name] for name in HEADINGS) if had else came
    return Arrival(number, "-R" in suffix, reported_at, reached_at, tuple(tries), came, completed)


def _reporter(client: SampleClient, random: Random) -> dict[str, str]:
    """Who at the employer reported, and the telephone to call back; one in ten reports does not say."""
    if random.random() < 0.1:
        return {"reporter": "", "reporter_phone": ""}
    area = {"PRAIRIE": 312, "HARBOR": 614, "MESA": 602, "CASCADE": 213, "LAKESIDE": 614, "SUMMIT": 720}[client.code]
    name = f"{random.choice(_GIVEN)} {random.choice(_FAMILY)}, {random.choice(_DUTIES)}"
    return {"reporter": name, "reporter_phone": f"({area}) 555-01{random.randrange(100):02d}"}


_DUTIES = ("shift lead", "safety officer", "human resources", "plant nurse", "site manager")
_MISSING = (
    ("birth_date", 0.05),
    ("phone", 0.08),
    ("language", 0.1),
    ("preferred_contact", 0.15),
    ("jurisdiction", 0.02),
)


def feed(client: SampleClient, arrivals: Sequence[Arrival], *, asked_before: datetime | None = None) -> bytes:
    """
    Return *arrivals* as the file that this client would send: each has its own headings, delimiter and encoding.

    Of those reported before *asked_before* it holds what has been asked for since.
    """
    words, delimiter, encoding = _MANNERS[client.code]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(words)
    for one in arrivals:
        cells = one.completed if asked_before and one.reported_at < asked_before else one.cells
        writer.writerow(cells[: len(words)])
    return out.getvalue().encode(encoding, errors="replace")


_PLAIN = (
    "Claim Number", "Employee Last Name", "Employee First Name", "Date of Birth", "Phone", "Language",
    "Preferred Contact", "Date of Injury", "Time of Injury", "Date Reported", "Time Reported", "State",
    "Accident Description", "Body Part", "Nature of Injury", "Cause of Injury", "Reported By", "Employer Phone",
)  # fmt: skip
_TERSE = (
    "CLM_NO", "EE_LAST", "EE_FIRST", "DOB", "EE_PHONE", "LANG", "PREF_CONTACT", "DOI", "INJ_TIME", "RPT_DATE",
    "RPT_TIME", "ST", "DESCRIPTION", "BODY_PART", "NATURE", "CAUSE", "CONTACT_NAME", "CONTACT_PHONE",
)  # fmt: skip
_MANNERS = {
    "PRAIRIE": ((*_PLAIN, "Part of Body Code", "Nature of Injury Code", "Cause of Injury Code"), ",", "utf-8"),
    "HARBOR": (_PLAIN, ";", "utf-8-sig"),
    "MESA": ((*_TERSE, "BODY_PART_CD", "NATURE_CD", "CAUSE_CD"), "|", "cp1252"),
    "CASCADE": (_PLAIN, "\t", "utf-16"),
    "LAKESIDE": (_TERSE, ",", "utf-8"),
    "SUMMIT": (_PLAIN, ",", "cp1252"),
}
