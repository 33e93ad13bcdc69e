"""What there is to do: derived from the records, in the order of what is due, for a scope and for a person."""

from functools import partial
from uuid import uuid4

import pytest

from core import contact, worklist
from core.access import NotAllowed, Role
from core.contact import Method, Outcome, Party
from core.intake import BRIEFLY, ELEMENTS
from core.narrowing import NONE, Filter
from core.transactions import transaction
from core.worklist import CALL_BACK, INTAKE, KINDS, Arm, WorkKind, lists, marks, reading
from tests import factories
from tests.core.contact.work import log
from tests.core.worklist.work import HOUR, asked, due, items
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("desk")


class TestWhatThereIs:
    def test_a_first_contact_to_attempt_and_an_intake_to_complete_by_what_is_due_first(self, desk, client, va) -> None:
        later, sooner = due(client, 30), due(client, 2)
        asked(desk, client, sooner, "language", "birth_date", at=NOW - HOUR)

        found = items(va)

        assert [(item.claim_id, item.kind) for item in found] == [(sooner, 1), (sooner, 2), (later, 1)]
        assert found[1].elements == ["birth_date", "language"]
        assert found[1].due_at == NOW + 23 * HOUR

    def test_what_is_done_is_no_item(self, desk, client, va) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        reached = due(client, 2, first_contact_at=NOW, first_contact_by=nurse.staff_id)
        closed = due(client, 3)
        asked(desk, client, closed, "language")
        asked(desk, client, reached, "language")
        with desk.owner() as db:
            db.execute("update claim set closed_at = %s, closed_why = 'x' where claim_id = %s", (NOW, closed))

        assert [(item.claim_id, item.kind) for item in items(va)] == [(reached, 2)]

    def test_what_is_left_open_on_closed_claims_takes_no_place_of_anothers(self, desk, client, va) -> None:
        waiting, closed = due(client, 2), due(client, 3)
        asked(desk, client, closed, *list(BRIEFLY)[:5], at=NOW - 30 * HOUR)
        asked(desk, client, waiting, "language")
        for hours, claim in ((1, closed), (2, closed), (3, closed), (4, waiting)):
            log(va, client, claim, Outcome.VOICEMAIL, call_again_at=NOW + hours * HOUR, party=list(Party)[hours - 1])
        with desk.owner() as db:
            db.execute("update claim set closed_at = %s, closed_why = 'x' where claim_id = %s", (NOW, closed))

        for kind in (INTAKE, CALL_BACK):
            [of_kind] = [each for each in KINDS if each.arm.number == kind]
            assert [item.claim_id for item in items(va, most=1, kinds=[of_kind])] == [waiting]

    def test_it_says_what_was_tried_last(self, client, va) -> None:
        claim = due(client, 2)
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
                outcome=Outcome.VOICEMAIL, note=None, at=NOW, request=uuid4(),
            )  # fmt: skip

        [item] = items(va)

        assert (item.at, item.why) == (NOW, "worker/phone/voicemail")
        assert worklist.KINDS[0].why(item) == ("Voicemail", "Last attempt: Worker, phone, voicemail")

    def test_is_due_soon_by_the_clock_of_the_claim_and_a_call_four_hours_before(self, client, va) -> None:
        claim = factories.claim(client, reported_at=NOW - 22 * HOUR, due_at=NOW + 2 * HOUR)
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=claim, party=Party.WORKER, method=Method.PHONE,
                outcome=Outcome.REACHED_DEFERRED, note=None, at=NOW, call_again_at=NOW + HOUR / 5, request=uuid4(),
            )  # fmt: skip

        assert [(item.kind, worklist.soon_by(item)) for item in items(va)] == [(3, 4 * HOUR), (1, 4 * HOUR)]
        with transaction(va) as tx:
            assert worklist.read(va, tx, NOW).counts["soon"] == 2

    def test_each_role_sees_the_items_of_its_clients(self, client, va) -> None:
        mine, theirs = due(client, 1), due(factories.client(), 2)

        assert [item.claim_id for item in items(va)] == [mine]
        assert [item.claim_id for item in items(factories.staff(Role.SUPERVISOR))] == [mine, theirs]

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_other_roles_have_none(self, role: Role) -> None:
        with pytest.raises(NotAllowed):
            items(factories.staff(role))


