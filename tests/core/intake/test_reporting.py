"""A report becomes a claim whatever is missing from it, and what is missing is asked."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from core import intake, scope
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from core.intake.told import LIMITS, report_of
from core.refusal import TooLong
from tests import factories
from tests.core.intake.reports import FULL, LEAST, asked, one, report
from tests.factories import NOW


class TestAReportThatMayBeOfAClaimThereIs:
    """As of a feed's row: the person is told, and decides."""

    @pytest.mark.parametrize(
        ("given", "element", "why"),
        [
            (replace(FULL, client_claim_number="Z-9"), "same_claim", "The same injury as C-1?"),
            (FULL, "same_claim", "The same injury as C-1?"),
            (
                replace(LEAST, family_name="Roe", date_of_injury=date(2026, 11, 2), client_claim_number="a -1"),
                "client_claim_number",
                "This number is also on C-1: is it right?",
            ),
        ],
        ids=["another number", "no number", "the number alone"],
    )
    def test_is_not_taken_before_the_person_decides_and_then_with_the_question(
        self, desk, client, va, given, element, why
    ):
        first = report(va, client, replace(FULL, client_claim_number="A-1"))
        request = uuid4()

        with pytest.raises(intake.PerhapsReported) as refused:
            report(va, client, given, request=request)
        [suspect] = refused.value.suspects
        assert (suspect.claim_id, suspect.claim_number) == (first.claim_id, "C-1")
        assert one(desk, "select count(*) from injured_worker") == 1

        second = report(va, client, given, request=request, aware_of=[first.claim_id])

        assert not second.again
        assert one(
            desk, "select why from intake_question where claim_id = %s and element = %s", second.claim_id, element
        ).startswith(why)

    def test_is_told_again_where_there_is_one_more_by_then(self, client, va):
        first = report(va, client, FULL)
        second = report(va, client, FULL, aware_of=[first.claim_id])

        with pytest.raises(intake.PerhapsReported) as refused:
            report(va, client, FULL, aware_of=[first.claim_id])

        assert [suspect.claim_id for suspect in refused.value.suspects] == [first.claim_id, second.claim_id]

    @pytest.mark.parametrize(
        "given",
        [
            replace(FULL, date_of_injury=date(2026, 11, 22)),
            replace(FULL, given_name="Luis", birth_date=date(1990, 1, 1)),
        ],
        ids=["another day", "another worker"],
    )
    def test_is_none_on_another_day_or_of_another_worker(self, desk, client, va, given):
        report(va, client, FULL)
        report(va, client, given)

        assert one(desk, "select count(*) from claim") == 2

    def test_is_none_of_another_client(self, desk, client, va):
        report(va, client, FULL)
        other = factories.client()

        report(factories.staff(Role.VA, other), other, FULL)

        assert one(desk, "select count(*) from claim") == 2


