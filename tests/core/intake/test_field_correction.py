"""What is known of a claim is corrected with one reason; what it was stays, and nobody's words are lost."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from core import intake
from core.access import NotAllowed, Role
from core.claims import ClaimClosed, NoSuchClaim
from core.intake import FIELDS, Both
from core.intake.correction import FIRST_ENTRY
from core.intake.fields import read, written
from core.refusal import NoReason
from core.transactions import transaction
from db import session
from tests import factories
from tests.core.intake.reports import FULL, LEAST, answer, asked, doubt, one, open_, reasons, report
from tests.factories import NOW

TODAY = NOW.date()

TOLD = {
    "given_name": ("Joan", "Joan"),
    "family_name": ("Nunes", "Nunes"),
    "birth_date": ("2/1/1980", "02/01/1980"),
    "phone": ("312 555 0199", "+13125550199"),
    "email": ("jo@example.org", "jo@example.org"),
    "address": ("12 Oak St", "12 Oak St"),
    "postal_code": ("60601", "60601"),
    "preferred_contact": ("text", "text"),
    "best_hours": ("5:00-7:00, 17:00-20:00", "05:00-07:00,17:00-20:00"),
    "timezone": ("America/Denver", "America/Denver"),
    "language": ("Polish", "Polish"),
    "interpreter": ("no", "no"),
    "do_not_contact": ("Letters only.", "Letters only."),
    "date_of_injury": ("11/22/2026", "11/22/2026"),
    "injured_time": ("14:30", "14:30"),
    "jurisdiction": ("oh", "OH"),
    "client_claim_number": ("A  1", "A 1"),
    "emergency": ("yes", "yes"),
    "injury_place": ("Plant 4", "Plant 4"),
    "body_part": ("right wrist", "right wrist"),
    "part_code": ("34 - Wrist", "34"),
    "nature": ("sprain", "sprain"),
    "nature_code": ("49", "49"),
    "cause": ("ladder", "ladder"),
    "cause_code": ("26", "26"),
    "narrative": ("Fell from a truck.", "Fell from a truck."),
    "initial_treatment": ("clinic", "clinic"),
    "treated_at": ("Dr. Ames, Main St. clinic", "Dr. Ames, Main St. clinic"),
    "occupation": ("roofer", "roofer"),
    "lost_time": ("expected", "expected"),
    "last_day_worked": ("11/23/2026", "11/23/2026"),
    "return_to_work": ("12/7/2026", "12/07/2026"),
    "modified_duty": ("no", "no"),
    "work_supervisor": ("Ray Holt", "Ray Holt"),
    "work_supervisor_phone": ("(312) 555-0108", "+13125550108"),
    "reporter": ("Dana Reed", "Dana Reed"),
    "reporter_phone": ("312 555 0107 x22", "+13125550107 ext. 22"),
    "representative_kind": ("attorney", "attorney"),
    "representative_name": ("Sam Law", "Sam Law"),
    "representative_firm": ("Law & Daughters", "Law & Daughters"),
    "representative_phone": ("(614) 555-0134", "+16145550134"),
    "representative_email": ("sam@law.example", "sam@law.example"),
    "representative_permits": ("yes", "yes"),
}
"""Of each field something to type, and what is kept of it."""


SPEAKS = {"representative_name": "Sam Law", "representative_phone": "(614) 555-0134"}


def seen_by(actor, claim):
    return open_(actor, claim.client_id, claim.claim_id).fields


def correct(actor, claim, said, *, seen=None, reason="Misheard.", at=NOW):
    seen = seen or seen_by(actor, claim)
    with transaction(actor) as tx:
        return intake.correct_fields(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, seen=seen, said=said, reason=reason, at=at
        )


class TestEveryField:
    def test_is_corrected_in_one_act_with_one_reason_and_what_it_was_stays(self, desk, client, va):
        claim = report(va, client, FULL)
        before = seen_by(va, claim)

        assert correct(va, claim, {name: said for name, (said, _) in TOLD.items()}) == len(FIELDS) == len(TOLD)

        assert seen_by(va, claim) == {name: kept for name, (_, kept) in TOLD.items()}
        [entry] = [each for each in open_(va, client, claim.claim_id).timeline if each.kind == "fields_corrected"]
        assert {each["field"]: (each["was"] or "", each["became"], each["why"]) for each in entry.changes} == {
            name: (before[name], kept, "Misheard.") for name, (_, kept) in TOLD.items()
        }
        assert entry.detail == {"fields": sorted(TOLD)}
        assert one(desk, "select detail from audit_event where verb = 'fields_corrected'") == {"fields": sorted(TOLD)}

    @pytest.mark.parametrize("field", sorted(FIELDS))
    def test_is_written_so_that_it_can_be_typed_again(self, field):
        said, kept = TOLD[field]

        assert written(read(field, said, on=TODAY)) == kept
        assert written(read(field, kept, on=TODAY)) == kept

    @pytest.mark.parametrize("field", sorted(set(FIELDS) - {"date_of_injury"}))
    def test_can_be_emptied(self, client, va, field):
        claim = report(va, client, FULL)
        correct(va, claim, {field: TOLD[field][0]})

        correct(va, claim, {field: ""})

        assert seen_by(va, claim)[field] in ("", "no")

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("birth_date", "spring"),
            ("birth_date", "1/31/2050"),
            ("phone", "call the shop"),
            ("email", "jo@home"),
            ("date_of_injury", ""),
            ("injured_time", "noon"),
            ("jurisdiction", "Mars"),
            ("preferred_contact", "pigeon"),
            ("part_code", "94"),
            ("nature_code", "sprain"),
            ("cause_code", "26 Lifting"),
            ("client_claim_number", "123-45-6789"),
            ("representative_kind", "judge"),
            ("initial_treatment", "spa"),
            ("lost_time", "maybe"),
            ("last_day_worked", "1/31/2050"),
            ("return_to_work", "1/31/2050"),
            ("modified_duty", "maybe"),
            ("work_supervisor_phone", "ask the desk"),
            ("treated_at", "x" * 501),
            ("work_supervisor", "x" * 201),
            ("language", "x" * 41),
            ("representative_name", "x" * 201),
        ],
    )
    def test_is_read_as_an_answer_is_and_refused_in_its_own_name(self, desk, client, va, field, said):
        claim = report(va, client, FULL)

        with pytest.raises(intake.AnswerNotUnderstood, match=f"(?i)^{FIELDS[field].words}"):
            correct(va, claim, {field: said, "address": "12 Oak St"})

        assert one(desk, "select count(*) from field_change") == 0


class TestACorrection:
    def test_is_found_by_the_new_name_and_number(self, desk, client, va):
        claim = report(va, client, FULL)

        correct(va, claim, {"family_name": "Åberg", "client_claim_number": "b 7"})

        assert one(desk, "select family_key from injured_worker") == "aberg"
        assert one(desk, "select client_number_key from claim") == "b7"

    def test_answers_what_was_asked_and_asks_for_what_it_empties(self, desk, client, va):
        claim = report(va, client, replace(FULL, language=None, phone="call the shop"))
        assert reasons(desk) >= {("language", "missing"), ("reach", "phone_unreadable")}

        correct(va, claim, {"language": "Polish", "phone": "312 555 0199", "body_part": ""})

        assert reasons(desk) == {("body_part", "missing")}

    def test_of_one_field_leaves_the_question_about_another_open(self, desk, client, va):
        claim = report(va, client, replace(FULL, phone="call the shop"))

        correct(va, claim, {"email": "jo@example.org"})

        assert reasons(desk) == {("reach", "phone_unreadable")}

    def test_settles_the_doubt_that_it_disproves_and_raises_the_one_that_it_brings(self, desk, client, va):
        claim = report(va, client, replace(FULL, birth_date=date(2020, 1, 31)))
        assert reasons(desk) == {("birth_date", "age_doubtful")}

        correct(va, claim, {"birth_date": "1/31/1980"})
        assert reasons(desk) == set()
        assert one(desk, "select flags from claim") == []

        correct(va, claim, {"birth_date": "1/31/1930"})
        assert reasons(desk) == {("birth_date", "age_doubtful")}

    def test_to_a_number_that_another_claim_carries_asks_whether_it_is_right(self, desk, client, va):
        report(va, client, replace(LEAST, family_name="Roe", client_claim_number="A-1"))
        claim = report(va, client, FULL)

        correct(va, claim, {"client_claim_number": "a-1"})

        assert reasons(desk) >= {("client_claim_number", "same_number")}

    def test_needs_a_reason_and_a_difference(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(NoReason):
            correct(va, claim, {"language": "Polish"}, reason=" ")
        with pytest.raises(intake.NothingCorrected):
            correct(va, claim, {"phone": "312-555-0101"})

    def test_does_not_leave_a_worker_without_a_name(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(intake.WorkerNotNamed):
            correct(va, claim, {"given_name": "", "family_name": ""})

    @pytest.mark.parametrize("blank", ["\u200b", "\u2060 \u00ad", "\u3164", "\u034f", "\u0001"])
    def test_to_a_name_of_which_nothing_shows_is_to_none(self, client, va, blank):
        claim = report(va, client, FULL)

        with pytest.raises(intake.WorkerNotNamed):
            correct(va, claim, {"given_name": blank, "family_name": blank})

    def test_that_somebody_else_has_made_just_so_leaves_no_trace(self, desk, client, va):
        claim = report(va, client, FULL)
        seen = seen_by(va, claim)
        correct(va, claim, {"language": "Polish"})

        with pytest.raises(intake.CorrectedAlready):
            correct(va, claim, {"language": "Polish"}, seen=seen)
        assert correct(va, claim, {"language": "Polish", "address": "12 Oak St"}, seen=seen) == 1

        told = [each.detail for each in open_(va, client, claim.claim_id).timeline if each.kind == "fields_corrected"]
        assert told == [{"fields": ["address"]}, {"fields": ["language"]}]

    @pytest.mark.parametrize("how", ["corrected", "answered"])
    def test_of_the_day_of_injury_looks_at_the_day_of_death_anew(self, desk, client, va, how):
        claim = report(va, client, replace(FULL, date_of_death=date(2026, 11, 22)))
        assert one(desk, "select flags from claim") == ["death_before_injury"]
        assert ("date_of_death", "death_before_injury") in reasons(desk)

        if how == "corrected":
            correct(va, claim, {"date_of_injury": "11/20/2026"})
        else:
            doubt(desk, claim, "date_of_injury", "negative_lag")
            answer(va, claim, "date_of_injury", "11/20/2026", reason="negative_lag")
        assert one(desk, "select flags from claim") == []
        assert ("date_of_death", "death_before_injury") not in reasons(desk)

        correct(va, claim, {"date_of_injury": "11/23/2026"})
        assert one(desk, "select flags from claim") == ["death_before_injury"]

    def test_is_not_made_on_a_closed_claim(self, desk, client, va):
        claim = report(va, client, FULL)
        with desk.owner() as db:
            db.execute("update claim set closed_at = now(), closed_why = 'withdrawn'")

        with pytest.raises(ClaimClosed):
            correct(va, claim, {"language": "Polish"})

    @pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
    def test_is_not_made_by_whoever_does_not_work_intake(self, client, va, role):
        claim = report(va, client, FULL)

        with pytest.raises(NotAllowed):
            correct(factories.staff(role, client), claim, {"language": "Polish"}, seen=seen_by(va, claim))

    def test_is_not_made_on_a_claim_of_another_client(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(NoSuchClaim):
            correct(factories.staff(Role.VA), claim, {"language": "Polish"}, seen=seen_by(va, claim))


class TestOfWhatSomebodyElseChangedMeanwhile:
    @pytest.fixture
    def nurse(self, client):
        return factories.staff(Role.CLINICAL, client)

    def test_both_versions_are_told_field_by_field_and_nothing_is_done(self, desk, client, va, nurse):
        claim = report(va, client, FULL)
        seen = seen_by(va, claim)
        correct(nurse, claim, {"language": "Polish", "phone": "312 555 0108"})

        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            correct(va, claim, {"language": "Czech", "phone": "312 555 0109", "email": "jo@example.org"}, seen=seen)

        assert meanwhile.value.both == (
            Both("language", "Polish", "Czech", nurse.name, NOW),
            Both("phone", "+13125550108", "+13125550109", nurse.name, NOW),
        )
        assert one(desk, "select language, email from injured_worker") == ("Polish", None)

    def test_what_one_has_not_touched_is_not_undone(self, client, va, nurse):
        claim = report(va, client, FULL)
        seen = seen_by(va, claim)
        correct(nurse, claim, {"language": "Polish"})

        correct(va, claim, {"email": "jo@example.org"}, seen=seen)

        assert seen_by(va, claim)["language"] == "Polish"

    def test_the_same_said_twice_is_no_quarrel(self, client, va, nurse):
        claim = report(va, client, FULL)
        seen = seen_by(va, claim)
        correct(nurse, claim, {"language": "Polish"})

        correct(va, claim, {"language": "Polish", "email": "jo@example.org"}, seen=seen)

        assert seen_by(va, claim)["email"] == "jo@example.org"
        with pytest.raises(intake.NothingCorrected):
            correct(va, claim, {"language": "Polish"}, seen=seen)

    def test_ones_own_stands_once_theirs_was_seen(self, client, va, nurse):
        claim = report(va, client, FULL)
        correct(nurse, claim, {"language": "Polish"})

        correct(va, claim, {"language": "Czech"})

        assert seen_by(va, claim)["language"] == "Czech"


class TestAnsweringSeveral:
    def settle(self, actor, claim, given, never=(), why=""):
        with transaction(actor) as tx:
            return intake.answer_questions(
                actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, given=given, never=never, why=why, at=NOW
            )

    def test_is_one_act(self, desk, client, va):
        claim = report(va, client)
        keys = [("language", "missing"), ("body_part", "missing"), ("birth_date", "missing")]

        settled = self.settle(va, claim, dict(zip(keys, ("Polish", "wrist"), strict=False)), [keys[2]], "Not said")

        assert settled == 3
        assert not {"language", "body_part", "birth_date"} & asked(desk)

    def test_is_none_where_somebody_else_answered_one_of_them_otherwise(self, desk, client, va):
        claim = report(va, client)
        answer(factories.staff(Role.CLINICAL, client), claim, "language", "Polish")

        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            self.settle(va, claim, {("language", "missing"): "Czech", ("body_part", "missing"): "wrist"})

        assert [each.mine for each in meanwhile.value.both] == ["Czech"]
        assert "body_part" in asked(desk)

    def test_what_cannot_be_had_and_somebody_else_answered_is_answered(self, desk, client, va):
        claim = report(va, client)
        answer(factories.staff(Role.CLINICAL, client), claim, "language", "Polish")

        settled = self.settle(va, claim, {("body_part", "missing"): "wrist"}, [("language", "missing")], "Not said")

        assert settled == 1
        assert one(desk, "select language from injured_worker") == "Polish"


class TestTakingTurns:
    """Whoever compares claims' numbers waits for others before a claim is locked: in another order two wait for ever."""

    @pytest.fixture
    def order(self) -> list[str]:
        """What is locked, in the order in which it is: the claims' numbers of the client, or a claim."""
        order: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            if "pg_advisory_xact_lock" in statement:
                order.append("numbers")
            elif "FOR NO KEY UPDATE" in statement:
                order.append("claim")

        event.listen(session.engine(), "before_cursor_execute", note)
        return order

    def test_in_answers_whichever_is_the_first(self, desk, client, va, order):
        claim = report(va, client)
        doubt(desk, claim, "client_claim_number", "missing")
        where = {"client_id": claim.client_id, "claim_id": claim.claim_id}
        order.clear()

        with transaction(va) as tx:
            given = {("language", "missing"): "Polish", ("client_claim_number", "missing"): "A 1"}
            intake.answer_questions(va, tx, **where, given=given, at=NOW)

        assert order[0] == "numbers"

    def test_where_one_answers_over_another(self, desk, client, va, order):
        claim, nurse = report(va, client), factories.staff(Role.CLINICAL, client)
        doubt(desk, claim, "client_claim_number", "missing")
        where = {"client_id": claim.client_id, "claim_id": claim.claim_id}
        answer(nurse, claim, "language", "Polish")
        order.clear()

        with transaction(va) as tx:
            mine = [Both("language", "Polish", "Czech", nurse.name, NOW)]
            given = {("client_claim_number", "missing"): "A 1"}
            intake.decide(va, tx, **where, mine=mine, given=given, at=NOW)

        assert order[0] == "numbers"
        assert seen_by(va, claim)["language"] == "Czech"
        assert seen_by(va, claim)["client_claim_number"] == "A 1"


