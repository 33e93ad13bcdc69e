"""Files without headings, headings on two lines, and what stands around a table."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.feeds.reading import UnreadableFeed
from tests.claim_feeds import read_feed
from tests.core.feeds_reading.files import (
    CELL,
    HEAD,
    HEADLESS,
    MIDDLE,
    OTHERS,
    PORTAL,
    body,
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
