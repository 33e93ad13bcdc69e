"""What is doubted of a claim, and what is said to have happened to it, by whoever writes SQL by hand."""

import pytest

from core.access import Role
from tests.db.guards.book import ANSWERED, BOSS, NONE, WORKERS, Book, kept

FLAGGED = "negative_lag", "age_doubtful", "hired_after_injury", "death_before_injury"

TOLD = (
    "insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
    " values ({{client}}, {{claim}}, '{{now}}', {{me}}, '{kind}', {detail})"
)
RECORDED = "insert into audit_event (actor_id, client_id, noun, noun_id, verb) values ({{me}}, {{client}}, 'claim', {{claim}}, '{verb}')"


ANSWER = TOLD.format(
    kind="question_answered", detail="jsonb_build_object('element', 'birth_date', 'reason', 'age_doubtful')"
)


def without(*flags: str) -> str:
    left = ",".join(flag for flag in FLAGGED if flag not in flags)
    return f"update claim set flags = '{{{{{left}}}}}' where claim_id = {{claim}}"


class TestADoubt:
    @pytest.fixture(autouse=True)
    def doubts(self, book: Book) -> None:
        book.given(f"update claim set flags = '{{{{{','.join(FLAGGED)}}}}}' where claim_id = {{claim}}")
        book.given("update injured_worker set birth_date = '1980-01-02' where worker_id = {worker}")
        book.given(
            "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
            " values ({client}, {claim}, 'birth_date', 'age_doubtful', 'x', '{now}')"
        )

    @pytest.mark.parametrize("gone", [FLAGGED, *((flag,) for flag in FLAGGED)], ids=lambda gone: ",".join(gone))
    def test_does_not_vanish(self, book: Book, gone: tuple[str, ...]) -> None:
        assert {role for role in Role if book.does(role, without(*gone))} == NONE

    def test_stays_where_another_one_is_put_in_its_place(self, book: Book) -> None:
        instead = without("age_doubtful").replace("hired", "future_injury,hired")
        assert not book.does(Role.VA, instead)

    def test_leaves_with_the_answer_to_a_question_about_it(self, book: Book) -> None:
        settled = without("age_doubtful")
        assert {role for role in Role if book.does(role, ANSWERED, ANSWER, settled, stays=False)} == WORKERS
        assert not book.does(Role.VA, ANSWERED + ", unobtainable_why = 'x'", ANSWER, settled)

    def test_stays_where_the_answer_is_not_told(self, book: Book) -> None:
        assert not book.does(Role.VA, ANSWERED, without("age_doubtful"))

    def test_leaves_with_a_correction_of_a_date(self, book: Book) -> None:
        born = (kept("birth_date", "'01/02/1981'"), "update injured_worker set birth_date = '1981-01-02'")
        language = (kept("language", "'Polish'"), "update injured_worker set language = 'Polish'")
        injured = (kept("date_of_injury", "'11/02/2026'"), "update claim set date_of_injury = '2026-11-02'")
        assert not book.does(Role.VA, *language, without("age_doubtful"))
        assert book.does(Role.VA, *born, without("age_doubtful"))
        assert book.does(Role.VA, *injured, without("age_doubtful", "negative_lag"))

    def test_of_the_injury_or_the_report_stays_where_the_day_of_birth_is_known(self, book: Book) -> None:
        born = (kept("birth_date", "'01/02/1981'"), "update injured_worker set birth_date = '1981-01-02'")
        assert not book.does(Role.VA, *born, without("negative_lag"))
        assert not book.does(Role.VA, ANSWERED, ANSWER, without("negative_lag"))

    def test_leaves_in_the_transaction_of_what_disproves_it(self, book: Book) -> None:
        assert book.does(Role.VA, ANSWERED)
        assert not book.does(Role.VA, without("age_doubtful"))

    def test_of_a_date_leaves_with_a_correction_of_the_report(self, book: Book) -> None:
        corrected = TOLD.format(
            kind="report_corrected",
            detail="(select jsonb_build_object('why', 'x', 'reported_at', jsonb_build_array(reported_at, reported_at),"
            " 'due_at', jsonb_build_array(due_at, due_at)) from claim where claim_id = {claim})",
        )
        assert {role for role in Role if book.does(role, corrected, without("negative_lag"), stays=False)} == BOSS
        assert not book.does(Role.SUPERVISOR, corrected, without("death_before_injury"))

    def test_of_a_death_leaves_with_its_correction(self, book: Book) -> None:
        withdrawn = TOLD.format(kind="death_withdrawn", detail="null")
        assert {
            role for role in Role if book.does(role, withdrawn, without("death_before_injury"), stays=False)
        } == BOSS
        assert not book.does(Role.SUPERVISOR, withdrawn, without("negative_lag"))

    def test_of_the_day_of_hire_leaves_with_the_date_of_injury_alone(self, book: Book) -> None:
        assert not book.does(Role.VA, ANSWERED, ANSWER, without("hired_after_injury"))
        injured = (kept("date_of_injury", "'11/02/2026'"), "update claim set date_of_injury = '2026-11-02'")
        assert book.does(Role.VA, *injured, without("hired_after_injury"))


class TestTheRecord:
    """What stands on a claim's timeline is on the record with it, and not without."""

    @pytest.mark.parametrize(
        "verb",
        [
            "reported", "assigned", "assignment_undone", "clock_paused", "clock_resumed", "pause_ended",
            "report_corrected", "fields_corrected", "question_answered", "question_unobtainable", "death_acknowledged",
            "document_added", "disclosed", "condition_added", "condition_changed", "network_set", "death_reported",
            "death_corrected", "death_withdrawn", "imported", "undone",
        ],
    )  # fmt: skip
    def test_tells_of_no_act_that_did_not_happen(self, book: Book, verb: str) -> None:
        assert {role for role in Role if book.does(role, RECORDED.format(verb=verb))} == NONE

    def test_tells_of_what_is_on_the_timeline_in_the_same_transaction(self, book: Book) -> None:
        told, recorded = TOLD.format(kind="network_set", detail="null"), RECORDED.format(verb="network_set")
        assert {role for role in Role if book.does(role, told, recorded)} == WORKERS
        assert not book.does(Role.VA, recorded), "of one act there is one record"
        assert not book.does(Role.VA, told, recorded.replace("{claim}", "{claim} + 1")), "of another claim"
