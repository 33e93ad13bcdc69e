"""Stories, questions and timelines, in one's own name and of the present."""

import pytest

from core.access import MATRIX, Action, Role, Scope
from core.intake import FIELDS
from tests import factories
from tests.db.guards.book import (
    ANSWERED,
    ENDED_BY_THE_ACT,
    PAUSED,
    RESUMED,
    Book,
    kept,
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


SAID: dict[str, tuple[str, str]] = {
    "birth_date": ("'1981-02-03'", "02/03/1981"), "date_of_injury": ("'2026-11-20'", "11/20/2026"),
    "injured_time": ("'09:05'", "09:05"), "jurisdiction": ("'CA'", "CA"), "preferred_contact": ("'letter'", "letter"),
    "best_hours": ("'17:00-20:00'", "17:00-20:00"), "timezone": ("'America/Denver'", "America/Denver"),
    "interpreter": ("false", "no"), "emergency": ("true", "yes"), "representative_permits": ("true", "yes"), "representative_kind": ("'other'", "other"),
    "family_name": ("'x', family_key = 'x'", "x"), "given_name": ("'x', given_key = 'x'", "x"),
    "initial_treatment": ("'clinic'", "clinic"), "lost_time": ("'no'", "no"), "modified_duty": ("false", "no"),
    "last_day_worked": ("'2026-11-20'", "11/20/2026"), "return_to_work": ("'2026-12-20'", "12/20/2026"),
    "part_code": ("'35'", "35"), "nature_code": ("'35'", "35"), "cause_code": ("'35'", "35"),
    "client_claim_number": ("'x', client_number_key = 'x'", "x"),
}  # fmt: skip
"""What is put into a field that holds no text, and the same as it is kept; texts become x."""


class TestWhatIsKnownOfAClaim:
    @pytest.fixture(autouse=True)
    def known(self, book: Book) -> None:
        for statement in (
            "insert into representative (client_id, claim_id, kind, name, firm, phone, email)"
            " values ({client}, {claim}, 'attorney', 'told', 'told', 'told', 'told')",
            "update injured_worker set email = 'told', address = 'told', postal_code = 'told', language = 'told',"
            " preferred_contact = 'text', best_hours = '08:00-09:00', timezone = 'UTC', interpreter = true, do_not_contact = 'told'",
            "update claim set client_claim_number = 'told', client_number_key = 'told', injured_time = '14:30'",
            "update claim_narrative set injury_place = 'told', body_part = 'told', nature = 'told', cause = 'told',"
            " reporter = 'told', reporter_phone = 'told', part_code = '34', nature_code = '34', cause_code = '34',"
            " initial_treatment = 'none', treated_at = 'told', occupation = 'told', lost_time = 'yes', modified_duty = true,"
            " last_day_worked = '2026-11-19', return_to_work = '2026-12-19', work_supervisor = 'told',"
            " work_supervisor_phone = 'told'",
        ):
            book.given(statement)

    def over(self, field: str) -> tuple[str, str]:
        """Return how something else is written into the *field*, and how that is kept first."""
        put, became = SAID.get(field, ("'x'", "x"))
        where = "worker_id = {worker}" if FIELDS[field].table == "injured_worker" else "claim_id = {claim}"
        column = FIELDS[field].column
        return f"update {FIELDS[field].table} set {column} = {put} where {where}", kept(field, f"'{became}'")

    def test_is_written_over_where_it_is_kept_first(self, book: Book) -> None:
        for field in FIELDS:
            over, first = self.over(field)
            assert not book.does(Role.VA, over), field
            assert book.does(Role.VA, first, over, stays=False), field

    def test_is_emptied_where_it_is_kept_first(self, book: Book) -> None:
        gone = "update injured_worker set phone = null where worker_id = {worker}"
        assert not book.does(Role.VA, gone)
        assert book.does(Role.VA, kept("phone", "null"), gone)

    def test_is_kept_anew_each_time(self, book: Book) -> None:
        back = "update injured_worker set language = 'told' where worker_id = {worker}"
        over, first = self.over("language")
        assert book.does(Role.VA, first, over)
        assert book.does(Role.VA, kept("language", "'told'"), back)
        assert not book.does(Role.VA, over)

    def test_of_a_worker_is_kept_with_any_of_the_workers_claims(self, book: Book) -> None:
        book.names["second"] = factories.claim(book.client)
        book.given("update claim set worker_id = {worker} where claim_id = {second}")
        spoken = "update injured_worker set language = {} where worker_id = {{worker}}"
        with_second = kept("language", "'Czech'").replace("{claim}", "{second}")

        assert book.does(Role.VA, kept("language", "'Polish'"), spoken.format("'Polish'"))
        assert book.does(Role.VA, with_second, spoken.format("'Czech'"))
        assert not book.does(Role.VA, spoken.format("'Polish'"))

    def test_is_kept_as_it_stood_and_as_it_becomes_with_why(self, book: Book) -> None:
        over, first = self.over("language")
        other = "update injured_worker set language = 'y' where worker_id = {worker}"
        stands = "desk_standing(client_id, claim_id, 'language')"
        for lie in (
            first.replace(stands, "'lie'"),
            first.replace(stands, "null"),
            first.replace("'Misheard.'", "null"),
            first.replace("'Misheard.'", "' '"),
            first.replace("'language', desk", "'shoe_size', desk"),
        ):
            assert not book.does(Role.VA, lie, over), lie
        assert not book.does(Role.VA, first), "it did not become so"
        assert not book.does(Role.VA, first, other)
        assert not book.does(Role.VA, over, first)

    def test_is_kept_without_why_where_a_question_is_answered(self, book: Book) -> None:
        over, first = self.over("language")
        answered = first.replace("'Misheard.'", "null")
        book.given(
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'language', 'x', '{now}')"
        )
        unobtainable = ANSWERED + ", unobtainable_why = 'x'"
        assert not book.does(Role.VA, unobtainable, answered, over)
        assert book.does(Role.VA, ANSWERED, answered, over)


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
                "insert into feed_mapping (client_id, kind, mapping, saved_by, saved_at) values ({client}, 'claims', '{{}}', {who}, '{now}')"
                " on conflict (client_id, kind) do update set saved_by = excluded.saved_by",
            ),
            (
                Role.VA,
                "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
                " values ({client}, 'claims', 'f', '{now}', {who}, 'done')",
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
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}', 'claims')")
        assert not book.does(Role.VA, "update feed_mapping set mapping = '{{}}'")
        assert not book.does(Role.VA, "update feed_mapping set saved_by = {colleague}")
        assert book.does(Role.VA, "update feed_mapping set mapping = '{{}}', saved_by = {me}")

    def test_nothing_is_moved_to_another_client(self, book: Book) -> None:
        book.given("insert into feed_mapping values ({client}, '{{}}', {colleague}, '{now}', 'claims')")
        for table in ("feed_mapping", "feed_import", "claim", "injured_worker", "claim_narrative", "clock_pause"):
            for role in (Role.VA, Role.SUPERVISOR):
                assert not book.does(role, f"update {table} set client_id = {{other}}")


