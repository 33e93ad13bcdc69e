"""Who sees which counts of open requests, who opens them, and what is withheld from whom."""

from collections import Counter
from dataclasses import replace

import pytest

from core import authorization_aging
from core.access import Actor, NotAllowed, Role
from core.authorization_aging import By, Cell, Left, NotByPerson, Picture, Question
from core.transactions import transaction
from tests import factories
from tests.core.authorization_aging.requests import DAY, EVERY, HOUR, look, request
from tests.factories import NOW

LAPSED = {"due_at": NOW - DAY, "received_at": NOW - 2 * DAY}


@pytest.fixture
def client(desk) -> int:
    return factories.client()


def many(client: int, number: int, **how) -> None:
    claim = factories.claim(client)
    for _ in range(number):
        request(client, claim=claim, **how)


class TestWhoSees:
    def test_a_va_and_clinical_staff_see_those_of_the_clients_served(self, client) -> None:
        other = factories.client()
        many(client, 1, **LAPSED)
        many(other, 2, **LAPSED)
        for role in (Role.VA, Role.CLINICAL):
            person = factories.staff(role, client)
            assert look(person).open == 1
            assert look(person, Question(clients=frozenset({other}))).open == 0
            assert [each.client_id for each in rows(person)] == [client]
        assert look(factories.staff(Role.SUPERVISOR)).open == 3

    def test_by_hand_the_database_answers_of_no_other_client(self, desk, client) -> None:
        many(factories.client(), 5, **LAPSED)
        for role in (Role.VA, Role.CLINICAL, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR):
            person = factories.staff(role, client)
            with desk.app(person.staff_id) as db:
                assert counted_by_hand(db, "client") == []
                assert db.execute("select * from authorization_request").fetchall() == []

    def test_an_account_executive_sees_counts_and_never_a_request(self, desk, client) -> None:
        many(client, 6, **LAPSED)
        many(factories.client(), 6, **LAPSED)
        executive = factories.staff(Role.ACCOUNT_EXECUTIVE, client)
        assert look(executive).of(Left.LAPSED) == 6
        with pytest.raises(NotAllowed):
            rows(executive)
        with pytest.raises(NotAllowed), transaction(executive) as tx:
            authorization_aging.slow(executive, tx, EVERY, By.PROVIDER, at=NOW)
        with desk.app(executive.staff_id) as db:
            assert db.execute("select * from authorization_request").fetchall() == []
            assert counted_by_hand(db, "client") != []
            assert counted_by_hand(db, "provider") == [], "counts by person are for who reads requests"

    @pytest.mark.parametrize("by", [By.REVIEWER, By.PROVIDER])
    @pytest.mark.parametrize("role", [Role.ACCOUNT_EXECUTIVE, Role.COMPLIANCE])
    def test_who_opens_no_requests_tells_them_apart_by_no_person(self, client, role: Role, by: By) -> None:
        with pytest.raises(NotByPerson):
            look(factories.staff(role, client), Question(by))

    def test_an_administrator_sees_none(self, client) -> None:
        with pytest.raises(NotAllowed):
            look(factories.staff(Role.ADMINISTRATOR, client))


class TestWhatIsWithheld:
    """From account executives and compliance, as of First contact: figures of fewer than five, and what shields them."""

    @pytest.fixture
    def executive(self, client) -> Actor:
        return factories.staff(Role.ACCOUNT_EXECUTIVE, client)

    def test_are_figures_of_few(self, client, executive) -> None:
        many(client, 4, **LAPSED)
        seen = look(executive)
        assert (seen.open, set(seen.clocks)) == (None, {None})

    def test_is_nothing_from_who_opens_requests(self, client) -> None:
        many(client, 1, **LAPSED)
        assert look(factories.staff(Role.VA, client)).of(Left.LAPSED) == 1

    def test_is_nothing_of_many(self, client, executive) -> None:
        many(client, 5, **LAPSED)
        seen = look(executive)
        assert (seen.open, seen.of(Left.LAPSED), [group.clocks[Left.LAPSED] for group in seen.groups]) == (5, 5, [5])

    def test_cannot_be_had_by_subtraction(self, client, executive) -> None:
        for state, lapsed, more in (("CA", 3, 9), ("NY", 8, 9), ("TX", 7, 2), ("OH", 20, 0)):
            many(client, lapsed, jurisdiction=state, **LAPSED)
            many(client, more, jurisdiction=state)
        many(client, 2, due_at=None)
        many(client, 2, jurisdiction="OH", received_at=NOW - 10 * DAY)
        seen, real = look(executive), look(factories.staff(Role.SUPERVISOR))
        for shown, true in parted(seen, real):
            hidden = [number for part, number in zip(shown, true, strict=True) if part is None]
            assert all(part in (None, number) for part, number in zip(shown, true, strict=True))
            assert all(part is None for part, number in zip(shown, true, strict=True) if 0 < number < 5)
            assert not hidden or (len(hidden) > 1 and sum(hidden) >= 5)
        for left in (left for left in Left if seen.of(left) is None):
            assert {figures[left] for figures in (*seen.ages, *(group.clocks for group in seen.groups))} == {None}
        assert [group.ages for group in seen.groups] == [()] * 4, "by age a group would be summed up another time"

    def test_says_no_order(self, client, executive) -> None:
        many(client, 5, jurisdiction="TX", **LAPSED)
        many(client, 6, jurisdiction="CA")
        assert [group.key for group in look(executive).groups] == ["CA", "TX"]
        assert [group.key for group in look(factories.staff(Role.SUPERVISOR)).groups] == ["TX", "CA"]


