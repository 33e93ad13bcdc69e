"""What happens to a defect: a reference for the person, the place for us, and not a word of what was typed."""

import logging
import secrets
import traceback
from pathlib import Path
from typing import Any

import streamlit as st

from core.refusal import Refusal
from pages.door import metrics

_log = logging.getLogger("desk.errors")
_ROOT = Path(__file__).resolve().parents[2]


class WordlessRecord(logging.LogRecord):
    """A line of the log that names an exception's kinds and places in place of its text and its traceback."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._defect = self.exc_info[1] if self.exc_info else None
        self.exc_info = None

    # The logging module calls it by this name, which is not in the form of ours.
    def getMessage(self) -> str:  # noqa: N802
        message = super().getMessage()
        return message if self._defect is None else f"{message.rstrip()}: {kinds(self._defect)}"


def keep_texts_out_of_the_log() -> None:
    """
    Have no exception's text logged, whoever logs it: it can hold protected information.

    Streamlit logs what a page, a fragment or the making of a file met; the server what a socket met. The first it even
    writes into the line itself, so its logger is shut.
    """
    logging.setLogRecordFactory(WordlessRecord)
    logging.getLogger("streamlit.error_util").disabled = True


def reported(problem: Exception) -> bool:
    """Show a refusal as its own sentence and a defect as a reference; True: nothing else is to be shown."""
    st.error(
        str(problem) if isinstance(problem, Refusal) else sentence(noted(problem)), icon=":material/priority_high:"
    )
    return True


def sentence(reference: str) -> str:
    """Return what a person reads who met a defect."""
    return f"Something went wrong on our side, and it has been noted. Reference {reference}."


def noted(defect: BaseException) -> str:
    """
    Log *defect* and return its reference.

    Kind and places only: an exception's text may hold what somebody typed or what the database quoted.
    """
    reference = secrets.token_hex(4)
    metrics.defects.inc()
    _log.error("defect %s: %s", reference, kinds(defect))
    return reference


def kinds(defect: BaseException) -> str:
    """Return the kind of *defect* and where it happened, and the same of what it came from."""
    chain: list[str] = []
    seen: BaseException | None = defect
    while seen is not None and len(chain) < 5:
        state = getattr(getattr(seen, "orig", seen), "sqlstate", None)
        chain.append(f"{type(seen).__name__}{f' {state}' if state else ''} at {_code_lines(seen)}")
        seen = seen.__cause__
    return " from ".join(chain)


def _code_lines(defect: BaseException) -> str:
    """Return the innermost lines of our own code, else the innermost of all, as file:line."""
    frames = traceback.extract_tb(defect.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(_ROOT) and ".venv" not in f.filename]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in (own or frames)[-3:]]
    return " > ".join(places) or "nowhere"