def test_what_may_be_changed_may_be_left_behind_in_the_same_scope(desk) -> None:
    with desk.owner() as db:
        apart = db.execute(
            "select polrelid::regclass::text, polname from pg_policy where polpermissive and polcmd = 'w'"
            " and pg_get_expr(polqual, polrelid) is distinct from pg_get_expr(polwithcheck, polrelid)"
        ).fetchall()
    assert set(apart) == ENDED_BY_THE_ACT


TOLD = {
    "fields_corrected": Action.INTAKE_WORK,
    "reported": Action.CLAIM_REPORT,
    **dict.fromkeys(("assigned", "assignment_undone"), Action.CLAIM_TAKE),
    **dict.fromkeys(("question_answered", "question_unobtainable", "death_reported"), Action.INTAKE_WORK),
    "document_added": Action.FILE_KEEP,
    "disclosed": Action.CLAIM_DISCLOSE,
    **dict.fromkeys(("condition_added", "condition_changed", "network_set"), Action.CONDITION_SET),
    "pause_ended": Action.FIRST_CONTACT_RECORD,
    "report_corrected": Action.REPORT_CORRECT,
    **dict.fromkeys(("clock_paused", "clock_resumed"), Action.CLOCK_PAUSE),
    **dict.fromkeys(("death_corrected", "death_withdrawn", "death_acknowledged"), Action.DEATH_SETTLE),
}
"""What services put on a timeline, by what whoever does it must be able to do."""


