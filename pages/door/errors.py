"""What happens to a defect: a reference for the person, the place for us, and not a word of what was typed."""

import logging
import secrets
import traceback
from pathlib import Path

import streamlit as st

from core.refusal import Refusal
from pages.door import metrics

_log = logging.getLogger("desk.errors")
_ROOT = Path(__file__).resolve().parents[2]


def silence_streamlit() -> None:
    """Keep Streamlit from logging the full text of an exception, which can hold protected information."""
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
    _log.error("defect %s: %s", reference, " from ".join(_kinds(defect)))
    return reference


def _kinds(defect: BaseException) -> list[str]:
    kinds: list[str] = []
    seen: BaseException | None = defect
    while seen is not None and len(kinds) < 5:
        state = getattr(getattr(seen, "orig", seen), "sqlstate", None)
        kinds.append(f"{type(seen).__name__}{f' {state}' if state else ''} at {_place(seen)}")
        seen = seen.__cause__
    return kinds


def _place(defect: BaseException) -> str:
    """Return the innermost places of our own code, else the innermost of all, as file:line."""
    frames = traceback.extract_tb(defect.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(_ROOT) and ".venv" not in f.filename]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in (own or frames)[-3:]]
    return " > ".join(places) or "nowhere"
