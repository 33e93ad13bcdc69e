"""Days that a client closes, and cover: from now on, of our time, and ended now."""

import pytest

from core.access import Role
from tests.db.guards.book import BOSS, NONE, Book

MONDAY = "date_trunc('week', now() + interval '14 days')::date"


@pytest.mark.usefixtures("present")
class TestAClosedDay:
    CLOSED = (
        "insert into client_holiday (client_id, day, effective_from, closed, name, reason, set_by, set_at)"
        " values ({{client}}, {day}, {since}, {closed}, 'x', 'x', {{me}}, {at})"
    )

    def closed(self, **other: str) -> str:
        return self.CLOSED.format(**{"day": MONDAY, "since": "now()", "closed": "true", "at": "now()"} | other)

    def test_is_one_of_the_coming_two_years_that_an_administrator_names(self, book: Book) -> None:
        for closed in ("true", "false"):
            done = {role for role in Role if book.does(role, self.closed(closed=closed), stays=False)}
            assert done == {Role.ADMINISTRATOR}

    def test_is_no_other(self, book: Book) -> None:
        for other in (
            {"day": f"{MONDAY} - 28"},
            {"day": f"{MONDAY} + 7 * 108"},
            {"day": "'infinity'"},
            {"day": f"{MONDAY} + 5"},
            {"since": "now() - interval '1 hour'"},
            {"since": f"{MONDAY} + interval '2 days'"},
            {"since": "'infinity'"},
            {"at": "now() - interval '10 minutes'"},
            {"at": "now() + interval '10 minutes'", "since": "now() + interval '1 hour'"},
            {"at": "'infinity'"},
        ):
            assert not book.does(Role.ADMINISTRATOR, self.closed(**other)), other

    def test_is_none_of_a_client_to_whom_nothing_is_promised(self, book: Book) -> None:
        book.given("delete from sla_policy where client_id = {other}")
        assert not book.does(Role.ADMINISTRATOR, self.closed().replace("{client}", "{other}"))

    def test_is_one_where_the_client_is(self, book: Book) -> None:
        book.given("update sla_policy set timezone = 'Pacific/Kiritimati', working_days = '{{1,2,3,4,5,6,7}}'")
        ahead = self.closed(day="(now() at time zone 'Pacific/Kiritimati')::date")
        assert book.does(Role.ADMINISTRATOR, ahead, stays=False)
        book.given("update sla_policy set timezone = 'Pacific/Pago_Pago' where effective_from > '2015-01-01Z'")
        assert book.does(Role.ADMINISTRATOR, self.closed(day="(now() at time zone 'Pacific/Pago_Pago')::date"))
        assert not book.does(Role.ADMINISTRATOR, self.closed(day="(now() at time zone 'Pacific/Pago_Pago')::date - 1"))


@pytest.mark.usefixtures("present")
class TestCover:
    SET = (
        "insert into client_cover (client_id, staff_id, starts_at, until, reason, set_by)"
        " values ({{client}}, {{colleague}}, {starts}, {until}, 'x', {{me}})"
    )

    def test_ends_after_the_present_and_within_our_time(self, book: Book) -> None:
        for starts, until, by in (
            ("now() - interval '1 day'", "now() + interval '1 day'", BOSS),
            ("now() - interval '2 days'", "now() - interval '1 hour'", NONE),
            ("'1950-01-01Z'", "'1950-02-01Z'", NONE),
            ("'2300-01-01Z'", "'2300-02-01Z'", NONE),
        ):
            statement = self.SET.format(starts=starts, until=until)
            assert {role for role in Role if book.does(role, statement, stays=False)} == by, until

    def test_is_ended_now_or_when_its_time_was_over(self, book: Book) -> None:
        for until, ended in (
            ("now() + interval '1 day'", {"now()": True, "until": False, "'2099-01-01Z'": False, "starts_at": False}),
            ("now() - interval '1 day'", {"until": True, "starts_at": False, "'infinity'": False}),
        ):
            book.given(self.SET.format(starts="now() - interval '2 days'", until=until).replace("{me}", "1"))
            for at, done in ended.items():
                end = f"update client_cover set ended_at = {at}, ended_by = {{me}}"
                assert book.does(Role.SUPERVISOR, end, stays=False) is done, (until, at)
            book.given("delete from client_cover")
