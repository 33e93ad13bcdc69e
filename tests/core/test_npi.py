"""National provider identifiers, as they are typed and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import npi
from core.npi import NotAnNpi

KNOWN = "1234567893"
"""The example of the standard itself."""


@pytest.mark.parametrize("typed", [KNOWN, " 1234567893 ", "1234 567 893", "123-456-7893", "1234\u00a0567893"])
def test_one_is_read_as_it_is_typed(typed: str) -> None:
    assert npi.read(typed) == KNOWN


@pytest.mark.parametrize("typed", ["", "  ", "-"])
def test_nothing_typed_is_none(typed: str) -> None:
    assert npi.read(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["123456789", "12345678931", "0234567893", "3234567893", "x234567893", "1234.567893", "١٢٣٤٥٦٧٨٩٣", "²234567893"],
)
def test_what_is_no_ten_digits_that_begin_with_one_or_two_is_refused(typed: str) -> None:
    with pytest.raises(NotAnNpi):
        npi.read(typed)


@given(place=st.integers(1, 9), sign=st.sampled_from("0123456789"))
def test_a_digit_that_is_wrong_is_noticed(place: int, sign: str) -> None:
    typed = KNOWN[:place] + sign + KNOWN[place + 1 :]
    if typed == KNOWN:
        assert npi.read(typed) == KNOWN
    else:
        with pytest.raises(NotAnNpi):
            npi.read(typed)


@pytest.mark.parametrize("place", range(1, 9))
def test_two_digits_the_wrong_way_round_are_noticed(place: int) -> None:
    turned = KNOWN[:place] + KNOWN[place + 1] + KNOWN[place] + KNOWN[place + 2 :]
    with pytest.raises(NotAnNpi):
        npi.read(turned)
