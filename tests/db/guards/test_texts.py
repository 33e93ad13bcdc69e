"""Texts, keys and marks that no service writes."""

import pytest

from core import typed
from core.access import Role
from core.intake import number_key, worker_name_key
from core.intake.told import LIMITS
from tests.db.guards.book import NONE, WORKERS, Book, kept

HOLDS = (
    *(("injured_worker", text) for text in ("family_name", "given_name", "phone", "email", "language")),
    ("claim", "client_claim_number"),
    ("claim_narrative", "body_part"),
)
"""The texts of a report that can be changed later, and the tables that hold them."""


def test_a_text_is_as_long_as_the_services_let_it_be(book: Book) -> None:
    keys = {"family_name": "family_key", "given_name": "given_key", "client_claim_number": "client_number_key"}
    for table, column in HOLDS:
        change = f"update {table} set " + ", ".join(
            f"{each} = repeat('x', $n)" for each in (column, keys.get(column)) if each
        )
        most = LIMITS[column][0]
        for length in (most, most + 1):
            done = book.does(
                Role.VA, kept(column, f"repeat('x', {length})"), change.replace("$n", str(length)), stays=False
            )
            assert done is (length == most), column


def test_a_story_is_not_added_to_without_end(book: Book) -> None:
    longer = "update claim_narrative set narrative = narrative || repeat('x', {n})"
    assert book.does(Role.VA, longer.format(n=LIMITS["narrative"][0]), stays=False)
    assert not book.does(Role.VA, longer.format(n=200_000))


def test_a_flag_is_one_that_the_services_raise(book: Book) -> None:
    for flags in ("'{{x}}'", "'{{NULL}}'", "'{{{{negative_lag}}}}'", "array_fill('negative_lag'::text, '{{13}}')"):
        assert not book.does(Role.VA, f"update claim set flags = {flags} where claim_id = {{claim}}"), flags


def test_a_worker_prefers_a_way_that_there_is(book: Book) -> None:
    assert book.does(Role.VA, "update injured_worker set preferred_contact = 'letter'")
    assert not book.does(Role.VA, "update injured_worker set preferred_contact = 'pigeon'")


def test_a_worker_is_found_by_the_name_that_is_shown(book: Book) -> None:
    for name, key, done in (
        ("Anne-Marie", "anne marie", True), ("Anne-Marie", "anne", False), ("Müller", "muller", True),
        ("Müller", "mueller", False), ("Roe", "", False), ("Roe", "Roe", False), ("Лев", "лев", True),
    ):  # fmt: skip
        for half in ("family", "given"):
            named = f"update injured_worker set {half}_name = '{name}', {half}_key = '{key}'"
            assert book.does(Role.VA, kept(f"{half}_name", f"'{name}'"), named, stays=False) is done, (name, half)


def test_a_name_is_folded_as_the_services_fold_it(desk) -> None:
    letters = [
        *range(0x20, 0x250),
        *range(0x300, 0x370),
        0xDF,
        0x130,
        0x17F,
        0x212A,
        0x2160,
        0x3A9,
        0x5D0,
        0xFB01,
        0xFF21,
        0x1CCD6,
    ]
    names = [
        f"{before}{chr(letter)}{after}"
        for letter in letters
        for before, after in (("", ""), ("O ", "b"), ("a_", " z."), ("A", "b"))
    ]
    with desk.owner() as db:
        unlike = db.execute(
            "select name from unnest(%s::text[], %s::text[]) n(name, key) where not desk_name_keyed(name, key)",
            (names, [worker_name_key(name) for name in names]),
        ).fetchall()
    assert unlike == []


def test_a_clients_number_is_found_as_it_is_written(book: Book) -> None:
    for number, key, done in (
        ("WC 77-A", "wc77-a", True), ("WC 77-A", "wc77", False), ("WC 77-A", "WC77-A", False), ("Maß 7", "mass7", True),
    ):  # fmt: skip
        changed = f"update claim set client_claim_number = '{number}', client_number_key = '{key}'"
        assert book.does(Role.VA, changed, stays=False) is done, key
        assert (number_key(number) == key) is done


