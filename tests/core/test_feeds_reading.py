"""A claim feed is read as it comes, every row once."""

import csv
import io
from random import Random

import pytest

from core.feeds.reading import UnreadableFeed, read_feed

HEAD = ["Claim No", "Employee Name", "Date of Injury", "Date Reported", "Narrative"]
ROWS = [
    ["A-1", "Núñez, Ana", "11/20/2026", "11/23/2026 09:10", 'Slipped,\nfell; "hard"'],
    ["A-2", "Bo Sample", "11/21/2026", "11/23/2026 09:20", "Cut\tfinger | left"],
]


def written(delimiter: str = ",", rows: list[list[str]] = ROWS, head: list[str] = HEAD) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "\x0b", "\x7f", "¦", "!", *":#&%$*+@ _-/?.()"]
)
def test_any_delimiter_gives_the_same_rows(delimiter: str) -> None:
    feed = read_feed(written(delimiter).encode())

    assert feed.delimiter == delimiter
    assert feed.headings == tuple(HEAD)
    assert [list(row.cells) for row in feed.rows] == ROWS


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32"]
)
def test_any_encoding_gives_the_same_words(encoding: str) -> None:
    feed = read_feed(written().encode(encoding))

    assert [list(row.cells) for row in feed.rows] == ROWS


def test_rows_carry_the_number_a_spreadsheet_shows_and_the_line_where_they_begin() -> None:
    feed = read_feed(written().encode())

    assert [(row.number, row.line) for row in feed.rows] == [(2, 2), (3, 4)]


def test_a_file_that_names_its_delimiter_is_believed() -> None:
    assert read_feed(b"sep=;\r\nName;Date of injury\r\nAna, B;1/1/2026\r\n").rows[0].cells == ("Ana, B", "1/1/2026")


def test_lines_above_the_headings_are_passed_over() -> None:
    feed = read_feed(b"Weekly claims\n\nprinted 11/24/2026\n" + written().encode())

    assert feed.headings == tuple(HEAD)
    assert len(feed.rows) == 2


def test_empty_lines_by_the_hundred_may_come_first() -> None:
    assert read_feed(b"\n" * 300 + b"Name;Phone\nAna;1\n").headings == ("Name", "Phone")


def test_repeated_headings_are_told_apart() -> None:
    assert read_feed(b"Phone,Phone,,Name\n1,2,3,Ana\n").headings == ("Phone", "Phone (2)", "Column 3", "Name")


def test_empty_rows_are_passed_over_and_said() -> None:
    feed = read_feed(b"Name,Phone\nAna,1\n,\n\n , \nBo,2\n")

    assert [row.cells[0] for row in feed.rows] == ["Ana", "Bo"]
    assert feed.notes == ("Empty rows, passed over: 2.",)


def test_zeros_and_unprintable_letters_are_left_out_and_said() -> None:
    feed = read_feed(b"Na\x00me,Phone\nA\x07na\x00,1\n")

    assert feed.headings[0] == "Name"
    assert feed.rows[0].cells == ("Ana", "1")
    assert len(feed.notes) == 2


def test_a_control_character_that_divides_stays_and_others_are_left_out() -> None:
    feed = read_feed(b"Na\x07me\x01Loss Date\x01Phone\nA\x02na\x011/1/2026\x01217\x00\n")

    assert feed.delimiter == "\x01"
    assert feed.headings == ("Name", "Loss Date", "Phone")
    assert feed.rows[0].cells == ("Ana", "1/1/2026", "217")


def test_blanks_divide_only_where_that_brings_the_headings_out() -> None:
    story = read_feed(b"What happened\nMoved a box and fell\nSlipped on ice\n")

    assert story.headings == ("What happened",)
    assert [row.cells for row in story.rows] == [("Moved a box and fell",), ("Slipped on ice",)]


@pytest.mark.parametrize("size", [300, 1_000, 100_000])
def test_random_bytes_are_no_text(size: int) -> None:
    for seed in range(20):
        with pytest.raises(UnreadableFeed, match="holds no text"):
            read_feed(Random(seed).randbytes(size))


@pytest.mark.parametrize("word", ["Núñez – “fell”, 5 °C, ½ day, €30 §7", "李小龙，摔倒了。", "Ångström; naïve café"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_other_letters_than_english_are_text(word: str, encoding: str) -> None:
    feed = read_feed(
        "".join(["Name|Loss Date|Narrative\n", *(f"Ana|1/1/2026|{word}\n" for _ in range(20))]).encode(encoding)
    )

    assert feed.rows[0].cells[2] == word


def test_a_cell_of_ten_megabytes_is_one_cell() -> None:
    rows = [["A-1", "Ana", "1/1/2026", "1/2/2026", "x" * 10_000_000], ["A-2", "Bo", "1/1/2026", "1/2/2026", "y"]]

    feed = read_feed(written(rows=rows).encode())

    assert [len(row.cells[4]) for row in feed.rows] == [10_000_000, 1]


def test_a_file_cut_inside_a_quoted_cell_keeps_what_is_there_and_says_so() -> None:
    feed = read_feed(written().encode()[:-8].rpartition(b"\r\nA-2")[0][:-6])

    assert len(feed.rows) == 1
    assert "cut short" in " ".join(feed.notes)


def test_a_stray_quotation_mark_swallows_no_row() -> None:
    text = 'No,Name,Injured,Story\n1,Ana,1/1/2026,"fell\n2,Bo,1/2/2026,slipped\n3,Cy,1/3/2026,tripped\n'

    feed = read_feed(text.encode())

    assert [row.cells[1] for row in feed.rows] == ["Ana", "Bo", "Cy"]


def test_a_stray_quotation_mark_before_quoted_rows_swallows_no_row() -> None:
    text = 'No,Name,Injured,Story\n1,"Ana,1/1/2026,fell\n2,"Bo",1/2/2026,slipped\n3,Cy,1/3/2026,tripped\n'

    assert [row.cells[0] for row in read_feed(text.encode()).rows] == ["1", "2", "3"]


def test_stray_quotation_marks_in_every_row_swallow_none() -> None:
    lines = "".join(f'{number},"Ana,1/1/2026,fell\n' for number in range(20_001))

    assert len(read_feed(f"No,Name,Injured,Story\n{lines}".encode()).rows) == 20_001


def test_headings_by_the_thousand_that_are_all_the_same_are_told_apart() -> None:
    headings = read_feed(b",".join([b"Phone"] * 10_000) + b"\n1\n").headings

    assert len(set(headings)) == 10_000


def test_ragged_rows_are_kept_as_they_are() -> None:
    assert [row.cells for row in read_feed(b"Name,Phone,State\nAna\nBo,1,IL,extra\n").rows] == [
        ("Ana",),
        ("Bo", "1", "IL", "extra"),
    ]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00\x07\x00", "no words"),
        (b"\x00\x00", "empty"),
        (b"\x01\n\x01\n", "no words"),
        (b"sep=;\n", "empty"),
        (b"\n" * 300 + b"\x00\n", "empty"),
        (b'"",""\n', "no words"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"a," * 20_000, "no table"),
        (b"a,b\n" + b"x\n" * 1_048_576, "Split it"),
        (b"a,b\r" + b"\r" * 1_048_576, "Split it"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        read_feed(data)


def test_headings_alone_are_a_feed_without_rows() -> None:
    assert read_feed(b"Name,Date of injury\n").rows == ()
