"""Codes of an injury are kept with a claim, corrected like any field, and answer nothing that they do not tell."""

from dataclasses import replace

import pytest

from core import intake
from core.access import NotAllowed, Role
from core.intake import Both, NoSuchCode
from tests import factories
from tests.core.intake.reports import FULL, LEAST, asked, doubt, one, open_, reasons, report
from tests.core.intake.test_field_correction import correct

CODED = {"part_code": "34", "nature_code": "28", "cause_code": "32"}


class TestAReport:
    def test_keeps_codes_beside_what_was_told_in_words(self, desk, client, va):
        claim = report(va, client, replace(FULL, **CODED))

        page = open_(va, client, claim.claim_id)
        assert {name: page.fields[name] for name in CODED} == CODED
        assert page.narrative.body_part == "left wrist"

    @pytest.mark.parametrize(("field", "code"), [("part_code", "94"), ("nature_code", "5"), ("cause_code", "wrist")])
    def test_with_a_code_that_there_is_not_is_refused(self, desk, client, va, field, code):
        with pytest.raises(NoSuchCode):
            report(va, client, replace(FULL, **{field: code}))
        assert one(desk, "select count(*) from claim") == 0

    def test_whose_part_of_body_is_coded_is_not_asked_for_it(self, desk, client, va):
        report(va, client, replace(LEAST, **CODED))

        assert "body_part" not in asked(desk)
        assert "narrative" in asked(desk), "a code of the cause does not tell what happened"


class TestACorrection:
    def test_keeps_what_the_code_was_with_who_changed_it_and_why(self, desk, client, va):
        claim = report(va, client, replace(FULL, **CODED))

        correct(va, claim, {"part_code": "35"}, reason="It was the hand.")

        [entry] = [each for each in open_(va, client, claim.claim_id).timeline if each.kind == "fields_corrected"]
        assert entry.by == va.name
        assert entry.changes == [{"field": "part_code", "was": "34", "became": "35", "why": "It was the hand."}]
        assert one(desk, "select detail from audit_event where verb = 'fields_corrected'") == {"fields": ["part_code"]}

    def test_shows_both_where_somebody_else_has_chosen_another_meanwhile(self, client, va):
        claim = report(va, client, FULL)
        seen = open_(va, client, claim.claim_id).fields
        other = factories.staff(Role.VA, client)
        correct(other, claim, {"cause_code": "29"})

        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            correct(va, claim, {"cause_code": "32"}, seen=seen)

        [both] = meanwhile.value.both
        assert both == Both("cause_code", "29", "32", other.name, both.at)

    def test_is_of_whoever_works_intake(self, client, va):
        claim = report(va, client, FULL)

        with pytest.raises(NotAllowed):
            correct(
                factories.staff(Role.COMPLIANCE),
                claim,
                {"part_code": "35"},
                seen=open_(va, client, claim.claim_id).fields,
            )

    def test_of_the_part_of_body_answers_that_it_is_missing_and_emptied_it_is_asked_again(self, desk, client, va):
        claim = report(va, client, LEAST)
        assert "body_part" in asked(desk)

        correct(va, claim, {"part_code": "34"})
        assert "body_part" not in asked(desk)

        correct(va, claim, {"part_code": ""})
        assert "body_part" in asked(desk)

    def test_of_the_cause_answers_not_what_happened(self, desk, client, va):
        claim = report(va, client, LEAST)
        doubt(desk, claim, "narrative", "unconfirmed")

        correct(va, claim, {"cause_code": "29"})

        assert {("narrative", "missing"), ("narrative", "unconfirmed")} <= reasons(desk)

    @pytest.mark.parametrize(("field", "element"), [("part_code", "body_part"), ("cause_code", "narrative")])
    def test_settles_that_a_file_had_a_code_that_there_is_not(self, desk, client, va, field, element):
        claim = report(va, client, FULL)
        doubt(desk, claim, element, f"{field}_unknown")

        correct(va, claim, {"nature_code": "28"})
        assert (element, f"{field}_unknown") in reasons(desk)

        correct(va, claim, {field: "34" if field == "part_code" else "29"})
        assert (element, f"{field}_unknown") not in reasons(desk)


def test_the_database_takes_two_digits_and_nothing_else(desk, client, va):
    report(va, client, FULL)
    for field in CODED:
        for code in ("4", "345", "AB", "34\n", ""):
            with desk.owner() as db, pytest.raises(Exception, match=f"{field}_form"):
                db.execute(f"update claim_narrative set {field} = %s", (code,))
