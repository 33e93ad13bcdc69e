"""Where a visitor is, on the running server: as a proxy says it that is named, and as nobody else does."""

from pathlib import Path

import pytest

from core import instant, staff
from core.access import Role
from tests import signing_in
from tests.conftest import Desk
from tests.door.test_open_doors import get
from tests.served import serve


@pytest.mark.slow
@pytest.mark.parametrize(("named", "address"), [("", "127.0.0.1"), ("127.0.0.1", "198.51.100.9")])
def test_a_forwarded_address_is_believed_only_from_the_proxies_that_are_named(
    desk: Desk, tmp_path: Path, named: str, address: str
) -> None:
    va = signing_in.person(Role.VA)
    with serve(desk, tmp_path, env={"FORWARDED_ALLOW_IPS": named}, forked=True) as served:
        ticket = staff.sign_in(
            name=va.sign_in_name, password=signing_in.PASSWORD, address="", browser="a browser", at=instant.now()
        )
        get(
            served, f"/session/start?ticket={ticket}", Cookie=served.cookies(), Sec_Fetch_Site="same-origin",
            X_Forwarded_For="198.51.100.9",
        )  # fmt: skip

    with desk.owner() as db:
        told = db.execute("select detail ->> 'address' from audit_event where verb = 'signed_in'").fetchall()
    assert told == [(address,)]
