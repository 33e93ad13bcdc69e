"""An intake by telephone: the claim is there as soon as it can be, and nothing that is told in the call is lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from core import drafts, intake, merging
from core.access import NotAllowed, Role
from core.claims import NoSuchClaim
from core.intake import telephone
from core.refusal import NoReason
from core.transactions import transaction
from tests import factories
from tests.core.intake.reports import FULL, LEAST, answer, asked, one, open_
from tests.factories import NOW

LATER = NOW + timedelta(minutes=6)


def begin(actor, client, so_far=LEAST, *, request=None, at=NOW, aware_of=()):
    with transaction(actor) as tx:
        return telephone.begin(
            actor, tx, client_id=client, report_so_far=so_far, at=at, request=request or uuid4(), aware_of=aware_of
        )  # fmt: skip


def finish(actor, claim, told=FULL, *, at=LATER, request=None, **more):
    with transaction(actor) as tx:
        return telephone.finish(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, told=told, at=at,
            request=request or uuid4(), **more,
        )  # fmt: skip


def leave(actor, claim, why="The line dropped.", *, at=LATER):
    with transaction(actor) as tx:
        telephone.leave(actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, why=why, at=at)


def begun(actor, claim):
    return open_(actor, claim.client_id, claim.claim_id).begun


def kept(actor, claim=None, *, at=LATER):
    of = {"client_id": claim.client_id, "claim_id": claim.claim_id} if claim else {}
    with transaction(actor) as tx:
        found = drafts.kept(actor, tx, at=at, **of).get(drafts.REPORT)
    return dict(found.fields) if found else None


def type_in(actor, request, at=NOW, **words):
    with transaction(actor) as tx:
        drafts.keep(actor, tx, form=drafts.Form(drafts.REPORT), request=request, fields=words, at=at)


def kinds(actor, claim):
    return [each.kind for each in reversed(open_(actor, claim.client_id, claim.claim_id).timeline)]


class TestBegun:
    def test_the_clock_runs_from_then_on(self, va, client, desk):
        claim = begin(va, client)
        assert one(desk, "select reported_at, first_contact_at from claim") == (NOW, None)
        assert begun(va, claim).begun_by == va.staff_id

    def test_a_form_begins_one_claim(self, va, client, desk):
        request = uuid4()
        first, second = begin(va, client, request=request), begin(va, client, request=request)
        assert (second.claim_id, second.again) == (first.claim_id, True)
        assert one(desk, "select count(*) from telephone_intake") == 1

    def test_the_words_go_with_the_claim_and_the_next_call_finds_an_empty_form(self, va, client):
        request = drafts.new_request(at=NOW)
        type_in(va, request, family_name="Núñez")
        claim = begin(va, client, request=request)
        assert kept(va) is None
        assert kept(va, claim) == {"family_name": "Núñez"}

    def test_so_do_words_with_which_the_form_was_filled_in_again(self, va, client):
        type_in(va, drafts.new_request(at=NOW - timedelta(hours=3)), family_name="Núñez")
        claim = begin(va, client, request=drafts.new_request(at=NOW))
        assert (kept(va), kept(va, claim)) == (None, {"family_name": "Núñez"})

    def test_but_none_of_a_form_that_was_opened_after_it(self, va, client):
        request = drafts.new_request(at=NOW)
        type_in(va, drafts.new_request(at=LATER), at=LATER, family_name="Another")
        claim = begin(va, client, request=request, at=LATER)
        assert (kept(va), kept(va, claim)) == ({"family_name": "Another"}, None)

    def test_words_that_arrive_later_go_there_too(self, va, client):
        request = drafts.new_request(at=NOW)
        claim = begin(va, client, request=request)
        type_in(va, request, family_name="Núñez", occupation="welder")
        assert kept(va, claim) == {"family_name": "Núñez", "occupation": "welder"}

    def test_so_do_words_on_their_way_while_it_is_begun(self, va, client):
        request = drafts.new_request(at=NOW)
        with ThreadPoolExecutor(1) as thread:
            with transaction(va) as tx:
                claim = telephone.begin(
                    va, tx, client_id=client, report_so_far=LEAST, at=NOW, request=request
                )  # fmt: skip
                typing = thread.submit(type_in, va, request, family_name="Núñez")
                with pytest.raises(TimeoutError):
                    typing.result(timeout=0.3)
            typing.result()
        assert (kept(va), kept(va, claim)) == (None, {"family_name": "Núñez"})

    def test_the_words_wait_longer_than_a_day_and_nobody_else_reads_them(self, va, client, desk):
        request = drafts.new_request(at=NOW)
        claim = begin(va, client, request=request)
        type_in(va, request, family_name="Núñez")
        colleague = factories.staff(Role.VA, client)
        with desk.owner() as db:
            db.execute("update draft set saved_at = %s", (NOW - timedelta(days=22),))
        drafts.forget_old(at=NOW + timedelta(days=6))
        assert kept(va, claim, at=NOW + timedelta(days=6)) == {"family_name": "Núñez"}
        assert kept(colleague, claim) is None
        with desk.owner() as db:
            db.execute("update draft set saved_at = %s", (NOW - timedelta(days=25),))
        drafts.forget_old(at=NOW + timedelta(days=6))
        assert kept(va, claim) is None

    def test_what_may_be_a_claim_that_there_is_begins_none_unasked(self, va, client, desk):
        first = begin(va, client, FULL)
        with pytest.raises(intake.PerhapsReported):
            begin(va, client, FULL)
        assert one(desk, "select count(*) from claim") == 1
        begin(va, client, FULL, aware_of={first.claim_id})
        assert one(desk, "select count(*) from claim") == 2

    def test_only_who_takes_reports_begins_one(self, nurse, client):
        with pytest.raises(NotAllowed):
            begin(nurse, client)


class TestFinished:
    def test_everything_told_stands_and_answers_what_was_open(self, va, client, desk):
        claim = begin(va, client)
        assert len(asked(desk)) == 8
        assert finish(va, claim) == 8
        page = open_(va, client, claim.claim_id)
        assert (page.worker.name, page.worker.phone, page.narrative.narrative) == (
            "Jo Núñez", "+13125550101", "Fell from a ladder.",
        )  # fmt: skip
        assert asked(desk) == set()
        assert begun(va, claim) is None
        assert kinds(va, claim) == ["reported", "fields_corrected", "intake_finished"]

    def test_its_words_are_gone_and_late_ones_do_not_come_back(self, va, client):
        request = drafts.new_request(at=NOW)
        claim = begin(va, client, request=request)
        type_in(va, request, family_name="Núñez")
        finish(va, claim, request=request)
        type_in(va, request, at=LATER, family_name="Núñez", phone="31255")
        assert kept(va, claim) is None

    def test_what_was_taken_out_again_is_emptied(self, va, client, desk):
        claim = begin(va, client, FULL)
        finish(va, claim, replace(FULL, birth_date=None))
        assert open_(va, client, claim.claim_id).worker.birth_date is None
        assert asked(desk) == {"birth_date"}

    def test_what_a_colleague_filled_in_meanwhile_stays(self, va, client):
        claim = begin(va, client)
        answer(factories.staff(Role.VA, client), claim, "language", "Polish")
        finish(va, claim, replace(FULL, language=None))
        assert open_(va, client, claim.claim_id).worker.language == "Polish"

    def test_where_both_have_said_something_both_are_shown(self, va, client):
        claim = begin(va, client)
        answer(factories.staff(Role.VA, client), claim, "language", "Polish")
        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            finish(va, claim)
        [both] = meanwhile.value.both
        assert (both.field, both.theirs, both.mine) == ("language", "Polish", "Spanish")
        assert begun(va, claim) is not None
        finish(va, claim, mine_stand={"language"})
        assert open_(va, client, claim.claim_id).worker.language == "Spanish"

    def test_so_they_are_where_it_was_oneself_on_the_claims_page(self, va, client):
        claim = begin(va, client)
        answer(va, claim, "language", "Polish")
        answer(va, claim, "birth_date", "02/01/1990")
        with pytest.raises(intake.ChangedMeanwhile) as meanwhile:
            finish(va, claim, replace(FULL, birth_date=None))
        assert [each.field for each in meanwhile.value.both] == ["language"]
        finish(va, claim, replace(FULL, birth_date=None, language=None))
        worker = open_(va, client, claim.claim_id).worker
        assert (worker.language, worker.birth_date) == ("Polish", date(1990, 2, 1))

    def test_theirs_can_stand_as_well(self, va, client):
        claim = begin(va, client)
        answer(factories.staff(Role.VA, client), claim, "language", "Polish")
        finish(va, claim, leave={"language"})
        assert open_(va, client, claim.claim_id).worker.language == "Polish"

    def test_a_number_that_cannot_be_read_is_kept_and_asked_about(self, va, client, desk):
        claim = begin(va, client)
        finish(va, claim, replace(FULL, phone="ask the gate"))
        assert one(desk, "select phone from injured_worker") == "ask the gate"
        assert one(desk, "select array_agg(reason) from intake_question where element = 'reach' and answered_at is null") == [
            "phone_unreadable"
        ]  # fmt: skip

    def test_a_worker_who_has_died_is_not_called(self, va, client, desk):
        claim = begin(va, client)
        finish(va, claim, replace(FULL, date_of_death=date(2026, 11, 24)))
        assert one(desk, "select date_of_death from claim") == date(2026, 11, 24)

    def test_what_turns_out_to_be_reported_before_is_said_before_it_is_saved(self, va, client, desk):
        first = begin(va, client, FULL)
        claim = begin(va, client, replace(LEAST, family_name="Other"))
        with pytest.raises(intake.PerhapsReported) as perhaps:
            finish(va, claim)
        assert [each.claim_id for each in perhaps.value.suspects] == [first.claim_id]
        finish(va, claim, aware_of={first.claim_id})
        assert "same_claim" in asked(desk)

    def test_what_the_caller_does_not_know_is_settled_with_why_and_asked_again(self, va, client, desk):
        claim = begin(va, client)
        told = replace(FULL, birth_date=None, language=None)
        finish(va, claim, told, unknown_why="Human resources knows.", ask_again=(date(2026, 11, 25), time(14)))
        again = open_(va, client, claim.claim_id).to_ask_again
        assert {(each.element, each.unobtainable_why, each.ask_again_at) for each in again} == {
            (element, "Human resources knows.", datetime(2026, 11, 25, 20, tzinfo=UTC))
            for element in ("birth_date", "language")
        }
        assert asked(desk) == set()

    def test_or_is_never_asked_again_where_no_day_is_said(self, va, client, desk):
        claim = begin(va, client)
        finish(va, claim, replace(FULL, birth_date=None), unknown_why="Nobody knows.")
        assert open_(va, client, claim.claim_id).to_ask_again == ()
        assert one(desk, "select unobtainable_why from intake_question where element = 'birth_date'") == "Nobody knows."

    def test_a_day_that_is_over_is_refused_and_nothing_is_done(self, va, client, desk):
        claim = begin(va, client)
        with pytest.raises(intake.NotToAskThen):
            finish(va, claim, LEAST, unknown_why="Later.", ask_again=(date(2026, 11, 20), None))
        assert begun(va, claim) is not None

    def test_twice_is_refused_and_done_once(self, va, client):
        claim = begin(va, client)
        finish(va, claim)
        with pytest.raises(telephone.NoSuchIntake):
            finish(va, claim)

    def test_nobody_finishes_for_another(self, va, client, boss):
        claim = begin(va, client)
        with pytest.raises(telephone.TakenByAnother):
            finish(boss, claim)

    def test_nor_out_of_scope(self, va, client):
        claim = begin(va, client)
        with pytest.raises(NoSuchClaim):
            finish(factories.staff(Role.VA, factories.client()), claim)


class TestLeft:
    def test_anybody_who_takes_reports_leaves_it_with_why(self, va, client, boss, desk):
        claim = begin(va, client)
        leave(boss, claim)
        assert begun(va, claim) is None
        assert kinds(va, claim) == ["reported", "intake_left"]
        assert one(desk, "select verb, actor_id from audit_event where verb ~ '^intake'") == (
            "intake_left", boss.staff_id,
        )  # fmt: skip
        assert len(asked(desk)) == 8

    def test_what_another_has_left_is_finished_by_whoever_has_its_words(self, va, client, boss):
        request = drafts.new_request(at=NOW)
        claim = begin(va, client, request=request)
        type_in(va, request, family_name="Núñez")
        leave(boss, claim)
        assert (begun(va, claim).left_by, begun(boss, claim)) == (boss.staff_id, None)
        drafts.forget_old(at=NOW + timedelta(days=20))
        assert kept(va, claim) == {"family_name": "Núñez"}
        finish(va, claim)
        assert kinds(va, claim) == ["reported", "intake_left", "fields_corrected", "intake_finished"]
        assert begun(va, claim) is None

    def test_what_one_has_left_oneself_is_over(self, va, client):
        claim = begin(va, client)
        leave(va, claim)
        with pytest.raises(telephone.NoSuchIntake):
            finish(va, claim)

    def test_a_colleague_does_not_leave_a_call_that_goes_on(self, va, client):
        claim = begin(va, client)
        colleague = factories.staff(Role.VA, client)
        with pytest.raises(telephone.GoesOn):
            leave(colleague, claim)
        leave(colleague, claim, at=NOW + telephone.FINISHED_WITHIN)
        with pytest.raises(telephone.NoSuchIntake):
            leave(colleague, claim, at=NOW + telephone.FINISHED_WITHIN)

    def test_a_claim_that_is_being_taken_is_not_merged_into_another(self, va, client, boss):
        first = begin(va, client, FULL)
        second = begin(va, client, FULL, aware_of={first.claim_id})
        with transaction(boss) as tx, pytest.raises(merging.NotMergeable, match="being taken on the telephone"):
            merging.compare(boss, tx, client_id=client, claim_id=first.claim_id, number=second.claim_number)

    def test_not_without_why(self, va, client):
        claim = begin(va, client)
        with pytest.raises(NoReason):
            leave(va, claim, " ")

    def test_by_hand_another_cannot_finish_it(self, va, client, boss, desk):
        claim = begin(va, client)
        with pytest.raises(Exception, match="row-level security"), desk.app(boss.staff_id) as db:
            db.execute(
                "update telephone_intake set ended_at = now(), ended_by = %s where claim_id = %s",
                (boss.staff_id, claim.claim_id),
            )


class TestBeside:
    def beside(self, actor, client, told, claim=None):
        with transaction(actor) as tx:
            return telephone.beside(actor, tx, client_id=client, claim_id=claim and claim.claim_id, told=told)

    def test_tells_the_intake_and_by_when_the_worker_is_to_be_reached(self, va, client):
        claim = begin(va, client)
        seen = self.beside(va, client, LEAST, claim)
        assert (seen.begun.by, seen.begun.due_at) == (va.name, NOW + timedelta(hours=24))
        assert (seen.suspects, seen.near) == ((), ())

    @pytest.mark.parametrize(
        ("told", "near"),
        [
            ({"family_name": "Nuñes"}, True),
            ({"family_name": "Nuñes", "date_of_injury": date(2026, 11, 20)}, True),
            ({"date_of_injury": date(2026, 11, 19)}, False),
            ({"family_name": "Okafor"}, False),
            ({"family_name": "Nuñes", "birth_date": date(1990, 1, 1)}, False),
        ],
        ids=["a slip", "three days before", "four days", "another name", "another birth date"],
    )
    def test_tells_claims_of_near_days_whose_worker_may_be_the_same(self, va, client, told, near):
        first = begin(va, client, FULL)
        seen = self.beside(va, client, replace(LEAST, **{"given_name": "Jo", **told}))
        assert [each.claim_id for each in seen.near] == ([first.claim_id] if near else [])
        assert seen.suspects == ()

    def test_what_it_may_repeat_is_not_told_twice(self, va, client):
        first = begin(va, client, FULL)
        seen = self.beside(va, client, FULL)
        assert ([each.claim_id for each in seen.suspects], seen.near) == ([first.claim_id], ())

    def test_tells_nothing_of_another_client(self, va, client):
        other = factories.client()
        begin(factories.staff(Role.VA, other), other, FULL)
        seen = self.beside(va, client, FULL)
        assert (seen.suspects, seen.near) == ((), ())
