"""Undoing a merge: both claims are as they were, as long as nothing happened since that one of them would lack."""

from uuid import uuid4

import psycopg
import pytest

from core import closing, contact, intake, merging, queue, search
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.transactions import by_key, transaction
from tests import factories
from tests.conftest import Desk
from tests.core.merging.two import HOUR, asked, correct, merge, one, opened, rows, two, unmerge
from tests.factories import NOW
from tests.two_at_once import meanwhile

STATE = (
    "select c.claim_id, c.due_at, c.assignee_id, c.first_contact_at, c.first_contact_by, c.closed_at, c.closed_why,"
    " c.closed_by, c.merged_into, w.phone, w.language,"
    " (select count(*) from intake_question q where q.claim_id = c.claim_id and q.answered_at is null)"
    " from claim c join injured_worker w using (client_id, worker_id) order by 1"
)


def reached(nurse: Actor, client: int, claim: int, *, at) -> None:
    with transaction(nurse) as tx:
        contact.record_first_contact(
            nurse,
            tx,
            client_id=client,
            claim_id=claim,
            held=factories.held(incomplete_why="Urgent"),
            at=at,
            request=uuid4(),
        )


class TestUndoing:
    def test_puts_both_back_as_they_were(self, desk: Desk, client: int, boss: Actor, va: Actor, nurse: Actor) -> None:
        earlier, later = two(client, assignee=va.staff_id)
        correct(va, client, later, phone="(312) 555-0177", language="Polish")
        asked(desk, client, later, f"The same injury as C-{earlier}? They look the same.")
        with desk.owner() as db:
            db.execute(
                "insert into intake_question (client_id, claim_id, element, why, opened_at)"
                " values (%s, %s, 'language', 'x', %s)",
                (client, earlier, NOW - HOUR),
            )
        reached(nurse, client, later, at=NOW - HOUR / 2)
        before = rows(desk, STATE)
        merge(boss, client, earlier, later, take=["phone", "language"])
        assert rows(desk, STATE) != before

        unmerge(boss, client, later)

        assert rows(desk, STATE) == before
        assert one(desk, "select sum(reported)::int, sum(contacted)::int from fact_delta") == (2, 1)
        with transaction(boss) as tx:
            assert [row.claim_id for row in queue.queue(boss, tx, at=NOW)] == [earlier]
        with by_key(va) as tx:
            assert [hit.merged_into for hit in search.find(va, tx, f"C-{later}", NOW)] == [None]
        assert opened(va, client, later).led_from is None

    def test_says_so_on_both_timelines_and_on_the_record(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)

        unmerge(boss, client, later)

        told = [(earlier, boss.staff_id, {"other": f"C-{later}"}), (later, boss.staff_id, {"into": f"C-{earlier}"})]
        of_undoing = "where {} = 'merge_undone' order by 1".format
        assert rows(desk, "select claim_id, by_id, detail from claim_event " + of_undoing("kind")) == told
        assert rows(desk, "select noun_id, actor_id, detail from audit_event " + of_undoing("verb")) == told
        assert [entry.kind for entry in opened(boss, client, later).timeline] == ["merge_undone", "merged", "reported"]

    def test_leaves_on_the_claim_that_was_kept_what_was_tried_there_since(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=earlier, party=Party.WORKER, method=Method.PHONE,
                outcome=Outcome.NO_ANSWER, note=None, at=NOW + HOUR / 2, request=uuid4(),
            )  # fmt: skip

        unmerge(boss, client, later)

        assert "attempt" in [entry.kind for entry in opened(va, client, earlier).timeline]
        assert "attempt" not in [entry.kind for entry in opened(va, client, later).timeline]

    def test_lets_the_first_contact_be_struck_where_it_was_made(
        self, desk: Desk, client: int, boss: Actor, nurse: Actor
    ) -> None:
        earlier, later = two(client)
        reached(nurse, client, later, at=NOW - HOUR / 2)
        merge(boss, client, earlier, later)
        unmerge(boss, client, later)

        with transaction(boss) as tx:
            contact.strike_first_contact(boss, tx, client_id=client, claim_id=later, reason="A mistake.")
        merge(boss, client, earlier, later, at=NOW + 2 * HOUR)

        assert one(desk, "select first_contact_at from claim where claim_id = %s", earlier) is None

    def test_is_of_one_of_several_merged_claims(self, desk: Desk, client: int, boss: Actor, va: Actor) -> None:
        earlier, later = two(client)
        third = factories.claim(client, reported_at=NOW - HOUR / 2)
        correct(va, client, later, language="Polish")
        merge(boss, client, earlier, later)
        merge(boss, client, earlier, third, at=NOW + HOUR / 4)

        unmerge(boss, client, third)

        assert rows(desk, "select claim_id from claim where merged_into = %s", earlier) == [later]
        assert opened(boss, client, earlier).fields["language"] == "Polish"

    def test_leaves_it_with_nobody_where_its_holder_could_not_hold_it_any_more(
        self, desk: Desk, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client, assignee=va.staff_id)
        merge(boss, client, earlier, later)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (va.staff_id,))

        unmerge(boss, client, later)

        assert one(desk, "select assignee_id from claim where claim_id = %s", later) is None

    def test_is_not_done_twice_nor_of_a_claim_of_its_own(self, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        with pytest.raises(merging.NotMerged):
            unmerge(boss, client, later)
        merge(boss, client, earlier, later)
        with pytest.raises(merging.NotMerged):
            unmerge(boss, client, earlier)
        unmerge(boss, client, later)
        with pytest.raises(merging.NotMerged):
            unmerge(boss, client, later)

    def test_of_two_supervisors_one_undoes_it_and_the_other_is_told(self, desk: Desk, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        another = factories.staff(Role.SUPERVISOR)

        def undo(person: Actor):
            return person, lambda tx: merging.unmerge(person, tx, client_id=client, claim_id=later, at=NOW + HOUR)

        with pytest.raises(merging.NotMerged):
            meanwhile(desk, undo(boss), undo(another))


class TestWhatStandsAgainstIt:
    def test_a_first_contact_since(self, desk: Desk, client: int, boss: Actor, nurse: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        reached(nurse, client, earlier, at=NOW + HOUR / 2)

        says = rf"^C-{earlier} has gone on since the merge: its worker was reached\.$"
        with pytest.raises(merging.WorkedOnSince, match=says):
            unmerge(boss, client, later)
        with desk.app(boss.staff_id) as db, pytest.raises(psycopg.errors.CheckViolation):
            db.execute("select desk_unmerge_claims(%s, %s, %s)", (client, later, NOW + HOUR))

    def test_a_first_contact_from_before_does_not(self, client: int, boss: Actor, nurse: Actor) -> None:
        earlier, later = two(client)
        reached(nurse, client, earlier, at=NOW - 2 * HOUR)
        merge(boss, client, earlier, later)

        unmerge(boss, client, later)

        assert opened(boss, client, earlier).header.first_contact_at == NOW - 2 * HOUR

    def test_a_death_since(self, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        with transaction(boss) as tx:
            intake.record_death(
                boss, tx, client_id=client, claim_id=earlier, date_of_death=NOW.date(), at=NOW + HOUR / 2
            )

        with pytest.raises(merging.WorkedOnSince, match="a death was recorded"):
            unmerge(boss, client, later)

    def test_a_correction_since_of_what_was_taken_and_of_nothing_else(
        self, client: int, boss: Actor, va: Actor
    ) -> None:
        earlier, later = two(client)
        correct(va, client, later, language="Polish", phone="(312) 555-0177")
        merge(boss, client, earlier, later)
        correct(va, client, earlier, at=NOW + HOUR / 4, phone="(312) 555-0188")
        correct(va, client, earlier, at=NOW + HOUR / 3, language="Czech")

        with pytest.raises(merging.WorkedOnSince, match=r"since the merge: language was corrected\.$"):
            unmerge(boss, client, later)
        correct(va, client, earlier, at=NOW + HOUR / 2, language="Polish")
        unmerge(boss, client, later)

        assert opened(boss, client, earlier).fields["phone"] == "+13125550188"
        assert opened(boss, client, earlier).fields["language"] == ""

    def test_its_being_closed_until_it_is_reopened(self, client: int, boss: Actor) -> None:
        earlier, later = two(client)
        merge(boss, client, earlier, later)
        with transaction(boss) as tx:
            closing.close(boss, tx, client_id=client, claim_id=earlier, reason="Withdrawn")

        with pytest.raises(merging.WorkedOnSince, match="it was closed: reopen it first"):
            unmerge(boss, client, later)
        with transaction(boss) as tx:
            closing.reopen(boss, tx, client_id=client, claim_id=earlier, reason="A mistake")
        unmerge(boss, client, later)