class TestReport:
    def test_starts_the_clock_at_the_report_under_the_policy_in_force(self, desk, client, va):
        made = report(va, client, replace(LEAST, reported_at=NOW - timedelta(hours=3)))

        assert one(desk, "select reported_at, due_at, sla_effective_from from claim") == (
            NOW - timedelta(hours=3),
            NOW + timedelta(hours=21),
            one(desk, "select effective_from from sla_policy"),
        )
        assert made.claim_number == f"C-{made.claim_id}"

    def test_needs_nothing_but_worker_injury_and_report_and_asks_the_rest(self, desk, client, va):
        report(va, client, LEAST)

        assert asked(desk) == {
            "name", "birth_date", "reach", "preferred_contact", "language", "jurisdiction", "body_part", "narrative",
        }  # fmt: skip

    def test_asks_nothing_where_everything_was_told(self, desk, client, va):
        report(va, client, FULL)

        assert asked(desk) == set()

    @pytest.mark.parametrize(
        ("changed", "flag", "element"),
        [
            ({"date_of_injury": date(2026, 11, 25)}, "negative_lag", "date_of_injury"),
            ({"date_of_injury": date(2026, 12, 25)}, "future_injury", "date_of_injury"),
            ({"reported_at": NOW + timedelta(days=2)}, "future_date", "reported_at"),
            ({"reported_to": "day"}, "report_time_missing", "reported_at"),
            ({"reported_at": NOW.replace(hour=6)}, "report_time_midnight", "reported_at"),
            ({"birth_date": date(2020, 1, 1)}, "age_doubtful", "birth_date"),
        ],
    )
    def test_flags_and_asks_what_looks_wrong_and_corrects_nothing(self, desk, client, va, changed, flag, element):
        given = replace(FULL, **changed)
        report(va, client, given)

        assert flag in one(desk, "select flags from claim")
        assert asked(desk) == {element}
        assert one(desk, "select date_of_injury, reported_at from claim") == (given.date_of_injury, given.reported_at)

    def test_a_telephone_number_that_cannot_be_read_is_kept_and_asked(self, desk, client, va):
        report(va, client, replace(FULL, phone="call the shop"))

        assert one(desk, "select phone from injured_worker") == "call the shop"
        assert asked(desk) == {"reach"}

    @pytest.mark.parametrize(
        ("changed", "reason", "why"),
        [
            ({"phone": "555 12"}, "phone_unreadable", "The report says '555 12'; that is no telephone number."),
            ({"email": "nomail"}, "email_unreadable", "The report says 'nomail'; that is no e-mail address."),
            (
                {"phone": None, "email": "nomail", "preferred_contact": "email"},
                "email_unreadable",
                "The report says 'nomail'; that is no e-mail address.",
            ),
            (
                {"preferred_contact": "email"},
                "not_as_preferred",
                "The worker prefers e-mail, and there is no e-mail address for it.",
            ),
            (
                {"phone": None, "email": "ana@example.com", "preferred_contact": "text"},
                "not_as_preferred",
                "The worker prefers text message, and there is no telephone number for it.",
            ),
            ({"phone": None, "preferred_contact": "phone"}, "missing", "Not in the report: a way to reach the worker."),
        ],
    )
    def test_asks_once_about_a_way_to_reach_the_worker_that_leads_nowhere(self, desk, client, va, changed, reason, why):
        report(va, client, replace(FULL, **changed))

        assert one(desk, "select element, reason, why from intake_question") == ("reach", reason, why)
        assert one(desk, "select count(*) from intake_question") == 1

    def test_a_telephone_number_is_kept_as_it_is_dialled(self, desk, client, va):
        report(va, client, FULL)

        assert one(desk, "select phone from injured_worker") == "+13125550101"

    def test_keeps_who_reported_and_where_to_call_back(self, desk, client, va):
        report(va, client, replace(FULL, reporter=" Dana Reed, shift lead ", reporter_phone="(312) 555-0107 x4"))

        assert one(desk, "select reporter, reporter_phone from claim_narrative") == (
            "Dana Reed, shift lead", "+13125550107 ext. 4",
        )  # fmt: skip

    def test_never_asks_who_reported(self, desk, client, va):
        report(va, client, replace(FULL, reporter="", reporter_phone="the switchboard"))

        assert one(desk, "select reporter, reporter_phone from claim_narrative") == (None, "the switchboard")
        assert asked(desk) == set()

    @pytest.mark.parametrize("field", sorted(set(LIMITS) - {"best_hours"}))
    def test_takes_a_text_up_to_its_limit_and_names_field_and_limit_beyond_it(self, desk, client, va, field):
        most, words = LIMITS[field]
        report(va, client, replace(LEAST, **{field: "x" * most}))

        with pytest.raises(TooLong) as refused:
            report(va, client, replace(LEAST, **{field: "x" * (most + 1)}))

        assert str(refused.value) == (
            f"{words.capitalize()} holds at most {most:,} characters, and this has {most + 1:,}: shorten it."
        )
        assert one(desk, "select count(*) from claim") == 1

    def test_names_every_text_that_is_too_long(self, client, va):
        with pytest.raises(TooLong, match=r"^Family name holds .*: shorten it\. E-mail holds .*: shorten it\.$"):
            report(va, client, replace(LEAST, family_name="x" * 6_000, email="y" * 6_000))

    def test_takes_a_name_that_folds_into_many_more_letters(self, desk, client, va):
        report(va, client, replace(LEAST, family_name="\ufdfa" * 200, given_name="\ufdfa" * 200))

        assert one(desk, "select length(family_name) from injured_worker") == 200

    def test_folds_names_for_comparison(self, desk, client, va):
        report(va, client, FULL)

        assert one(desk, "select family_key, given_key from injured_worker") == ("nunez", "jo")

    def test_is_on_the_timeline_and_on_record_without_the_worker_or_the_reporter(self, desk, client, va, caplog):
        with caplog.at_level("DEBUG"):
            made = report(va, client, replace(FULL, reporter="Dana Reed", reporter_phone="312 555 0107"))

        assert one(desk, "select by_id, kind from claim_event") == (va.staff_id, "reported")
        actor, verb, number = one(desk, "select actor_id, verb, noun_id from audit_event")
        assert (actor, verb, number) == (va.staff_id, "reported", made.claim_id)
        with desk.owner() as db:
            told = str(db.execute("select detail from claim_event union all select detail from audit_event").fetchall())
        for said in ("Núñez", "Reed", "5550107", "555 0107"):
            assert said not in told + caplog.text

    def test_the_same_form_sent_twice_makes_one_claim(self, desk, client, va):
        request = uuid4()

        first, second = report(va, client, request=request), report(va, client, request=request)

        assert (first.again, second.again) == (False, True)
        assert second.claim_id == first.claim_id
        assert one(desk, "select count(*) from claim") == 1

    def test_refuses_a_report_of_nobody(self, client, va):
        with pytest.raises(intake.WorkerNotNamed):
            report(va, client, replace(LEAST, family_name="  "))

    @pytest.mark.parametrize(
        "change",
        [
            "update claim set reported_at = reported_at - interval '1 hour'",
            "update claim set closed_at = now(), closed_why = 'x'",
            "update claim_event set detail = null",
        ],
        ids=["the report's time is corrected", "the claim is closed", "the timeline tells another thing"],
    )
    def test_the_same_form_sent_twice_returns_its_claim_whatever_changed_meanwhile(self, desk, client, va, change):
        request = uuid4()
        first = report(va, client, request=request)
        with desk.owner() as db:
            db.execute(change)

        again = report(va, client, replace(FULL, reported_at=NOW - timedelta(hours=5)), request=request)

        assert (again.claim_id, again.claim_number, again.again) == (first.claim_id, first.claim_number, True)
        assert one(desk, "select count(*) from claim") == 1

    def test_a_form_that_made_a_claim_makes_none_for_another_client(self, desk, client, va):
        request, other, boss = uuid4(), factories.client(), factories.staff(Role.SUPERVISOR)
        first = report(boss, client, request=request)

        with pytest.raises(intake.MadeForAnother, match=first.claim_number):
            report(boss, other, request=request)

        assert one(desk, "select array_agg(client_id) from claim") == [client]

    def test_a_form_whose_claim_is_out_of_reach_by_now_names_none(self, desk, client, va):
        request, other = uuid4(), factories.client()
        report(va, client, request=request)
        moved = factories.staff(Role.VA, other)
        with desk.owner() as db:
            db.execute("update request_key set staff_id = %s", (moved.staff_id,))

        with pytest.raises(NoSuchClaim):
            report(moved, other, request=request)

    def test_refuses_a_client_whom_one_does_not_serve(self, client, va):
        with pytest.raises(scope.NoSuchClient):
            report(va, factories.client())

    @pytest.mark.parametrize("role", [Role.CLINICAL, Role.COMPLIANCE, Role.ADMINISTRATOR, Role.ACCOUNT_EXECUTIVE])
    def test_is_not_part_of_every_role(self, client, role):
        with pytest.raises(NotAllowed):
            report(factories.staff(role, client), client)

    def test_is_undone_where_it_cannot_be_put_on_record(self, desk, client, va):
        with desk.owner() as db:
            db.execute("revoke insert on audit_event from desk_app")

        with pytest.raises(Exception, match="permission denied"):
            report(va, client, FULL)

        for table in ("claim", "injured_worker", "claim_narrative", "claim_event", "request_key", "fact_delta"):
            assert one(desk, f"select count(*) from {table}") == 0

    def test_a_policy_of_a_later_day_does_not_touch_an_earlier_report(self, desk, client, va):
        with desk.owner() as db:
            db.execute(factories.ANOTHER_PROMISE, (NOW - timedelta(hours=1), 48, client))

        report(va, client, replace(LEAST, reported_at=NOW - timedelta(hours=2)))

        assert one(desk, "select due_at from claim") == NOW + timedelta(hours=22)