class TestAKindMore:
    """A query and its words, among the kinds that there are; nothing else changes."""

    ARM = Arm(90, """
        select client_id, claim_id, reported_at + interval '6 hours' as due_at, reported_at as at, 'owed' as why,
               '{{}}'::text[] as elements
          from claim where closed_at is null {scope} order by due_at, claim_id limit :most
    """)  # fmt: skip
    LETTER = WorkKind("letter", "Letter", ARM, lambda item: ("A letter is owed", "A letter is owed to the employer"))

    @pytest.fixture(autouse=True)
    def registered(self, monkeypatch) -> None:
        monkeypatch.setattr(reading, "KINDS", (*worklist.KINDS, self.LETTER))
        monkeypatch.setitem(lists._BY_NUMBER, self.ARM.number, self.LETTER)
        monkeypatch.setitem(marks._CODES, self.ARM.number, self.LETTER.code)

    def test_is_found_ordered_and_listed_like_the_others(self, client, va) -> None:
        first, second = due(client, 1), due(client, 9)

        assert [(item.claim_id, item.kind) for item in items(va)] == [
            (first, 1),
            (first, 90),
            (second, 90),
            (second, 1),
        ]
        with transaction(va) as tx:
            found = worklist.read(va, tx, NOW)
        assert found.counts["open"] == 4
        cells = worklist.MY_WORK.source.cells(found.rows[client, first, 90])
        assert cells[2] == "letter"
        assert cells[3][1:] == ("A letter is owed", "A letter is owed to the employer")

    def test_is_what_comes_next_and_counts_as_load(self, client, va) -> None:
        nurse = factories.staff(Role.CLINICAL, client)
        first = due(client, 1)
        owed = due(client, 2, first_contact_at=NOW, first_contact_by=nurse.staff_id, assignee=va.staff_id)

        with transaction(va) as tx:
            following = worklist.following(
                va, tx, client_id=client, claim_id=first, everybody=False, only=Filter(), at=NOW
            )
            assert worklist.load(tx) == {va.staff_id: 1}
        assert following == (client, owed)

    def test_is_put_aside_and_taken_up_again(self, client, va) -> None:
        claim = due(client, 9)
        of_it = {"client_id": client, "claim_id": claim, "kind": self.ARM.number}
        for put_aside in (
            partial(worklist.snooze, until=NOW + HOUR, at=NOW),
            partial(worklist.skip, reason="No stamps left.", at=NOW),
            worklist.take_up,
        ):
            with transaction(va) as tx:
                put_aside(va, tx, **of_it)
            marked = [item.kind for item in items(va) if item.marks]
            assert marked == ([] if put_aside is worklist.take_up else [self.ARM.number])


class TestWhatIsNext:
    def _after(self, actor, client: int, claim: int, *, everybody: bool = False, **choices: str) -> int | None:
        only = Filter(**choices)
        with transaction(actor) as tx:
            found = worklist.following(
                actor, tx, client_id=client, claim_id=claim, everybody=everybody, only=only, at=NOW
            )  # fmt: skip
        return found[1] if found else None

    def test_the_claim_due_after_this_one_of_ones_own_and_nobodys_and_behind_the_last_the_first(
        self, client, va
    ) -> None:
        other = factories.staff(Role.VA, client)
        first, theirs, last = (
            due(client, 1),
            due(client, 2, assignee=other.staff_id),
            due(client, 3, assignee=va.staff_id),
        )

        assert self._after(va, client, first) == last
        assert self._after(va, client, first, everybody=True) == theirs
        assert self._after(va, client, last) == first

    def test_not_the_same_claim_for_another_kind_of_work_nor_what_one_put_aside(self, desk, client, va) -> None:
        first, aside, last = due(client, 1), due(client, 5), due(client, 9)
        asked(desk, client, first, "language")
        with transaction(va) as tx:
            worklist.snooze(
                va, tx, client_id=client, claim_id=aside, kind=1, until=NOW + HOUR, at=NOW
            )  # fmt: skip

        assert self._after(va, client, first) == last

    def test_of_what_the_list_was_narrowed_to(self, desk, client, va) -> None:
        here = due(client, -1)
        soon = factories.claim(
            client, reported_at=NOW - 22 * HOUR, due_at=NOW + 2 * HOUR, assignee=va.staff_id, jurisdiction="CA"
        )
        to_ask, called = due(client, 30, jurisdiction=None), due(client, 40)
        asked(desk, client, to_ask, "language")
        log(va, client, called, Outcome.REACHED_DEFERRED, call_again_at=NOW + 50 * HOUR)

        def after(**choices: str) -> int | None:
            return self._after(va, client, here, **choices)

        assert after(what="first_contact") == soon
        assert after(what="intake") == to_ask
        assert after(what="call_back") == called
        assert after(jurisdiction=NONE) == to_ask
        assert after(jurisdiction="CA") == after(who=str(va.staff_id)) == after(figure="mine") == soon
        assert after(figure="unassigned", what="first_contact") == to_ask
        assert after(figure="soon") == soon
        assert after(figure="overdue") is None
        assert self._after(va, client, soon, figure="overdue") == here

    def test_where_nothing_else_is_left_nothing(self, client, va) -> None:
        assert self._after(va, client, due(client, 1)) is None


