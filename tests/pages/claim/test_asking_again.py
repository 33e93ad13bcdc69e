"""Saying that something is not known yet and when to ask again, and what the page makes of it then."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core import closing, drafts, intake
from core.access import Actor, Role
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW
from tests.pages.claim.claim_page import Open, ask, moment_of, one, pick, press, words_of
from tests.pages.conftest import above

TOMORROW = datetime(2026, 11, 25, 14, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 14, tzinfo=UTC)
"""When the client opens: Thursday is Thanksgiving."""

AWAY = "The plant nurse is on leave."


def say_unknown(page: AppTest, *elements: str, why: str = AWAY) -> None:
    page.multiselect[0].set_value([(element, "missing") for element in elements])
    next(field for field in page.text_input if field.label == "Why it is not known").input(why)


def unknown(actor: Actor, client: int, claim: int, *elements: str, at: datetime = FRIDAY) -> None:
    with transaction(actor) as tx:
        intake.answer_questions(
            actor, tx, client_id=client, claim_id=claim, given={}, never=[(each, "missing") for each in elements],
            why=AWAY, ask_again_at=at, at=NOW,
        )  # fmt: skip


def later(desk: Desk) -> dict[str, datetime]:
    with desk.owner() as db:
        return dict(
            db.execute(
                "select element, ask_again_at from intake_question"
                " where ask_again_at is not null and asked_again_at is null"
            ).fetchall()
        )


@pytest.fixture
def va(client: int) -> Actor:
    return factories.staff(Role.VA, client)


@pytest.fixture
def claim(client: int) -> int:
    return factories.claim(client)


class TestSayingWhen:
    @pytest.mark.parametrize(
        ("choice", "when"), [("Tomorrow", TOMORROW), ("In 2 business days", FRIDAY)], ids=["tomorrow", "in two days"]
    )
    def test_is_one_choice_with_one_reason_for_several(
        self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int, choice: str, when: datetime
    ) -> None:
        ask(desk, client, claim, "language", "body_part", "birth_date")
        page = open_page(va, claim, tab="Intake")
        next(field for field in page.text_input if field.label == "Part of body").input("left wrist")
        say_unknown(page, "language", "birth_date")
        pick(page, "Ask again, optional", choice)

        press(page, "Save answers")

        assert later(desk) == {"language": when, "birth_date": when}
        day = "Wed 25" if when == TOMORROW else "Fri 27"
        assert [each.value for each in page.toast] == [
            f"3 of 3 questions settled. Ask again {day} Nov 2026, 08:00 CST."
        ]

    @pytest.mark.parametrize(
        ("typed", "when"),
        [
            ("11/30/2026", datetime(2026, 11, 30, 14, tzinfo=UTC)),
            ("11/30/2026 2:30 pm", datetime(2026, 11, 30, 20, 30, tzinfo=UTC)),
            ("11/28/2026", datetime(2026, 11, 30, 14, tzinfo=UTC)),
        ],
    )
    def test_is_a_day_with_a_time_or_without_while_the_client_works(
        self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int, typed: str, when: datetime
    ) -> None:
        ask(desk, client, claim, "language")
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language")
        moment_of(page, "Or on a day").input(typed)

        press(page, "Save answers")

        assert later(desk) == {"language": when}

    def test_is_left_out_for_what_will_never_be_known(
        self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int
    ) -> None:
        ask(desk, client, claim, "language")
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language")

        press(page, "Save answers")

        assert later(desk) == {}
        assert "Intake is complete" in words_of(page)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("11/20/2026", "Choose a day to ask again that is later than now, and within 60 days."),
            ("02/30/2026", "Ask again: There is no such day in the calendar: month first, then day, then year."),
            ("soon", "Ask again: Write the day as MM/DD/YYYY, with a time where that matters: 11/24/2026 09:05."),
        ],
    )
    def test_that_is_none_is_told_above_the_button_and_nothing_is_saved(
        self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int, typed: str, said: str
    ) -> None:
        ask(desk, client, claim, "language")
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language")
        moment_of(page, "Or on a day").input(typed)

        press(page, "Save answers")

        assert [each.value for each in page.error] == [said]
        assert above(page, "Save answers") == "error"
        assert one(desk, "select count(*) from intake_question where answered_at is null") == 1

    def test_twice_is_told(self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int) -> None:
        ask(desk, client, claim, "language")
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language")
        pick(page, "Ask again, optional", "Tomorrow")
        moment_of(page, "Or on a day").input("11/30/2026")

        press(page, "Save answers")

        assert [each.value for each in page.error] == ["Ask again: choose a day or type one, not both."]

    def test_of_nothing_is_told(self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int) -> None:
        ask(desk, client, claim, "language")
        page = open_page(va, claim, tab="Intake")
        pick(page, "Ask again, optional", "Tomorrow")

        press(page, "Save answers")

        assert [each.value for each in page.error] == [intake.NothingToAskAgain.text]

    def test_is_kept_while_it_is_typed(self, open_page: Open, client: int, desk: Desk, va: Actor, claim: int) -> None:
        ask(desk, client, claim, "language")
        with transaction(va) as tx:
            drafts.keep(
                va, tx, form=drafts.Form("questions", client, claim), request=drafts.new_request(at=NOW),
                fields={"why": AWAY, "again": "Tomorrow", "again_on": "11/30/2026"}, at=NOW,
            )  # fmt: skip

        page = open_page(va, claim, tab="Intake")

        assert next(each for each in page.button_group if each.label == "Ask again, optional").value == "Tomorrow"
        assert moment_of(page, "Or on a day").value == "11/30/2026"


class TestUntilThen:
    @pytest.fixture(autouse=True)
    def not_known(self, desk: Desk, client: int, va: Actor, claim: int) -> None:
        ask(desk, client, claim, "language")
        unknown(va, client, claim, "language")

    def test_the_page_says_why_who_said_so_and_when_to_ask(
        self, open_page: Open, client: int, va: Actor, claim: int
    ) -> None:
        told = f"Not known: The plant nurse is on leave ({va.name}). Ask again Fri 27 Nov 2026, 08:00 CST."
        assert told in words_of(open_page(va, claim, tab="Intake"))
        assert f"Language: {told}" in words_of(open_page(factories.staff(Role.COMPLIANCE), claim, tab="Intake"))
        overview = words_of(open_page(va, claim))
        assert "Intake is complete" in overview
        assert "To ask again**, Fri 27 Nov 2026, 08:00 CST :gray[language]" in overview

    def test_it_is_answered_at_any_time(self, open_page: Open, desk: Desk, va: Actor, claim: int) -> None:
        page = open_page(va, claim, tab="Intake")
        next(field for field in page.text_input if field.label == "Language").input("Polish")

        press(page, "Save answers")

        assert (later(desk), one(desk, "select language from injured_worker")) == ({}, "Polish")
        assert [each.value for each in page.toast] == ["1 of 1 question settled"]
        assert "Intake is complete: nothing is left to ask" in words_of(page)

    def test_the_day_is_moved_and_the_reason_stands(self, open_page: Open, desk: Desk, va: Actor, claim: int) -> None:
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language", why="")
        pick(page, "Ask again, optional", "Tomorrow")

        press(page, "Save answers")

        assert later(desk) == {"language": TOMORROW}
        assert f"{AWAY.rstrip('.')} ({va.name}). Ask again Wed 25 Nov 2026, 08:00 CST." in words_of(page)

    def test_it_is_given_up_for_good(self, open_page: Open, desk: Desk, va: Actor, claim: int) -> None:
        page = open_page(va, claim, tab="Intake")
        say_unknown(page, "language", why="Nobody there knows.")

        press(page, "Save answers")

        assert later(desk) == {}
        assert "Intake is complete: nothing is left to ask" in words_of(page)

    def test_the_history_tells_each_time_with_what_was_said_then(
        self, open_page: Open, client: int, va: Actor, claim: int
    ) -> None:
        with transaction(va) as tx:
            intake.answer_question(
                va, tx, client_id=client, claim_id=claim, element="language", reason="missing",
                unobtainable_why="Nobody there knows.", at=NOW + timedelta(minutes=5),
            )  # fmt: skip

        said = words_of(open_page(va, claim, tab="History"))

        assert "Not known yet: language. The plant nurse is on leave. Ask again Fri 27 Nov 2026, 08:00 CST" in said
        assert "Cannot be had: language. Nobody there knows." in said

    def test_a_closed_claim_asks_nothing(self, open_page: Open, client: int, va: Actor, claim: int) -> None:
        boss = factories.staff(Role.SUPERVISOR)
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=claim, reason="Withdrawn.")

        assert "Ask again" not in words_of(open_page(va, claim, tab="Intake"))
