"""What a line of the log holds: kinds and places of errors, and not a word of what was typed."""

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from prometheus_client import Counter

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[1]

defects = Counter("desk_defects", "Errors that nobody expected, as this process logged them")
"""Counted where they are logged, whoever logs them."""


class WordlessRecord(logging.LogRecord):
    """A line of the log that names an exception's kinds and places in place of its text and its traceback."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._defect = self.exc_info[1] if self.exc_info else None
        self.exc_info = None
        if self._defect is not None and self.levelno >= logging.ERROR:
            defects.inc()

    def getMessage(self) -> str:  # noqa: N802 - the logging module calls it by this name
        message = super().getMessage()
        return message if self._defect is None else f"{message.rstrip()}: {kinds(self._defect)}"


def keep_texts_out() -> None:
    """
    Have this process write no exception's text to its log or to standard error: it can hold protected information.

    That is so whoever logs it, and also of what ends the process or one of its threads.
    """
    logging.setLogRecordFactory(WordlessRecord)
    sys.excepthook = _process_ended
    threading.excepthook = _thread_ended


def kinds(defect: BaseException) -> str:
    """Return the kind of *defect* and where it happened, and the same of what it came from."""
    chain: list[str] = []
    seen: BaseException | None = defect
    while seen is not None and len(chain) < 5:
        state = getattr(getattr(seen, "orig", seen), "sqlstate", None)
        chain.append(f"{type(seen).__name__}{f' {state}' if state else ''} at {_code_lines(seen)}")
        seen = seen.__cause__
    return " from ".join(chain)


def _process_ended(kind: type[BaseException], defect: BaseException, _: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log.critical("Ended by a defect", exc_info=defect)


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "unknown"
    _log.critical("Thread %s was ended by a defect", name, exc_info=ended.exc_value)


def _code_lines(defect: BaseException) -> str:
    """Return the innermost lines of our own code, else the innermost of all, as file:line."""
    frames = traceback.extract_tb(defect.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(_ROOT) and ".venv" not in f.filename]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in (own or frames)[-3:]]
    return " > ".join(places) or "nowhere"
