"""No social security number is kept: it is told by its shape, or by what a column or a word before it says."""

import re

import pytest

from core import social_security
from core.feeds.heading_words import plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("900-12-7001", "(number removed)"),
        ("900 12 7001", "(number removed)"),
        ("900.12.7001", "(number removed)"),
        ("900\u201312\u20117001", "(number removed)"),
        ("900 - 12 - 7001", "(number removed)"),
        ("SSN 900-12-7001, fell.", "SSN (number removed), fell."),
        ("his SSN is 900127001", "his SSN is (number removed)"),
        ("Social Security No.: 900127001", "Social Security No.: (number removed)"),
        ("SS# 900127001 and 900-12-7002", "SS# (number removed) and (number removed)"),
        ("Seguro social 900127001", "Seguro social (number removed)"),
        ("\uff19\uff10\uff10-\uff11\uff12-\uff17\uff10\uff10\uff11", "(number removed)"),
        ("900-12\u200b-7001", "(number removed)"),
    ],
)
def test_a_number_in_a_text_is_taken_out(text: str, kept: str) -> None:
    assert social_security.removed(text) == kept
    assert social_security.holds(text)


@pytest.mark.parametrize(
    "text",
    ["123456789", "60601-1234", "312-555-0101", "(312) 555-0101", "312 555 0101", "2026-11-24", "11-24-2026", "1-900-12-7001",
     "A900-12-7001", "900-12-70011", "36-1234567", "XXX-XX-7001", "WC-123-45-6789-B", "boss 900127001", ""],
)  # fmt: skip
def test_another_number_stays(text: str) -> None:
    assert social_security.removed(text) == text
    assert not social_security.holds(text)


@pytest.mark.parametrize(
    "heading",
    ["SSN", "SS#", "SS #", "S.S.N.", "Social Security Number", "SocialSecurityNumber", "Soc Sec No", "SOC_SEC_NBR", "EE SSN",
     "Employee Social Security #", "Worker TIN", "TIN", "Taxpayer ID", "Número de seguro social", "SSN/ITIN", "ssn_last4"],
)  # fmt: skip
def test_a_column_says_that_it_holds_them(heading: str) -> None:
    assert social_security.headed(plain(heading))


@pytest.mark.parametrize(
    "heading",
    ["Claim number", "Employee ID", "Session", "Business Name", "Employer TIN", "FEIN", "Federal Tax ID", "Provider TIN",
     "Lessness", "Social worker", "Security desk"],
)  # fmt: skip
def test_another_column_does_not(heading: str) -> None:
    assert not social_security.headed(plain(heading))


@pytest.mark.parametrize(
    "text",
    ["SSN123-45-6789 told", "ssn 523_45_6793", "his social is 123456789", "SSN/523456790", "SSN#: 123-456-789", "123/45/6789"],
)  # fmt: skip
def test_is_told_also_where_other_letters_stand_close(text: str) -> None:
    assert social_security.REMOVED in social_security.removed(text)
    assert not re.search(r"\d{4}", social_security.removed(text))
