"""The clocks that the desk comes with, read from clocks.csv beside this."""

import csv
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from core.statutes.rows import MORE, SAYS, as_rule
from core.statutes.rule import Rule

_FILE = Path(__file__).with_name("clocks.csv")
_READ: Mapping[type, Callable[[str], Any]] = MappingProxyType(
    {
        str: lambda text: text,
        int: lambda text: int(text) if text else None,
        bool: lambda text: text == "yes",
        time: lambda text: time.fromisoformat(text) if text else None,
        date: lambda text: date.fromisoformat(text) if text else None,
    }
)
_NETWORK = {"": None, "yes": True, "no": False}
_NONE_WHERE_EMPTY = ("extension_unit", "extension_from", "extension_within_unit", "information_unit")


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """Return every rule that the desk comes with, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_rule(row) for row in csv.DictReader(file))


def _rule(texts: Mapping[str, str]) -> Rule:
    since = _READ[date](texts["effective_from"])
    row = {name: _READ[kind](texts[name]) for name, kind in {**SAYS, **MORE}.items() if name != "from_known"}
    row |= {name: row[name] or None for name in (*_NONE_WHERE_EMPTY, "extension_confidence")}
    row["from_known"] = since is not None
    return as_rule(texts["jurisdiction"], texts["kind"], _NETWORK[texts["network"]], since, row)
