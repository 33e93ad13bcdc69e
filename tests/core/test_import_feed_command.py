"""`python -m core import-claims`: a file in, counts out; 2 and one sentence where it could not be read."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import factories
from tests.commands import command
from tests.conftest import Desk
from tests.workbooks import workbook

FEED = (
    "Claim #;Injured Employee;Loss Date;Notice Date;St;How it happened;Wage\r\n"
    'X-1;"Núñez, Ana";20.11.2025;23.11.2025 09:30;Ill.;"Slipped,\nfell";1\r\n'
    "X-2;Bo Sample;21.11.2025;23.11.2025;Ohio;;2\r\n"
    "X-3;;21.11.2025;23.11.2025;;;3\r\n"
).encode("cp1252")


@pytest.fixture
def feed(desk: Desk, tmp_path: Path) -> Path:
    factories.client("ACME")
    file = tmp_path / "feed.csv"
    file.write_bytes(FEED)
    return file


def told(desk: Desk, *words: object) -> "CompletedProcess[str]":
    return command(desk.env() | {"PATH": ""}, "import-claims", *map(str, words), said="")


def claims(desk: Desk) -> int:
    with desk.owner() as db:
        row = db.execute("select count(*) from claim").fetchone()
        assert row
        return int(row[0])


def test_counts_what_became_of_each_row_and_the_same_file_again_adds_nothing(desk: Desk, feed: Path) -> None:
    first, again = (told(desk, feed, "--client", "ACME", "--json") for _ in range(2))

    refused = [{"row": 4, "field": "worker", "reason": "The worker's name cannot be told.",
                "remedy": "Ask the client for the worker's name, and send the row again."}]  # fmt: skip
    assert first.returncode == again.returncode == 0, first.stderr
    counts = ("read", "accepted", "overdue", "refused", "duplicates", "refusals")
    assert [json.loads(first.stdout)[each] for each in counts] == [3, 2, 2, 1, 0, refused]
    assert [json.loads(again.stdout)[each] for each in counts] == [3, 0, 0, 1, 2, refused]
    assert claims(desk) == 2


def test_says_what_the_page_says_the_columns_the_notes_and_of_what_a_row_is_a_duplicate(desk: Desk, feed: Path) -> None:
    first, again = (told(desk, feed, "--client", "ACME", "--json") for _ in range(2))

    said = json.loads(first.stdout)
    assert {field: heading for field, heading in said["mapping"]["columns"].items() if heading} == {
        "client_claim_number": "Claim #", "full_name": "Injured Employee", "date_of_injury": "Loss Date",
        "date_reported": "Notice Date", "jurisdiction": "St", "narrative": "How it happened",
    }  # fmt: skip
    assert said["notes"][0] == "3 rows, windows-1252, columns parted by semicolon"
    assert said["unused"] == ["Wage"]
    assert said["duplicates_of"] == []
    assert first.stderr.splitlines()[-1] == "2 of 2 new claims"
    with desk.owner() as db:
        numbers = [row[0] for row in db.execute("select claim_number from claim order by claim_id")]
    assert [(row["row"], row["of"]) for row in json.loads(again.stdout)["duplicates_of"]] == [
        (row, f"claim {number}") for row, number in zip((2, 3), numbers, strict=True)
    ]


def test_in_words_too(desk: Desk, feed: Path) -> None:
    told(desk, feed, "--client", "ACME")

    lines = told(desk, feed, "--client", "ACME").stdout.splitlines()

    assert lines[0] == "rows read 3, new claims 0, of them overdue on arrival 0, refused 1, reported before 2."
    assert lines[1] == (
        "Row 4, worker: The worker's name cannot be told. Ask the client for the worker's name, and send the row again."
    )
    assert lines[2].startswith("Row 2, reported before: The same client claim number as claim C-")
    assert "  Date of injury: Loss Date" in lines
    assert "Not used: 'Wage'." in lines
    assert "  3 rows, windows-1252, columns parted by semicolon" in lines


def test_a_dry_run_changes_nothing(desk: Desk, feed: Path) -> None:
    said = told(desk, feed, "--client", "acme", "--dry-run")

    assert said.stdout.splitlines()[0] == (
        "Nothing was changed. It would be: rows read 3, new claims 2, of them overdue on arrival 2, refused 1,"
        " reported before 0."
    )
    assert claims(desk) == 0


def test_an_order_of_dates_that_the_file_does_not_show_is_asked_for_once(desk: Desk, feed: Path) -> None:
    feed.write_bytes(b"Name;Loss Date;Notice Date\nAna Sample;03/04/2026;04/05/2026\n")

    unsaid = told(desk, feed, "--client", "ACME")
    assert (unsaid.returncode, unsaid.stdout, claims(desk)) == (2, "", 0)
    assert unsaid.stderr.strip() == (
        "03/04/2026 in 'Loss Date' can be 4 March 2026 (--date-order mdy) or 3 April 2026 (--date-order dmy): say which."
    )

    said = told(desk, feed, "--client", "ACME", "--date-order", "dmy", "--json")
    kept = told(desk, feed, "--client", "ACME", "--json")
    with desk.owner() as db:
        assert [str(row[0]) for row in db.execute("select date_of_injury from claim")] == ["2026-04-03"]
    assert json.loads(said.stdout)["accepted"] == 1
    assert json.loads(kept.stdout)["duplicates"] == 1


def test_a_mapping_given_once_is_kept_for_the_next_file(desk: Desk, feed: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(
        json.dumps({"Claim #": "full_name", "Loss Date": "date_of_injury", "Notice Date": "date_reported"})
    )

    given = told(desk, feed, "--client", "ACME", "--mapping", mapping, "--json")
    kept = told(desk, feed, "--client", "ACME", "--json")

    assert json.loads(given.stdout)["accepted"] == 3
    assert json.loads(kept.stdout)["mapping"]["columns"]["full_name"] == "Claim #"


def test_a_mapping_given_that_does_not_fit_is_two_and_one_sentence(desk: Desk, feed: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"date_of_injury": "Loss Dt"}))

    said = told(desk, feed, "--client", "ACME", "--mapping", mapping)

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "The mapping names headings that the file does not have: 'Loss Dt' for date_of_injury.\n"
    assert claims(desk) == 0


def test_a_saved_mapping_that_does_not_fit_is_said_and_proposals_stand_in(
    desk: Desk, feed: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"date_of_injury": "Loss Date"}))
    told(desk, feed, "--client", "ACME", "--mapping", mapping, "--json")
    feed.write_bytes(FEED.replace(b"Loss Date", b"Injured on"))

    said = told(desk, feed, "--client", "ACME", "--json")

    assert json.loads(said.stdout)["duplicates"] == 2
    assert "'Loss Date' for date_of_injury" in said.stderr


def test_the_sheet_of_a_workbook_is_the_one_that_is_named(desk: Desk, feed: Path) -> None:
    claims_of = [
        ["Claim No", "Employee", "Date of Injury", "Date Reported"],
        ["A-1", "Ana Sample", "11/20/2026", "11/23/2026"],
    ]
    feed.write_bytes(
        workbook({"Old": claims_of, "New": [*claims_of, ["A-2", "Bo Sample", "11/21/2026", "11/23/2026"]]})
    )

    unasked, named = (told(desk, feed, "--client", "ACME", "--json", *words) for words in ((), ("--sheet", "New")))

    assert (unasked.returncode, unasked.stdout) == (2, "")
    assert unasked.stderr.endswith("Say which sheet to read: Old, New.\n")
    assert json.loads(named.stdout)["accepted"] == claims(desk) == 2


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"{\\rtf1 Hi", bytes(range(256)) * 4]
)
def test_what_cannot_be_read_is_one_sentence_and_two(desk: Desk, feed: Path, content: bytes) -> None:
    feed.write_bytes(content)

    said = told(desk, feed, "--client", "ACME", "--json")

    assert (said.returncode, said.stdout) == (2, "")
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("missing.csv", "--client", "ACME"), ("{feed}", "--client", "NOBODY"), ("{feed}",),
              ("{feed}", "--client", "ACME", "--mapping", "{feed}")],
)  # fmt: skip
def test_so_is_a_file_client_or_mapping_that_is_not_there(desk: Desk, feed: Path, words: tuple[str, ...]) -> None:
    said = told(desk, *(word.format(feed=feed) for word in words))

    assert (said.returncode, said.stdout) == (2, "")
    assert len(said.stderr.splitlines()) == 1
    assert claims(desk) == 0
