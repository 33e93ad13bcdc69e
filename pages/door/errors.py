"""What happens to a defect: a reference for the person, the place for us, and not a word of what was typed."""

import logging
import secrets

import streamlit as st

from core import log
from core.refusal import Refusal

_log = logging.getLogger("desk.errors")


def keep_texts_out_of_the_log() -> None:
    """
    Have no exception's text logged by the process that serves pages, whoever logs it (`core/log.py`).

    Streamlit writes what a page met into the line itself, so that logger is shut: `reported` has it noted.
    """
    log.keep_texts_out()
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

    Of its kind and places only, as `keep_texts_out_of_the_log` sees to: its text may hold what somebody typed or what
    the database quoted.
    """
    reference = secrets.token_hex(4)
    _log.error("defect %s", reference, exc_info=defect)
    return reference
