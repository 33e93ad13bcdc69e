"""The ordinary accounts of the machine that the desk's processes run under where root starts it."""

import contextlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

_SERVER, _PAGES = "mco-desk", "mco-desk-pages"


class NoOrdinaryAccount(RuntimeError):
    """There is no account but root's, and none can be made."""

    def __init__(self) -> None:
        super().__init__("There is no ordinary account on this machine under which the desk could run.")


class Account(NamedTuple):
    """An ordinary account of the machine."""

    name: str
    uid: int
    gid: int
    home: str


def for_server(data: Path) -> Account | None:
    """
    Return the account that runs the server in *data* when we are root, whom PostgreSQL refuses; else None.

    Whoever owns the data already goes on owning it: otherwise a server made by an ordinary user, or before an account
    came or went, could not be opened again.

    :raises NoOrdinaryAccount: if there is none and none can be made.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        with contextlib.suppress(KeyError):
            return _account(pwd.getpwuid(owner.st_uid))._replace(gid=owner.st_gid)
        return Account(str(owner.st_uid), owner.st_uid, owner.st_gid, "/")
    return _made(_SERVER, "postgres", "nobody")


def for_pages() -> Account | None:
    """
    Return the account that runs the pages when we are root; else None.

    It is not the server's: whoever breaks into the pages must meet the database's guards, and not the files under them.

    :raises NoOrdinaryAccount: if there is none and none can be made.
    """
    return _made(_PAGES, "nobody") if os.geteuid() == 0 else None


def _made(name: str, *others: str) -> Account:
    """Return the account *name*, made where it is missing; the first of the *others* where it cannot be made."""
    with contextlib.suppress(KeyError):
        return _account(pwd.getpwnam(name))
    if add := shutil.which("useradd"):
        subprocess.run(
            [add, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    for known in (name, *others):
        with contextlib.suppress(KeyError):
            return _account(pwd.getpwnam(known))
    raise NoOrdinaryAccount


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir)
