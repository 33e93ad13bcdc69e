"""A code is found by the words that one would type, and its digits or title always come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.injury_codes import CODES, Vocabulary, code, find
from core.injury_codes.wording import plain

EVERY = [each for codes in CODES.values() for each in codes.values()]
WORDS = sorted({word for each in EVERY for phrase in (each.title, *each.words) for word in plain(phrase)})


def labels(vocabulary: Vocabulary, words: str) -> list[str]:
    return [hit.code.label for hit in find(vocabulary, words)]


@pytest.mark.parametrize(
    ("vocabulary", "words", "first"),
    [
        (Vocabulary.PART, "wrist", "34 Wrist · upper extremities"),
        (Vocabulary.PART, "Rt. WRISTS", "34 Wrist · upper extremities"),
        (Vocabulary.PART, "wrst", "34 Wrist · upper extremities"),
        (Vocabulary.PART, "fing", "36 Finger(s) · upper extremities"),
        (Vocabulary.PART, "lower back", "42 Lower back area · trunk"),
        (Vocabulary.PART, "collarbone", "38 Shoulder(s) · upper extremities"),
        (Vocabulary.PART, "big toe", "58 Great toe · lower extremities"),
        (Vocabulary.NATURE, "broken", "28 Fracture · specific injury"),
        (Vocabulary.NATURE, "stitches", "40 Laceration · specific injury"),
        (Vocabulary.NATURE, "lacration", "40 Laceration · specific injury"),
        (Vocabulary.NATURE, "bruise", "10 Contusion · specific injury"),
        (Vocabulary.CAUSE, "slipped", "29 On same level · fall, slip or trip injury"),
        (Vocabulary.CAUSE, "slipped on ice", "32 On ice or snow · fall, slip or trip injury"),
        (Vocabulary.CAUSE, "forklift", "77 Motor vehicle · struck or injured by"),
        (Vocabulary.CAUSE, "box cutter", "16 Hand tool, utensil; not powered · cut, puncture, scrape injured by"),
    ],
)
def test_is_found_as_one_would_type_it(vocabulary: Vocabulary, words: str, first: str) -> None:
    assert labels(vocabulary, words)[0] == first


@pytest.mark.parametrize("each", EVERY, ids=lambda each: f"{each.vocabulary}.{each.code}")
def test_its_digits_and_its_title_come_first(each) -> None:
    assert find(each.vocabulary, each.code)[0] == (each, True)
    exact = [hit.code for hit in find(each.vocabulary, each.title) if hit.exact]
    assert each in exact
    assert {plain(one.title) for one in exact} == {plain(each.title)}, "one title may stand in several categories"
    assert [hit.code for hit in find(each.vocabulary, each.title)][: len(exact)] == exact


@given(st.sampled_from(Vocabulary), st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_whatever_is_typed_only_codes_that_there_are_are_found_each_once(vocabulary: Vocabulary, words: str) -> None:
    hits = find(vocabulary, words)

    assert all(CODES[vocabulary][hit.code.code] is hit.code for hit in hits)
    assert len({hit.code.code for hit in hits}) == len(hits)
    assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)
    assert find(vocabulary, words) == hits


@pytest.mark.parametrize("words", ["", "  ", "the", "zzzzzz", "7777"])
def test_nothing_is_found_by_what_says_nothing(words: str) -> None:
    assert find(Vocabulary.PART, words) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("34", "34"),
        (" 34.0 ", "34"),
        ("34 - WRIST", "34"),
        ("34 Wrist · upper extremities", "34"),
        ("34 Knee", None),
        ("341", None),
        ("3.4", None),
        ("-9", None),
        ("29", None),
        ("wrist", None),
        ("", None),
    ],
)
def test_is_read_where_it_is_written_and_its_title_does_not_deny_it(written: str, read: str | None) -> None:
    assert code(Vocabulary.PART, written) == read


def test_of_one_digit_is_read_with_the_nought_that_a_spreadsheet_drops() -> None:
    assert code(Vocabulary.NATURE, "4") == "04"


def test_is_told_by_its_title_and_with_its_category_where_that_leaves_it_open() -> None:
    part, cause = CODES[Vocabulary.PART], CODES[Vocabulary.CAUSE]
    assert part["34"].told == "Wrist (34)"
    assert [part[each].told for each in ("18", "25")] == ["Soft tissue (18) · head", "Soft tissue (25) · neck"]
    assert cause["29"].told == "On same level (29) · fall, slip or trip injury"


def test_is_offered_with_the_words_by_which_a_field_that_only_compares_letters_finds_it() -> None:
    searched = CODES[Vocabulary.CAUSE]["29"].searched
    assert searched.startswith("29 On same level · fall, slip or trip injury (slipped, tripped")
    assert "…" not in searched


@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_every_code_has_two_digits_a_title_that_ends_and_words_of_its_own(vocabulary: Vocabulary) -> None:
    for digits, each in CODES[vocabulary].items():
        assert len(digits) == 2
        assert digits.isdigit()
        assert each.title
        assert each.category
        assert not (each.title + each.category).endswith(("...", "…"))
        assert each.title.count("(") == each.title.count(")")
        assert each.words
