"""Where claims go when the right to hold them ends."""

import json

import psycopg
import pytest

from core import assignment, staff
from core.access import Actor, NotAllowed, Role
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.core.staff.signing_in import MINUTE
from tests.factories import NOW


class TestWhatIsHeld:
    """What a person holds ends with the right to hold it: shown before, told where it goes, on the record."""

    @pytest.fixture
    def acme(self, desk: Desk) -> int:
        return factories.client("ACME")

    @pytest.fixture
    def beta(self, desk: Desk) -> int:
        return factories.client("BETA")

    @pytest.fixture
    def holder(self, acme: int, beta: int) -> Actor:
        return factories.staff(Role.VA, acme, beta)

    @pytest.fixture
    def claims(self, acme: int, beta: int, holder: Actor) -> dict[str, int]:
        return {
            "late": factories.claim(acme, assignee=holder.staff_id, due_at=NOW - MINUTE),
            "acme": factories.claim(acme, assignee=holder.staff_id),
            "beta": factories.claim(beta, assignee=holder.staff_id),
        }

    def whose(self, desk: Desk, claims: dict[str, int]) -> dict[str, int | None]:
        with desk.owner() as db:
            found = dict(db.execute("select claim_id, assignee_id from claim").fetchall())
        return {name: found[claim] for name, claim in claims.items()}

    def test_is_seen_by_client_with_how_many_are_overdue(self, administrator, holder, claims, acme, beta) -> None:
        with transaction(administrator) as tx:
            held = assignment.held(administrator, tx, holder.staff_id, at=NOW)

        assert [(each.code, each.claims, each.overdue) for each in held] == [("ACME", 2, 1), ("BETA", 1, 0)]

    def test_a_pause_since_before_the_deadline_is_not_overdue_and_one_since_after_it_is(
        self, desk, administrator, holder, acme
    ) -> None:
        for minutes in (-30, -90):
            claim = factories.claim(acme, assignee=holder.staff_id, due_at=NOW + minutes * MINUTE)
            with desk.owner() as db:
                db.execute(
                    "insert into clock_pause (client_id, claim_id, starts_at, reason, set_by) values (%s, %s, %s, 'x', 1)",
                    (acme, claim, NOW - 60 * MINUTE),
                )
        with transaction(administrator) as tx:
            [held] = assignment.held(administrator, tx, holder.staff_id, at=NOW)

        assert (held.claims, held.overdue) == (2, 1)

    def test_does_not_count_what_is_over(self, desk, administrator, holder, acme) -> None:
        nurse = factories.staff(Role.CLINICAL, acme)
        reached = factories.claim(acme, assignee=holder.staff_id, first_contact_at=NOW, first_contact_by=nurse.staff_id)
        with transaction(administrator) as tx:
            assert assignment.held(administrator, tx, holder.staff_id, at=NOW) == []
            staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        assert self.whose(desk, {"reached": reached}) == {"reached": holder.staff_id}, "figures go by who had it"

    def test_goes_to_nobody_yet_when_the_person_is_disabled(self, desk, administrator, holder, claims) -> None:
        with transaction(administrator) as tx:
            done = staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        assert done == (0, 3)
        assert set(self.whose(desk, claims).values()) == {None}

    def test_each_claim_says_so_on_its_timeline_and_on_the_record(self, desk, administrator, holder, claims) -> None:
        with transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)

        change = {"from": holder.staff_id, "to": None, "why": "disabled"}
        with desk.owner() as db:
            told = db.execute("select claim_id, by_id, detail from claim_event where kind = 'taken_back'").fetchall()
            recorded = db.execute(
                "select noun_id, actor_id, detail from audit_event where verb = 'taken_back' and noun = 'claim'"
            ).fetchall()
        assert sorted(told, key=str) == sorted(recorded, key=str)
        assert sorted(told, key=str) == sorted(
            [(claim, administrator.staff_id, change) for claim in claims.values()], key=str
        )

    @pytest.mark.parametrize(
        "ended",
        [
            lambda **whose: staff.disable(**whose),
            lambda **whose: staff.change_role(**whose, role=Role.COMPLIANCE),
            lambda **whose: staff.set_clients(**whose, client_ids=frozenset()),
        ],
        ids=["disabled", "another role", "clients taken away"],
    )
    def test_goes_to_a_colleague_who_serves_those_clients_where_that_is_said(
        self, desk, administrator, holder, claims, acme, beta, ended
    ) -> None:
        colleague = factories.staff(Role.VA, acme, beta)
        with transaction(administrator) as tx:
            ended(actor=administrator, tx=tx, staff_id=holder.staff_id, to=colleague.staff_id, at=NOW)

        assert set(self.whose(desk, claims).values()) == {colleague.staff_id}

    def test_every_open_list_hears_of_it(self, desk, administrator, holder, claims, acme, beta) -> None:
        with desk.app() as listener:
            listener.execute("listen desk_claim")
            with transaction(administrator) as tx:
                staff.disable(administrator, tx, staff_id=holder.staff_id, at=NOW)
            heard = [json.loads(each.payload) for each in listener.notifies(timeout=5, stop_after=2)]
        assert heard == [{"client": client, "claims": None} for client in (acme, beta)]

    @pytest.mark.parametrize(
        ("role", "serves", "refusal"),
        [
            (Role.VA, "one", assignment.DoesNotServe),
            (Role.COMPLIANCE, "both", assignment.CannotTakeClaims),
            (Role.VA, "disabled", assignment.PersonDisabled),
            (Role.VA, "itself", assignment.PersonDisabled),
        ],
    )
    def test_goes_to_nobody_who_cannot_hold_all_of_it_and_nothing_is_changed_then(
        self, desk, administrator, holder, claims, acme, beta, role: Role, serves: str, refusal: type[Exception]
    ) -> None:
        to = factories.staff(role, *([acme] if serves == "one" else [acme, beta])).staff_id
        if serves == "disabled":
            with desk.owner() as db:
                db.execute("update staff set active = false where staff_id = %s", (to,))
        to = holder.staff_id if serves == "itself" else to

        with pytest.raises(refusal), transaction(administrator) as tx:
            staff.disable(administrator, tx, staff_id=holder.staff_id, to=to, at=NOW)

        assert set(self.whose(desk, claims).values()) == {holder.staff_id}
        with desk.owner() as db:
            assert db.execute("select active from staff where staff_id = %s", (holder.staff_id,)).fetchone() == (True,)

    def test_of_a_client_that_is_taken_away_goes_and_the_rest_stays(
        self, desk, administrator, holder, claims, acme, beta
    ) -> None:
        colleague = factories.staff(Role.CLINICAL, acme)
        with transaction(administrator) as tx:
            moved = staff.set_clients(
                administrator, tx, staff_id=holder.staff_id, client_ids=frozenset({beta}), to=colleague.staff_id, at=NOW
            )

        assert moved == 2
        assert self.whose(desk, claims) == {
            "late": colleague.staff_id, "acme": colleague.staff_id, "beta": holder.staff_id,
        }  # fmt: skip

    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE, Role.ADMINISTRATOR])
    def test_goes_with_a_role_that_holds_no_claims(self, desk, administrator, holder, claims, role: Role) -> None:
        with transaction(administrator) as tx:
            assert staff.change_role(administrator, tx, staff_id=holder.staff_id, role=role, at=NOW) == 3

        assert set(self.whose(desk, claims).values()) == {None}

    @pytest.mark.parametrize("role", [Role.CLINICAL, Role.SUPERVISOR])
    def test_stays_with_a_role_that_holds_them(self, desk, administrator, holder, claims, role: Role) -> None:
        with transaction(administrator) as tx:
            assert staff.change_role(administrator, tx, staff_id=holder.staff_id, role=role, at=NOW) == 0

        assert set(self.whose(desk, claims).values()) == {holder.staff_id}

    def test_of_a_supervisor_who_becomes_a_va_goes_but_for_the_clients_served(
        self, desk, administrator, acme, beta
    ) -> None:
        boss = factories.staff(Role.SUPERVISOR, acme)
        mine, other = factories.claim(acme, assignee=boss.staff_id), factories.claim(beta, assignee=boss.staff_id)
        with transaction(administrator) as tx:
            staff.change_role(administrator, tx, staff_id=boss.staff_id, role=Role.VA, at=NOW)

        assert self.whose(desk, {"mine": mine, "other": other}) == {"mine": boss.staff_id, "other": None}

    @pytest.mark.parametrize(
        ("before", "serves", "after", "given", "left"),
        [
            (Role.SUPERVISOR, False, Role.VA, True, {"late", "acme"}),
            (Role.VA, True, Role.SUPERVISOR, False, {"late", "acme", "beta"}),
            (Role.VA, True, Role.CLINICAL, True, {"late", "acme"}),
            (Role.VA, True, Role.COMPLIANCE, True, set()),
        ],
    )
    def test_stays_where_role_and_clients_change_at_once_and_it_can_be_held_in_the_end(
        self, desk, administrator, acme, beta, before: Role, serves: bool, after: Role, given: bool, left: set[str]
    ) -> None:
        person = factories.staff(before, *((acme, beta) if serves else ()))
        claims = {
            "late": factories.claim(acme, assignee=person.staff_id),
            "acme": factories.claim(acme, assignee=person.staff_id),
            "beta": factories.claim(beta, assignee=person.staff_id),
        }
        client_ids = frozenset({acme} if given else ())
        with transaction(administrator) as tx:
            moved = staff.set_role_and_clients(
                administrator, tx, seen=1, staff_id=person.staff_id, role=after, client_ids=client_ids, at=NOW
            )

        assert {name for name, whose in self.whose(desk, claims).items() if whose} == left
        assert moved == 3 - len(left)
        with desk.owner() as db:
            held = db.execute("select count(*) from claim where assignee_id is not null").fetchone()
            role = db.execute("select role from staff where staff_id = %s", (person.staff_id,)).fetchone()
        assert (held, role) == ((len(left),), (after.value,))

    @pytest.mark.parametrize("role", list(Role))
    def test_what_is_said_beforehand_to_be_lost_is_what_is_lost(
        self, desk, administrator, holder, claims, acme, beta, role: Role
    ) -> None:
        covered = factories.client()
        factories.cover(covered, holder)
        factories.claim(covered, assignee=holder.staff_id)
        with transaction(administrator) as tx:
            said = assignment.lost(assignment.held(administrator, tx, holder.staff_id, at=NOW), role, frozenset({beta}))
            moved = staff.set_role_and_clients(
                administrator, tx, seen=1, staff_id=holder.staff_id, role=role, client_ids=frozenset({beta}), at=NOW
            )

        assert sum(each.claims for each in said) == moved

    def test_by_cover_stays_when_a_client_is_taken_away(self, desk, administrator, holder, claims, acme, beta) -> None:
        covered = factories.client()
        factories.cover(covered, holder)
        claim = factories.claim(covered, assignee=holder.staff_id)
        with transaction(administrator) as tx:
            staff.set_clients(administrator, tx, staff_id=holder.staff_id, client_ids=frozenset(), at=NOW)

        assert self.whose(desk, claims | {"covered": claim}) == dict.fromkeys(claims) | {"covered": holder.staff_id}

    @pytest.mark.parametrize(
        ("statement", "left"),
        [
            ("update staff set active = false where staff_id = %s", set()),
            ("update staff set role = 'compliance' where staff_id = %s", set()),
            ("delete from staff_client where staff_id = %s and client_id = {acme}", {"beta"}),
        ],
        ids=["disabled", "another role", "a client taken away"],
    )
    @pytest.mark.parametrize("hand", ["an administrator's", "the owner's"])
    def test_goes_back_also_where_the_right_is_ended_by_sql_typed_by_hand(
        self, desk, administrator, holder, claims, acme, statement: str, left: set[str], hand: str
    ) -> None:
        with desk.owner() if hand == "the owner's" else desk.app(administrator.staff_id) as db:
            db.execute(statement.format(acme=acme), (holder.staff_id,))

        assert {name for name, whose in self.whose(desk, claims).items() if whose} == left
        with desk.owner() as db:
            events = db.execute("select count(*) from claim_event where kind = 'taken_back'").fetchone()
        assert events == (3 - len(left),)

    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.SUPERVISOR)])
    def test_is_nobody_elses_to_see_or_to_move(self, desk, holder, claims, acme, beta, role: Role) -> None:
        person = factories.staff(role, acme, beta)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            assignment.held(person, tx, holder.staff_id, at=NOW)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            assignment.let_go(person, tx, staff_id=holder.staff_id, to=None, at=NOW)
        with desk.app(person.staff_id) as db:
            assert db.execute("select * from desk_held(%s, now())", (holder.staff_id,)).fetchall() == []
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute("select desk_let_go(%s, null)", (holder.staff_id,))

    def test_successors_are_those_who_can_hold_all_of_it(self, desk, administrator, holder, acme, beta) -> None:
        both, covering = factories.staff(Role.VA, acme, beta), factories.staff(Role.VA, acme)
        factories.cover(beta, covering)
        factories.staff(Role.VA, beta)
        factories.staff(Role.COMPLIANCE)
        boss, gone = factories.staff(Role.SUPERVISOR), factories.staff(Role.VA, acme, beta)
        with desk.owner() as db:
            db.execute("update staff set active = false where staff_id = %s", (gone.staff_id,))

        with transaction(administrator) as tx:
            found = assignment.successors(administrator, tx, clients={acme, beta}, but=holder.staff_id)

        assert {each.staff_id for each in found} == {both.staff_id, covering.staff_id, boss.staff_id}
