"""The server ends when it is told to, whatever has become of the database."""

from pathlib import Path

import psycopg
import pytest

from tests.conftest import Desk
from tests.served import PATIENCE, serve


@pytest.mark.slow
@pytest.mark.parametrize("database_gone", [False, True])
def test_it_stops_when_told_to(desk: Desk, tmp_path: Path, database_gone: bool) -> None:
    with serve(desk, tmp_path, worker=True) as served:
        if database_gone:
            address = desk.admin_url.set(drivername="postgresql", database="postgres")
            with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as admin:
                admin.execute(f"alter database {desk.name} allow_connections false")
                admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (desk.name,))

        served.process.terminate()

        assert served.process.wait(timeout=PATIENCE) is not None
