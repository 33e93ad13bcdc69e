"""Tables as files that spreadsheets open: every file of the desk that has text of others in it is written here."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter

_FORMULA = re.compile(r'(?P<before>(?:^|[;|\t\r\n])(?:[^\S\t\r\n]|")*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])')
"""
Where a formula can begin: in the cell, and behind what parts cells or rows where the file is not read by its commas.

A spreadsheet that parts cells by semicolons takes no notice of the quotation marks around a cell between commas. Marks
and blanks before the sign do not keep it from being one.
"""


def harmless(cell: str) -> str:
    """Return *cell* with an apostrophe wherever a spreadsheet would begin a formula in it; all of it can be read."""
    return _FORMULA.sub(lambda match: f"{match['before'] or ''}'", cell)


def csv_file(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return *rows* as a file: UTF-8 with its mark, commas, and no cell that a spreadsheet takes for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]], *, at: datetime) -> bytes:
    """
    Return *rows* under *headings* as an Excel workbook of one sheet that is called *title*, made *at* a moment (aware).

    Every text stays one: none is a formula, an address or a number. The same rows and moment give the same bytes.
    """
    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, plain) as book:
        book.set_properties({"created": at.astimezone(UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet(title[:31])
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
    return out.getvalue()
