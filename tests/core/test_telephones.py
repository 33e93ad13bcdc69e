"""One rule for telephone numbers: the form, an answer and a feed read each alike."""

from dataclasses import replace

import pytest

from core import intake, telephones
from core.feeds.kinds.claims.judging import Accepted, judge_all
from core.intake.readers import read_phone
from tests.claim_feeds import mapping_for, read_feed
from tests.core.intake.reports import LEAST
from tests.factories import NOW

READ = [
    ("(312) 555-0101", "+13125550101"),
    ("312.555.0101", "+13125550101"),
    ("1 312 555 0101", "+13125550101"),
    ("+1 312 555 0101", "+13125550101"),
    ("3125550101.0", "+13125550101"),
    ("(312) 555-0101 x22", "+13125550101 ext. 22"),
    ("+44 20 7946 0958", "+442079460958"),
    ("+13125550101", "+13125550101"),
]
UNREAD = ["", "555-0101", "ask for Rosa", "12", "312 555 0101 312 555 0102", "1" * 41]


@pytest.mark.parametrize(("told", "kept"), READ)
def test_what_can_be_called_is_kept_in_one_form_however_it_came(told: str, kept: str) -> None:
    assert telephones.readable(told) == kept
    assert intake.tidied(replace(LEAST, phone=told)).phone == kept
    assert read_phone(told) == kept
    assert _in_a_feed(told) == (kept, False)
    assert telephones.readable(kept) == kept, "what is kept is read again as it stands"


@pytest.mark.parametrize("told", UNREAD)
def test_what_cannot_be_called_from_anywhere_is_asked_about_however_it_came(told: str) -> None:
    assert telephones.readable(told) is None
    assert "reach" in intake.missing(intake.tidied(replace(LEAST, phone=told)))
    with pytest.raises(intake.AnswerNotUnderstood):
        read_phone(told)
    assert _in_a_feed(told) == (told or None, True)


@pytest.mark.parametrize("told", ["000-000-0000", "555-555-5555", "(999) 999-9999", "1 123 456 7890"])
def test_what_only_fills_a_field_is_no_number(told: str) -> None:
    assert telephones.readable(told) is None
    assert _in_a_feed(told) == (None, True)


def _in_a_feed(told: str) -> tuple[str | None, bool]:
    """Return the telephone that a feed's row keeps, and whether how to reach the worker is asked."""
    feed = read_feed(f"Name,DOI,Date Reported,Phone\nAna B,11/13/2026,11/14/2026,{told}\n".encode())
    [answer] = judge_all(feed, mapping_for(feed), timezone="UTC", at=NOW)
    assert isinstance(answer, Accepted)
    return answer.report.phone, "reach" in {each.element for each in answer.questions}


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+16145550134", "(614) 555-0134"),
        ("+16145550134 ext. 4", "(614) 555-0134 ext. 4"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+442079460958 ext. 4", "+44 20 7946 0958 ext. 4"),
        ("ask for Rosa", "ask for Rosa"),
    ],
)
def test_a_number_is_shown_in_groups_and_read_again_as_the_same(kept: str, shown: str) -> None:
    assert telephones.grouped(kept) == shown
    assert telephones.readable(shown) in (kept, None)
