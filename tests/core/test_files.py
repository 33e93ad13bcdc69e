"""Files: what is kept by its content, what is refused and how it is said, and that each opening is on the record."""

import io

import pytest
from PIL import Image

from core import files
from core.access import NotAllowed, Role
from core.files import FileKind, Opened
from core.scope import NoSuchClient
from core.transactions import transaction
from tests import factories, papers
from tests.factories import NOW


def keep(actor, client: int, data: bytes = papers.PDF, name: str = "fax.pdf") -> int:
    with transaction(actor) as tx:
        return files.keep(actor, tx, client_id=client, name=name, data=data, at=NOW)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (papers.PDF, FileKind.PDF),
        (papers.SCRIPTED_PDF, FileKind.PDF),  # what it holds is shown by what runs none of it
        (papers.picture("PNG"), FileKind.PNG),
        (papers.picture("JPEG"), FileKind.JPEG),
        (papers.picture("TIFF"), FileKind.TIFF),
        ("Work status: light duty, Núñez\r\n".encode(), FileKind.TEXT),
        ("Núñez".encode("cp1252"), FileKind.TEXT),
    ],
)
def test_what_it_is_shows_in_its_content(data: bytes, kind: FileKind) -> None:
    assert files.kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", files.EmptyFile),
        (b"%PDF-" + b"x" * (files.MOST_BYTES - 4), files.FileTooLarge),
        (papers.HTML, files.WebPage),
        (b"\xef\xbb\xbf<svg onload=alert(1)>", files.WebPage),
        (b"MZ\x90\x00\x03\x00", files.UnknownFile),
        (b"PK\x03\x04 a workbook", files.UnknownFile),
        (papers.huge_png(40_000, 40_000), files.PictureTooLarge),
        (papers.huge_png(9_000, 6_000), files.PictureTooLarge),
        (b"\x89PNG\r\n\x1a\n and no more", files.BrokenPicture),
        (b"II*\x00\xff\xff\xff\xff", files.BrokenPicture),
    ],
)
def test_what_is_not_kept_is_refused_in_a_sentence(data: bytes, refusal: type[files.Refusal]) -> None:
    with pytest.raises(refusal, match=r"[.]$"):
        files.kind_of(data)


def test_exactly_ten_megabytes_are_kept() -> None:
    assert files.kind_of(papers.PDF.ljust(files.MOST_BYTES)) is FileKind.PDF


def test_a_file_comes_back_as_it_was_and_each_opening_is_on_the_record(desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    file_id = keep(va, client, name="C:\\scans\\Núñez\u202e report.pdf")

    for _ in range(2):
        with transaction(va) as tx:
            opened = files.opened(va, tx, client_id=client, file_id=file_id)

    assert (opened.content, opened.kind, opened.name) == (papers.PDF, FileKind.PDF, "Núñez report.pdf")
    with desk.owner() as db:
        events = db.execute("select verb, noun, noun_id, detail from audit_event order by event_id").fetchall()
    assert events == [
        ("kept", "file", file_id, {"kind": "pdf", "bytes": len(papers.PDF)}),
        ("read", "file", file_id, None),
        ("read", "file", file_id, None),
    ]


def test_the_same_file_does_not_wait_twice(desk) -> None:
    client, other = factories.client(), factories.client()
    va = factories.staff(Role.VA, client, other)
    keep(va, client)

    with pytest.raises(files.FileWaits):
        keep(va, client, name="again.pdf")

    assert keep(va, other)


def test_files_of_clients_not_served_are_neither_kept_nor_opened(desk) -> None:
    client = factories.client()
    file_id = keep(factories.staff(Role.VA, client), client)
    stranger = factories.staff(Role.VA, factories.client())

    with pytest.raises(NoSuchClient):
        keep(stranger, client, b"other")
    with pytest.raises(files.NoSuchFile), transaction(stranger) as tx:
        files.opened(stranger, tx, client_id=client, file_id=file_id)


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
def test_who_works_no_claims_keeps_no_files(desk, role: Role) -> None:
    client = factories.client()
    with pytest.raises(NotAllowed):
        keep(factories.staff(role, client), client)


class TestAPictureShown:
    def opened(self, data: bytes) -> Opened:
        return Opened("fax", files.kind_of(data), b"", data)

    def test_is_made_anew_upright_and_no_larger_than_it_is_looked_at(self) -> None:
        taken, out = Image.new("RGB", (3000, 1000), "red"), io.BytesIO()
        exif = taken.getexif()
        exif[0x0112] = 6  # turned by a quarter, as a telephone says it
        taken.save(out, "JPEG", exif=exif)

        shown = Image.open(io.BytesIO(files.picture(self.opened(out.getvalue()))))

        assert shown.format == "PNG"
        assert shown.height > shown.width
        assert shown.height <= files.SHOWN_HEIGHT
        assert not shown.getexif()

    def test_carries_nothing_that_hangs_on_the_file(self) -> None:
        assert b"<script>" not in files.picture(self.opened(papers.picture() + b"<script>alert(1)</script>"))

    def test_is_any_page_of_a_fax(self) -> None:
        fax = self.opened(papers.picture("TIFF", pages=3))

        assert files.pages_of(fax) == 3
        shades = [Image.open(io.BytesIO(files.picture(fax, page))).getpixel((5, 5)) for page in range(3)]
        assert shades == [0, 40, 80]

    def test_that_ends_too_early_is_said_to_be_damaged(self) -> None:
        whole = papers.picture("JPEG", 400, 300)
        with pytest.raises(files.BrokenPicture):
            files.picture(self.opened(whole[: len(whole) // 2]))
