"""The sample's directory of providers."""

import csv
from pathlib import Path

import pytest

from core import npi, referrals, sample, telephones
from core.sample import directory
from db import session
from tests.factories import NOW

ROWS = list(csv.DictReader((Path(sample.__file__).parent / "providers.csv").read_text(encoding="utf-8").splitlines()))


def test_names_nobody_that_there_is() -> None:
    for row in ROWS:
        assert npi.checks(row["npi"])
        assert row["npi"].startswith("2")  # none was given out that begins so
        for number in (row["phone"], row["fax"]):
            assert telephones.readable(number) == number
            assert number[5:10] == "55501"
    assert len({row["npi"] for row in ROWS}) == len(ROWS)


def test_knows_every_specialty_that_it_names() -> None:
    assert {row["taxonomy_code"] for row in ROWS} <= set(referrals.specialties())


def test_is_put_into_an_empty_desk_once(desk) -> None:
    session.bind(desk.owner_url)
    desk.maker.execute(
        "insert into client (code, name, timezone) values ('MESA', 'M', 'UTC'), ('LAKESIDE', 'L', 'UTC')"
    )
    for _ in range(2):
        with session.begin(1) as tx:
            directory.fill(tx, NOW)

    with desk.owner() as db:
        counts = db.execute(
            "select (select count(*) from provider), (select count(*) from provider_location),"
            " (select count(*) from network_panel where client_id is null), (select count(*) from network_panel)"
        ).fetchone()
    ours = sum(row["panel"] == directory.OURS for row in ROWS)
    assert counts == (len(ROWS), len(ROWS), ours, sum(row["panel"] != directory.NOBODYS for row in ROWS))


@pytest.mark.parametrize("code", ["207X00000X", "2085R0202X"])
def test_has_somebody_for_what_is_asked_for_most_in_every_state_of_it(code: str) -> None:
    assert {row["state"] for row in ROWS if row["taxonomy_code"] == code} == {row["state"] for row in ROWS}
