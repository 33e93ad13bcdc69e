"""Where transactions begin: a pooled connection that the server has dropped is not handed out."""

from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db import session
from tests.conftest import Desk


def end_every_session_of_the_application(desk: Desk) -> None:
    address = desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'desk_app' and datname = %s",
            (desk.name,),
        )


def test_a_rested_connection_that_the_server_dropped_is_replaced(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with session.begin(None) as tx:
        before = tx.execute(text("select pg_backend_pid()")).scalar_one()
    end_every_session_of_the_application(desk)
    monkeypatch.setattr(session, "RESTED", 0.0)

    with session.begin(None) as tx:
        after = tx.execute(text("select pg_backend_pid()")).scalar_one()

    assert after != before


def test_a_connection_in_use_a_moment_ago_is_not_asked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with session.begin(None):
        pass
    pinged: list[object] = []
    monkeypatch.setattr(session, "_answers", pinged.append)

    with session.begin(None):
        pass

    assert not pinged


def test_one_that_the_server_dropped_a_moment_ago_fails_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with session.begin(None):
        pass
    monkeypatch.setattr(session, "RESTED", 600.0)
    end_every_session_of_the_application(desk)

    begun = []
    with pytest.raises(OperationalError), session.begin(None) as tx:
        begun.append(tx)

    assert not begun
    with session.begin(None) as tx:
        assert tx.execute(text("select 1")).scalar_one() == 1


@pytest.mark.parametrize("folder", ["/srv/the desk's home/s", "/srv/1+1/s"])
def test_an_address_keeps_the_folder_of_its_socket_in_the_drivers_own_form(folder: str) -> None:
    address = f"postgresql+psycopg://desk_app:a%20b%2B+c@/desk?host={quote(folder, safe='')}&port=5432"

    parts = conninfo_to_dict(session.for_libpq(address))

    assert (parts["host"], parts["password"], parts["port"]) == (folder, "a b++c", "5432")


@pytest.mark.usefixtures("present")
def test_the_moment_of_an_act_is_put_in_place_where_it_is_asked(desk: Desk) -> None:
    with desk.app() as db:
        plan = db.execute("explain (verbose, costs off) select desk_moment() from generate_series(1, 2)").fetchall()
    assert "now()" in str(plan)
    assert "desk_moment" not in str(plan), "it is called, for each row that asks"
