"""As root the pages get an account of their own, or one line says what that account lacks and they stay root's."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.command.stepping_down import start_of_pages
from tests.conftest import Desk
from tests.installed import Installation, for_everybody

# Nobody else can start a process under another account, so there is nothing to see.
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account to step down to")

ACCOUNT = "mco-desk-pages"

_ASKED = """
import os, sys
from core.command.stepping_down import start_of_pages
with start_of_pages(sys.argv[1], os.environ, [], "127.0.0.1", int(sys.argv[2]), embedded=False) as start:
    print(start.account.name if start.account else "root")
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with for_everybody() as installed:
        yield installed


def _account(installation: Installation, desk: Desk, *, port: int = 8501, **variables: str) -> list[str]:
    """Return what is said where *installation* is started on *desk*, and whose the pages would be."""
    address = desk.app_url.set(drivername="postgresql").render_as_string(hide_password=False)
    done = subprocess.run(
        [installation.python, "-c", _ASKED, variables.pop("address", address), str(port)],
        cwd=installation.code, env=os.environ | installation.environment | variables,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@as_root
class TestThePagesOfAnInstallationThatAllCanRead:
    def test_are_another_accounts(self, installation: Installation, desk: Desk) -> None:
        assert _account(installation, desk) == [ACCOUNT]

    def test_are_roots_where_one_file_of_the_code_is_closed(self, installation: Installation, desk: Desk) -> None:
        closed = installation.code / "pages" / "menu.py"
        closed.chmod(0o600)

        said = _account(installation, desk)

        closed.chmod(0o644)
        assert said == [f"The pages run as root: the account {ACCOUNT} cannot read {closed}.", "root"]

    def test_are_roots_where_a_folder_above_is_closed(self, installation: Installation, desk: Desk) -> None:
        above = installation.code.parent
        above.chmod(0o700)

        said = _account(installation, desk)

        above.chmod(0o755)
        assert said[0].startswith(f"The pages run as root: the account {ACCOUNT} cannot r")
        assert said[1:] == ["root"]

    def test_are_roots_where_the_database_does_not_let_the_account_in(
        self, installation: Installation, desk: Desk
    ) -> None:
        said = _account(installation, desk, address="postgresql://desk_app:wrong@127.0.0.1:1/desk")

        assert said == [f"The pages run as root: the account {ACCOUNT} is not let into the database.", "root"]

    def test_are_roots_where_only_root_can_read_what_proves_who_asks(
        self, installation: Installation, desk: Desk, tmp_path: Path
    ) -> None:
        passwords = tmp_path / "pgpass"
        passwords.touch(mode=0o600)

        said = _account(installation, desk, PGPASSFILE=str(passwords))

        assert said == [f"The pages run as root: the account {ACCOUNT} cannot read {passwords}.", "root"]

    def test_are_roots_where_only_root_may_open_the_port(self, installation: Installation, desk: Desk) -> None:
        first_for_all = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())

        said = _account(installation, desk, port=81)

        whose = [f"The pages run as root: the account {ACCOUNT} may not open port 81.", "root"]
        assert said == (whose if first_for_all > 81 else [ACCOUNT])


def test_whoever_is_not_root_starts_the_pages_as_themselves(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with start_of_pages("postgresql:///desk", {}, [], "127.0.0.1", 80, embedded=False) as start:
        assert start.account is None
    assert capsys.readouterr().out == ""
