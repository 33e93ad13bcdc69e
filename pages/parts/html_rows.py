"""A table of rows whose cells are read whole: it scrolls by itself, and where it is narrow each row is an entry."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from pages.parts.live_lists import CLAIM_ADDRESS


def table(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, look: str = "") -> str:
    """Return *rows*, cells of HTML, under *headings*; *look* is a class of its own beside that of all such tables."""
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(f"<tr>{_cells(headings, row)}</tr>" for row in rows)
    return (
        f'<div class="{f"desk-rows {look}".strip()}" tabindex="0" role="region" aria-label="{name}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def linked(said: str, ids: Mapping[str, int], client_id: int) -> str:
    """Return *said* in HTML, the number of each claim of *ids* a link; it opens beside the page, which stays."""
    if not ids:
        return escape(said)
    parts = re.split(rf"\b({'|'.join(map(re.escape, ids))})\b", said)
    return "".join(_link(part, client_id, ids[part]) if part in ids else escape(part) for part in parts)


def _link(number: str, client_id: int, claim_id: int) -> str:
    address = escape(CLAIM_ADDRESS.format(client_id, claim_id))
    return f'<a href="{address}" target="_blank">{escape(number)}</a>'


def _cells(headings: Sequence[str], row: Sequence[str]) -> str:
    pairs = zip(headings, row, strict=True)
    return "".join(f'<td data-heading="{heading}">{cell}</td>' for heading, cell in pairs)
