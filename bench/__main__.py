"""`python -m bench`: fill the books, measure, print one table; exit 1 where a promise does not hold."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import aging, attempts, books, claim_file, counts, imports, queue, search, triage, turns, viewers, work
from bench.books import Book
from bench.measure import Line, table

WAITING = 2_000

PARTS: dict[str, Callable[[list[Book], int], list[Line]]] = {
    "queue": queue.lines,
    "work": work.lines,
    "search": search.lines,
    "claim": claim_file.lines,
    "triage": triage.lines,
    "heatmap": counts.lines,
    "attempt": attempts.lines,
    "viewers": viewers.lines,
    "page": turns.lines,
    "aging": aging.lines,  # after the lists: it fills the books with requests, which would crowd the claims out of them
    "import": imports.lines,
}
"""What can be measured, by the name for --only: given the books and how many rounds."""


def arguments() -> argparse.Namespace:
    """Return what was said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the desk promises.")
    parser.add_argument("--quick", action="store_true", help="smaller books and fewer rounds: shape, not truth")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="NAME", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="keep the filled books there for the next time")
    return parser.parse_args()


def measured(filled: list[Book], rounds: int, only: list[str] | None = None) -> list[Line]:
    """Measure each part, telling which one is at work."""
    lines = []
    for name, part in PARTS.items():
        if only is None or name in only:
            print(f"Measuring: {name} ...", file=sys.stderr, flush=True)
            lines += part(filled, rounds)
    return lines


def main() -> int:
    """Fill, measure and print; 1 where a promise does not hold."""
    given = arguments()
    sizes, rounds = ([2_000, 20_000], 15) if given.quick else ([10_000, 1_000_000], 60)
    waiting = min(WAITING, sizes[0] // 2)
    here = datetime.now(UTC).astimezone()
    print(f"{here:%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with books.opened(sizes, waiting, home=given.home) as filled:
        lines = measured(filled, rounds, given.only)
    print(f"Medians of {rounds} interleaved rounds; {waiting:,} claims open in each book.\n")
    print(table(lines))
    print(f"\nLoad at the end {os.getloadavg()[0]:.1f}: more than one other busy process blurs all of it.")
    return any(line.holds is False for line in lines)


if __name__ == "__main__":
    sys.exit(main())
