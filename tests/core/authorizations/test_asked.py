"""What somebody writes down of a request: how it is kept, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.authorizations import asked as reading
from core.authorizations import kinds
from core.authorizations.asked import (
    CompleteBeforeReceived,
    DueFarOff,
    Line,
    MissingWhat,
    NoProvider,
    NothingAskedFor,
    PostmarkedLater,
    ProviderEmailNotUnderstood,
    ProviderPhoneNotUnderstood,
    ReceivedLater,
    ReceivedLongAgo,
    ServiceCodeNotUnderstood,
    TooManyLines,
    UnitsNotSensible,
    WhenReceived,
)
from core.npi import NotAnNpi
from core.refusal import Refusal, TooLong
from core.statutes import shipped
from tests.core.authorizations.work import HOUR, MRI, RECEIVED, asked
from tests.factories import NOW


def test_who_asks_is_kept_as_it_can_be_dialled_and_written_to() -> None:
    kept = reading.columns(
        asked(
            provider_name="  Dr.   Ames ", provider_npi="1234 567 893", provider_phone="(614) 555-0134",
            provider_fax="614-555-0135", provider_email=" office@practice.example ",
        ),
        at=NOW,
    )  # fmt: skip

    assert (kept["provider_name"], kept["provider_npi"]) == ("Dr. Ames", "1234567893")
    assert (kept["provider_phone"], kept["provider_fax"]) == ("+16145550134", "+16145550135")
    assert kept["provider_email"] == "office@practice.example"


def test_what_is_not_told_of_who_asks_is_nothing() -> None:
    kept = reading.columns(asked(), at=NOW)

    assert {kept[f"provider_{what}"] for what in ("npi", "phone", "fax", "email")} == {None}


@pytest.mark.parametrize(
    ("otherwise", "refusal"),
    [
        ({"provider_name": " \n "}, NoProvider),
        ({"provider_name": "x" * 201}, TooLong),
        ({"provider_npi": "1234567890"}, NotAnNpi),
        ({"provider_phone": "call me"}, ProviderPhoneNotUnderstood),
        ({"provider_fax": "12"}, ProviderPhoneNotUnderstood),
        ({"provider_email": "office"}, ProviderEmailNotUnderstood),
        ({"received_at": None}, WhenReceived),
        ({"received_at": datetime(1900, 1, 1, tzinfo=UTC)}, WhenReceived),
        ({"received_at": NOW - timedelta(days=3651), "complete_at": NOW}, ReceivedLongAgo),
        ({"due_at": NOW + timedelta(days=1097), "due_why": "x"}, DueFarOff),
        ({"received_at": NOW + HOUR, "complete_at": NOW + HOUR}, ReceivedLater),
        ({"complete_at": RECEIVED - HOUR}, CompleteBeforeReceived),
        ({"complete_at": NOW + HOUR}, CompleteBeforeReceived),
        ({"complete_at": None}, MissingWhat),
        ({"complete_at": None, "missing": " "}, MissingWhat),
        ({"complete_at": None, "missing": "x" * 1001}, TooLong),
        ({"postmarked_on": date(2026, 11, 25)}, PostmarkedLater),
        ({"postmarked_on": date(1900, 1, 1)}, PostmarkedLater),
    ],
    ids=str,
)
def test_what_cannot_be_so_is_refused(otherwise: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        reading.columns(asked(**otherwise), at=NOW)


def test_a_treatment_is_kept_in_words_and_by_its_code() -> None:
    [kept] = reading.lines([Line("  MRI of the\n lumbar spine ", " 0232t ", " Back ", 3)])

    assert kept == {"line": 1, "code": "0232T", "words": "MRI of the lumbar spine", "body_part": "Back", "units": 3}


def test_treatments_are_numbered_as_they_stand() -> None:
    assert [line["line"] for line in reading.lines([MRI, MRI, MRI])] == [1, 2, 3]


@pytest.mark.parametrize("code", ["97110", "0232T", "E0720", "e0720", "7 2148"])
def test_a_code_of_either_vocabulary_is_read(code: str) -> None:
    [kept] = reading.lines([replace(MRI, code=code)])

    assert kept["code"] == code.upper().replace(" ", "")


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([], NothingAskedFor),
        ([MRI, replace(MRI, words=" ")], NothingAskedFor),
        ([MRI] * 51, TooManyLines),
        ([replace(MRI, words="x" * 301)], TooLong),
        ([replace(MRI, body_part="x" * 201)], TooLong),
        *(([replace(MRI, code=code)], ServiceCodeNotUnderstood) for code in ("9711", "971100", "97-11", "EE720", "٩٧١١٠")),
        *(([replace(MRI, units=units)], UnitsNotSensible) for units in (0, -1, 10_000)),
    ],
)  # fmt: skip
def test_what_is_no_treatment_is_refused(lines: list[Line], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        reading.lines(lines)


def test_a_refusal_says_which_treatment() -> None:
    with pytest.raises(UnitsNotSensible, match=r"^Treatment 2: "):
        reading.lines([MRI, replace(MRI, units=0)])


class TestWhatIsOffered:
    def offered(self, state: str, *, appeal: bool = False) -> tuple[str, ...]:
        return tuple(each.kind for each in kinds.offered(shipped(), state, appeal=appeal))

    def test_are_the_kinds_that_a_states_law_knows_the_usual_first(self) -> None:
        california = self.offered("CA")

        assert california[0] == "prospective"
        assert set(california) <= set(kinds.REQUESTS)

    def test_are_the_general_ones_where_no_clock_is_known(self) -> None:
        for state in ("IL", "WY"):
            assert self.offered(state) == kinds.WITHOUT_A_CLOCK
            assert not any(each.counted for each in kinds.offered(shipped(), state))
            assert self.offered(state, appeal=True) == ("reconsideration_decision",)

    def test_appeals_are_offered_apart(self) -> None:
        assert set(self.offered("OH", appeal=True)) <= set(kinds.APPEALS)
        assert "dispute_decision" not in self.offered("OH")
