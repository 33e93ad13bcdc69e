"""Files that are no table, told by how they begin, each refused in its own sentence."""

import re

from core.feeds.reading.feed import MOST_BYTES, UnreadableFeed

ARCHIVE = b"PK\x03\x04"
"""How a workbook (.xlsx) begins, and every other zip archive."""
_CONTAINER = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BINARY = (
    (b"%PDF", "This is a PDF, not a CSV file. Ask the client for the table it was made from."),
    (b"{\\rtf", "This is a text document, not a CSV file. Ask the client for the table it was made from."),
    *((start, "This is a picture, not a CSV file. Ask the client for the table it shows.") for start in _PICTURES),
    (b"\x1f\x8b", "This file is compressed. Unpack it and import what is inside."),
)
_ASK = "Ask the client for the table, saved as CSV or as an Excel workbook."
_WRITTEN = (
    (r"<(!doctype\s+html|html|head|body|table|meta|style)\b", f"This is a web page, not a CSV file. {_ASK}"),
    (r"<\?xml|<[a-z][\w.-]*:?[\w.-]*[\s>]", f"This is an XML file, not a CSV file. {_ASK}"),
    (r'\{\s*("|\}|$)|\[\s*(\{|\[|\]|")', f"This is a JSON file, not a CSV file. {_ASK}"),
    (r"mime-version\s*:", f"This is a saved web page or message, not a CSV file. {_ASK}"),
)


def refuse_binary(data: bytes) -> None:
    """
    Refuse *data* where it is too large or, by its first bytes, neither text nor a workbook.

    :raises UnreadableFeed: saying what it is.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFeed(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it and import the parts.")
    if data.startswith(_CONTAINER):
        if _ENCRYPTED in data:
            raise UnreadableFeed("This workbook is locked by a password. Ask the client for one without.")
        raise UnreadableFeed("This is an old Excel workbook. Save it as .xlsx or the sheet as CSV, and import that.")
    for start, sentence in _BINARY:
        if data.startswith(start):
            raise UnreadableFeed(sentence)


def refuse_markup(head: str) -> None:
    """
    Refuse a file whose text begins with *head* where that is HTML, XML or JSON.

    :raises UnreadableFeed: saying what it is.
    """
    start = head[:2000].lstrip("\ufeff \t\r\n")
    for pattern, sentence in _WRITTEN:
        if re.match(pattern, start, re.IGNORECASE):
            raise UnreadableFeed(sentence)
