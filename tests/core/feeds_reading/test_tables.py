"""A table is read whole, in any delimiter, encoding and form of cell."""

import csv
import io
from random import Random

import pytest

from core.feeds.reading import UnreadableFeed
from tests.claim_feeds import read_feed
from tests.core.feeds_reading.files import (
    HEAD,
    MIDDLE,
    OTHERS,
    ROWS,
    written,
)


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


def test_a_cell_is_bounded_and_the_refusal_names_its_row_and_the_limit() -> None:
    def told(letters: int) -> bytes:
        rows = [["A-1", "Ana", "1/1/2026", "1/2/2026", "y"], ["A-2", "Bo", "1/1/2026", "1/2/2026", "x" * letters]]
        return written(rows=rows).encode()

    assert [len(row.cells[4]) for row in read_feed(told(100_000)).rows] == [1, 100_000]
    with pytest.raises(UnreadableFeed, match=r"Row 3 of the file has a cell of more than 100,000 characters\."):
        read_feed(told(100_001))


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


def test_as_many_columns_as_there_may_be_that_are_all_headed_the_same_are_told_apart() -> None:
    headings = read_feed(b",".join([b"Phone"] * 500) + b"\n1\n").headings

    assert len(set(headings)) == 500


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
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"a," * 20_000, "no table"),
        (b"Name,Phone\n" + b"x," * 501 + b"\n", "row 2 has more than 500 cells"),
        (b",".join(b"Phone" for _ in range(500)) + b"\n" + (b"x," * 500 + b"\n") * 10_100, "5,000,000 cells"),
        (b"Name,Phone\n" + b"x\n" * 1_048_576, "Split it"),
        (b"a,b\r" + b"\r" * 1_048_576, "Split it"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        read_feed(data)


def test_headings_alone_are_a_feed_without_rows() -> None:
    assert read_feed(b"Name,Date of injury\n").rows == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<!DOCTYPE html><html><body><table><tr><td>Claim No</td></tr></table></body></html>", "web page"),
        ("\n  <table border=1><tr><td>Claim No</td><td>Name</td></tr></table>", "web page"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        ("<claims><claim no='A-1'/></claims>", "XML"),
        ('[{"claim_no": "A-1", "name": "Ana Sample"}]', "JSON"),
        ('{"claims": []}', "JSON"),
        ('{\n  "claims": []}', "JSON"),
        ('{"claim_no": "A-1"}\n{"claim_no": "A-2"}\n', "JSON"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n", "saved web page"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_program_wrote_for_programs_is_refused_by_its_name(text: str, word: str, encoding: str) -> None:
    with pytest.raises(UnreadableFeed, match=word):
        read_feed(text.encode(encoding))


def test_blanks_before_a_quotation_mark_that_opens_a_cell_belong_to_no_cell() -> None:
    feed = read_feed(b'No, Name, Injured,Story\n1, "Sample, Ana",  1/1/2026, "fell, ""hard"""\n')

    assert feed.headings == ("No", "Name", "Injured", "Story")
    assert [row.cells for row in feed.rows] == [("1", "Sample, Ana", "1/1/2026", 'fell, "hard"')]


def test_two_columns_of_one_heading_are_both_there_and_the_notes_name_them() -> None:
    feed = read_feed(b"Name,Phone,Date of injury,Phone\nAna,1,1/1/2026,2\nBo,,1/2/2026,4\n")

    assert feed.headings == ("Name", "Phone", "Date of injury", "Phone (2)")
    assert [row.cells for row in feed.rows] == [("Ana", "1", "1/1/2026", "2"), ("Bo", "", "1/2/2026", "4")]
    assert feed.notes == ("2 columns have the heading 'Phone': the others are called 'Phone (2)'.",)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("'00123", "00123"), ("'11/20/2026", "11/20/2026"), ("'A-1001", "A-1001"), ("'=1+1", "=1+1"),
        ("'=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"), ("'(217) 555-0110", "(217) 555-0110"), ('="00123"', "00123"),
        ("'t Hooft", "'t Hooft"), ("'Stop' he said", "'Stop' he said"), ("'2 weeks' he said", "'2 weeks' he said"),
    ],
)  # fmt: skip
def test_an_apostrophe_that_marks_a_cell_as_text_is_no_part_of_it(written: str, said: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Phone"], [written, "1"], ["Ana", "2"]])

    assert read_feed(out.getvalue().encode()).rows[0].cells[0] == said


def test_an_apostrophe_before_every_cell_of_a_column_is_no_part_of_them() -> None:
    feed = read_feed(b"Name,State,Phone\n'Ana Sample,IL,'1\n'Bo Sample,'OH,'2\n,TX,\n")

    assert [row.cells for row in feed.rows] == [("Ana Sample", "IL", "1"), ("Bo Sample", "'OH", "2"), ("", "TX", "")]


def test_a_text_that_was_not_quoted_is_kept_whole_where_only_it_can_have_been_broken_up() -> None:
    feed = read_feed(f"{MIDDLE}{OTHERS}A-11,Bo Sample,11/20/2026,11/23/2026,Slipped, fell,,hit his head,OH\n".encode())

    assert feed.rows[-1].cells == ("A-11", "Bo Sample", "11/20/2026", "11/23/2026", "Slipped, fell,,hit his head", "OH")
    assert feed.notes == ("Rows with a text that ran over several cells, put together: 1.",)


@pytest.mark.parametrize(
    "row",
    [
        "A-11,Sample, Bo,11/20/2026,11/23/2026,Slipped,OH",
        "A-11,Bo Sample,11/20/2026,11/23/2026,Slipped on ice,Springfield,OH,5",
        "A-11,B-7,Bo Sample,11/20/2026,11/23/2026,Slipped on ice,OH",
    ],
    ids=["the name has a comma", "a figure too many", "a number too many"],
)
def test_a_row_with_more_cells_than_headings_is_left_as_it_is_where_that_is_not_sure(row: str) -> None:
    assert len(read_feed(f"{MIDDLE}{OTHERS}{row}\n".encode()).rows[-1].cells) > 6


def test_nor_is_a_text_put_together_where_the_worker_may_have_been_broken_up() -> None:
    others = "".join(f"A-{n},Slipped on a wet floor,Bo Boss,Ana Sample\n" for n in range(10))

    feed = read_feed(
        f"Claim No,Narrative,Supervisor,Employee Name\n{others}A-11,Fell hard,Bo Boss,Sample,Ana\n".encode()
    )

    assert feed.rows[-1].cells == ("A-11", "Fell hard", "Bo Boss", "Sample", "Ana")


def test_the_rest_of_a_text_under_headings_that_a_spreadsheet_filled_up_is_no_column() -> None:
    others = OTHERS.replace("\n", ",,\n")
    feed = read_feed(f"{MIDDLE.strip()},,\n{others}A-11,Bo,11/20/2026,11/23/2026,Slipped, fell, hard,OH\n".encode())

    assert len(feed.headings) == 6
    assert feed.rows[-1].cells[4:] == ("Slipped, fell, hard", "OH")


def test_a_column_without_a_heading_at_the_end_is_a_column() -> None:
    feed = read_feed(b"Name,Date of injury,\nAna,1/1/2026,note\nBo,1/2/2026,\n")

    assert feed.headings == ("Name", "Date of injury", "Column 3")
    assert [row.cells for row in feed.rows] == [("Ana", "1/1/2026", "note"), ("Bo", "1/2/2026", "")]
