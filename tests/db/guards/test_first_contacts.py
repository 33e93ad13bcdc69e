"""A first contact, and one that is struck, held against SQL typed by hand."""

import pytest

from core.access import Role
from tests.db.guards.book import (
    BOSS,
    HELD,
    REACHED,
    SPOKE,
    Book,
)


class TestAFirstContact:
    def test_is_an_attempt_of_that_moment_and_person(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_may_be_written_before_its_attempt_in_the_same_transaction(self, book: Book) -> None:
        assert book.does(Role.CLINICAL, REACHED, SPOKE, HELD)

    @pytest.mark.parametrize(
        "statements",
        [
            (REACHED,),
            (SPOKE, HELD),
            (SPOKE.replace("true", "false"), REACHED),
            (SPOKE, HELD, REACHED.replace("'{now}'", "timestamptz '{now}' - interval '1 hour'")),
            (SPOKE, HELD, REACHED.replace("'{now}'", "reported_at")),
            (SPOKE, REACHED),
            (SPOKE, HELD.replace("full_name", "birth_date"), REACHED),
            (SPOKE, HELD.replace("who_we_are", ""), REACHED),
            (SPOKE, HELD.replace("{{who_we_are}}", "{{{{who_we_are}}}}"), REACHED),
            (SPOKE, HELD.replace("{{full_name,birth_date}}", "{{{{full_name,birth_date}}}}"), REACHED),
        ],
        ids=[
            "none",
            "an attempt alone",
            "not substantive",
            "before any",
            "at the report",
            "one that holds nothing",
            "one with whom it was not confirmed",
            "one that explained nothing",
            "one that explained a list of lists",
            "one confirmed by a list of lists",
        ],
    )
    def test_is_nothing_else(self, book: Book, statements: tuple[str, ...]) -> None:
        assert not book.does(Role.CLINICAL, *statements)

    def test_moves_no_deadline(self, book: Book) -> None:
        later = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not book.does(Role.CLINICAL, SPOKE, HELD, later)

    def test_holds_what_whoever_made_it_says(self, book: Book) -> None:
        assert not book.does(Role.VA, SPOKE, HELD, REACHED)
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        book.given("delete from first_contact")
        for role in Role:
            assert book.does(role, HELD) is (role is Role.CLINICAL), role
        book.given("delete from first_contact; update contact_attempt set by_id = {colleague}")
        assert not book.does(Role.CLINICAL, HELD), "it is a colleague's contact"


class TestAStruckFirstContact:
    STRUCK = "select desk_strike_first_contact({client}, {claim}, 'mistaken')"

    @pytest.fixture
    def reached(self, book: Book) -> Book:
        assert book.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        return book

    def test_is_struck_by_a_supervisor(self, reached: Book) -> None:
        assert {role for role in Role if reached.does(role, self.STRUCK, stays=False)} == BOSS

    @pytest.mark.parametrize("why", ["null", "' '", "repeat('x', 501)"])
    def test_is_struck_for_a_reason(self, reached: Book, why: str) -> None:
        assert not reached.does(Role.SUPERVISOR, self.STRUCK.replace("'mistaken'", why))

    def test_is_struck_once_and_not_on_a_closed_claim(self, reached: Book) -> None:
        reached.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        assert not reached.does(Role.SUPERVISOR, self.STRUCK)
        reached.given("update claim set closed_at = null, closed_why = null where claim_id = {claim}")
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        assert not reached.does(Role.SUPERVISOR, self.STRUCK)

    @pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CLINICAL])
    def test_is_struck_in_no_other_way(self, reached: Book, role: Role) -> None:
        for statement in (
            "update claim set first_contact_at = null, first_contact_by = null where claim_id = {claim}",
            "update contact_attempt set struck_at = now(), struck_by = {me}, struck_why = 'x' where claim_id = {claim}",
            "update contact_attempt set substantive = false where claim_id = {claim}",
            "delete from first_contact",
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'first_contact_struck')",
        ):
            assert not reached.does(role, statement), statement

    def test_is_none_by_which_the_claim_was_reached(self, reached: Book) -> None:
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        assert not reached.does(Role.CLINICAL, REACHED)
        assert reached.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    @pytest.mark.parametrize(
        ("due", "done"),
        [
            ("null", False),
            ("'{now}'::timestamptz + interval '22 hours'", True),
            ("'{now}'::timestamptz + interval '21 hours'", False),
            ("'{now}'::timestamptz + interval '23 hours'", False),
        ],
    )
    def test_gives_back_its_pause_with_the_deadline_that_was_promised(self, book: Book, due: str, done: bool) -> None:
        """The report came two hours ago, and its clock stood still for one of them: it is due in 22 hours without that."""
        book.given(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            " values ({client}, {claim}, timestamptz '{now}' - interval '1 hour', 'x', 1)"
        )
        ended = "update clock_pause set ends_at = '{now}', ended_by = {me}"
        moved = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert book.does(Role.CLINICAL, ended, SPOKE, HELD, moved)

        struck = self.STRUCK.replace("'mistaken'", f"'mistaken', {due}")

        assert book.does(Role.SUPERVISOR, struck, "select 1 from clock_pause where ends_at is null") is done

    def test_moves_no_deadline_without_a_pause(self, reached: Book) -> None:
        moved = self.STRUCK.replace("'mistaken'", "'mistaken', '{now}'")
        assert not reached.does(Role.SUPERVISOR, moved)

    def test_has_ended_no_pause(self, reached: Book) -> None:
        told = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, '{now}', {me}, 'pause_ended')"
        )
        assert reached.does(Role.SUPERVISOR, self.STRUCK)
        reached.given(
            "insert into clock_pause (client_id, claim_id, starts_at, ends_at, reason, set_by, ended_by)"
            f" values ({{client}}, {{claim}}, '{{now}}', '{{now}}', 'x', 1, {reached.people[Role.CLINICAL]})"
        )
        assert not reached.does(Role.CLINICAL, told)


def test_a_first_contact_of_a_claim_that_was_never_paused_moves_no_deadline(book: Book) -> None:
    assert not book.does(
        Role.CLINICAL,
        "update claim set first_contact_at = '{now}', first_contact_by = {me}, due_at = due_at + interval '1 hour'",
    )
