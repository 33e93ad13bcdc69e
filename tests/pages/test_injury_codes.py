"""Codes of an injury: found by words, offered from what happened, and chosen by nobody but the person."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.access import Role
from tests import factories
from tests.conftest import Desk
from tests.pages.claim.claim_page import Open, one
from tests.pages.test_log_claim import open_form, send, write

__all__ = ["open_form"]

STORY = "Slipped on ice and broke his left wrist."

CODES = "select part_code, nature_code, cause_code from claim_narrative"


def options(page: AppTest, label: str) -> list[str]:
    return next(each for each in page.selectbox if each.label == label).options


def chosen(page: AppTest, label: str) -> object:
    return next(each for each in page.selectbox if each.label == label).value


def offered(page: AppTest) -> list[str]:
    """Return what is offered by one click: the buttons that ask."""
    return [each.label for each in page.button if each.label.endswith("?")]


class TestOnLogAClaim:
    @pytest.fixture
    def page(self, open_form: Open) -> AppTest:
        page = open_form(factories.staff(Role.VA, factories.client()))
        write(page, family_name="Núñez", date_of_injury=date(2026, 11, 23))
        return page

    def test_are_found_by_code_title_category_and_other_words(self, page: AppTest) -> None:
        assert "34 Wrist · upper extremities (carpal, scaphoid)" in options(page, "Part of body code, optional")
        [same_level] = [each for each in options(page, "Cause code, optional") if each.startswith("29 ")]
        assert "slipped" in same_level

    def test_are_offered_from_what_happened_with_the_words_that_say_so_and_none_is_chosen(self, page: AppTest) -> None:
        write(page, what_happened=STORY)
        page.run()

        assert offered(page)[0] == "34 Wrist?"
        assert {"28 Fracture?", "32 On ice or snow?"} <= set(offered(page))
        [wrist] = [each for each in page.button if each.label == "34 Wrist?"]
        assert wrist.help == "Upper extremities. Told: “wrist”"
        assert [each.value for each in page.selectbox if "code" in each.label] == [None, None, None]

    def test_are_taken_by_one_click_and_kept_with_the_claim(self, page: AppTest, desk: Desk) -> None:
        write(page, what_happened=STORY)
        page.run()

        send(page, "34 Wrist?")
        assert chosen(page, "Part of body code, optional") == "34"
        assert not [each for each in offered(page) if each.startswith("34")]
        send(page, "32 On ice or snow?")
        send(page)

        assert one(desk, CODES) == ("34", None, "32")

    def test_are_left_out_where_nobody_chooses(self, page: AppTest, desk: Desk) -> None:
        write(page, what_happened=STORY)

        send(page)

        assert one(desk, CODES) == (None, None, None)

    def test_are_not_offered_of_what_says_none(self, page: AppTest) -> None:
        write(page, what_happened="He called in.")
        page.run()

        assert offered(page) == []
