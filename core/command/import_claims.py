"""`python -m core import-claims FILE --client CODE`: take in a client's claim feed."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import words
from core.refusal import Refusal

if TYPE_CHECKING:
    from core.feeds import OrderQuestion

COULD_NOT_READ = 2
"""The exit code where the file (or what was said about it) could not be read at all."""


_COUNTS = {
    "read": "rows read",
    "accepted": "new claims",
    "overdue": "of them overdue on arrival",
    "refused": "refused",
    "duplicates": "reported before",
}


def add(subparsers: Any) -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "import-claims",
        help="take in a client's claim feed",
        description="Take in a client's claim feed (delimited text or an Excel workbook)."
        " Rows are numbered as a spreadsheet shows them.",
    )
    parser.add_argument("file", type=Path, help="the feed")
    parser.add_argument("--client", required=True, metavar="CODE", help="whose claims they are; `clients` lists codes")
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help="which sheet, where the feed is a workbook of several"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="JSON of field and heading; kept for the client")
    parser.add_argument(
        "--date-order", choices=("mdy", "dmy"), help="how dates are written, where the file does not show it; kept too"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run, needs_desk=True)


def run(arguments: argparse.Namespace) -> int:
    """Import the file and print what became of its rows; 0 where it could be read, 2 with one sentence where not."""
    try:
        result = _imported(arguments)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return COULD_NOT_READ
    print(json.dumps(result, ensure_ascii=False) if arguments.json else _in_words(result, dry_run=arguments.dry_run))
    return 0


def _imported(arguments: argparse.Namespace) -> dict[str, Any]:
    from dataclasses import replace

    from core import feeds, instant
    from core.access import COMMAND_LINE
    from core.transactions import transaction

    feed = feeds.read_feed(_bytes(arguments.file), sheet=arguments.sheet)
    given = feeds.from_json(_json(arguments.mapping)) if arguments.mapping else None
    at = instant.now()
    with transaction(COMMAND_LINE) as tx:
        client = feeds.client_with_code(COMMAND_LINE, tx, arguments.client)
        saved = None if given else feeds.saved_mapping(COMMAND_LINE, tx, client.client_id)
        mapping = feeds.mapping_given(feed, given) if given else feeds.mapping_for(feed, saved)
        if arguments.date_order:
            mapping = replace(mapping, date_order=arguments.date_order)
        if question := feeds.order_question(feed, mapping, this_year=at.year):
            raise feeds.OrderUndecided(question, _both(question))
        plan = feeds.plan(
            COMMAND_LINE,
            tx,
            client_id=client.client_id,
            feed=feed,
            mapping=mapping,
            file_name=arguments.file.name,
            at=at,
        )
    if saved and (astray := saved.astray(feed)):
        print(f"The saved mapping names headings that the file does not have: {astray}.", file=sys.stderr)
    if not arguments.dry_run:
        feeds.commit(COMMAND_LINE, plan, at=at, progress=_say_progress)
        if given or arguments.date_order:
            with transaction(COMMAND_LINE) as tx:
                feeds.save_mapping(COMMAND_LINE, tx, client_id=client.client_id, mapping=mapping, at=at)
    return {
        "read": plan.read,
        "accepted": len(plan.claims),
        "overdue": plan.overdue,
        "refused": len(plan.refusals),
        "duplicates": len(plan.duplicates),
        "refusals": [
            {"row": row.row, "field": row.field, "reason": row.reason, "remedy": row.remedy} for row in plan.refusals
        ],
        "duplicates_of": [{"row": row.row, "of": row.of, "reason": row.why} for row in plan.duplicates],
        "mapping": mapping.to_json(),
        "unused": list(plan.unused),
        "notes": feeds.notes(feed),
    }


def _say_progress(done: int, of: int) -> None:
    """Say on standard error how far an import is: standard output holds the result."""
    if of:
        print(f"{done:,} of {words.counted(of, 'new claim')}", file=sys.stderr)


def _both(question: "OrderQuestion") -> str:
    from core.feeds import in_words

    month_first, day_first = in_words(question.month_first), in_words(question.day_first)
    options = f"{month_first} (--date-order mdy) or {day_first} (--date-order dmy)"
    return f"{question.opposed} {question.example} in '{question.heading}' can be {options}: say which.".lstrip()


def _bytes(file: Path) -> bytes:
    from core.feeds import UnreadableFeed

    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFeed(f"The file cannot be opened: {error.strerror}.") from None


def _json(file: Path) -> Any:
    from core.feeds import UnusableMapping

    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UnusableMapping(f"The column mapping cannot be opened: {error.strerror}.") from None
    except ValueError:
        raise UnusableMapping("The column mapping is not JSON.") from None


def _in_words(result: Mapping[str, Any], *, dry_run: bool) -> str:
    counts = ", ".join(f"{words} {result[key]}" for key, words in _COUNTS.items())
    lines = [f"{'Nothing was changed. It would be: ' if dry_run else ''}{counts}."]
    lines += [f"Row {row['row']}, {row['field']}: {row['reason']} {row['remedy']}" for row in result["refusals"]]
    lines += [f"Row {row['row']}, reported before: {row['reason']}" for row in result["duplicates_of"]]
    lines += ["Read by these columns:", *(f"  {said}" for said in _columns(result["mapping"]))]
    lines += [f"Not used: {', '.join(map(repr, result['unused']))}."] if result["unused"] else []
    lines += ["How the file was read:", *(f"  {note}" for note in result["notes"])]
    return "\n".join(lines)


def _columns(mapping: Mapping[str, Any]) -> list[str]:
    from core.feeds import FIELDS

    columns = [f"{FIELDS[field]}: {heading}" for field, heading in mapping["columns"].items() if heading]
    return [*columns, f"Order of day and month: {mapping['date_order']}"]
