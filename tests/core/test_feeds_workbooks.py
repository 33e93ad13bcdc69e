"""An Excel workbook is read as its sheets saved as CSV would be; one that is made to harm is refused early."""

import hashlib
import io
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from random import Random

import pytest

from core.feeds.reading import UnreadableFeed, WhichSheet
from tests.claim_feeds import read_feed
from tests.workbooks import DATE, DATE_TIME, ELAPSED, TIME, Cell, workbook

HEAD: list[Cell] = ["Claim No", "Employee Name", "Date of Injury", "Date Reported"]
CLAIMS: list[list[Cell]] = [
    HEAD,
    ["00123", "Núñez, Ana", (46346, DATE), (46349.381944444, DATE_TIME)],
    [1001, "Bo Sample", (46347, DATE), (46349, DATE)],
]
READ = [("00123", "Núñez, Ana", "2026-11-20", "2026-11-23 09:10"), ("1001", "Bo Sample", "2026-11-21", "2026-11-23")]
NOTES: list[list[Cell]] = [["How to fill this in"], ["One row for each claim."], ["Dates as dates."]]
FIGURES: list[list[Cell]] = [["Plant", "Claims"], ["North", 5], ["South", 7]]


def test_a_sheet_is_read_as_the_same_sheet_saved_as_csv() -> None:
    data = workbook({"Claims": CLAIMS})

    feed = read_feed(data)

    assert feed.headings == tuple(HEAD)
    assert [row.cells for row in feed.rows] == READ
    assert [row.number for row in feed.rows] == [2, 3]
    assert (feed.sheet, feed.sheets, feed.encoding, feed.delimiter, feed.headed) == (
        "Claims",
        ("Claims",),
        "",
        "",
        True,
    )
    assert feed.digest == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (123, "123"), (123.0, "123"), (-5, "-5"), (0.1, "0.1"), (0.1 + 0.2, "0.3"), (46346, "46346"),
        (123456789012, "123456789012"), (1.2345678901234568e17, "1.23456789012346e+17"),
        (True, "TRUE"), (False, "FALSE"), (" 007 ", "007"), ("'00123", "00123"), ("1/2/2026", "1/2/2026"),
        ((46346, DATE), "2026-11-20"), ((46346.4, DATE), "2026-11-20 09:36"), ((46346.381944444, DATE_TIME), "2026-11-20 09:10"),
        ((46346.5 + 1 / 86400, DATE_TIME), "2026-11-20 12:00:01"), ((0.381944444, TIME), "09:10"), ((1.5, ELAPSED), "36:00"),
        (None, ""), ("a\nb", "a\nb"),
    ],
)  # fmt: skip
def test_a_cell_says_what_can_be_read_in_one_way(cell: Cell, said: str) -> None:
    feed = read_feed(workbook({"Claims": [[*HEAD, "Other"], ["A-1", "Ana", (46346, DATE), (46349, DATE), cell]]}))

    assert feed.rows[0].cells[4] == said


def test_an_error_in_a_cell_is_a_blank_one() -> None:
    row = '<row><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Phone</t></is></c></row>'
    feed = read_feed(workbook({"Claims": f'{row}<row><c t="str"><v>Ana</v></c><c t="e"><v>#N/A</v></c></row>'}))

    assert feed.rows[0].cells == ("Ana", "")


def test_titles_and_totals_in_a_sheet_are_passed_over_and_rows_are_numbered_as_shown() -> None:
    feed = read_feed(workbook({"Claims": [["Weekly claims"], [], [], *CLAIMS, ["Total", 2]]}))

    assert [row.cells for row in feed.rows] == READ
    assert [row.number for row in feed.rows] == [5, 6]
    assert feed.notes == (
        "Passed over above the table: row 1 'Weekly claims'.",
        "Passed over as totals: row 7 'Total 2'.",
    )


def test_a_sheet_without_headings_keeps_its_first_row() -> None:
    feed = read_feed(workbook({"Claims": CLAIMS[1:]}))

    assert not feed.headed
    assert [row.cells for row in feed.rows] == READ


def test_the_only_sheet_that_holds_a_table_is_read() -> None:
    feed = read_feed(workbook({"Read me": NOTES, "Claims": CLAIMS, "Empty": [], "Old": CLAIMS}, hidden=["Old"]))

    assert feed.sheet == "Claims"
    assert feed.sheets == ("Read me", "Claims", "Empty", "Old")


def test_of_two_sheets_with_tables_none_is_taken_unasked() -> None:
    data = workbook({"Old": CLAIMS, "Figures": FIGURES, "Claims": CLAIMS}, hidden=["Old"])

    with pytest.raises(WhichSheet) as refusal:
        read_feed(data)

    assert refusal.value.sheets == ("Figures", "Claims", "Old")
    assert str(refusal.value) == (
        "More than one sheet of the workbook holds a table. Say which sheet to read: Figures, Claims, Old."
    )
    assert [row.cells for row in read_feed(data, sheet="claims ").rows] == READ
    assert read_feed(data, sheet="Figures").headings == ("Plant", "Claims")
    assert [row.cells for row in read_feed(data, sheet="Old").rows] == READ