class TestTheList:
    def test_counts_what_there_is_and_holds_no_word_of_the_worker(self, client, va) -> None:
        due(client, -1)
        due(client, 2, assignee=va.staff_id)
        due(client, 30)

        with transaction(va) as tx:
            found = worklist.read(va, tx, NOW)

        assert found.counts == {"open": 3, "unassigned": 2, "soon": 0, "overdue": 1}
        cells = [worklist.MY_WORK.source.cells(row) for row in found.rows.values()]
        assert "Robin" not in str(cells)
        assert {len(row) for row in cells} == {len(worklist.MY_WORK.source.columns)}

    def test_says_what_is_due_soon_by_the_promise_whoever_tried_meanwhile(self, client, va) -> None:
        claim = factories.claim(client, reported_at=NOW - 21 * HOUR, due_at=NOW + 3 * HOUR)
        log(va, client, claim, Outcome.REACHED_DEFERRED, call_again_at=NOW + HOUR / 2)

        with transaction(va) as tx:
            found = worklist.read(va, tx, NOW)

        assert found.counts["soon"] == 2
        assert [reading.soon_by(row) for row in found.rows.values()] == [4 * HOUR, 4 * HOUR]

    def test_counts_also_those_that_are_too_many_to_show(self, client, va) -> None:
        for hours in (1, 2, 3):
            due(client, hours)

        with transaction(va) as tx:
            found = worklist.read(va, tx, NOW, most=2)

        assert (len(found.rows), found.counts["open"]) == (2, 3)

    def test_counts_also_those_whose_questions_are_behind_many_others(self, desk, client, va) -> None:
        first, second = (due(client, hours, first_contact_at=NOW, first_contact_by=1) for hours in (1, 2))
        asked(desk, client, first, *list(ELEMENTS)[:8], at=NOW - 30 * HOUR)
        asked(desk, client, second, "language", at=NOW - HOUR)

        with transaction(va) as tx:
            found = worklist.read(va, tx, NOW, most=2)

        assert [key[1] for key in found.rows] == [first]
        assert found.counts == {"open": 2}

    @pytest.mark.parametrize(
        ("shown", "known"),
        [
            (1, {"open": 4}),
            (2, {"open": 4, "overdue": 1}),
            (3, {"open": 4, "overdue": 1, "soon": 1}),
            (4, {"open": 4, "overdue": 1, "soon": 1, "unassigned": 3}),
        ],
    )
    def test_of_too_many_it_counts_nothing_of_which_there_may_be_more(
        self, client, va, shown: int, known: dict[str, int]
    ) -> None:
        due(client, -1)
        factories.claim(client, reported_at=NOW - 22 * HOUR, due_at=NOW + 2 * HOUR)
        due(client, 4, assignee=va.staff_id)
        due(client, 30)

        with transaction(va) as tx:
            counts = worklist.read(va, tx, NOW, most=shown).counts

        assert counts == known
