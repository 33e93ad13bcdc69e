"""Whoever asks for a desk finds it as the template is, whatever the one before did to it."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.conftest import ADDRESSES
from tests.copies import Copies

ADMIN, OWNER = (
    make_url(address).set(drivername="postgresql")
    for address in os.environ.get(ADDRESSES, "postgresql://\npostgresql://\n").split("\n")[:2]
)
ADD = "insert into client (code, name, timezone) values ('ACME', 'Acme', 'UTC') returning client_id"


@pytest.fixture
def copies() -> Iterator[Copies]:
    made = Copies(ADMIN, OWNER)
    yield made
    made.close()


def connected(name: str) -> psycopg.Connection:
    return psycopg.connect(ADMIN.set(database=name).render_as_string(hide_password=False), autocommit=True)


def test_the_next_one_finds_none_of_the_rows_and_counts_from_the_beginning(copies: Copies) -> None:
    found = []
    for _ in range(2):
        name = copies.take()
        with connected(name) as db:
            people = db.execute("select staff_id from staff").fetchall()
            found.append((name, db.execute(ADD).fetchone(), people))
        copies.give_back(name)

    assert found[0] == found[1]


def test_who_still_looks_is_shown_out(copies: Copies) -> None:
    name = copies.take()
    with connected(name) as left:
        left.execute("begin")
        left.execute(ADD)
        copies.give_back(name)
        assert copies.take() == name
        with pytest.raises(psycopg.OperationalError):
            left.execute("commit")
    copies.give_back(name)


@pytest.mark.parametrize(
    "done",
    [
        "drop table fact_delta",
        "alter table claim disable row level security",
        "create table mine (x int)",
        "create function mine() returns int language sql as 'select 1'",
        "truncate intake_question",
        "update staff set full_name = 'Somebody else' where staff_id = 1",
        "delete from staff where staff_id = 1",
        "alter database {name} set work_mem = '1MB'",
        "alter role desk_app in database {name} set work_mem = '1MB'",
        "grant create on schema public to desk_app",
        "analyze claim",
    ],
)
def test_one_that_is_no_longer_what_the_template_is_is_not_lent_again(copies: Copies, done: str) -> None:
    name = copies.take()
    with connected(name) as db:
        db.execute("set session_replication_role = replica")
        db.execute(done.format(name=name).encode())

    copies.give_back(name)

    again = copies.take()
    assert again != name
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connected(name)
    copies.give_back(again)


def test_one_that_lets_nobody_in_is_not_lent_again(copies: Copies) -> None:
    name = copies.take()
    with connected("postgres") as admin:
        admin.execute(f"alter database {name} allow_connections false".encode())

    copies.give_back(name)

    again = copies.take()
    assert again != name
    copies.give_back(again)


def test_one_whose_owner_was_shown_out_is_not_lent_again(copies: Copies) -> None:
    name = copies.take()
    with connected("postgres") as admin:
        admin.execute("select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = %s", (name,))

    copies.give_back(name)

    again = copies.take()
    assert again != name
    copies.give_back(again)


def test_none_is_lent_for_ever(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.copies.MOST_USES", 3)
    names = set()
    for _ in range(4):
        name = copies.take()
        names.add(name)
        copies.give_back(name)

    assert len(names) == 2
