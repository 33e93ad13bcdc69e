"""A claim feed is read as it comes, every row once."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.feeds.decoding import Text
from core.feeds.reading import Feed, UnreadableFeed, read_feed
from core.feeds.reading.delimited import Delimited

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


OTHERS = "".join(f"A-{n},Ana Sample,11/2{n}/2026,11/2{n}/2026 09:10,Slipped on a wet floor,IL\n" for n in range(10))
MIDDLE = "Claim No,Employee Name,Date of Injury,Date Reported,Narrative,State\n"


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


def body(feed: Feed) -> list[str]:
    return [row.cells[0] for row in feed.rows]


HEADLESS = (
    "A-1,Ana Sample,11/20/2026,11/23/2026 09:10,Slipped on ice,IL\n"
    "A-2,Bo Sample,11/21/2026,11/23/2026 09:20,Cut a finger,OH\n"
    "A-3,Cy Sample,11/22/2026,,,\n"
)


def test_a_file_without_headings_keeps_its_first_row_and_says_so() -> None:
    feed = read_feed(HEADLESS.encode())

    assert not feed.headed
    assert feed.headings == ("Column 1", "Column 2", "Column 3", "Column 4", "Column 5", "Column 6")
    assert body(feed) == ["A-1", "A-2", "A-3"]
    assert [row.number for row in feed.rows] == [1, 2, 3]
    assert feed.notes[0].startswith("The file has no headings")


@pytest.mark.parametrize(
    "text",
    [
        HEADLESS.splitlines()[0],
        "20261120;Ana Sample;20261123\n20261121;Bo Sample;20261123\n",
        "Ana Sample|05MAR2026|06MAR2026|Injury to a body part, incident report\nBo Sample|07MAR2026|08MAR2026|Cut\n",
        "Ana Sample\tNov 20, 2026\t(217) 555-0110\nBo Sample\tNov 21, 2026\t(217) 555-0111\n",
        "Claims of ACME\n\nAna Sample,11/20/2026,11/23/2026\nBo Sample,11/21/2026,11/23/2026\n",
    ],
    ids=["one row", "packed dates", "words that stand in headings", "a telephone", "a title above"],
)
def test_no_first_row_of_a_file_without_headings_is_lost(text: str) -> None:
    feed = read_feed(text.encode())

    assert not feed.headed
    assert [cell for row in feed.rows[:1] for cell in row.cells if "Ana" in cell] == ["Ana Sample"]
    assert len(feed.rows) == sum("Sample" in line for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "Ana Sample,Springfield\nBo Sample,Chicago\n",
        "Ana Sample,Springfield\n",
        "foo,bar,baz\nfell,hurt,cut\n",
    ],
)
def test_where_it_cannot_be_told_whether_there_are_headings_that_is_said(text: str) -> None:
    with pytest.raises(UnreadableFeed, match="cannot be told whether the first row"):
        read_feed(text.encode())


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Poszkodowany;Kiedy\nAna B;1/1/2026\nBo C;1/2/2026\n", ("Poszkodowany", "Kiedy")),
        ("Wer,Wann,Kto\nAna B,1/1/2026,x\n", ("Wer", "Wann", "Kto")),
        ("What happened\nMoved a box\n", ("What happened",)),
    ],
)
def test_headings_of_words_nobody_knows_are_headings(text: str, headings: tuple[str, ...]) -> None:
    feed = read_feed(text.encode())

    assert feed.headed
    assert feed.headings == headings


def test_headings_on_two_lines_are_joined() -> None:
    feed = read_feed(
        b"Date of,Date,Employee,State,Body\n"
        b"Injury,Reported,Name,,Part\n"
        b"11/20/2026,11/23/2026,Ana Sample,IL,Knee\n"
        b"11/21/2026,11/23/2026,Bo Sample,OH,Hand\n"
    )  # fmt: skip

    assert feed.headings == ("Date of Injury", "Date Reported", "Employee Name", "State", "Body Part")
    assert body(feed) == ["11/20/2026", "11/21/2026"]


def test_a_heading_over_several_columns_is_joined_with_each() -> None:
    feed = read_feed(
        b"Weekly claims,,,,,\n"
        b"Employee,,,Injury,,\n"
        b"Last name,First name,DOB,Date,Time,State\n"
        b"Sample,Ana,1/1/1980,11/20/2026,09:10,IL\n"
    )  # fmt: skip

    assert feed.headings == (
        "Employee Last name", "Employee First name", "Employee DOB", "Injury Date", "Injury Time", "Injury State",
    )  # fmt: skip
    assert body(feed) == ["Sample"]


def test_a_first_row_of_words_is_no_second_line_of_the_headings() -> None:
    feed = read_feed(b"Claim No,Employee,Date of Injury,Story\nA,Ana,,fell\nB,Bo,11/20/2026,fell\n")

    assert feed.headings == ("Claim No", "Employee", "Date of Injury", "Story")
    assert body(feed) == ["A", "B"]


PORTAL = (
    "\ufeffIncident Search Results\r\n"
    "\r\n"
    '"Search Criteria:"\r\n'
    '"State: Ohio","Date of injury: 01/01/2026 - 11/24/2026","Status: All"\r\n'
    '"Printed 11/24/2026 at 08:00"\r\n'
    "\r\n"
    "Claim No,Employee Name,Date of Injury,Date Reported,Paid\r\n"
    "A-1,Ana Sample,11/20/2026,11/23/2026,10.50\r\n"
    "A-2,Bo Sample,11/21/2026,11/23/2026,20\r\n"
    "Subtotal,,,,30.50\r\n"
    "A-3,Total Recall,11/21/2026,11/23/2026,20\r\n"
    "Grand Total,,,,$50.50\r\n"
    "3 records found\r\n"
    "\r\n"
    "Source: State of Ohio\r\n"
    "Totals may not add up\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_titles_criteria_totals_and_remarks_around_a_table_are_passed_over_by_name(
    line_end: str, encoding: str
) -> None:
    feed = read_feed(PORTAL.replace("\r\n", line_end).encode(encoding))

    assert feed.headings == ("Claim No", "Employee Name", "Date of Injury", "Date Reported", "Paid")
    assert body(feed) == ["A-1", "A-2", "A-3"]
    above, below, totals = (note for note in feed.notes if note.startswith("Passed over"))
    assert above == (
        "Passed over above the table: row 1 'Incident Search Results', row 3 'Search Criteria:', row 4 'State: Ohio"
        " Date of injury: 01/01/2026 - 11/24/2026 Status: …', row 5 'Printed 11/24/2026 at 08:00'."
    )
    assert below == "Passed over below the table: row 15 'Source: State of Ohio', row 16 'Totals may not add up'."
    assert (
        totals
        == "Passed over as totals: row 10 'Subtotal 30.50', row 12 'Grand Total $50.50', row 13 '3 records found'."
    )


@pytest.mark.parametrize(
    "line",
    ["A-9", "A-9,Ana Sample", "Ana Sample", ",,11/20/2026", "Total,Ana Sample,11/20/2026,11/23/2026,1", "12", "7,,,,"],
)
def test_a_row_that_says_little_is_no_line_of_totals(line: str) -> None:
    feed = read_feed(f"Claim No,Employee Name,Date of Injury,Date Reported,Paid\n{HEADLESS}{line}\n".encode())

    assert len(feed.rows) == 4


def test_claims_above_the_headings_are_claims() -> None:
    head, rows = MIDDLE, OTHERS.splitlines(keepends=True)

    feed = read_feed(f"{rows[0]}{head}{''.join(rows[1:])}".encode())

    assert feed.headings[0] == "Claim No"
    assert body(feed) == [f"A-{n}" for n in range(10)]


def test_a_pivot_keeps_its_rows_and_not_its_totals() -> None:
    feed = read_feed(
        b"Plant,Employee,Date of injury,Count of claims\nNorth,Ana,1/1/2026,1\nNorth Total,,,1\n"
        b"South,Bo,1/2/2026,1\nSouth Total,,,1\nGrand Total,,,2\n"
    )

    assert body(feed) == ["North", "South"]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12).map(str.strip)


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6),
    preamble=st.lists(st.sampled_from(["Weekly claims", "Search criteria: all", "", "printed 11/24/2026"]), max_size=3),
    delimiter=st.sampled_from(",;\t|"),
    headed=st.booleans(),
)
def test_whatever_stands_around_and_in_it_every_claim_of_a_table_is_a_row(
    rows: list[tuple[str, str, str]], preamble: list[str], delimiter: str, headed: bool
) -> None:
    table = [[f"A-{n}", "Ana Sample", f"11/2{n}/2026", "11/28/2026", *cells] for n, cells in enumerate(rows)]
    out = io.StringIO()
    out.write("".join(f"{line}\r\n" for line in preamble))
    csv.writer(out, delimiter=delimiter).writerows([[*HEAD[:4], "Narrative", "State", "Paid"], *table][not headed :])

    feed = read_feed(out.getvalue().encode())

    assert feed.headed is headed
    assert body(feed) == [f"A-{n}" for n in range(len(rows))]
    assert feed.delimiter == delimiter


@pytest.mark.parametrize(
    "data",
    [b'"' * 2_000_000, b'"\n' * 1_000_000, b'"",""\r\n' * 400_000, b"No,Name,Story\n" + b'"\n' * 1_000_000],
    ids=["one line", "a mark a line", "empty cells", "under headings"],
)
def test_a_long_file_of_nothing_but_quotation_marks_is_refused_unread(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Delimited, "records", lambda _: pytest.fail("read, which takes seconds"))
    for encoded in (data, b"\xff\xfe" + data.decode().encode("utf-16-le")):
        with pytest.raises(UnreadableFeed, match="hardly anything but quotation marks"):
            read_feed(encoded)


def test_a_long_file_of_quoted_blanks_with_claims_between_them_is_read() -> None:
    rows = b'"A-1","Ana Sample","Slipped on a wet floor"\r\n' + b'"","",""\r\n' * 1000
    feed = read_feed(b'"No","Name","Story"\r\n' + rows * 110)

    assert body(feed) == ["A-1"] * 110


def test_a_mark_that_is_never_closed_is_followed_no_further_than_a_cell_can_be_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = 0

    def lines(self: Text, of: Callable[[Text], Iterator[str]] = Text.lines) -> Iterator[str]:
        nonlocal read
        read = 0
        for line in of(self):
            read += 1
            yield line

    monkeypatch.setattr(Text, "lines", lines)
    with pytest.raises(UnreadableFeed, match=r"in line 2 of the file runs over more than 100,000 lines.*never closed"):
        read_feed(b'No,Name,Story\n1,"Ana,fell\n' + b"x\n" * 200_000)
    assert read < 100_010


LARGE = {
    "rows of next to nothing": "b'Name,Phone\\n' + b'x\\n' * 2_500_000",
    "cells of next to nothing": "b','.join([b'ab'] * 1_700_000)",
    "short cells": "b'Name,Phone,Claim No,State,City\\n' + b'ab,cd,ef,gh,ij\\n' * 330_000",
    "a quotation mark never closed": "b'No,Name,Story\\n1,\"Ana,fell\\n' + b'x\\n' * 2_500_000",
    "another character": "('Name,Phone,😀\\n' + 'ab\\x00,cdefghijklmn,jklm\\n' * 220_000).encode()",
}
MEASURE = """
import resource
from core.feeds.reading import UnreadableFeed, read_feed
data = {data}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    feed = read_feed(data)
except UnreadableFeed:
    pass
print(len(data) // 1_000_000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE)
def test_a_file_of_five_megabytes_takes_no_more_memory_than_twenty_times_that(kind: str) -> None:
    root = Path(__file__).resolve().parents[2]

    said = subprocess.run(
        [sys.executable, "-c", MEASURE.format(data=LARGE[kind])],
        cwd=root, capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip

    size, megabytes = map(int, said.split())
    assert size >= 4
    assert megabytes < 100
