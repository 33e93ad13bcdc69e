"""
Files: kept as they came, known by what is in them and not by their names, and opened only here, on the record.

It is not known here what a file belongs to: whoever opens one says as the look at what it goes on the record.
"""

import io
import struct
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from PIL import Image, ImageOps, ImageSequence
from sqlalchemy import Connection

from core import audit, scope, typed
from core.access import Action, Actor, NotAllowed, Subject, require
from core.refusal import Refusal
from db.queries import files as queries

MOST_BYTES = 10 * 1024 * 1024
"""The largest file that is kept; the database says the same."""

MOST_IN_WORDS = f"{MOST_BYTES // 1024 // 1024} MB"

MOST_PIXELS = 45_000_000
"""The largest picture that is kept: a legal page at 600 dots an inch. A small file can claim to be a huge picture."""

LONGEST_NAME = 200
"""Letters of a file's name that are kept; the database says the same."""

SHOWN_WIDTH, SHOWN_HEIGHT = 1400, 2000
"""Pixels within which a picture is shown."""


class FileKind(StrEnum):
    """What a file is, by its content. A picture's kind has the name that the picture library calls its format."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TIFF = "tiff"
    TEXT = "text"


KIND_NAMES = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "PNG picture",
    FileKind.JPEG: "JPEG picture",
    FileKind.TIFF: "TIFF picture",
    FileKind.TEXT: "Plain text",
}

KINDS_IN_WORDS = f"{', '.join(kind.name for kind in FileKind if kind is not FileKind.TEXT)} or plain text"
"""Every kind of file that is kept, in one breath."""

PICTURES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.TIFF})

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TIFF: "image/tiff",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
"""How a file is named to a browser that downloads it."""


class EmptyFile(Refusal):
    text = "This file is empty. Ask for it once more, or scan it again."


class FileTooLarge(Refusal):
    text = f"This file is larger than {MOST_IN_WORDS}, the most that is kept. Split it, or scan it in less detail."


class WebPage(Refusal):
    text = "This is a web page or a program's own text, whatever its name says. Print it to PDF and drop that."


class UnknownFile(Refusal):
    text = f"This is no {KINDS_IN_WORDS}, whatever its name says. Print it to PDF and drop that."


class PictureTooLarge(Refusal):
    text = "This picture has more than 45 million pixels, the most that is kept. Scan it in less detail."


class BrokenPicture(Refusal):
    text = "This picture cannot be read: it is damaged or cut off. Ask for it once more, or scan it again."


class FileWaits(Refusal):
    text = "The very same file waits in the tray already."


class NoSuchFile(NotAllowed):
    text = "There is no such file among those of the clients you serve."


@dataclass(frozen=True)
class Opened:
    """A file as it came, with its bytes."""

    name: str
    kind: FileKind
    digest: bytes
    content: bytes


_SIGNATURES = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
)
"""How a file of each kind begins."""

_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<svg", "<?", "<!--", "%!ps", "{\\rtf", "#!")
"""How a text begins that is meant for a program and not to be read."""

_UNREADABLE = frozenset(map(chr, range(32))) - set("\t\n\r\f")
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error)
"""What the picture library raises where a picture is not what its first bytes say."""


def kind_of(data: bytes) -> FileKind:
    """
    Return what *data* is by its content; of a picture no more than its header is read.

    :raises EmptyFile, FileTooLarge: if there is nothing in it, or more than MOST_BYTES.
    :raises WebPage: if it is a text for a browser or another program.
    :raises BrokenPicture, PictureTooLarge: if it is a picture that cannot be read or has more than MOST_PIXELS.
    :raises UnknownFile: if it is anything else that is not kept.
    """
    if not data:
        raise EmptyFile
    if len(data) > MOST_BYTES:
        raise FileTooLarge
    kind = next((kind for beginning, kind in _SIGNATURES if data.startswith(beginning)), FileKind.TEXT)
    if kind is FileKind.TEXT:
        _check_text(data)
    elif kind in PICTURES:
        _check_size(_picture(kind, data))
    return kind


def keep(
    actor: Actor, tx: Connection, *, client_id: int, name: str, data: bytes, at: datetime,
    received_at: datetime | None = None,
) -> int:  # fmt: skip
    """
    Keep a file of a client and return its number; with *received_at* it is stamped and does not wait in the tray.

    :raises NotAllowed: if the actor keeps no files.
    :raises EmptyFile, FileTooLarge, WebPage, BrokenPicture, PictureTooLarge, UnknownFile: as `kind_of`.
    :raises NoSuchClient: if the client is not there for the actor.
    :raises FileWaits: if the very same file waits for this client.
    """
    scope.require_client(actor, tx, Action.FILE_KEEP, client_id, Subject("file", 0, client_id))
    kind = kind_of(data)
    values = {
        "client_id": client_id, "kind": kind.value, "name": _as_name(name, kind), "size": len(data),
        "digest": sha256(data).digest(), "at": at, "by_id": actor.staff_id, "received_at": received_at,
        "stamped_by": None if received_at is None else actor.staff_id,
    }  # fmt: skip
    file_id = queries.keep(tx, data, values)
    if file_id is None:
        raise FileWaits
    audit.record(
        actor, tx, verb="kept", noun="file", noun_id=file_id, client_id=client_id,
        detail={"kind": kind.value, "bytes": len(data)},
    )  # fmt: skip
    return file_id


def opened(actor: Actor, tx: Connection, *, client_id: int, file_id: int, hangs_on: Subject | None = None) -> Opened:
    """
    Return a file with its bytes; on the record it is a look at the file, or at what it *hangs on*.

    :raises NotAllowed: if the actor reads no files.
    :raises NoSuchFile: if the file is not there for the actor.
    """
    subject = hangs_on or Subject("file", file_id, client_id)
    require(actor, Action.FILE_READ, subject)
    if (found := queries.content(tx, client_id, file_id)) is None:
        raise NoSuchFile
    audit.record(
        actor, tx, verb="read", noun=subject.noun, noun_id=subject.noun_id, client_id=client_id, detail=subject.more
    )
    return Opened(found.name, FileKind(found.kind), found.digest, found.content)


def as_text(data: bytes) -> str:
    """Return a plain text, in UTF-8 or as Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def pages_of(file: Opened) -> int:
    """Return how many pages a picture has: a fax is one TIFF of several."""
    try:
        return int(getattr(_picture(file.kind, file.content), "n_frames", 1)) if file.kind is FileKind.TIFF else 1
    except _DAMAGED:
        return 1


