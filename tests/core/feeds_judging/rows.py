"""A row of a feed, and the answer to it."""

from dataclasses import replace
from datetime import UTC, datetime

from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.rows import RefusedRow
from tests.claim_feeds import mapping_for, read_feed

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

LONG = "x" * 80

WHOLE = {
    "Claim No": "A-1", "Last Name": "Núñez", "First Name": "Ana", "DOB": "03/04/1985", "Phone": "(217) 555-0110",
    "Email": "ana@example.com", "Language": "Spanish", "Preferred contact": "Text", "Date of Injury": "11/20/2026",
    "Time of Injury": "9:45 a.m.", "Date Reported": "11/23/2026", "Time Reported": "08:30", "Jurisdiction": "Illinois",
    "Narrative": "Slipped.", "Body Part": "Knee", "Nature of Injury": "Strain", "Cause of Injury": "Fall",
}  # fmt: skip


def judged(timezone: str = "America/Chicago", **changed: str) -> Accepted | RefusedRow:
    row = {heading: changed.get(heading.replace(" ", "_"), cell) for heading, cell in WHOLE.items()}
    text = ";".join(row) + "\n" + ";".join(row.values()) + "\n"
    usual = read_feed(f"{';'.join(WHOLE)}\n{';'.join(WHOLE.values())}\n".encode())
    mapping = replace(mapping_for(usual), date_order="mdy")  # one row that is odd tells nothing of its column
    [answer] = judge_all(read_feed(text.encode()), mapping, timezone=timezone, at=NOW)
    return answer


def accepted(timezone: str = "America/Chicago", **changed: str) -> Accepted:
    answer = judged(timezone, **changed)
    assert isinstance(answer, Accepted), answer
    return answer


def asked(answer: Accepted) -> dict[tuple[str, str], str]:
    """Return its questions, element and reason to why."""
    return {(each.element, each.reason): each.why for each in answer.questions}


def why_asked(answer: Accepted, element: str) -> str:
    """Return in one text why *element* is asked about."""
    return " ".join(each.why for each in answer.questions if each.element == element)


def numbered(*reported: str, heading: str = "Date Reported") -> list[Accepted | RefusedRow]:
    rows = "".join(f"Ana B{n};11/20/2025;{cell}\n" for n, cell in enumerate(reported))
    feed = read_feed(f"Name;Date of Injury;{heading}\n{rows}".encode())
    mapping = FeedMapping({"full_name": "Name", "date_of_injury": "Date of Injury", "date_reported": heading})
    return list(judge_all(feed, mapping, timezone="America/Chicago", at=NOW))


def judged_beside(**beside: str) -> Accepted:
    """Judge the whole row with columns beside it."""
    head, cells = [*WHOLE, *(name.replace("_", " ") for name in beside)], [*WHOLE.values(), *beside.values()]
    feed = read_feed(f"{';'.join(head)}\n{';'.join(cells)}\n".encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone="America/Chicago", at=NOW)
    assert isinstance(answer, Accepted), answer
    return answer


def reported(head: str, *cells: str) -> Accepted:
    feed = read_feed(f"Claim No,Name,DOI,{head}\n1,Zed Quux,11/20/2026,{','.join(cells)}\n".encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone="America/Chicago", at=NOW)
    assert isinstance(answer, Accepted), answer
    return answer
