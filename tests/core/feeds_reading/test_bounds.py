"""What is too large, or nothing but marks, is refused before it costs anything."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.feeds.decoding import Text, decoded
from core.feeds.reading import UnreadableFeed
from core.feeds.reading.delimited import Delimited
from tests.claim_feeds import read_feed
from tests.core.feeds_reading.files import LARGE, MEASURE, body


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


def test_a_file_is_decoded_piece_by_piece_and_never_held_a_second_time_as_a_whole() -> None:
    data = "Ana;+1 312 555 0101;😀\n".encode() * 400_000
    tracemalloc.start()
    try:
        decoded(data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < len(data)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE)
def test_a_file_of_five_megabytes_takes_no_more_memory_than_twenty_times_that(kind: str) -> None:
    root = Path(__file__).resolve().parents[3]

    said = subprocess.run(
        [sys.executable, "-c", MEASURE.format(data=LARGE[kind])],
        cwd=root, capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip

    size, megabytes = map(int, said.split())
    assert size >= 4
    assert megabytes < 100
