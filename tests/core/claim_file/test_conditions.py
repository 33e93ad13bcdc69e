"""Conditions of a claim: a code in its form, words, a status since a day; and the network of its care."""

from datetime import date

import pytest

from core import claim_file
from core.access import Actor, NotAllowed, Role
from core.claim_file import Status
from core.refusal import TooLong
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture
def claim(desk) -> tuple[int, int]:
    client = factories.client()
    return client, factories.claim(client)


@pytest.fixture
def va(claim: tuple[int, int]) -> Actor:
    return factories.staff(Role.VA, claim[0])


def add(actor: Actor, claim: tuple[int, int], code: str = "S93.401A", words: str = "Sprained ankle", **said) -> int:
    said = {"status": Status.ALLEGED, "since": TODAY} | said
    with transaction(actor) as tx:
        return claim_file.add_condition(
            actor, tx, client_id=claim[0], claim_id=claim[1], code=code, words=words, at=NOW, **said
        )


def change(actor: Actor, claim: tuple[int, int], condition: int, code: str = "S93.401A", **said) -> None:
    said = {"words": "Sprained ankle", "status": Status.ALLEGED, "since": TODAY} | said
    with transaction(actor) as tx:
        claim_file.change_condition(
            actor, tx, client_id=claim[0], claim_id=claim[1], condition_id=condition, code=code, at=NOW, **said
        )


def listed(actor: Actor, claim: tuple[int, int]) -> list[tuple[str | None, str, str]]:
    with transaction(actor) as tx:
        return [(one.code, one.words, one.status) for one in claim_file.read(actor, tx, *claim).conditions]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("s93401a", "S93.401A"), ("M54.5", "M54.5"), (" c4a.9 ", "C4A.9"), ("U07.1", "U07.1"), ("I10", "I10"), ("", None)],
)
def test_a_code_is_kept_in_its_form(va: Actor, claim, typed: str, kept: str | None) -> None:
    add(va, claim, typed)

    assert listed(va, claim) == [(kept, "Sprained ankle", "alleged")]


@pytest.mark.parametrize("typed", ["sprain", "S9", "93401", "S93.401AB", "S93..4", "SX3.4", "Ｓ93.4"])
def test_what_is_no_code_is_refused(va: Actor, claim, typed: str) -> None:
    with pytest.raises(claim_file.CodeNotUnderstood):
        add(va, claim, typed)


def test_what_is_missing_or_cannot_be_is_refused(va: Actor, claim) -> None:
    for said, refusal in (
        ({"words": " "}, claim_file.NoWords),
        ({"words": "x" * 301}, TooLong),
        ({"since": None}, claim_file.SinceNotKnown),
        ({"since": date(2026, 11, 25)}, claim_file.SinceInTheFuture),
    ):
        with pytest.raises(refusal):
            add(va, claim, **said)
    assert listed(va, claim) == []


def test_what_was_alleged_is_allowed_since_a_day_and_the_timeline_says_so(desk, va: Actor, claim) -> None:
    condition = add(va, claim)

    change(va, claim, condition, status=Status.ALLOWED)
    change(va, claim, condition, status=Status.ALLOWED)

    assert listed(va, claim) == [("S93.401A", "Sprained ankle", "allowed")]
    with desk.owner() as db:
        told = db.execute("select kind, detail from claim_event where kind <> 'reported' order by event_id").fetchall()
        recorded = db.execute("select verb, detail from audit_event where verb <> 'read' order by event_id").fetchall()
    assert told == recorded == [
        ("condition_added", {"condition": condition, "status": "alleged"}),
        ("condition_changed", {"condition": condition, "from": "alleged", "to": "allowed"}),
    ]  # fmt: skip


def test_a_code_is_on_a_claim_once(va: Actor, claim) -> None:
    add(va, claim)
    other = add(va, claim, "M54.5")

    with pytest.raises(claim_file.ConditionKnown):
        add(va, claim, "S93401A")
    with pytest.raises(claim_file.ConditionKnown):
        change(va, claim, other, "S93.401A")
    with pytest.raises(claim_file.NoSuchCondition):
        change(va, claim, other + 100)


def test_whether_care_is_in_a_certified_network_is_known_once_it_was_said(va: Actor, claim) -> None:
    def known() -> bool | None:
        with transaction(va) as tx:
            return claim_file.read(va, tx, *claim).certified

    assert known() is None
    for certified in (False, True, None):
        with transaction(va) as tx:
            claim_file.set_network(va, tx, client_id=claim[0], claim_id=claim[1], certified=certified, at=NOW)
        assert known() is certified


def test_compliance_reads_conditions_and_sets_none(va: Actor, claim) -> None:
    add(va, claim)
    reader = factories.staff(Role.COMPLIANCE)

    assert listed(reader, claim)
    with pytest.raises(NotAllowed):
        add(reader, claim, "M54.5")
