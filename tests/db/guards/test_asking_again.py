"""What is not known yet, and taking it up again, by whoever writes SQL by hand."""

import pytest

from core.access import Role
from tests.db.guards.book import ANSWERED, WORKERS, Book

LATER = "timestamptz '{now}' + interval '2 days'"
UNKNOWN = ANSWERED + f", unobtainable_why = 'On leave.', ask_again_at = {LATER}"
TAKEN_UP = "update intake_question set asked_again_at = '{now}' where answered_at is not null"
ASKED = (
    "insert into intake_question (client_id, claim_id, element, why, opened_at)"
    " values ({client}, {claim}, 'language', 'x', '{now}')"
)


@pytest.fixture(autouse=True)
def question(book: Book) -> None:
    book.given(ASKED)


class TestWhatIsNotKnownYet:
    def test_is_said_by_who_works_intake(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, UNKNOWN, stays=False)} == WORKERS

    def test_has_a_reason(self, book: Book) -> None:
        assert not book.does(Role.VA, ANSWERED + f", ask_again_at = {LATER}")
        assert not book.does(Role.VA, UNKNOWN.replace("'On leave.'", "' '"))

    def test_is_asked_again_later_and_within_sixty_days(self, book: Book) -> None:
        for when in ("0 days", "-1 days", "60 days 1 second"):
            assert not book.does(Role.VA, UNKNOWN.replace("2 days", when)), when
        assert book.does(Role.VA, UNKNOWN.replace("2 days", "60 days"))

    def test_is_no_open_question(self, book: Book) -> None:
        assert not book.does(Role.VA, f"update intake_question set ask_again_at = {LATER}")


class TestTakingItUpAgain:
    @pytest.fixture(autouse=True)
    def unknown(self, book: Book, question: None) -> None:
        assert book.does(Role.VA, UNKNOWN)

    def test_opens_a_question_and_is_anybodys_who_works_intake(self, book: Book) -> None:
        assert {role for role in Role if book.does(role, TAKEN_UP, ASKED, stays=False)} == WORKERS

    def test_is_no_word_without_a_question(self, book: Book) -> None:
        assert not book.does(Role.VA, TAKEN_UP)
        other = ASKED.replace("'language'", "'body_part'")
        assert not book.does(Role.VA, TAKEN_UP, other), "one about something else"

    def test_is_done_once(self, book: Book) -> None:
        assert book.does(Role.VA, TAKEN_UP, ASKED)
        assert not book.does(Role.VA, TAKEN_UP)
        assert not book.does(Role.VA, TAKEN_UP.replace("'{now}'", "null"))

    @pytest.mark.parametrize(
        "otherwise",
        [
            "answered_at = timestamptz '{now}' + interval '1 minute'",
            "answered_by = {colleague}",
            "unobtainable_why = null, ask_again_at = null",
            "unobtainable_why = 'Another reason.'",
            "ask_again_at = timestamptz '{now}' + interval '3 days'",
        ],
    )
    def test_leaves_what_was_said(self, book: Book, otherwise: str) -> None:
        settled = "update intake_question set {} where answered_at is not null"
        assert not book.does(Role.VA, settled.format(otherwise))
        assert not book.does(Role.VA, settled.format(f"asked_again_at = '{{now}}', {otherwise}"), ASKED)

    def test_is_not_of_what_is_answered_for_good(self, book: Book) -> None:
        assert book.does(Role.VA, TAKEN_UP, ASKED)
        answered = ANSWERED + " where answered_at is null"
        assert not book.does(Role.VA, answered.replace(" where", ", asked_again_at = '{now}' where"))
        assert book.does(Role.VA, answered)
        assert not book.does(Role.VA, "update intake_question set asked_again_at = '{now}' where ask_again_at is null")


@pytest.mark.usefixtures("present")
@pytest.mark.parametrize("when", ["now() - interval '2 hours'", "now() + interval '2 hours'"])
def test_it_is_taken_up_now(book: Book, when: str) -> None:
    today = "now()", "timestamptz '{now}'", "'{now}'"
    unknown, taken_up, asked = (
        each.replace(today[1], today[0]).replace(today[2], today[0]) for each in (UNKNOWN, TAKEN_UP, ASKED)
    )
    assert book.does(Role.VA, unknown)
    assert not book.does(Role.VA, taken_up.replace("now()", when), asked)
    assert book.does(Role.VA, taken_up, asked)
