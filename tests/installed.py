"""The desk as it is installed for everybody: code and Python where each account of the machine can read them."""

import os
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_CODE = ("app.py", ".streamlit", "core", "db", "pages")


@dataclass(frozen=True)
class Installation:
    """Where the code is, the Python to start it with, and what that needs in its environment."""

    code: Path
    python: Path
    environment: dict[str, str]


HERE = Installation(ROOT, Path(sys.executable), {})
"""What the tests themselves run from, whoever can read it."""


@contextmanager
def for_everybody() -> Iterator[Installation]:
    """Yield an installation that every account can read; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="desk-installed-"))
    try:
        folder.chmod(0o755)
        code = folder / "code"
        code.mkdir()
        for name in _CODE:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, code / name)
        interpreter = _interpreter(folder / "python")
        python = folder / "env" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.symlink_to(interpreter)
        (folder / "env" / "pyvenv.cfg").write_text(f"home = {interpreter.parent}\n")
        _libraries(folder / "env" / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages")
        board = code / "pages" / "parts" / "board"
        yield Installation(
            code, python, {"PYTHONPATH": str(board), "LD_LIBRARY_PATH": str(interpreter.parent.parent / "lib")}
        )
    finally:
        shutil.rmtree(folder)


def _interpreter(copy: Path) -> Path:
    """Return the Python that everybody can read: the one there is, or a copy of it at *copy*."""
    there = Path(os.path.realpath(sys.executable))
    if _open_to_all(there):
        return there
    version = f"python{sysconfig.get_python_version()}"
    prefix = Path(sys.base_prefix)
    _copied(there, copy / "bin" / there.name)
    for library in prefix.glob("lib/libpython*"):
        _copied(library, copy / "lib" / library.name)
    unused = shutil.ignore_patterns("site-packages", "test", "idlelib", "ensurepip", "config-*")
    shutil.copytree(prefix / "lib" / version, copy / "lib" / version, ignore=unused, copy_function=_copied)
    return copy / "bin" / there.name


def _libraries(copy: Path) -> None:
    """Have the libraries of the tests' own environment at *copy*."""
    there = Path(sysconfig.get_path("purelib"))
    copy.parent.mkdir(parents=True)
    if _open_to_all(there):
        copy.symlink_to(there)
    else:  # those that are used where they lie are not taken along: they lie in the closed folder
        shutil.copytree(there, copy, ignore=shutil.ignore_patterns("*.pth"), copy_function=_copied, symlinks=True)


def _open_to_all(path: Path) -> bool:
    return all(each.stat().st_mode & 0o005 == 0o005 for each in (path, *path.parents))


def _copied(source: str | Path, target: str | Path) -> None:
    """Put *source* at *target* as well, without copying what is in it where the file system can do that."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target, follow_symlinks=True)
    except OSError:
        shutil.copy(source, target)