class TestATimeline:
    TELL = (
        "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
        " select client_id, claim_id, {at}, {{me}}, '{kind}', {detail} from claim where claim_id = {{claim}}"
    )
    CORRECTED = (
        "update claim set reported_at = reported_at - interval '1 hour', due_at = due_at - interval '1 hour'"
        " where claim_id = {claim}"
    )
    DIED = "update claim set date_of_death = '2026-11-24' where claim_id = {claim}"
    SEEN = "update claim set death_seen_at = '{now}', death_seen_by = {me} where claim_id = {claim}"
    MOVED = "update claim set due_at = due_at + interval '3 hours' where claim_id = {claim}"

    def tells(self, kind: str, at: str = "'{now}'", detail: str = "null") -> str:
        return self.TELL.format(kind=kind, at=at, detail=detail)

    def test_is_told_by_whoever_does_what_it_tells(self, book: Book) -> None:
        for role in Role:
            may = sorted(kind for kind, action in TOLD.items() if MATRIX[role][action] is not Scope.NONE)
            with book.desk.app(book.people[role]) as db:
                assert sorted(db.execute("select desk_tells()").fetchone()[0]) == may, role

    def test_is_told_nothing_else(self, book: Book) -> None:
        assert book.does(Role.VA, self.tells("network_set"), stays=False)
        for kind in (
            "closed",
            "reopened",
            "merged",
            "merge_undone",
            "taken_back",
            "first_contact_recorded",
            "rumoured",
            "report_corrected",
        ):
            assert not book.does(Role.VA, self.tells(kind)), kind

    def test_says_in_whose_hands_a_claim_is(self, book: Book) -> None:
        taken = "update claim set assignee_id = {me}, assigned_at = '{now}' where claim_id = {claim}"
        for who in ("{me}", "{colleague}", "null"):
            told = self.tells("assigned", detail=f"jsonb_build_object('from', null, 'to', {who}::int)")
            assert book.does(Role.VA, taken, told, stays=False) is (who == "{me}"), who

    def test_says_what_became_of_clock_and_worker(self, book: Book) -> None:
        later = "timestamptz '{now}' + interval '3 hours'"
        for kind, at, acts, otherwise in (
            ("clock_paused", "'{now}'", (PAUSED,), ()),
            ("clock_resumed", later, (PAUSED, RESUMED, self.MOVED), (PAUSED,)),
            ("death_reported", "'{now}'", (self.DIED,), ()),
            ("death_corrected", "'{now}'", (self.DIED,), ()),
            ("death_withdrawn", "'{now}'", (), (self.DIED,)),
            ("death_acknowledged", "'{now}'", (self.DIED, self.SEEN), (self.DIED,)),
        ):
            assert not book.does(Role.SUPERVISOR, *otherwise, self.tells(kind, at)), kind
            assert book.does(Role.SUPERVISOR, *acts, self.tells(kind, at), stays=False), kind

    def test_says_which_fields_were_corrected(self, book: Book) -> None:
        spoken = "update injured_worker set language = 'Polish' where worker_id = {worker}"
        for fields, acts, done in (
            ("'[\"language\"]'", (kept("language", "'Polish'"), spoken), True),
            ('\'["language", "phone"]\'', (kept("language", "'Polish'"), spoken), False),
            ("'[\"phone\"]'", (kept("language", "'Polish'"), spoken), False),
            ("'[]'", (), False),
            ("null", (), False),
            ("'[\"language\"]'", (), False),
        ):
            told = self.tells("fields_corrected", detail=f"jsonb_build_object('fields', {fields}::jsonb)")
            assert book.does(Role.VA, *acts, told, stays=False) is done, fields
        assert not book.does(Role.VA, kept("language", "'Polish'"), spoken, self.tells("fields_corrected"))

    def test_says_that_a_pause_ended_where_one_did(self, book: Book) -> None:
        assert not book.does(Role.CLINICAL, self.tells("pause_ended"))

    def test_says_what_a_report_was_corrected_to(self, book: Book) -> None:
        for before, reported, due, why, done in (
            ("reported_at", "reported_at", "due_at", "'x'", True),
            ("reported_at", "reported_at", "due_at", "null", False),
            ("reported_at", "reported_at - interval '1 day'", "due_at", "'x'", False),
            ("reported_at", "reported_at", "due_at + interval '1 day'", "'x'", False),
            ("reported_at", "'soon'::text", "due_at", "'x'", False),
            ("'yesterday'::text", "reported_at", "due_at", "'x'", False),
        ):
            detail = (
                f"jsonb_build_object('reported_at', jsonb_build_array({before}, {reported}),"
                f" 'due_at', jsonb_build_array(due_at, {due}), 'why', {why}::text)"
            )
            told = self.tells("report_corrected", detail=detail)
            assert book.does(Role.SUPERVISOR, self.CORRECTED, told, stays=False) is done, detail
            assert not book.does(Role.VA, told)

    @pytest.mark.usefixtures("present")
    def test_is_told_at_once_but_of_a_file_that_takes_long_to_read(self, book: Book) -> None:
        for kind, minutes, done in (
            ("network_set", 1, True), ("network_set", 10, False), ("network_set", -10, False), ("reported", 10, True),
            ("reported", 90, False),
        ):  # fmt: skip
            told = self.tells(kind, at=f"now() - interval '{minutes} minutes'")
            assert book.does(Role.VA, told) is done, (kind, minutes)