@pytest.mark.parametrize(
    ("sheets", "hidden"),
    [
        ({"Claims": CLAIMS, "Read me": NOTES, "More": NOTES}, ["Claims"]),
        ({"A": NOTES, "B": []}, []),
        ({"A": CLAIMS}, ["A"]),
    ],
)
def test_where_no_sheet_surely_holds_the_claims_they_are_named(
    sheets: dict[str, list[list[Cell]]], hidden: list[str]
) -> None:
    with pytest.raises(WhichSheet, match="No sheet of the workbook surely holds a table"):
        read_feed(workbook(sheets, hidden=hidden))


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(WhichSheet, match=r"no sheet called May\. Say which sheet to read: Claims"):
        read_feed(workbook({"Claims": CLAIMS}), sheet="May")
    with pytest.raises(UnreadableFeed, match="no workbook"):
        read_feed(b"Name,Phone\nAna,1\n", sheet="May")


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04rest", "damaged"),
        (archive(feed="Name,Phone"), "archive"),
        (archive(content_xml="<a/>"), "OpenDocument"),
        (archive(word__document_xml="<a/>"), "Word"),
        (archive(xl__workbook_bin=""), "binary"),
        (archive(xl__workbook_xml="<workbook/>"), "damaged"),
        (archive(xl__workbook_xml="<workbook"), "damaged"),
        (workbook({"Claims": CLAIMS})[:-200], "damaged"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (workbook({"Claims": '<!DOCTYPE a [<!ENTITY b "c">]>'}), "damaged"),
        (workbook({"Claims": []}), "no words"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        read_feed(data)


def far_apart() -> bytes:
    return workbook(
        {"Claims": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'}
    )


def row_of_number(number: str) -> bytes:
    """A row that says to be the *number*th, for which whatever reads the sheet would make room."""
    first = '<row r="1"><c t="inlineStr"><is><t>Name</t></is></c></row>'
    return workbook({"Claims": f'{first}<row r="{number}"><c><v>1</v></c></row>'})


def far_apart_without_places() -> bytes:
    wide = "<row>" + "<c><v>1</v></c>" * 16_000 + "</row>"
    return workbook({"Claims": wide + "<row><c><v>1</v></c></row>" * 100_000})


def one_text_in_every_cell() -> bytes:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 400 + "</row>"
    return workbook({"Claims": row * 500}, shared=["x" * 1_000_000])


def unpacked_without_end() -> bytes:
    return workbook({"Claims": CLAIMS}, more={"xl/other.xml": f"<a>{' ' * 300_000_000}</a>"})


def elements_without_end() -> bytes:
    return workbook({"Claims": CLAIMS}, more={"xl/other.xml": f"<a>{'<b/>' * 12_000_000}</a>"})


def says_it_is_small() -> bytes:
    """Return a workbook with a part that is larger than it says."""
    data = bytearray(workbook({"Claims": CLAIMS}, more={"xl/other.xml": f"<a>{' ' * 50_000_000}</a>"}))
    size = (50_000_007).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
    return bytes(data)


MEASURE = """
import resource, sys
from core.feeds.reading import UnreadableFeed
from tests.claim_feeds import read_feed
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_feed(data)
except UnreadableFeed as refusal:
    print(refusal)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (far_apart, "reaches over more than"),
        (far_apart_without_places, "reaches over more than"),
        (partial(row_of_number, "4294967294"), "reaches over more than"),
        (partial(row_of_number, "100000000"), "reaches over more than"),
        (partial(row_of_number, "99999999999999"), "reaches over more than"),
        (one_text_in_every_cell, "larger than what is read"),
        (unpacked_without_end, "larger than what is read"),
        (elements_without_end, "larger than what is read"),
        (says_it_is_small, "damaged"),
    ],
)
def test_a_small_workbook_that_would_take_all_memory_is_refused_early(made, word: str) -> None:
    data = made()
    assert len(data) < 2_000_000

    said = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=Path(__file__).resolve().parents[2], input=data, capture_output=True, timeout=60, check=True
    ).stdout.decode()  # fmt: skip

    sentence, megabytes = said.splitlines()
    assert word in sentence
    assert int(megabytes) < 60


def test_more_columns_than_a_table_has_are_refused() -> None:
    with pytest.raises(UnreadableFeed, match="row 1 has more than 500 cells"):
        read_feed(workbook({"Claims": [["Phone"] * 501, ["1"] * 501]}))


@pytest.mark.parametrize("part", range(4))
def test_a_spoilt_workbook_is_read_or_refused(part: int) -> None:
    whole = workbook({"Claims": [["Weekly claims"], *CLAIMS]}, shared=["Ana"])
    for number in range(part, 400, 4):
        random = Random(number)
        data = bytearray(whole)
        if number % 2:  # inside a part, where the archive's own sums do not tell
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w") as after:
                for name in before.namelist():
                    content = bytearray(before.read(name))
                    content[random.randrange(len(content))] = random.randrange(256)
                    after.writestr(name, bytes(content))
            data = bytearray(out.getvalue())
        else:
            for _ in range(random.randrange(1, 8)):
                data[random.randrange(len(data))] = random.randrange(256)
        try:
            feed = read_feed(bytes(data))
        except UnreadableFeed:
            continue
        assert feed.rows
