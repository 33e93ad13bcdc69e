"""What an act may be dated, held against SQL typed by hand."""

from collections.abc import Iterator

import pytest

from core.access import Role
from tests.db.guards.book import (
    ANSWERED,
    HELD,
    PAUSED,
    REACHED,
    SPOKE,
    Book,
    logs_attempt,
)


@pytest.mark.usefixtures("present")
class TestThePresent:
    @pytest.fixture(params=["now() - interval '2 hours'", "now() + interval '2 hours'", "'2099-01-01Z'"])
    def another_time(self, request) -> Iterator[str]:
        return request.param

    def test_is_when_things_happen(self, book: Book, another_time: str) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', '{now}')"
        )
        for role, statement in (
            (Role.SUPERVISOR, PAUSED),
            (
                Role.VA,
                "insert into claim_event (client_id, claim_id, at, by_id, kind)"
                " values ({client}, {claim}, '{now}', {me}, 'assigned')",
            ),
            (Role.VA, ANSWERED),
        ):
            assert not book.does(role, statement.replace("'{now}'", another_time)), statement
            assert book.does(role, statement.replace("'{now}'", "now()")), statement

    def test_and_what_lies_between_it_and_the_report_is_when_an_attempt_was_made(self, book: Book) -> None:
        book.given("update claim set reported_at = now() - interval '1 hour', due_at = now() where claim_id = {claim}")
        called = logs_attempt()
        for moment, done in (
            ("'2099-01-01Z'", False),
            ("now() + interval '2 minutes'", False),
            ("now() - interval '61 minutes'", False),
            ("null", False),
            ("now() - interval '59 minutes'", True),
            ("now()", True),
        ):
            assert book.does(Role.VA, called.replace("'{now}'", moment)) is done, moment

    def test_is_when_an_attempt_was_made_on_a_claim_whose_report_is_dated_ahead(self, book: Book) -> None:
        book.given("update claim set reported_at = now() + interval '1 hour' where claim_id = {claim}")
        assert book.does(Role.VA, logs_attempt().replace("'{now}'", "now()"))

    @pytest.mark.parametrize(
        ("when", "done"),
        [
            ("null", True),
            ("- interval '5 minutes'", False),
            ("interval '29 days'", True),
            ("interval '31 days'", False),
        ],
    )
    def test_is_what_a_promised_call_lies_ahead_of_by_thirty_days_at_most(
        self, book: Book, when: str, done: bool
    ) -> None:
        later = logs_attempt(outcome="reached_deferred").replace("'{now}'", "now()")
        assert book.does(Role.VA, later.replace("null, null)", f"null, null, now() + {when})")) is done

    def test_and_what_lies_between_it_and_the_report_is_when_a_worker_was_reached(self, book: Book) -> None:
        book.given("update claim set reported_at = now() - interval '1 day', due_at = now() where claim_id = {claim}")
        for moment, done in (
            ("now() - interval '25 hours'", False),
            ("now() + interval '30 minutes'", False),
            ("now() - interval '30 minutes'", True),
        ):
            all_of_it = [each.replace("'{now}'", moment) for each in (SPOKE, HELD, REACHED)]
            assert book.does(Role.CLINICAL, *all_of_it) is done, moment

    @pytest.mark.parametrize(
        ("due", "made", "said_without_why"),
        [
            ("now() + interval '1 day'", "now() - interval '11 hours'", True),
            ("now() + interval '1 day'", "now() - interval '13 hours'", False),
            ("now() - interval '1 hour'", "now() - interval '2 hours'", False),
            ("now() - interval '2 hours'", "now() - interval '1 hour'", True),
        ],
        ids=["within a shift", "long ago", "in time, recorded when overdue", "late"],
    )
    def test_is_when_a_contact_is_recorded_that_does_not_say_why_so_late(
        self, book: Book, due: str, made: str, said_without_why: bool
    ) -> None:
        book.given(
            f"update claim set reported_at = now() - interval '20 hours', due_at = {due} where claim_id = {{claim}}"
        )
        all_of_it = [each.replace("'{now}'", made) for each in (SPOKE, HELD, REACHED)]
        blank, unseen, why = (
            [each.replace("null, null)", f"null, null, p_late_why => '{said}')") for each in all_of_it]
            for said in (" ", "\n\t\u200b", "The line was down.")
        )
        another_day = [each.replace("null, null)", f"null, null, null, {made})") for each in all_of_it]
        assert not book.does(Role.CLINICAL, *another_day), "it is recorded now"
        assert book.does(Role.CLINICAL, *blank, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *unseen, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *all_of_it, stays=False) is said_without_why
        assert book.does(Role.CLINICAL, *why)
        kept = book.value("select late_why from contact_attempt where claim_id = {claim}")
        assert kept == (None if said_without_why else "The line was down.")

    def test_is_not_only_when_a_pause_ends_that_a_contact_ends(self, book: Book) -> None:
        """It ended when the contact was made, also where that is recorded later; and the deadline moves with it."""
        book.given(
            "update claim set reported_at = now() - interval '5 hours', due_at = now() + interval '19 hours'"
            " where claim_id = {claim}"
        )
        book.given(
            "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
            " values ({client}, {claim}, now() - interval '3 hours', 'x', 1)"
        )
        starts = "(select starts_at from clock_pause)"
        ended = "update clock_pause set ends_at = starts_at + interval '2 hours', ended_by = {me}"
        made = f"{starts} + interval '2 hours'"
        spoke, reached = (each.replace("'{now}'", made) for each in (SPOKE, REACHED))
        moved = reached.replace(" where", ", due_at = due_at + interval '2 hours' where")
        again = "update claim set due_at = due_at + interval '1 hour' where claim_id = {claim}"
        assert not book.does(Role.CLINICAL, ended)
        assert not book.does(Role.CLINICAL, ended, moved.replace("2 hours' where", "3 hours' where"), spoke, HELD)
        told = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, now(), {me}, 'pause_ended')"
        )
        assert not book.does(Role.CLINICAL, told), "no contact has ended it"
        assert book.does(Role.CLINICAL, ended, moved, told, spoke, HELD)
        assert not book.does(Role.CLINICAL, again)

    def test_is_when_a_clock_stops_and_goes_on(self, book: Book) -> None:
        for moment, done in (("now() - interval '30 minutes'", False), ("now()", True)):
            assert book.does(Role.SUPERVISOR, PAUSED.replace("'{now}'", moment)) is done
        for moment in ("now() - interval '30 minutes'", "now() + interval '30 minutes'"):
            ended = f"update clock_pause set ends_at = greatest(starts_at, {moment}), ended_by = {{me}}"
            assert book.does(Role.SUPERVISOR, ended, stays=False) is ("- interval" in moment)

    def test_is_the_latest_time_of_a_report_that_nobody_doubts(self, book: Book) -> None:
        made = (
            "insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at, flags)"
            " values ({{client}}, {{worker}}, '2026-11-23', now() + interval '{ahead}', 'form', '2020-01-01Z',"
            " now() + interval '{ahead}' + interval '24 hours', '{flags}')"
        )
        assert not book.does(Role.VA, made.format(ahead="2 minutes", flags="{{}}"))
        assert book.does(Role.VA, made.format(ahead="2 minutes", flags="{{future_date}}"))
        assert book.does(Role.VA, made.format(ahead="0 minutes", flags="{{}}"))
        moved = (
            "update claim set reported_at = now() + interval '{ahead}', due_at = now() + interval '{ahead}' + interval '24 hours'"
            " where claim_id = {{claim}}"
        )
        assert not book.does(Role.SUPERVISOR, moved.format(ahead="2 minutes"))
        assert book.does(Role.SUPERVISOR, moved.format(ahead="0 minutes"))

    def test_is_the_earliest_beginning_of_a_promise_but_the_first(self, book: Book) -> None:
        promised = (
            "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
            " calendar, set_by) values ({which}, {since}, 9, 'elapsed', 'UTC', '08:00-17:00', '{{{{1}}}}', 'US', {{me}})"
        )
        assert not book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="'2024-01-01Z'"))
        assert not book.does(
            Role.ADMINISTRATOR, promised.format(which="{client}", since="now() - interval '5 minutes'")
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{client}", since="now()"))
        book.names["new"] = book.value(
            "insert into client (code, name, timezone) values ('NEW', 'New', 'UTC') returning client_id"
        )
        assert book.does(Role.ADMINISTRATOR, promised.format(which="{new}", since="'2000-01-01Z'"))
