"""What the access log tells in plain words: what was done, to what, and what else is known; on screen and in a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core import words
from core.access_log import Choices, Line
from pages.parts.access_log.wording.details import more
from pages.parts.access_log.wording.names import DOCUMENTS, KIND_WORDS, KINDS, NOUNS, TRIED, plain

__all__ = ["HEADINGS", "KINDS", "TRIED", "rows"]

HEADINGS = ("When", "Who", "Did", "To what", "Client", "More")
"""Headings of what `rows` returns, on screen and in files."""


def rows(lines: Sequence[Line], names: Choices, timezone: str, *, brief: bool = False) -> list[tuple[str, ...]]:
    """
    Return each line as cells of text under HEADINGS; instants as clocks in *timezone* (an IANA name) show them.

    Where it is to be *brief*, of many claims the first few are named, and how many more.
    """
    zone = ZoneInfo(timezone)
    return [
        (
            _when(line.at.astimezone(zone)),
            line.actor,
            did(line),
            subject(line, names),
            line.client or "",
            more(line, names, timezone, brief=brief),
        )
        for line in lines
    ]


def _when(local: datetime) -> str:
    return f"{local:%a %d %b %Y}, {words.clock(local, seconds=True)}"


def did(line: Line) -> str:
    """Return what was done: 'read', 'read 3 times', 'first contact recorded'."""
    verb = plain(line.verb)
    return f"{verb} {line.times:,} times" if line.times > 1 else verb


def subject(line: Line, names: Choices) -> str:
    """Return to what it was done: 'claim C-1042', 'worker of claim C-1042', 'person Ana Ruiz', 'file 3, PDF'."""
    noun = NOUNS.get(line.noun, plain(line.noun))
    match line.noun:
        case "injured_worker":
            return f"{noun} of claim {line.claim_number or _claim(line.detail)}"
        case "file" if line.file_kind:
            return _file(line)
        case "claim" if line.claim_number:
            return f"{noun} {line.claim_number}"
        case "staff":
            return f"{noun} {names.people.get(line.noun_id, line.noun_id or '')}".strip()
        case "client" | "feed_mapping":
            return noun  # which one stands in a column of its own, or with what was tried
        case "sign_in" if isinstance(line.detail, dict) and isinstance(line.detail.get("tries"), int):
            return f"{words.counted(line.detail['tries'], 'try', 'tries')} to sign in"
    return f"{noun} {line.noun_id or ''}".strip()


def _file(line: Line) -> str:
    """Name a file by what it is, and is by now; never by its own name, which may tell of a worker."""
    known = [KIND_WORDS["file"][line.file_kind or ""]]
    if line.document_kind:
        known.append(f"{DOCUMENTS[line.document_kind]} of claim {line.claim_number}")
    return f"file {line.noun_id}, {', '.join(known)}"


def _claim(detail: Any) -> Any:
    return detail.get("claim", "") if isinstance(detail, dict) else ""