def picture(file: Opened, page: int = 0) -> bytes:
    """
    Return a page of a picture as a PNG of at most SHOWN_WIDTH by SHOWN_HEIGHT pixels, upright, and nothing else of it.

    :raises BrokenPicture: if it cannot be read to its end.
    :raises PictureTooLarge: if this page has more than MOST_PIXELS.
    """
    image = _picture(file.kind, file.content)
    try:
        if page:
            image = next(frame for number, frame in enumerate(ImageSequence.Iterator(image)) if number == page)
        _check_size(image)
        image.draft("RGB", (SHOWN_WIDTH, SHOWN_HEIGHT))  # a JPEG is then read no larger than it is shown
        image = ImageOps.exif_transpose(image)
        image = image.convert("L" if image.mode in ("1", "L") else "RGB")
        image.thumbnail((SHOWN_WIDTH, SHOWN_HEIGHT))
        out = io.BytesIO()
        image.info.clear()
        image.save(out, "PNG")
    except (*_DAMAGED, StopIteration, MemoryError):
        raise BrokenPicture from None
    return out.getvalue()


def _picture(kind: FileKind, data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=[kind.name])
    except Image.DecompressionBombError:
        raise PictureTooLarge from None
    except _DAMAGED:
        raise BrokenPicture from None


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PictureTooLarge


def _check_text(data: bytes) -> None:
    said = as_text(data)
    if _UNREADABLE & set(said) or "\ufffd" in said:
        raise UnknownFile
    if said.lstrip().lower().startswith(_MARKUP):
        raise WebPage


def _as_name(name: str, kind: FileKind) -> str:
    """Return the name as it is kept: its last part, on one line; what is too long keeps its beginning."""
    last = typed.one_line(name.replace("\\", "/").rpartition("/")[2])
    return last[:LONGEST_NAME] or f"Without a name.{kind.value}"
