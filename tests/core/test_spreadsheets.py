"""What leaves the desk as a table holds no formula, by whatever delimiter a spreadsheet parts it."""

import csv
import io

import pytest

from core.spreadsheets import csv_file, harmless

SIGNS = "=+-@＝＋－＠"

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "\u00a0@A1", "＝1+1", "=HYPERLINK(\"http://x\",1)",
    "fell;=1+1;", "fell; -1+1", 'fell;"=1+1;', 'fell; " @A1', "fell|=1+1|", "fell\t=1+1", "fell\n=1+1", "fell\r\n +1",
    ";;\t|=1", "=a;=b\n=c",
)  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_file_begins_a_formula_however_it_is_parted(cell: str, delimiter: str) -> None:
    text = csv_file([["Row", "Words"], [1, cell], ["=first", cell], [cell, "-last"]]).decode("utf-8-sig")

    parted = [each for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for each in row]

    assert not [each for each in parted if each.strip()[:1] and each.strip()[0] in SIGNS]


@pytest.mark.parametrize("cell", HOSTILE)
def test_all_of_a_cell_can_be_read(cell: str) -> None:
    [[read]] = csv.reader(io.StringIO(csv_file([[cell]]).decode("utf-8-sig"), newline=""))

    assert read.replace("'", "") == cell


@pytest.mark.parametrize(
    "cell", ["", "Núñez; Ana", "2026-11-24", "left-hand side", "a = b", "fell, - and hit", "x;y|z"]
)
def test_what_is_no_formula_stands_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_cell_begins_with_no_tab_or_return() -> None:
    assert [harmless(cell) for cell in ("\tx", "\rx")] == ["'\tx", "'\rx"]
    assert csv_file([[-5, 3]]) == b"\xef\xbb\xbf-5,3\r\n", "a number of ours is one"


def test_a_long_cell_takes_no_longer_for_its_blanks_and_tabs() -> None:
    for cell in ("\t" * 100_000, " " * 100_000, ";" * 100_000, '"' * 100_000):
        assert harmless(f"x{cell}x") == f"x{cell}x"
