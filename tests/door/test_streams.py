"""Pages that are open: whose files they hold, and which are drawn anew."""

from collections.abc import Iterator

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.access import Actor, Role
from pages.door import streams


class TestFiles:
    """A page's files are known by what its browser was told: Streamlit itself gives them to whoever has the address."""

    @pytest.fixture
    def pages(self) -> Iterator[dict[str, streams.Stream]]:
        made = {
            "mine": streams.Stream(4, 9),
            "my next sign-in's": streams.Stream(4, 10),
            "theirs": streams.Stream(5, 11),
        }
        streams.open_streams.update(made.values())
        for name, page in made.items():
            begun = ForwardMsg()
            begun.new_session.initialize.session_id = name
            begun.new_session.main_script_path = "/somewhere/pages/menu.py"
            page.sent(begun.SerializeToString())
        yield made
        streams.open_streams.difference_update(made.values())

    def test_are_for_the_sign_in_of_the_page_that_was_told_their_address(
        self, pages: dict[str, streams.Stream]
    ) -> None:
        message = ForwardMsg()
        message.delta.new_element.download_button.url = "/media/0a1b2c.csv"
        assert pages["mine"].sent(message.SerializeToString()) == message.SerializeToString()

        owners = {name for name, page in pages.items() if streams.owns_file(as_actor(page), "0a1b2c.csv")}

        assert owners == {"mine"}

    def test_made_when_they_are_asked_for_are_known_too(self, pages: dict[str, streams.Stream]) -> None:
        answer = ForwardMsg()
        answer.backend_operation_response.deferred_file.url = "/media/ffff.csv"
        pages["theirs"].sent(answer.SerializeToString())

        assert streams.owns_file(as_actor(pages["theirs"]), "ffff.csv")
        assert not streams.owns_file(as_actor(pages["mine"]), "ffff.csv")

    def test_are_known_by_their_names_also_where_a_letter_follows_in_the_message(
        self, pages: dict[str, streams.Stream]
    ) -> None:
        button = ForwardMsg()
        button.delta.new_element.download_button.url = "/media/0a1b2c.pdf"
        button.delta.new_element.download_button.type = "secondary"  # the number of its field is the letter J
        assert b"0a1b2c.pdfJ" in button.SerializeToString()

        pages["mine"].sent(button.SerializeToString())

        assert streams.owns_file(as_actor(pages["mine"]), "0a1b2c.pdf")

    def test_are_nobodys_once_the_page_is_closed(self, pages: dict[str, streams.Stream]) -> None:
        message = ForwardMsg()
        message.delta.new_element.download_button.url = "/media/0a1b2c.csv"
        pages["mine"].sent(message.SerializeToString())

        streams.open_streams.discard(pages["mine"])

        assert not streams.owns_file(as_actor(pages["mine"]), "0a1b2c.csv")

    def test_go_only_into_a_page_of_ones_own(self, pages: dict[str, streams.Stream]) -> None:
        assert streams.owns_page(as_actor(pages["mine"]), "mine")
        assert not streams.owns_page(as_actor(pages["my next sign-in's"]), "mine")
        assert not streams.owns_page(as_actor(pages["theirs"]), "mine")


class TestNudges:
    @pytest.fixture
    def pages(self) -> Iterator[dict[str, streams.Stream]]:
        made = {
            "mine": streams.Stream(4, 9),
            "another tab of mine": streams.Stream(4, 10),
            "theirs": streams.Stream(5, 11),
        }
        made["nobody's"] = streams.Stream(None, None)
        streams.open_streams.update(made.values())
        yield made
        streams.open_streams.difference_update(made.values())

    @pytest.mark.parametrize(
        ("payload", "nudged"),
        [
            ('{"staff": 4}', {"mine", "another tab of mine"}),
            ('{"session": 9}', {"mine"}),
            ('{"session": 99}', set()),
            ("{}", set()),
        ],
    )
    def test_whoever_loses_access_has_every_page_drawn_anew_and_nobody_else(
        self, pages: dict[str, streams.Stream], payload: str, nudged: set[str]
    ) -> None:
        streams.access_changed(payload)

        assert {name for name, page in pages.items() if not page.waiting.empty()} == nudged

    def test_many_changes_are_one_run(self, pages: dict[str, streams.Stream]) -> None:
        for _ in range(10):
            streams.access_changed('{"staff": 4}')

        assert pages["mine"].waiting.qsize() == 1


def as_actor(page: streams.Stream) -> Actor:
    return Actor(page.staff_id or 0, "", "", Role.VA, "UTC", session_id=page.session_id)