class TestASocialSecurityNumber:
    """The desk keeps none: whoever types one finds the rest of what they typed."""

    def test_is_taken_out_of_everything_that_a_report_tells(self, desk, client, va):
        said = "SSN 900-12-7001"
        told = dict.fromkeys(("narrative", "body_part", "nature", "cause", "reporter", "reporter_phone"), said)
        report(va, client, replace(FULL, phone="900-12-7001", language="900 12 7001", **told))

        kept = one(desk, "select (select n::text from claim_narrative n) || (select w::text from injured_worker w)")
        assert "7001" not in kept
        assert kept.count("(number removed)") == 8
        assert asked(desk) == {"reach"}, "what stood there was no telephone number"

    def test_is_no_claim_number_and_the_number_is_asked_for(self, desk, client, va):
        report(va, client, replace(FULL, client_claim_number="900-12-7001"))

        assert one(desk, "select client_claim_number from claim") is None
        assert one(desk, "select element, why from intake_question") == (
            "client_claim_number",
            "A social security number was given as the client's claim number. It was not kept.",
        )

    def test_leaves_another_number_of_nine_digits_alone(self, desk, client, va):
        report(va, client, replace(FULL, client_claim_number="123456789"))

        assert one(desk, "select client_claim_number from claim") == "123456789"


@pytest.mark.parametrize("given", [FULL, LEAST], ids=["full", "least"])
def test_a_row_of_a_file_makes_the_report_that_a_form_makes(given):
    known = {name: value for name, value in vars(given).items() if value}

    made = report_of(known)

    assert (made, hash(made), vars(made)) == (given, hash(given), vars(given))
