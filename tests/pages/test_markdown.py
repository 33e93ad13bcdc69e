"""People's words in markdown. What the browser makes of it is read in tests/journeys/test_typed_words.py."""

import re

import pytest

from pages.parts.markdown import verbatim
from tests import hostile

UNSEEN = re.compile(r":color\[\]|\\(?=[!-/:-@\[-`{-~])")


def shown(markdown: str) -> str:
    """Return the letters that *markdown* shows, where all that is not shown is what `verbatim` puts in."""
    return UNSEEN.sub("", markdown).replace("&nbsp;", " ").replace("  \n", "\n")


@pytest.mark.parametrize("typed", [*hostile.ON_ONE_LINE, *hostile.AT_A_LINES_START])
def test_every_letter_is_kept_and_none_stays_as_it_was_where_it_would_be_read_otherwise(typed: str) -> None:
    assert verbatim(typed) != typed
    assert shown(verbatim(typed.replace("\\", ""))) == typed.replace("\\", "")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Ana Núñez-Ortiz, Smith & Sons (night shift)",
        "C-1042",
        "+13125550107 ext. 22",
        "Due Tue 24 Nov 2026, 09:05 CST; open 08:00-17:00.",
        "'8 to 5' is not open hours: write them as in 08:00-17:00!",
    ],
)
def test_ordinary_words_stay_as_they_are(typed: str) -> None:
    assert verbatim(typed) == typed


def test_lines_stay_lines_in_one_paragraph() -> None:
    assert verbatim("one\r\n\n\ntwo") == "one  \n:color[]  \n:color[]  \ntwo"


def test_a_tab_is_as_many_spaces() -> None:
    assert verbatim("\tone") == "&nbsp;" * 4 + "one"
