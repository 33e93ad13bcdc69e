"""Cadences by hand: read by all, set by administrators, from today on, withdrawn before their day, never changed."""

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.db.guards.book import Book

ADMINISTRATOR, ALONE = Role.ADMINISTRATOR, {Role.ADMINISTRATOR}
TODAY = "(now() at time zone 'America/New_York')::date"
WITHDRAWN = "update cadence set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"


def cadence(**other: str) -> str:
    said = {
        "party": "'reviewer'", "effective_from": TODAY, "left_hours": "array[24, 4]", "every_hours": "array[4, 2]",
        "last_hours": "1", "undated_hours": "48", "promised_hours": "24", "opens": "'08:00'", "closes": "'17:00'",
        "unanswered": "3", "share": "25", "why": "'x'", "proposed_by": "{me}", "proposed_at": "now()",
    } | other  # fmt: skip
    return f"insert into cadence ({', '.join(said)}) values ({', '.join(said.values())})"


@pytest.mark.usefixtures("present")
class TestACadence:
    def test_is_set_by_administrators_from_today_on(self, book: Book) -> None:
        for since in (TODAY, f"{TODAY} + 30"):
            assert {role for role in Role if book.does(role, cadence(effective_from=since), stays=False)} == ALONE

    @pytest.mark.parametrize(
        "other",
        [
            {"effective_from": f"{TODAY} - 2"},
            {"effective_from": "'infinity'"},
            {"proposed_by": "1"},
            {"proposed_at": "now() - interval '10 minutes'"},
            {"party": "'worker'"},
            {"left_hours": "array[4, 24]"},
            {"left_hours": "array[4, 4]"},
            {"left_hours": "array[24]"},
            {"left_hours": "'{{}}'", "every_hours": "'{{}}'"},
            {"left_hours": "array[24, null]"},
            {"left_hours": "array[2161, 4]"},
            {"left_hours": "array[9,8,7,6,5,4,3,2,1]", "every_hours": "array_fill(2, array[9])"},
            {"every_hours": "array[2, 4]"},
            {"every_hours": "array[4, 0]"},
            {"last_hours": "3"},
            {"last_hours": "0"},
            {"undated_hours": "0"},
            {"promised_hours": "2161"},
            {"opens": "'17:00'"},
            {"unanswered": "0"},
            {"unanswered": "21"},
            {"share": "0"},
            {"share": "100"},
            {"why": "' '"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(ADMINISTRATOR, cadence(**other))

    def test_is_withdrawn_before_its_day_in_ones_own_name(self, book: Book) -> None:
        book.given(cadence(effective_from=f"{TODAY} + 2", proposed_by="1"))
        for other in (
            WITHDRAWN.replace("{me}", "1"),
            WITHDRAWN.replace("now()", "now() - interval '1 hour'"),
            WITHDRAWN.replace("'x'", "' '"),
        ):
            assert not book.does(ADMINISTRATOR, f"{other} where proposed_by = 1")
        done = {role for role in Role if book.does(role, f"{WITHDRAWN} where proposed_by = 1", stays=False)}
        assert done == ALONE

    def test_is_not_withdrawn_once_it_has_begun(self, book: Book) -> None:
        book.given(cadence(proposed_by="1"))
        assert not book.does(ADMINISTRATOR, f"{WITHDRAWN} where proposed_by = 1")
        assert not book.does(ADMINISTRATOR, f"{WITHDRAWN} where cadence_id = 1"), "what the desk came with"

    def test_is_never_changed(self, book: Book) -> None:
        book.given(cadence(effective_from=f"{TODAY} + 2", proposed_by="1"))
        for change in ("last_hours = 2", "share = 9", "in_force_at = now()", "effective_from = effective_from + 1"):
            assert not book.does(ADMINISTRATOR, f"update cadence set {change}")
        assert not book.does(ADMINISTRATOR, "delete from cadence")

    def test_begins_no_sooner_than_its_day_whatever_is_said(self, book: Book) -> None:
        book.given(cadence(effective_from=f"{TODAY} + 5", proposed_by="1"))
        with book.desk.app(factories.staff(ADMINISTRATOR).staff_id) as db:
            for at in ("'infinity'", "now() + interval '30 days'"):
                db.execute(f"select desk_cadences_begin({at})".encode())
            begun = db.execute(
                "select count(*) from cadence where in_force_at is not null and proposed_by = 1"
            ).fetchone()
            assert begun == (0,)
            with pytest.raises(InsufficientPrivilege):
                db.execute("update cadence set in_force_at = now()")
