"""Merging two claims: the one reported first is kept, the other leaves everything, and nothing of either is lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from core import assignment, claim_file, contact, intake, merging, notices, queue, search, worklist
from core.access import Actor, NotAllowed, Role
from core.claims import ClaimMerged
from core.contact import Method, Outcome, Party
from core.search import Way
from core.transactions import by_key, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.first_contact.one_week import WEEK, counted
from tests.core.merging.two import HOUR, asked, compare, correct, merge, one, opened, rows, two, unmerge
from tests.factories import NOW
from tests.two_at_once import meanwhile


def tried(actor: Actor, client: int, claim: int, *, ago: int = 1, **more: object) -> None:
    with transaction(actor) as tx:
        contact.log_attempt(
            actor, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE, note=None,
            **{"outcome": Outcome.VOICEMAIL, "at": NOW - ago * HOUR / 2, "request": uuid4()} | more,
        )  # fmt: skip


def reached(nurse: Actor, client: int, claim: int, *, at=NOW - HOUR / 2) -> None:
    with transaction(nurse) as tx:
        contact.record_first_contact(
            nurse, tx, client_id=client, claim_id=claim, held=factories.held(), at=at, request=uuid4()
        )


def numbers(desk: Desk) -> tuple[int, int, int]:
    """How many reports, contacts and contacts in time are counted."""
    return one(desk, "select sum(reported)::int, sum(contacted)::int, sum(on_time)::int from fact_delta")


class TestTheClaimThatIsKept:
    @pytest.mark.parametrize("opens", [0, 1], ids=["from the earlier", "from the later"])
    def test_is_the_one_reported_first_whichever_is_open(
        self, desk: Desk, client: int, boss: Actor, opens: int
    ) -> None:
        both = two(client)

        merge(boss, client, both[opens], both[1 - opens])

        assert rows(desk, "select claim_id, merged_into from claim order by claim_id") == [
            (both[0], None), (both[1], both[0]),
        ]  # fmt: skip

    def test_keeps_its_deadline(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        due = one(desk, "select due_at from claim where claim_id = %s", earlier)

        merge(boss, client, earlier, later)

        assert one(desk, "select due_at from claim where claim_id = %s", earlier) == due

    def test_says_so_on_both_timelines_and_on_the_record(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)

        merge(boss, client, earlier, later)

        told = [(earlier, boss.staff_id, {"other": f"C-{later}"}), (later, boss.staff_id, {"into": f"C-{earlier}"})]
        assert rows(desk, "select claim_id, by_id, detail from claim_event where kind = 'merged' order by 1") == told
        assert rows(desk, "select noun_id, actor_id, detail from audit_event where verb = 'merged' order by 1") == told

    def test_counts_a_first_contact_made_on_the_other_from_when_it_was_made(
        self, desk: Desk, client: int, boss: Actor, nurse: Actor
    ) -> None:
        earlier, later = two(client)
        reached(nurse, client, later)

        merge(boss, client, earlier, later)

        page = opened(boss, client, earlier)
        assert (page.header.first_contact_at, page.header.first_contact_by) == (NOW - HOUR / 2, nurse.name)
        with transaction(boss) as tx:
            assert queue.queue(boss, tx, at=NOW) == []
        with pytest.raises(contact.AlreadyReached):
            reached(nurse, client, earlier, at=NOW)

    def test_has_no_other_claims_first_contact_struck(self, client: int, boss: Actor, nurse: Actor) -> None:
        earlier, later = two(client)
        reached(nurse, client, later)
        merge(boss, client, earlier, later)

        with pytest.raises(contact.MadeOnMerged), transaction(boss) as tx:
            contact.strike_first_contact(boss, tx, client_id=client, claim_id=earlier, reason="A mistake.")

    def test_takes_of_the_other_what_is_chosen_and_keeps_what_stood_there(
        self, desk: Desk, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        correct(va, client, later, phone="(312) 555-0177", language="Polish", birth_date="01/02/1980", body_part="knee")
        correct(va, client, earlier, body_part="left knee")
        seen = compare(boss, client, earlier, f"C-{later}")
        assert {(each.field, each.kept, each.other, each.takes_other) for each in seen.differences} == {
            ("phone", "+13125550101", "+13125550177", False),
            ("language", "", "Polish", True),
            ("body_part", "left knee", "knee", False),
        }

        merge(boss, client, earlier, later, take=["phone", "language"])

        known = opened(boss, client, earlier).fields
        assert (known["phone"], known["language"], known["body_part"]) == ("+13125550177", "Polish", "left knee")
        assert rows(desk, "select field, was, became, why from field_change where claim_id = %s and why like 'Taken%%'"
                    " order by field", earlier) == [
            ("language", None, "Polish", f"Taken from C-{later}, which was merged into this claim."),
            ("phone", "+13125550101", "+13125550177", f"Taken from C-{later}, which was merged into this claim."),
        ]  # fmt: skip
        with transaction(boss) as tx:
            left = merging.left_out(boss, tx, client_id=client, claim_id=later)
        assert [(each.field, each.kept, each.other) for each in left] == [("body_part", "left knee", "knee")]

    def test_keeps_its_clients_number_beside_the_others(self, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        correct(va, client, earlier, client_claim_number="Z-1")
        correct(va, client, later, client_claim_number="Z-2")

        seen = compare(boss, client, earlier, f"C-{later}")
        assert [(each.field, each.open) for each in seen.differences] == [("client_claim_number", False)]
        with pytest.raises(intake.NoSuchField), transaction(boss) as tx:
            merging.merge(boss, tx, seen=seen, take=["client_claim_number"], at=NOW)

    def test_takes_the_others_clients_number_where_it_has_none_and_is_not_asked_about_sharing_it(
        self, desk: Desk, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        correct(va, client, later, client_claim_number="Z-2")

        merge(boss, client, earlier, later)

        assert opened(boss, client, earlier).header.client_claim_number == "Z-2"
        assert rows(desk, "select element from intake_question where answered_at is null") == []


class TestTheOtherClaim:
    def test_leaves_every_list_due_time_and_figure(self, desk: Desk, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client, assignee=va.staff_id)
        factories.claim(client)
        with desk.owner() as db:
            db.execute("update claim set due_at = %s where claim_id = %s", (NOW - HOUR / 4, later))
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, 'language', 'x', %s), (%s, %s, 'language', 'x', %s)",
                (client, earlier, NOW, client, later, NOW),
            )

        merge(boss, client, earlier, later)

        with transaction(boss) as tx:
            tally = queue.tally(boss, tx, at=NOW)
            items = worklist.items(boss, tx, at=NOW)
            assert later not in [row.claim_id for row in queue.queue(boss, tx, at=NOW)]
            assert assignment.held(boss, tx, va.staff_id, at=NOW) == []
        assert (tally.open, tally.overdue, tally.decided_today) == (2, 0, 0)
        assert [(item.claim_id, item.kind) for item in items if item.kind == worklist.INTAKE] == [
            (earlier, worklist.INTAKE)
        ]
        assert later not in [item.claim_id for item in items]
        assert numbers(desk) == (2, 0, 0)

    def test_counts_the_injury_once_also_where_the_worker_was_reached_on_it(
        self, desk: Desk, client: int, boss: Actor, nurse: Actor
    ) -> None:
        earlier, later = two(client, assignee=nurse.staff_id)
        reached(nurse, client, later)
        assert numbers(desk) == (2, 1, 1)

        merge(boss, client, earlier, later)

        assert numbers(desk) == (1, 1, 1)
        with transaction(boss) as tx:
            tally = queue.tally(boss, tx, at=NOW)
        assert (tally.kept_today, tally.decided_today) == (1, 1)
        for question in (WEEK, replace(WEEK, jurisdictions=frozenset({"IL"}))):
            assert [figures.reported for figures in counted(boss, question).cells.values()] == [1]
        assert counted(boss, replace(WEEK, assignees=frozenset({nurse.staff_id}))).cells == {}

    def test_is_worked_no_more_by_anybody(self, desk: Desk, client: int, boss: Actor, va: Actor, nurse: Actor) -> None:
        earlier, later = two(client)
        with desk.owner() as db:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, 'language', 'x', %s)",
                (client, later, NOW),
            )
        merge(boss, client, earlier, later)

        where = {"client_id": client, "claim_id": later}
        acts = [
            (va, lambda tx: intake.answer_question(
                va, tx, **where, element="language", reason="missing", answer="Polish", at=NOW)),
            (va, lambda tx: intake.correct_fields(
                va, tx, **where, seen={"language": ""}, said={"language": "Polish"}, reason="x", at=NOW)),
            (va, lambda tx: intake.record_death(va, tx, **where, date_of_death=NOW.date(), at=NOW)),
            (va, lambda tx: contact.log_attempt(
                va, tx, **where, party=Party.EMPLOYER, method=Method.PHONE, outcome=Outcome.NO_ANSWER, note=None, at=NOW,
                request=uuid4())),
            (va, lambda tx: contact.log_attempt(
                va, tx, **where, party=Party.WORKER, method=Method.PHONE, outcome=Outcome.VOICEMAIL, note=None, at=NOW,
                request=uuid4(), call_again_at=NOW + HOUR)),
            (va, lambda tx: claim_file.set_network(va, tx, **where, certified=True, at=NOW)),
            (nurse, lambda tx: contact.record_first_contact(
                nurse, tx, **where, held=factories.held(), at=NOW, request=uuid4())),
            (boss, lambda tx: intake.correct_report(
                boss, tx, **where, reported_at=NOW - 2 * HOUR, seen=NOW - HOUR, reason="x", at=NOW)),
            (boss, lambda tx: contact.pause_clock(boss, tx, **where, reason="x", at=NOW)),
        ]  # fmt: skip
        for person, act in acts:
            with pytest.raises(ClaimMerged), transaction(person) as tx:
                act(tx)

    def test_keeps_all_that_was_done_on_it(self, desk: Desk, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        tried(va, client, later)
        correct(va, client, later, language="Polish")
        kept = "select (select count(*) from {0} where claim_id = %s)".format
        tables = ("contact_attempt", "field_change", "claim_narrative", "claim_event")
        before = [one(desk, kept(table), later) for table in tables]

        merge(boss, client, earlier, later)

        assert [one(desk, kept(table), later) for table in tables[:3]] == before[:3]
        assert one(desk, kept("claim_event"), later) == before[3] + 1

    def test_hands_out_its_documents_still(self, desk: Desk, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        with transaction(va) as tx:
            document = claim_file.add(
                va, tx, client_id=client, claim_id=later, name="report.txt", data=b"A report.", received_at=NOW,
                kind=claim_file.DocumentKind.INJURY_REPORT, title="First report", at=NOW,
            )  # fmt: skip
        merge(boss, client, earlier, later)

        with transaction(va) as tx:
            [there] = claim_file.read(va, tx, client, earlier).documents
            assert (there.title, there.claim_id, there.of) == ("First report", later, f"C-{later}")
            claim_file.hand_out_document(
                va, tx, client_id=client, claim_id=later, document_id=document, recipient="Dr. Ames",
                purpose="Treatment", at=NOW,
            )  # fmt: skip
            assert [each.document for each in claim_file.read(va, tx, client, earlier).disclosures] == ["First report"]


class TestTheHistory:
    def test_is_of_both_each_entry_with_the_number_that_it_is_of(self, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        tried(va, client, earlier, ago=2)
        tried(va, client, later)

        merge(boss, client, earlier, later)

        page = opened(boss, client, earlier)
        assert [(entry.kind, entry.of) for entry in page.timeline] == [
            ("merged", None), ("attempt", f"C-{later}"), ("reported", f"C-{later}"), ("attempt", None),
            ("reported", None),
        ]  # fmt: skip
        with transaction(va) as tx:
            assert intake.newest(va, tx, client, earlier).entries == len(page.timeline)

    def test_opens_under_either_number(self, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)

        page = opened(boss, client, later)

        assert (page.header.claim_id, page.led_from) == (earlier, f"C-{later}")
        assert [(each.claim_id, each.by) for each in page.merged] == [(later, boss.name)]
        assert opened(boss, client, earlier).led_from is None

    def test_an_attempt_on_the_other_is_the_last_one_of_the_injury(self, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        tried(va, client, later, outcome=Outcome.NO_ANSWER)
        merge(boss, client, earlier, later)

        with transaction(boss) as tx:
            [row] = queue.queue(boss, tx, at=NOW)
            [item] = worklist.items(boss, tx, at=NOW)
        assert (row.claim_id, row.last_outcome) == (earlier, "no_answer")
        assert (item.claim_id, item.why) == (earlier, "worker/phone/no_answer")

    def test_a_call_promised_on_the_other_is_work_of_the_one_that_is_kept_until_it_is_made(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        tried(va, client, later, outcome=Outcome.REACHED_DEFERRED, call_again_at=NOW + HOUR)
        merge(boss, client, earlier, later)

        def call_backs() -> list[tuple[int, object]]:
            with transaction(va) as tx:
                items = worklist.items(va, tx, at=NOW)
            return [(item.claim_id, item.due_at) for item in items if item.kind == worklist.CALL_BACK]

        assert call_backs() == [(earlier, NOW + HOUR)]
        with transaction(va) as tx:
            worklist.snooze(
                va, tx, client_id=client, claim_id=earlier, kind=worklist.CALL_BACK, until=NOW + HOUR / 2, at=NOW
            )

        tried(va, client, earlier, at=NOW + HOUR)
        assert call_backs() == []


class TestWhatIsFound:
    def test_both_numbers_ours_and_the_clients_and_what_became_of_them(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        correct(va, client, earlier, client_claim_number="Z-1")
        correct(va, client, later, client_claim_number="Z-2")
        merge(boss, client, earlier, later)

        def found(typed: str) -> list[tuple[int, str | None]]:
            with by_key(va) as tx:
                hits = search.find(va, tx, typed, NOW)
            return [(hit.claim_id, hit.merged_into) for hit in hits if hit.way in (Way.NUMBER, Way.CLIENT_NUMBER)]

        assert found(f"C-{later}") == [(later, f"C-{earlier}")]
        assert found(f"C-{earlier}") == [(earlier, None)]
        assert found("Z-2") == [(later, f"C-{earlier}")]
        assert found("Z-1") == [(earlier, None)]

    def test_a_report_that_repeats_the_other_repeats_the_one_that_is_kept(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        correct(va, client, later, client_claim_number="Z-2")
        merge(boss, client, earlier, later, take=[])
        again = intake.Report(
            family_name="Sample", given_name="Robin", date_of_injury=(NOW - HOUR).date(), reported_at=NOW,
            client_claim_number="Z-2",
        )  # fmt: skip

        with pytest.raises(intake.PerhapsReported) as refused, transaction(va) as tx:
            intake.report(va, tx, client_id=client, report=again, at=NOW, request=uuid4())

        [suspect] = refused.value.suspects
        assert (suspect.claim_id, suspect.claim_number, suspect.likeness.certain) == (earlier, f"C-{earlier}", True)


class TestTheQuestionThatLedThere:
    def test_is_answered_by_the_merge_on_whichever_claim_it_was_asked(
        self, desk: Desk, client: int, boss: Actor
    ) -> None:
        earlier, later = two(client)
        asked(desk, client, later, f"The same injury as C-{earlier}? The worker and the date of injury look the same.")

        merge(boss, client, earlier, later)

        assert one(desk, "select answered_by, answered_at from intake_question") == (boss.staff_id, NOW)
        assert one(desk, "select claim_id, detail from claim_event where kind = 'question_answered'") == (
            later, {"element": "same_claim", "reason": "same_injury", "answer": "yes"},
        )  # fmt: skip

    def test_is_answered_also_where_it_was_to_be_asked_again_and_open_once_the_merge_is_undone(
        self, desk: Desk, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        asked(desk, client, earlier, f"The same injury as C-{later}? The worker and the date of injury look the same.")
        with transaction(va) as tx:
            intake.answer_question(
                va, tx, client_id=client, claim_id=earlier, element="same_claim", reason="same_injury",
                unobtainable_why="The employer calls back.", ask_again_at=NOW + timedelta(days=2), at=NOW,
            )  # fmt: skip

        merge(boss, client, earlier, later, at=NOW + HOUR)

        assert rows(
            desk, "select unobtainable_why, answered_at, asked_again_at from intake_question order by question_id"
        ) == [("The employer calls back.", NOW, NOW + HOUR), (None, NOW + HOUR, None)]
        unmerge(boss, client, later, at=NOW + 2 * HOUR)
        assert rows(desk, "select answered_at from intake_question order by question_id") == [NOW, None]

    def test_stays_where_it_is_about_a_third_claim(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        asked(desk, client, earlier, f"The same injury as C-{earlier}{later}? They look the same.")

        merge(boss, client, earlier, later)

        assert one(desk, "select answered_at from intake_question") is None

    def test_waits_for_a_supervisor_once_a_virtual_assistant_says_yes(
        self, desk: Desk, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        asked(desk, client, later, f"The same injury as C-{earlier}? The worker and the date of injury look the same.")
        where = {"client_id": client, "claim_id": later, "element": "same_claim", "at": NOW}

        with transaction(va) as tx:
            intake.answer_question(va, tx, **where, reason="same_injury", answer="yes")

        assert one(desk, "select reason, why from intake_question where answered_at is null") == (
            "to_merge", f"Said to be the same injury as C-{earlier}. A supervisor merges the claims.",
        )  # fmt: skip
        with transaction(boss) as tx:
            assert [each.claim_id for each in notices.notices(boss, tx).to_merge] == [later]
        with transaction(va) as tx:
            assert worklist.INTAKE not in [item.kind for item in worklist.items(va, tx, at=NOW)]
        with pytest.raises(intake.SupervisorMerges), transaction(va) as tx:
            intake.answer_question(va, tx, **where, reason="to_merge", answer="yes")

        merge(boss, client, earlier, later)

        with transaction(boss) as tx:
            assert notices.notices(boss, tx).to_merge == ()

    def test_waits_no_more_where_it_is_another_injury_after_all(self, desk: Desk, client: int, boss: Actor) -> None:
        _, later = two(client)
        asked(desk, client, later, "Said to be the same injury.", "to_merge")

        with transaction(boss) as tx:
            intake.answer_question(
                boss, tx, client_id=client, claim_id=later, element="same_claim", reason="to_merge", answer="no", at=NOW
            )
            assert notices.notices(boss, tx).to_merge == ()


class TestAtTheSameMoment:
    def test_of_two_supervisors_one_merges_and_the_other_is_told(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        another = factories.staff(Role.SUPERVISOR)
        seen = [compare(person, client, claim, f"C-{other}")
                for person, claim, other in ((boss, earlier, later), (another, later, earlier))]  # fmt: skip

        with pytest.raises(merging.MergedAlready):
            meanwhile(
                desk,
                (boss, lambda tx: merging.merge(boss, tx, seen=seen[0], take=[], at=NOW)),
                (another, lambda tx: merging.merge(another, tx, seen=seen[1], take=[], at=NOW)),
            )

        assert one(desk, "select count(*) from claim_event where kind = 'merged'") == 2

    def test_what_somebody_is_doing_on_the_other_claim_comes_first_and_counts(
        self, desk: Desk, client: int, boss: Actor, nurse: Actor
    ) -> None:
        earlier, later = two(client)
        seen = compare(boss, client, earlier, f"C-{later}")
        where = {"client_id": client, "claim_id": later, "held": factories.held(), "request": uuid4()}

        meanwhile(
            desk,
            (nurse, lambda tx: contact.record_first_contact(nurse, tx, **where, at=NOW - HOUR / 2)),
            (boss, lambda tx: merging.merge(boss, tx, seen=seen, take=[], at=NOW)),
        )

        assert one(desk, "select first_contact_by from claim where claim_id = %s", earlier) == nurse.staff_id

    def test_what_somebody_saves_on_the_other_claim_afterwards_is_refused(
        self, desk: Desk, client: int, boss: Actor, nurse: Actor
    ) -> None:
        earlier, later = two(client)
        seen = compare(boss, client, earlier, f"C-{later}")
        where = {"client_id": client, "claim_id": later, "held": factories.held(), "request": uuid4()}

        with pytest.raises(ClaimMerged):
            meanwhile(
                desk,
                (boss, lambda tx: merging.merge(boss, tx, seen=seen, take=[], at=NOW)),
                (nurse, lambda tx: contact.record_first_contact(nurse, tx, **where, at=NOW)),
            )

    def test_what_was_changed_since_they_were_compared_is_compared_again(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        seen = compare(boss, client, earlier, f"C-{later}")
        correct(va, client, later, language="Polish")

        with pytest.raises(merging.ComparedBefore), transaction(boss) as tx:
            merging.merge(boss, tx, seen=seen, take=[], at=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_nobody_but_a_supervisor_compares_merges_or_undoes_it(desk: Desk, client: int, boss: Actor, role: Role) -> None:
    person, (earlier, later) = factories.staff(role, client), two(client)
    seen = compare(boss, client, earlier, f"C-{later}")
    tries = [
        lambda tx: merging.compare(person, tx, client_id=client, claim_id=earlier, number=f"C-{later}"),
        lambda tx: merging.merge(person, tx, seen=seen, take=[], at=NOW),
        lambda tx: merging.unmerge(person, tx, client_id=client, claim_id=later, at=NOW),
    ]
    for act in tries:
        with pytest.raises(NotAllowed), transaction(person) as tx:
            act(tx)

    assert one(desk, "select count(*) from audit_event where verb = 'refused'") == 3


def test_comparing_is_a_look_at_the_other_claims_worker(desk: Desk, client: int, boss: Actor) -> None:
    earlier, later = two(client)

    compare(boss, client, earlier, f"C-{later}")

    assert one(desk, "select actor_id, noun, detail from audit_event where verb = 'read'") == (
        boss.staff_id, "injured_worker", {"claim": later},
    )  # fmt: skip