class TestADeathBeforeTheInjury:
    def test_is_doubted_as_long_as_the_dates_say_so(self, desk, client, va):
        claim = report(va, client, FULL)
        day = FULL.date_of_injury
        with transaction(va) as tx:
            intake.record_death(
                va, tx, client_id=claim.client_id, claim_id=claim.claim_id, date_of_death=day, at=NOW
            )  # fmt: skip
        after, before = (f"{day + timedelta(days=n):%m/%d/%Y}" for n in (1, -1))

        correct(va, claim, {"date_of_injury": after})
        assert "death_before_injury" in one(desk, "select flags from claim")

        correct(va, claim, {"date_of_injury": before})
        assert "death_before_injury" not in one(desk, "select flags from claim")


def test_a_time_alone_is_read_as_the_time_of_the_injury(desk, client, va):
    claim = report(va, client, FULL)
    doubt(desk, claim, "date_of_injury", "time_unreadable")

    answer(va, claim, "date_of_injury", "14:30", reason="time_unreadable")

    assert one(desk, "select injured_time from claim") == time(14, 30)


class TestWhoSpeaksForTheWorker:
    def test_is_put_down_first_without_a_reason(self, desk, client, va):
        claim = report(va, client, FULL)

        assert correct(va, claim, SPEAKS, reason="") == 2

        assert one(desk, "select name from representative") == "Sam Law"
        assert one(desk, "select array_agg(distinct why) from field_change") == [FIRST_ENTRY]

    def test_is_put_down_without_one_where_only_the_kind_was_known(self, desk, client, va):
        claim = report(va, client, FULL)
        correct(va, claim, {"representative_kind": "attorney"}, reason="")

        assert correct(va, claim, {"representative_email": "law@firm.example"}, reason="") == 1

        with pytest.raises(NoReason):
            correct(va, claim, SPEAKS, reason="")

    def test_is_corrected_with_one(self, client, va):
        claim = report(va, client, FULL)
        correct(va, claim, SPEAKS, reason="")

        with pytest.raises(NoReason):
            correct(va, claim, {"representative_email": "sam@law.example"}, reason="")

    def test_is_put_down_with_one_beside_what_is_corrected(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(NoReason):
            correct(va, claim, {**SPEAKS, "language": "Polish"}, reason="")
