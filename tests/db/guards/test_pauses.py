"""Pauses of the clock, held against SQL typed by hand."""

import pytest

from core.access import Role
from tests.db.guards.book import (
    HELD,
    PAUSED,
    REACHED,
    RESUMED,
    SPOKE,
    Book,
)
from tests.factories import NOW


class TestAPause:
    @pytest.fixture
    def paused(self, book: Book) -> Book:
        book.names["boss"] = book.people[Role.SUPERVISOR]
        book.given(PAUSED.replace("{me}", "{boss}"))
        return book

    def test_that_is_ended_moves_the_deadline_by_what_was_paused(self, paused: Book) -> None:
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED)
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved.replace("3", "4"))
        assert paused.does(Role.SUPERVISOR, RESUMED, moved)

    def test_that_has_ended_is_not_moved(self, paused: Book) -> None:
        self.test_that_is_ended_moves_the_deadline_by_what_was_paused(paused)
        for change in ("ends_at = ends_at + interval '1 day'", "ends_at = null", "ended_by = {me}"):
            assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {change}")

    def test_is_of_a_clock_that_runs(self, book: Book) -> None:
        for over, runs in (
            (
                "first_contact_at = '{now}', first_contact_by = {colleague}",
                "first_contact_at = null, first_contact_by = null",
            ),
            ("closed_at = '{now}', closed_why = 'x'", "closed_at = null, closed_why = null"),
            ("date_of_death = '2026-11-24'", "date_of_death = null"),
        ):
            book.given(f"update claim set {over} where claim_id = {{claim}}")
            assert not book.does(Role.SUPERVISOR, PAUSED), over
            book.given(f"update claim set {runs} where claim_id = {{claim}}")
        assert book.does(Role.SUPERVISOR, PAUSED)

    def test_is_not_ended_on_a_closed_claim(self, paused: Book) -> None:
        paused.given("update claim set closed_at = '{now}', closed_why = 'x' where claim_id = {claim}")
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved)

    def test_is_ended_in_ones_own_name(self, paused: Book) -> None:
        assert not paused.does(Role.SUPERVISOR, RESUMED.replace("{me}", "{colleague}"))

    def test_ends_with_a_first_contact(self, paused: Book) -> None:
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)
        assert paused.does(Role.SUPERVISOR, RESUMED, moved)
        assert paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_is_ended_by_clinical_staff_with_a_first_contact_only(self, paused: Book) -> None:
        ended = RESUMED.replace("timestamptz '{now}' + interval '3 hours'", "timestamptz '{now}'").replace(
            "{now}", NOW.replace(hour=16).isoformat()
        )
        spoke, reached = (each.replace("{now}", NOW.replace(hour=16).isoformat()) for each in (SPOKE, REACHED))
        moved = reached.replace(" where", ", due_at = due_at + interval '1 hour' where")
        resumed = "update claim set due_at = due_at + interval '1 hour' where claim_id = {claim}"
        assert not paused.does(Role.CLINICAL, ended)
        assert not paused.does(Role.CLINICAL, ended, resumed)
        assert not paused.does(Role.CLINICAL, ended, spoke, HELD, reached)
        assert paused.does(Role.CLINICAL, ended, moved, spoke, HELD)

    @pytest.mark.parametrize("clock", ["elapsed", "business"])
    def test_that_ended_before_moves_no_deadline_at_a_first_contact(self, paused: Book, clock: str) -> None:
        paused.given("update sla_policy set clock = '" + clock + "'")
        paused.given("update clock_pause set ends_at = starts_at + interval '1 hour', ended_by = {colleague}")
        paused.given("update claim set due_at = due_at + interval '1 hour'")
        later = REACHED.replace(" where", ", due_at = due_at + interval '1 hour' where")
        assert not paused.does(Role.CLINICAL, SPOKE, HELD, later)
        assert not paused.does(Role.SUPERVISOR, "update claim set due_at = due_at + interval '1 hour'")
        assert paused.does(Role.CLINICAL, SPOKE, HELD, REACHED)

    def test_that_began_when_a_claim_was_overdue_moves_no_deadline(self, paused: Book) -> None:
        paused.given("update sla_policy set clock = 'business'")
        paused.given("update claim set reported_at = timestamptz '{now}' - interval '24 hours', due_at = '{now}'")
        moved = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"
        assert not paused.does(Role.SUPERVISOR, RESUMED, moved)

    @pytest.mark.parametrize(("days", "done"), [(1, True), (10, True), (12, False)])
    def test_of_open_hours_moves_the_deadline_by_the_days_that_can_be_closed_behind_it(
        self, paused: Book, days: int, done: bool
    ) -> None:
        paused.given("update sla_policy set clock = 'business'")
        moved = f"update claim set due_at = due_at + interval '{days} days' where claim_id = {{claim}}"
        assert paused.does(Role.SUPERVISOR, RESUMED, moved) is done

    @pytest.mark.parametrize("column", ["starts_at", "reason", "set_by", "claim_id", "client_id"])
    def test_is_what_it_began_as(self, paused: Book, column: str) -> None:
        assert not paused.does(Role.SUPERVISOR, f"update clock_pause set {column} = {column}")

    def test_does_not_begin_ended(self, book: Book) -> None:
        ended = PAUSED.replace("set_by)", "set_by, ends_at, ended_by)").replace("{me})", "{me}, '2099-01-01Z', {me})")
        assert not book.does(Role.SUPERVISOR, ended)
