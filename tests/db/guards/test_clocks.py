"""Statutory clocks by hand: read by all, set by administrators, from today on, withdrawn before their day, never changed."""

import pytest
from psycopg.errors import InsufficientPrivilege

from core.access import Role
from tests import factories
from tests.db.guards.book import Book

ADMINISTRATOR, ALONE = Role.ADMINISTRATOR, {Role.ADMINISTRATOR}
TODAY = "(now() at time zone 'America/New_York')::date"
WITHDRAWN = "update statutory_clock set withdrawn_at = now(), withdrawn_by = {me}, withdrawn_why = 'x'"


def clock(**other: str) -> str:
    said = {
        "jurisdiction": "'OH'", "kind": "'prospective'", "effective_from": TODAY, "zone": "'America/New_York'",
        "starts": "'x'", "amount": "2", "unit": "'business_days'", "lapse": "'none'", "lapse_words": "'x'",
        "owner": "'MCO'", "citation": "'x'", "confidence": "'knowledge'", "why": "'x'", "proposed_by": "{me}",
        "proposed_at": "now()",
    } | other  # fmt: skip
    return f"insert into statutory_clock ({', '.join(said)}) values ({', '.join(said.values())})"


def check(**other: str) -> str:
    said = {"clock_id": "1", "against": "'x'", "checked_by": "{me}", "checked_at": "now()"} | other
    return f"insert into statutory_clock_check ({', '.join(said)}) values ({', '.join(said.values())})"


def holiday(**other: str) -> str:
    said = {
        "jurisdiction": "'OH'", "day": "'2026-12-24'", "effective_from": "now()", "closed": "true", "name": "'x'",
        "reason": "'x'", "set_by": "{me}", "set_at": "now()",
    } | other  # fmt: skip
    return f"insert into statutory_holiday ({', '.join(said)}) values ({', '.join(said.values())})"


@pytest.mark.usefixtures("present")
class TestAClock:
    def test_is_set_by_administrators_from_today_on(self, book: Book) -> None:
        for since in (TODAY, f"{TODAY} + 30"):
            assert {role for role in Role if book.does(role, clock(effective_from=since), stays=False)} == ALONE

    @pytest.mark.parametrize(
        "other",
        [
            {"effective_from": f"{TODAY} - 2"},
            {"effective_from": "'infinity'"},
            {"effective_to": f"{TODAY} - 1"},
            {"proposed_by": "1"},
            {"proposed_at": "now() - interval '10 minutes'"},
            {"jurisdiction": "'Ohio'"},
            {"kind": "'Prospective review'"},
            {"amount": "0"},
            {"unit": "'weeks'"},
            {"extension_amount": "5"},
            {"extension_amount": "5", "extension_unit": "'business_days'", "extension_from": "'start'"},
            {"information_amount": "5", "information_unit": "'business_days'"},
            {"late_channels": "'pigeon'"},
            {"lapse": "'deemed approved'"},
            {"lapse_words": "' '"},
            {"citation": "''"},
            {"confidence": "'hearsay'"},
            {"note": "repeat('x', 601)"},
            {"why": "' '"},
        ],
        ids=str,
    )
    def test_is_no_other(self, book: Book, other: dict[str, str]) -> None:
        assert not book.does(ADMINISTRATOR, clock(**other))

    def test_is_withdrawn_before_its_day_in_ones_own_name(self, book: Book) -> None:
        book.given(clock(effective_from=f"{TODAY} + 2", proposed_by="1"))
        for other in (
            WITHDRAWN.replace("{me}", "1"),
            WITHDRAWN.replace("now()", "now() - interval '1 hour'"),
            WITHDRAWN.replace("'x'", "' '"),
        ):
            assert not book.does(ADMINISTRATOR, f"{other} where proposed_by = 1")
        done = {role for role in Role if book.does(role, f"{WITHDRAWN} where proposed_by = 1", stays=False)}
        assert done == ALONE

    def test_is_not_withdrawn_once_it_has_begun(self, book: Book) -> None:
        book.given(clock(proposed_by="1"))
        assert not book.does(ADMINISTRATOR, f"{WITHDRAWN} where proposed_by = 1")
        assert not book.does(ADMINISTRATOR, f"{WITHDRAWN} where clock_id = 1"), "what the desk came with"

    def test_is_never_changed(self, book: Book) -> None:
        book.given(clock(effective_from=f"{TODAY} + 2", proposed_by="1"))
        for change in ("amount = 9", "citation = 'y'", "in_force_at = now()", "effective_from = effective_from + 1"):
            assert not book.does(ADMINISTRATOR, f"update statutory_clock set {change}")
        assert not book.does(ADMINISTRATOR, "delete from statutory_clock")

    def test_begins_no_sooner_than_its_day_whatever_is_said(self, book: Book) -> None:
        book.given(clock(effective_from=f"{TODAY} + 5", proposed_by="1"))
        with book.desk.app(factories.staff(ADMINISTRATOR).staff_id) as db:
            for at in ("'infinity'", "now() + interval '30 days'"):
                assert db.execute(f"select desk_statutory_clocks_begin({at})".encode()).fetchone() == (0,)
            with pytest.raises(InsufficientPrivilege):
                db.execute("update statutory_clock set in_force_at = now()")


@pytest.mark.usefixtures("present")
class TestWhatIsSaidOfThem:
    def test_is_said_by_administrators(self, book: Book) -> None:
        for statement in (check(), holiday()):
            assert {role for role in Role if book.does(role, statement, stays=False)} == ALONE

    @pytest.mark.parametrize(
        "statement",
        [
            check(checked_by="1"),
            check(checked_at="now() - interval '1 hour'"),
            check(against="' '"),
            check(clock_id="999"),
            holiday(set_by="1"),
            holiday(set_at="now() - interval '1 hour'"),
            holiday(effective_from="now() - interval '1 hour'"),
            holiday(day="'2026-12-26'"),
            holiday(day="'infinity'"),
            holiday(name="' '"),
            holiday(reason="''"),
            holiday(jurisdiction="'Ohio'"),
        ],
    )
    def test_is_no_other(self, book: Book, statement: str) -> None:
        assert not book.does(ADMINISTRATOR, statement)

    @pytest.mark.parametrize("table", ["statutory_clock_check", "statutory_holiday"])
    def test_stays(self, book: Book, table: str) -> None:
        book.given(check(checked_by="1"))
        book.given(holiday(set_by="1"))
        column = "against" if table == "statutory_clock_check" else "reason"
        assert not book.does(ADMINISTRATOR, f"update {table} set {column} = 'y'")
        assert not book.does(ADMINISTRATOR, f"delete from {table}")

    @pytest.mark.parametrize("table", ["statutory_clock", "statutory_clock_check", "statutory_holiday"])
    def test_is_read_by_whoever_is_signed_in(self, book: Book, table: str) -> None:
        book.given(check(checked_by="1"))
        book.given(holiday(set_by="1"))
        assert all(book.does(role, f"select 1 from {table}") for role in Role)