@pytest.mark.usefixtures("present")
class TestOfNow:
    def test_is_a_page_that_is_open(self, book: Book) -> None:
        opened = (
            "insert into claim_viewer (client_id, claim_id, staff_id, since, seen_at)"
            " values ({{client}}, {{claim}}, {{me}}, {since}, {seen})"
        )
        for since, seen in (
            ("'1999-01-01Z'", "now()"),
            ("'1999-01-01Z'", "'1999-01-01Z'"),
            ("'infinity'", "'infinity'"),
        ):
            assert not book.does(Role.VA, opened.format(since=since, seen=seen))
        assert book.does(Role.VA, opened.format(since="now()", seen="now()"))
        for change, done in (
            ("seen_at = now() + interval '10 minutes'", False), ("seen_at = '1999-01-01Z'", False),
            ("since = '1999-01-01Z'", False), ("since = now() - interval '1 minute', seen_at = now()", False),
            ("seen_at = now()", True), ("since = now(), seen_at = now()", True),
        ):  # fmt: skip
            assert book.does(Role.VA, f"update claim_viewer set {change}") is done, change

    def test_is_what_is_written_down(self, book: Book) -> None:
        for statement in (
            "insert into feed_import (client_id, kind, file_name, started_at, by_id, state)"
            " values ({client}, 'claims', 'f', $at, {me}, 'done')",
            "insert into intake_question (client_id, claim_id, element, why, opened_at)"
            " values ({client}, {claim}, 'reach', 'x', $at)",
            "insert into request_key (request, staff_id, at) values (gen_random_uuid(), {me}, $at)",
            "insert into feed_mapping (client_id, kind, mapping, saved_by, saved_at) values ({client}, 'claims', '{{}}', {me}, $at)",
        ):
            for at in ("now() - interval '2 hours'", "now() + interval '2 hours'"):
                assert not book.does(Role.VA, statement.replace("$at", at)), statement
            assert book.does(Role.VA, statement.replace("$at", "now()"), stays=False), statement
