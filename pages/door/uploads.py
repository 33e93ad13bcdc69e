"""Files on their way in: for whoever imports or files documents, into one's own open page, so many bytes an hour."""

import re
import time
from collections import deque

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope
from streamlit import config

from core.access import Action, Actor
from pages.door import visitors
from pages.door.streams import owns_page

PATH = "/_stcore/upload_file"
_ADDRESS = re.compile(rf"{PATH}/(?P<page>[^/]+)/[^/]+")

QUOTA_BYTES = 400 * 1024 * 1024
"""As much may one sign-in upload in an hour."""
QUOTA_FILES = 400
"""As many files may one sign-in upload in an hour: a morning's faxes are dropped at once."""
_HOUR = 3600.0
_FRAMING = 1024 * 1024
"""Bytes that a form may need around its file."""

_taken: dict[int, deque[tuple[float, int]]] = {}
"""By sign-in, when it uploaded how many bytes within the last hour."""


def refused(scope: Scope, person: Actor | None) -> Response | None:
    """Return the answer to an upload, or to taking one back, that is not let in; None for one that is."""
    match = _ADDRESS.fullmatch(scope["path"])
    if person is None or match is None or not _may_upload(person) or not owns_page(person, match["page"]):
        return PlainTextResponse("Not here.", 403)
    if scope["method"] != "PUT":
        return None
    length = visitors.values(scope, b"content-length")
    if len(length) != 1 or not length[0].isdigit():
        return PlainTextResponse("Say how long the file is.", 411)
    size = int(length[0])
    if size > config.get_option("server.maxUploadSize") * 1024 * 1024 + _FRAMING:
        return PlainTextResponse("This file is too large.", 413)
    if not _within_quota(person.session_id or 0, size):
        return PlainTextResponse("So much was uploaded within the hour that the next file has to wait.", 429)
    return None


def _may_upload(person: Actor) -> bool:
    return person.may(Action.CLAIM_IMPORT) or person.may(Action.FILE_KEEP)


def _within_quota(session_id: int, size: int) -> bool:
    now = time.monotonic()
    for other in [other for other, taken in _taken.items() if taken[-1][0] < now - _HOUR]:
        del _taken[other]
    taken = _taken.get(session_id, deque())
    while taken and taken[0][0] < now - _HOUR:
        taken.popleft()
    if len(taken) >= QUOTA_FILES or sum(bytes_ for _, bytes_ in taken) + size > QUOTA_BYTES:
        return False
    taken.append((now, size))
    _taken[session_id] = taken
    return True
