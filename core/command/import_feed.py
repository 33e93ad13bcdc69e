"""`python -m core import-claims FILE --client CODE`: take in a client's feed, a command for each kind of feed."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import words
from core.refusal import Refusal

if TYPE_CHECKING:
    from core.feeds import FeedKind, OrderQuestion

COULD_NOT_READ = 2
"""The exit code where the file (or what was said about it) could not be read at all."""

# The kinds by their folders: the rules of feeds are slow to load, and most commands want none.
_KINDS = Path(__file__).resolve().parent.parent / "feeds" / "kinds"


def add(subparsers: Any) -> None:
    """Offer a command for each kind of feed."""
    for code in sorted(folder.parent.name for folder in _KINDS.glob("*/__init__.py")):
        _add(subparsers, code)


def _add(subparsers: Any, code: str) -> None:
    what = code.replace("_", " ")
    parser = subparsers.add_parser(
        f"import-{code.replace('_', '-')}",
        help=f"take in a client's feed of {what}",
        description=f"Take in a client's feed of {what} (delimited text or an Excel workbook)."
        " Rows are numbered as a spreadsheet shows them.",
    )
    parser.add_argument("file", type=Path, help="the feed")
    parser.add_argument("--client", required=True, metavar="CODE", help="whose feed it is; `clients` lists codes")
    parser.add_argument(
        "--sheet", default="", metavar="NAME", help="which sheet, where the feed is a workbook of several"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="JSON of field and heading; kept for the client")
    parser.add_argument(
        "--date-order", choices=("mdy", "dmy"), help="how dates are written, where the file does not show it; kept too"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run, needs_desk=True, kind=code)


def run(arguments: argparse.Namespace) -> int:
    """Import the file and print what became of its rows; 0 where it could be read, 2 with one sentence where not."""
    try:
        kind = _kind(arguments.kind)
        result = _imported(arguments, kind)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return COULD_NOT_READ
    said = json.dumps(result, ensure_ascii=False) if arguments.json else _in_words(kind, result, arguments.dry_run)
    print(said)
    return 0


def _kind(code: str) -> "FeedKind":
    from core.feeds import KINDS

    return next(kind for kind in KINDS if kind.code == code)


def _imported(arguments: argparse.Namespace, kind: "FeedKind") -> dict[str, Any]:
    from dataclasses import replace

    from core import feeds, instant
    from core.access import COMMAND_LINE
    from core.transactions import transaction

    vocabulary = kind.vocabulary
    feed = feeds.read_feed(vocabulary, _bytes(arguments.file), sheet=arguments.sheet)
    given = feeds.from_json(vocabulary.fields, _json(arguments.mapping)) if arguments.mapping else None
    at = instant.now()
    with transaction(COMMAND_LINE) as tx:
        client = feeds.client_with_code(COMMAND_LINE, tx, kind, arguments.client)
        saved = None if given else feeds.saved_mapping(COMMAND_LINE, tx, kind, client.client_id)
        mapping = feeds.mapping_given(vocabulary, feed, given) if given else feeds.mapping_for(vocabulary, feed, saved)
        if arguments.date_order:
            mapping = replace(mapping, date_order=arguments.date_order)
        if question := feeds.order_question(vocabulary, feed, mapping, this_year=at.year):
            raise feeds.OrderUndecided(question, _both(question))
        plan = feeds.plan(
            COMMAND_LINE,
            tx,
            kind,
            client_id=client.client_id,
            feed=feed,
            mapping=mapping,
            file_name=arguments.file.name,
            at=at,
        )
    if saved and (astray := saved.astray(feed)):
        print(f"The saved mapping names headings that the file does not have: {astray}.", file=sys.stderr)
    if not arguments.dry_run:

        def said(done: int, of: int) -> None:
            """Say on standard error how far the import is: standard output holds the result."""
            if of:
                print(f"{done:,} of {words.counted(of, kind.words.new.lower())}", file=sys.stderr)

        feeds.commit(COMMAND_LINE, plan, at=at, progress=said)
        if given or arguments.date_order:
            with transaction(COMMAND_LINE) as tx:
                feeds.save_mapping(COMMAND_LINE, tx, kind, client_id=client.client_id, mapping=mapping, at=at)
    return {
        "read": plan.read,
        "accepted": len(plan.new),
        **{figure.code: plan.counted(figure) for figure in kind.figures},
        "refused": len(plan.refusals),
        "duplicates": len(plan.duplicates),
        "refusals": [
            {"row": row.row, "field": row.field, "reason": row.reason, "remedy": row.remedy} for row in plan.refusals
        ],
        "duplicates_of": [
            {"row": row.row, "of": row.other.said(kind.words.one), "reason": row.why} for row in plan.duplicates
        ],
        "mapping": mapping.to_json(vocabulary.fields),
        "unused": list(plan.unused),
        "notes": feeds.notes(feed),
    }


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


def _in_words(kind: "FeedKind", result: Mapping[str, Any], dry_run: bool) -> str:
    named = {
        "read": "rows read",
        "accepted": f"new {kind.words.many}",
        **{figure.code: f"of them {figure.label.lower()}" for figure in kind.figures},
        "refused": "refused",
        "duplicates": kind.words.repeated.lower(),
    }
    counts = ", ".join(f"{words} {result[key]}" for key, words in named.items())
    lines = [f"{'Nothing was changed. It would be: ' if dry_run else ''}{counts}."]
    lines += [f"Row {row['row']}, {row['field']}: {row['reason']} {row['remedy']}" for row in result["refusals"]]
    lines += [f"Row {row['row']}, {named['duplicates']}: {row['reason']}" for row in result["duplicates_of"]]
    lines += ["Read by these columns:", *(f"  {said}" for said in _columns(kind, result["mapping"]))]
    lines += [f"Not used: {', '.join(map(repr, result['unused']))}."] if result["unused"] else []
    lines += ["How the file was read:", *(f"  {note}" for note in result["notes"])]
    return "\n".join(lines)


def _columns(kind: "FeedKind", mapping: Mapping[str, Any]) -> list[str]:
    fields = kind.vocabulary.fields
    columns = [f"{fields[field]}: {heading}" for field, heading in mapping["columns"].items() if heading]
    return [*columns, f"Order of day and month: {mapping['date_order']}"]
