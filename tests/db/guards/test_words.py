"""Stories, questions and timelines, in one's own name and of the present."""

import pytest

from core.access import Role
from tests.db.guards.book import (
    ANSWERED,
    ENDED_BY_THE_ACT,
    PAUSED,
    Book,
)


class TestWhatWasToldOfAnInjury:
    def test_is_added_to(self, book: Book) -> None:
        assert book.does(Role.VA, "update claim_narrative set narrative = narrative || ' Then fell.'")

    @pytest.mark.parametrize("field", ["reporter", "nature", "injury_place"])
    def test_is_written_where_nothing_was_told(self, book: Book, field: str) -> None:
        assert book.does(Role.VA, f"update claim_narrative set {field} = 'x'")
        assert not book.does(Role.COMPLIANCE, f"update claim_narrative set {field} = 'x'")

    @pytest.mark.parametrize("change", ["narrative = 'Nothing.'", "narrative = null"])
    def test_is_never_written_over(self, book: Book, change: str) -> None:
        for role in Role:
            assert not book.does(role, f"update claim_narrative set {change}")

    def test_is_not_deleted(self, book: Book) -> None:
        for role in Role:
            assert not book.does(role, "delete from claim_narrative")


class TestAQuestion:
    @pytest.fixture(autouse=True)
    def question(self, book: Book) -> None:
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', '{now}')"
        )

    def test_is_answered_once_and_in_ones_own_name(self, book: Book) -> None:
        assert not book.does(Role.VA, ANSWERED.replace("{me}", "{colleague}"))
        assert book.does(Role.VA, ANSWERED)
        assert not book.does(Role.CLINICAL, ANSWERED)
        assert not book.does(Role.VA, "update intake_question set answered_at = null, answered_by = null")

    def test_is_not_born_answered(self, book: Book) -> None:
        assert not book.does(
            Role.VA,
            "insert into intake_question (client_id, claim_id, element, why, opened_at, answered_at, answered_by)"
            " values ({client}, {claim}, 'language', 'x', '{now}', '{now}', {me})",
        )


class TestInOnesOwnName:
    @pytest.mark.parametrize(
        ("role", "statement"),
        [
            (
                Role.VA,
                "insert into claim_event (client_id, claim_id, at, by_id, kind)"
                " values ({client}, {claim}, '{now}', {who}, 'assigned')",
            ),
            (Role.SUPERVISOR, PAUSED.replace("{me}", "{who}")),
            (
                Role.VA,
                "insert into feed_mapping (client_id, mapping, saved_by, saved_at) values ({client}, '{{}}', {who}, '{now}')"
                " on conflict (client_id) do update set saved_by = excluded.saved_by",
            ),
            (
                Role.VA,
                "insert into claim_import (client_id, file_name, file_digest, started_at, by_id, state)"
                " values ({client}, 'f', 'd', '{now}', {who}, 'done')",
            ),
            (
                Role.ADMINISTRATOR,
                "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
                " calendar, set_by) values ({client}, '{now}', 48, 'elapsed', 'UTC', '08:00-17:00', '{{1}}', 'US', {who})",
            ),
            (Role.VA, "insert into request_key (request, staff_id, at) values (gen_random_uuid(), {who}, '{now}')"),
            (Role.VA, "insert into audit_event (actor_id, noun, noun_id, verb) values ({who}, 'claim', 1, 'read')"),
        ],
        ids=["event", "pause", "mapping", "import", "promise", "request", "record"],
    )
    def test_a_row_is_written(self, book: Book, role: Role, statement: str) -> None:
        book.names["who"] = book.colleague
        assert not book.does(role, statement)
        book.names["who"] = book.people[role]
        assert book.does(role, statement)

    def test_a_saved_mapping_is_changed(self, book: Book) -> None:
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}')")
        assert not book.does(Role.VA, "update feed_mapping set mapping = '{{}}'")
        assert not book.does(Role.VA, "update feed_mapping set saved_by = {colleague}")
        assert book.does(Role.VA, "update feed_mapping set mapping = '{{}}', saved_by = {me}")

    def test_nothing_is_moved_to_another_client(self, book: Book) -> None:
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}')")
        for table in ("feed_mapping", "claim_import", "claim", "injured_worker", "claim_narrative", "clock_pause"):
            for role in (Role.VA, Role.SUPERVISOR):
                assert not book.does(role, f"update {table} set client_id = {{other}}")

    def test_a_correction_is_told_by_a_supervisor(self, book: Book) -> None:
        corrected = (
            "insert into claim_event (client_id, claim_id, at, by_id, kind)"
            " values ({client}, {claim}, '{now}', {me}, 'report_corrected')"
        )
        assert not book.does(Role.VA, corrected)
        assert book.does(Role.SUPERVISOR, corrected)


def test_what_may_be_changed_may_be_left_behind_in_the_same_scope(desk) -> None:
    with desk.owner() as db:
        apart = db.execute(
            "select polrelid::regclass::text, polname from pg_policy where polpermissive and polcmd = 'w'"
            " and pg_get_expr(polqual, polrelid) is distinct from pg_get_expr(polwithcheck, polrelid)"
        ).fetchall()
    assert set(apart) == ENDED_BY_THE_ACT


@pytest.mark.parametrize("kind", ["closed", "reopened", "taken_back", "first_contact_recorded", "clock_paused"])
def test_a_va_tells_no_timeline_what_only_others_do(book: Book, kind: str) -> None:
    assert not book.does(
        Role.VA,
        "insert into claim_event (client_id, claim_id, at, by_id, kind)"
        f" values ({{client}}, {{claim}}, '{{now}}', {{me}}, '{kind}')",
    )
