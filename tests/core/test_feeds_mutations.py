"""Five hundred spoiled copies of real feeds, and as others write them: none crashes, and every row counts."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from random import Random

import pytest

from core import feeds
from core.access import Role
from core.feeds import Feed
from core.feeds.kinds.claims.duplicates import Fresh, settle
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.refusal import Refusal
from core.sample import arrivals
from core.sample.people import CLIENTS
from core.transactions import transaction
from tests import claim_feeds, factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.workbooks import workbook

COPIES, PARTS = 500, 5
IMPORTED = (7, *range(0, COPIES, 13))
"""Copies that go into the database as well: each way of spoiling at least once, most of them twice."""

Table = list[list[str]]


def real(random: Random) -> Table:
    """Return a client's feed of some days, with the public reports' own stories, as a table with its headings."""
    feed = real_feed(random.randrange(len(CLIENTS)), random.randrange(4, 12))
    return [list(feed.headings), *(list(row.cells) for row in feed.rows)]


@cache
def real_feed(client: int, days: int) -> Feed:
    reported = arrivals.between(CLIENTS[client], NOW - timedelta(days=days), NOW - timedelta(days=2))
    feed = claim_feeds.read_feed(arrivals.feed(CLIENTS[client], reported))
    assert len(feed.rows) == len(reported) > 0
    return feed


def written(table: Table, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL).writerows(table)
    return out.getvalue().encode(encoding, "replace")


def cut_short(table: Table, random: Random) -> tuple[bytes, int | None]:
    data = written(table)
    return data[: random.randrange(len(data))], None


def shuffled_columns(table: Table, random: Random) -> tuple[bytes, int | None]:
    order = random.sample(range(len(table[0])), len(table[0]))
    return written([[row[at] for at in order] for row in table], random.choice(",;\t|^~")), len(table) - 1


def wrong_encoding(table: Table, random: Random) -> tuple[bytes, int | None]:
    table[random.randrange(1, len(table))][2] += "é€ß"
    encoding = random.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp437"])
    return written(table, encoding=encoding), len(table) - 1


def mixed_encodings(table: Table, random: Random) -> tuple[bytes, int | None]:
    half = len(table) // 2
    return written(table[:half]) + written(table[half:], encoding=random.choice(["cp1252", "cp437"])), len(table) - 1


def repeated_headings(table: Table, random: Random) -> tuple[bytes, int | None]:
    if random.random() < 0.5:
        table[0][random.randrange(len(table[0]))] = random.choice(table[0])
        return written(table), len(table) - 1
    table.insert(random.randrange(1, len(table) + 1), list(table[0]))
    return written(table), len(table) - 1


def zeros(table: Table, random: Random) -> tuple[bytes, int | None]:
    data = bytearray(written(table))
    for _ in range(random.randrange(1, 40)):
        data.insert(random.randrange(len(data)), 0)
    return bytes(data), len(table) - 1


def ten_megabytes(table: Table, random: Random) -> tuple[bytes, int | None]:
    table[random.randrange(1, len(table))][random.randrange(len(table[0]))] = random.choice("x=,\n") * 10_000_000
    return written(table), None


def formulae(table: Table, random: Random) -> tuple[bytes, int | None]:
    for _ in range(20):
        table[random.randrange(1, len(table))][random.randrange(len(table[0]))] = random.choice(
            ['=HYPERLINK("http://example.com","x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", '="00123"']
        )
    return written(table), len(table) - 1


def quoted_line_breaks(table: Table, random: Random) -> tuple[bytes, int | None]:
    for row in table[1:]:
        at = random.randrange(len(row))
        row[at] = row[at].replace(" ", random.choice(["\n", "\r\n", '"\n', "\n\n"]))
    return written(table, random.choice(",;|")), len(table) - 1


def stray_quotation_mark(table: Table, random: Random) -> tuple[bytes, int | None]:
    lines = written(table).splitlines(keepends=True)
    at = random.randrange(1, len(lines))
    lines[at] = lines[at].replace(b",", b',"', 1)
    return b"".join(lines), len(table) - 1


def ragged(table: Table, random: Random) -> tuple[bytes, int | None]:
    for _ in range(6):
        row = table[random.randrange(1, len(table))]
        row[:] = row[: random.randrange(1, max(len(row), 2))] if random.random() < 0.5 else [*row, "more", "cells"]
    return written(table), len(table) - 1


def other_line_ends(table: Table, random: Random) -> tuple[bytes, int | None]:
    plain = [[cell.replace("\r", " ").replace("\n", " ") for cell in row] for row in table]
    return written(plain).replace(b"\r\n", random.choice([b"\n", b"\r"])), len(table) - 1


def scrambled_bytes(table: Table, random: Random) -> tuple[bytes, int | None]:
    data = bytearray(written(table, encoding=random.choice(["utf-8", "utf-16"])))
    for _ in range(random.randrange(1, 60)):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data), None


def with_search_criteria(table: Table, random: Random) -> tuple[bytes, int | None]:
    above = [["Incident search results"], [], ["Search criteria:"], ["State: All", "Status: Open", "Year: 2026"], []]
    return written([*above[random.randrange(4) :], *table], random.choice(",;\t|"), "utf-8-sig"), len(table) - 1


def with_totals(table: Table, random: Random) -> tuple[bytes, int | None]:
    blank = [""] * (len(table[0]) - 2)
    below = [["Grand Total", *blank, str(len(table))], [f"{len(table)} records found"], [], ["Source: the insurer"]]
    at = random.randrange(2, len(table) + 1)
    return written([*table[:at], ["Subtotal", *blank, "7"], *table[at:], *below]), len(table) - 1


def headings_on_two_lines(table: Table, random: Random) -> tuple[bytes, int | None]:
    parted = [heading.partition(" ") for heading in table[0]]
    lines = [[first for first, _, _ in parted], [second for _, _, second in parted]]
    return written([*lines, *table[1:]], random.choice(",;\t|")), len(table) - 1


def without_headings(table: Table, random: Random) -> tuple[bytes, int | None]:
    return written(table[1:], random.choice(",;\t|")), len(table) - 1


def naming_its_delimiter(table: Table, random: Random) -> tuple[bytes, int | None]:
    delimiter = random.choice(";|^")
    return f"\ufeffsep={delimiter}\r\n".encode() + written(table, delimiter), len(table) - 1


def as_a_workbook(table: Table, random: Random) -> tuple[bytes, int | None]:
    return workbook({"Claims": table, "Read me": [["One row for each claim."]]}), len(table) - 1


SPOILT: tuple[Callable[[Table, Random], tuple[bytes, int | None]], ...] = (
    cut_short, shuffled_columns, wrong_encoding, mixed_encodings, repeated_headings, zeros, formulae,
    quoted_line_breaks, stray_quotation_mark, ragged, other_line_ends, scrambled_bytes, with_search_criteria,
    with_totals, headings_on_two_lines, without_headings, naming_its_delimiter, as_a_workbook,
)  # fmt: skip


def spoilt(number: int) -> tuple[str, bytes, int | None]:
    """Return copy *number*: how it was spoilt, the file, and how many rows are in it where that is known."""
    random = Random(f"copy {number}")
    how = ten_megabytes if number % 200 == 7 else SPOILT[number % len(SPOILT)]
    return (how.__name__, *how(real(random), random))


def read(number: int) -> Feed | None:
    """Return copy *number* as it is read; None where it cannot be read, and nobody knows what of it is left."""
    how, data, rows = spoilt(number)
    try:
        feed = claim_feeds.read_feed(data)
    except Refusal:
        assert rows is None, f"copy {number}, {how}: its rows are all there, so it can be read"
        return None
    assert rows is None or len(feed.rows) == rows, f"copy {number}, {how}"
    return feed


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_row_of_a_spoilt_copy_is_judged(part: int) -> None:
    for number in range(part, COPIES, PARTS):
        feed = read(number)
        if feed is None:
            continue
        mapping = claim_feeds.mapping_for(feed)
        if claim_feeds.order_question(feed, mapping, this_year=NOW.year):
            continue
        answers = judge_all(feed, mapping, timezone="America/Chicago", at=NOW)
        accepted = [answer for answer in answers if isinstance(answer, Accepted)]
        assert [answer.row for answer in answers] == [row.number for row in feed.rows], f"copy {number}"
        assert [each.accepted.row if isinstance(each, Fresh) else each.row for each in settle(accepted, ())] == [
            each.row for each in accepted
        ], f"copy {number}"


@pytest.mark.slow
def test_every_row_of_a_spoilt_copy_is_taken_in_refused_or_known(desk: Desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    ways, accepted = set(), 0
    for number in IMPORTED:
        name = f"copy {number}, {spoilt(number)[0]}"
        feed = read(number)
        if feed is None:
            continue
        try:
            with transaction(va) as tx:
                plan = feeds.plan(
                    va,
                    tx,
                    feeds.CLAIMS,
                    client_id=client,
                    feed=feed,
                    mapping=claim_feeds.mapping_for(feed),
                    file_name=name,
                    at=NOW,
                )
        except feeds.OrderUndecided:
            continue
        done = feeds.commit(va, plan, at=NOW)
        assert done.read == len(feed.rows) == done.accepted + done.refused + done.duplicates, name
        numbers = [each.row for each in (*plan.new, *plan.duplicates, *plan.refusals)]
        assert sorted(numbers) == [row.number for row in feed.rows], name
        ways.add(name.partition(", ")[2])
        accepted += done.accepted
    with desk.owner() as db:
        assert db.execute("select count(*) from claim").fetchone() == (accepted,)
    assert ways == {how.__name__ for how in SPOILT}
    assert accepted > 100
