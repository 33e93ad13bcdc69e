"""Where transactions begin: a pooled connection that the server has dropped is not handed out."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import sleep
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text

from db import session
from tests.conftest import Desk


def administrator(desk: Desk) -> psycopg.Connection:
    address = desk.admin_url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


def end_every_session_of_the_application(desk: Desk) -> None:
    with administrator(desk) as admin:
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


def test_who_waits_for_a_connection_gets_the_next_one_that_is_free(desk: Desk) -> None:
    session.bind(desk.app_url, pool_size=1)  # two at once at the most
    with ThreadPoolExecutor(1) as other:
        with session.begin(None), session.begin(None):
            waiting = other.submit(_answered)
            with pytest.raises(TimeoutError):
                waiting.result(0.2)

        assert waiting.result(20) == 1


def _answered() -> object:
    with session.begin(None) as tx:
        return tx.execute(text("select 1")).scalar_one()


def test_what_a_failed_act_left_open_is_undone(desk: Desk) -> None:
    class Failed(Exception):
        pass

    with suppress(Failed), session.begin(None) as tx:
        tx.execute(text("create temporary table left_open ()"))
        raise Failed

    with session.begin(None) as tx:
        assert tx.execute(text("select to_regclass('left_open')")).scalar_one() is None


def test_nothing_is_kept_open_once_the_process_lets_go_of_the_desk(desk: Desk) -> None:
    with session.begin(None), session.begin(None):
        pass
    session.unbind()

    with administrator(desk) as admin:
        assert _connections(admin, desk) == 0


def _connections(admin: psycopg.Connection, desk: Desk) -> int:
    """How many the application has; a server takes a moment to see that one hung up."""
    for _ in range(100):
        row = admin.execute(
            "select count(*) from pg_stat_activity where usename = 'desk_app' and datname = %s", (desk.name,)
        ).fetchone()
        assert row is not None
        if not row[0]:
            break
        sleep(0.02)
    return row[0]


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