class TestTheRowsBehind:
    def test_are_those_counted_whatever_is_chosen(self, client) -> None:
        nurse, boss = factories.staff(Role.CLINICAL, client), factories.staff(Role.SUPERVISOR)
        for n, state in enumerate(("CA", "NY", "CA", "HI", "CA")):
            request(
                client, jurisdiction=state, due_at=NOW + (n * n - 1) * 6 * HOUR, provider=f"Dr. {n % 2}",
                reviewer=nurse.staff_id if n % 2 else None, received_at=NOW - n * 3 * DAY,
                npi="1234567893" if n == 3 else None,
            )  # fmt: skip
        for by in By:
            question = Question(by)
            seen = look(boss, question)
            for group in seen.groups:
                for left, number in enumerate(group.clocks):
                    assert len(rows(boss, question, Cell(group.key, clock=left))) == number
                for age, number in enumerate(group.ages):
                    assert len(rows(boss, question, Cell(group.key, age=age))) == number
            for age, clocks in enumerate(seen.ages):
                for left, number in enumerate(clocks):
                    assert len(rows(boss, question, Cell(age=age, clock=left))) == number
            assert (len(rows(boss, question)), seen.open) == (5, 5)

    def test_are_narrowed_as_the_counts_are(self, client) -> None:
        boss, other = factories.staff(Role.SUPERVISOR), factories.client()
        request(client, jurisdiction="NY")
        request(other, jurisdiction="NY")
        request(other)
        narrowed = Question(By.CLIENT, frozenset({other}), frozenset({"NY"}))
        assert (len(rows(boss, narrowed)), look(boss, narrowed).open) == (1, 1)

    def test_are_each_told_once_however_often_they_were_chosen(self, client) -> None:
        request(client, **LAPSED)
        boss = factories.staff(Role.SUPERVISOR)
        assert len(rows(boss, EVERY, Cell("CA", clock=0), Cell("CA", clock=0), Cell(age=1))) == 1

    def test_come_as_they_fall_due_without_a_word_about_the_worker(self, client) -> None:
        claim = factories.claim(client, family_name="Unmistakable")
        due = [None, NOW + DAY, NOW - DAY]
        of = {request(client, claim=claim, due_at=at, received_at=NOW - 2 * DAY)[1]: at for at in due}
        found = rows(factories.staff(Role.SUPERVISOR))
        assert [of[each.request_id] for each in found] == [NOW - DAY, NOW + DAY, None]
        assert "Unmistakable" not in repr(found)


def rows(actor: Actor, question: Question = EVERY, *cells: Cell):
    with transaction(actor) as tx:
        return authorization_aging.behind(actor, tx, question, cells or (Cell(),), at=NOW)


def parted(seen: Picture, real: Picture):
    """Yield the parts of each sum that is shown: as they are seen, and as they are."""
    true = {group.key: group.clocks for group in real.groups}
    yield seen.clocks, real.clocks
    for left in (left for left in Left if seen.of(left) is not None):
        yield [g.clocks[left] for g in seen.groups], [true[g.key][left] for g in seen.groups]
        yield [age[left] for age in seen.ages], [age[left] for age in real.ages]


def counted_by_hand(db, by: str):
    return db.execute(
        "select key, open from desk_authorization_aging(%s, null, null, now(), '{}', '{}', '{}', array[now()])", (by,)
    ).fetchall()


def test_groups_are_counted_in_their_own_order(client) -> None:
    boss, nurse = factories.staff(Role.SUPERVISOR), factories.staff(Role.CLINICAL, client)
    request(client, reviewer=nurse.staff_id)
    request(client, **LAPSED)
    groups = look(boss, replace(EVERY, by=By.REVIEWER)).groups
    assert [group.name for group in groups] == [authorization_aging.NOBODY, nurse.name], "what lapsed comes first"
    assert Counter({group.name: group.open for group in groups}) == {authorization_aging.NOBODY: 1, nurse.name: 1}


def test_a_provider_is_one_by_number_or_else_by_name(client) -> None:
    for name, npi in (("Dr. Ames", "1234567893"), ("AMES, MD", "1234567893"), ("Dr. Bo", None), ("dr. bo", None)):
        request(client, provider=name, npi=npi)
    groups = look(factories.staff(Role.SUPERVISOR), Question(By.PROVIDER)).groups
    assert {group.key: group.open for group in groups} == {"1234567893": 2, "dr. bo": 2}