def test_a_reason_is_as_long_as_the_services_let_it_be(book: Book) -> None:
    paused = (
        "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by)"
        " values ({client}, {claim}, '{now}', repeat('x', $n), {me})"
    )
    for length, done in ((0, False), (501, False), (500, True)):
        assert book.does(Role.SUPERVISOR, paused.replace("$n", str(length))) is done


SAYING = (
    ("claim_condition", "words"), ("claim_document", "title"), ("client_cover", "reason"), ("client_holiday", "reason"),
    ("clock_pause", "reason"), ("contact_attempt", "against_why"), ("contact_attempt", "late_why"), ("contact_attempt", "struck_why"),
    ("contact_consent", "words"), ("injured_worker", "do_not_contact"),
    ("disclosure", "purpose"), ("disclosure", "recipient"), ("field_change", "why"), ("file", "set_aside_why"),
    ("hand_over", "note"), ("intake_question", "unobtainable_why"), ("sla_policy", "reason"), ("work_mark", "reason"),
)  # fmt: skip
"""Texts that are there to be read by whoever asks why, and their tables."""


@pytest.mark.parametrize(("table", "column"), SAYING)
def test_a_reason_of_nothing_that_shows_is_none(desk, table: str, column: str) -> None:
    with desk.owner() as db:
        checks = db.execute(
            "select pg_get_expr(conbin, conrelid) from pg_constraint where conrelid = %s::regclass and contype = 'c'"
            " and conkey = (select array_agg(attnum) from pg_attribute where attrelid = conrelid and attname = %s)",
            (table, column),
        ).fetchall()
        holds = " and ".join(check for (check,) in checks)
        for said, done in (
            ("", False), (" ", False), ("\u00a0", False), ("\u200b\u2060", False), ("\u3164 \n\t", False), ("x", True),
            (None, True),
        ):  # fmt: skip
            statement = f"select ({holds}) is not false from (select %s::text) said ({column})"
            assert db.execute(statement.encode(), (said,)).fetchone() == (done,), said


def test_a_claim_is_closed_and_reopened_and_a_report_corrected_for_a_reason_that_shows(book: Book) -> None:
    for said, done in (("\u00a0", False), ("\u200b", False), ("x", True)):
        for act in ("close", "reopen"):
            assert book.does(Role.SUPERVISOR, f"select desk_{act}_claim({{client}}, {{claim}}, '{said}')") is done
        corrected = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
            " select client_id, claim_id, '{now}', {me}, 'report_corrected', jsonb_build_object("
            f"'why', '{said}', 'reported_at', array[reported_at, reported_at], 'due_at', array[due_at, due_at])"
            " from claim where claim_id = {claim}"
        )
        assert book.does(Role.SUPERVISOR, corrected, stays=False) is done


def test_work_is_put_aside_of_a_kind_that_can_be(book: Book) -> None:
    for kind, by in ((1, WORKERS), (0, NONE), (32_000, NONE)):
        aside = (
            "insert into work_mark (client_id, claim_id, kind, staff_id, set_at, until)"
            f" values ({{client}}, {{claim}}, {kind}, {{me}}, now(), now() + interval '1 day')"
        )
        assert {role for role in Role if book.does(role, aside, stays=False)} == by, kind


def test_an_import_counts_and_names_what_there_was(book: Book) -> None:
    imported = (
        "insert into feed_import (client_id, kind, file_name, started_at, by_id, state, read, accepted, refused)"
        " values ({client}, 'claims', repeat('f', $name), '{now}', {me}, 'cancelled', 0, $accepted, -$accepted)"
    )
    for name, accepted, done in ((200, 0, True), (201, 0, False), (1, 7, False)):
        statement = imported.replace("$name", str(name)).replace("$accepted", str(accepted))
        assert book.does(Role.VA, statement, stays=False) is done


def test_what_the_services_show_the_database_sees(desk) -> None:
    signs = [chr(each) for each in (*range(1, 0xD800), *range(0xE000, 0x20000), *range(0xE0001, 0xE0200))]
    with desk.owner() as db:
        rows = db.execute("select sign from unnest(%s::text[]) sign where not desk_shows(sign)", (signs,)).fetchall()
    unseen = {sign for (sign,) in rows}
    assert not [sign for sign in unseen if typed.cleaned(sign)]
    assert unseen >= {sign for sign in signs if sign.isspace()} | set("\u200b\u2060\ufeff\u00ad\u2800\u3164\U000e0020")
