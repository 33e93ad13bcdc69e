"""What happened speaks for codes: the same each time, at most three of a vocabulary, each with the words that say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.injury_codes import CODES, MOST, Vocabulary, proposed

PART, NATURE, CAUSE = Vocabulary


def codes(narrative: str, vocabulary: Vocabulary, **told: str) -> list[str]:
    return [each.code.code for each in proposed(narrative, told)[vocabulary]]


@pytest.mark.parametrize(
    ("narrative", "part", "nature", "cause"),
    [
        ("Slipped on ice in the parking lot and broke his left wrist.", "34", "28", "32"),
        ("She cut her index finger with a box cutter.", "36", "40", "16"),
        ("Strained his lower back lifting a heavy box.", "42", "52", "56"),
        ("He fell from a ladder and fractured his hip.", "51", "28", "26"),
        ("A pallet fell on his foot; the foot is crushed.", "56", "13", "75"),
        ("Tripped over a cord and twisted her ankle.", "55", "49", "29"),
        ("Hot oil splashed and burned her forearm.", "33", "04", "05"),
        ("The nail gun went through his thumb.", "37", "43", "18"),
        ("Stung by a bee on the neck.", "25", "43", "85"),
        ("Dust in his eye while grinding.", "14", "25", "87"),
        ("Struck by a forklift, broken leg.", "52", "28", "77"),
        ("His hand was caught in the conveyor and two fingers were amputated.", "35", "02", "10"),
    ],
)
def test_the_likeliest_comes_first(narrative: str, part: str, nature: str, cause: str) -> None:
    assert [codes(narrative, each)[0] for each in Vocabulary] == [part, nature, cause]


def test_each_says_which_words_of_what_happened_it_comes_from_as_they_stand_there() -> None:
    narrative = "Slipped on black ICE. Her WRISTS hurt; the left wrist is broken."

    proposals = proposed(narrative)

    assert proposals[PART][0].because == ("WRISTS", "wrist")
    assert proposals[NATURE][0].because == ("broken",)
    assert "Slipped … ICE" in proposals[CAUSE][0].because


@pytest.mark.parametrize(
    ("narrative", "vocabulary", "absent"),
    [
        ("He fell 12 feet to the floor.", PART, "56"),
        ("She pushed a hand truck.", PART, "35"),
        ("He went back to work.", PART, "42"),
        ("The fire department came.", CAUSE, "04"),
        ("No fracture was seen.", NATURE, "28"),
        ("She denies neck pain.", PART, "25"),
        ("He slipped. The ladder stood elsewhere.", CAUSE, "31"),
    ],
)
def test_words_that_mean_something_else_or_are_denied_propose_nothing(
    narrative: str, vocabulary: Vocabulary, absent: str
) -> None:
    assert absent not in codes(narrative, vocabulary)[:1]
    if vocabulary is not CAUSE:
        assert absent not in codes(narrative, vocabulary)


def test_words_that_belong_together_count_for_what_they_say_together() -> None:
    assert codes("Pain in the upper back.", PART) == ["41"]
    assert codes("Hurt wrist and hand.", PART) == ["39"]


def test_a_gap_ends_with_the_sentence() -> None:
    assert codes("He fell. A ladder stood there.", CAUSE)[:1] != codes("He fell off a ladder.", CAUSE)[:1]


def test_what_was_told_of_the_part_itself_comes_before_as_much_of_the_story() -> None:
    story = "His hand and knee hit the rail."

    assert codes(story, PART, part_code="knee")[0] == "53"
    assert codes(story, PART, part_code="hand")[0] == "35"


def test_slips_of_the_hand_are_forgiven_in_what_was_told_in_a_few_words_and_not_in_a_story() -> None:
    assert codes("", PART, part_code="lft wrst")[0] == "34"
    assert codes("The wrst is swollen.", PART) == []


def test_nothing_is_proposed_of_nothing() -> None:
    assert proposed("") == dict.fromkeys(Vocabulary, ())


@given(st.text(max_size=300), st.text(max_size=30))
def test_whatever_is_told_a_few_codes_that_there_are_come_of_it_and_always_the_same(story: str, part: str) -> None:
    proposals = proposed(story, {PART: part})

    assert proposals == proposed(story, {PART: part})
    for vocabulary, each in proposals.items():
        assert len(each) <= MOST
        assert len({one.code.code for one in each}) == len(each)
        assert all(CODES[vocabulary][one.code.code] is one.code and one.because for one in each)


@given(st.lists(st.sampled_from([p for codes in CODES.values() for c in codes.values() for p in c.words]), max_size=12))
def test_every_quote_stands_in_what_was_told(phrases: list[str]) -> None:
    story = ". ".join(phrases)

    quotes = {quote for each in proposed(story).values() for one in each for quote in one.because}

    assert all(part in story for quote in quotes for part in quote.split(" … "))
