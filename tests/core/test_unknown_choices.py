"""A choice that there is not, whoever sends it, is refused with a sentence: it is no defect, and changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from core import (
    assignment,
    claim_file,
    client_changes,
    clients,
    closed_days,
    cover,
    drafts,
    intake,
    staff,
    worklist,
)
from core.access import Actor, Role
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.refusal import Refusal
from core.transactions import transaction
from tests import factories
from tests.conftest import Desk
from tests.factories import NOW

NOBODY, NOWHERE = 2**31 - 1, 2**31 - 2

Act = Callable[[Actor, Connection, dict[str, int]], Any]

REPORT: dict[str, Any] = {"family_name": "Sample", "date_of_injury": NOW.date(), "reported_at": NOW}
PERSON: dict[str, Any] = {"sign_in_name": "new.person", "full_name": "New", "password": "a quiet harbour at noon"}
CLIENT: dict[str, Any] = {"code": "NEW", "name": "New", "hours": 24, "clock": Clock.BUSINESS, "at": NOW}


def correct(field: str, said: str, *, seen: bool = True) -> Act:
    before = {field: ""} if seen else {}
    return lambda who, tx, where: intake.correct_fields(
        who, tx, **where, seen=before, said={field: said}, reason="x", at=NOW
    )


def answer(element: str, reason: str, said: str | None) -> Act:
    return lambda who, tx, where: intake.answer_question(
        who, tx, **where, element=element, reason=reason, answer=said, unobtainable_why=None if said else "x", at=NOW
    )


def client_of(where: dict[str, int]) -> int:
    return where["client_id"]


WORK: dict[str, Act] = {
    "a way of contact": lambda who, tx, where: intake.report(
        who, tx, client_id=client_of(where), report=intake.Report(**REPORT, preferred_contact="pigeon"), at=NOW,
        request=uuid4(),
    ),
    "a field": correct("shoe_size", "9"),
    "a field that was not seen": correct("language", "Polish", seen=False),
    "a way of contact, corrected": correct("preferred_contact", "pigeon"),
    "a state": correct("jurisdiction", "Atlantis"),
    "yes or no": correct("emergency", "perhaps"),
    "a kind of representative": correct("representative_kind", "oracle"),
    "an element": answer("shoe_size", "missing", "9"),
    "an element that cannot be had": answer("shoe_size", "missing", None),
    "a reason": answer("language", "forgotten", "Polish"),
    "a reason why it cannot be had": answer("language", "forgotten", None),
    "whether it is the same claim": answer("same_claim", "same_number", "perhaps"),
    "a way of contact, answered": answer("preferred_contact", "missing", "pigeon"),
    "a kind of work": lambda who, tx, where: worklist.skip(who, tx, **where, kind=99, reason="x", at=NOW),
    "a kind of work, put aside": lambda who, tx, where: worklist.snooze(
        who, tx, **where, kind=99, until=NOW + timedelta(hours=1), at=NOW
    ),
    "a form": lambda who, tx, where: drafts.keep(
        who, tx, form=drafts.Form("poem", **where), request=drafts.new_request(at=NOW), fields={"a": "x"}, at=NOW
    ),
    "a form of a claim, on none": lambda who, tx, where: drafts.keep(
        who, tx, form=drafts.Form("attempt", None, None), request=drafts.new_request(at=NOW), fields={"a": "x"}, at=NOW
    ),
    "a condition": lambda who, tx, where: claim_file.change_condition(
        who, tx, **where, condition_id=NOBODY, code="", words="x", status=claim_file.Status.ALLEGED, since=NOW.date(),
        at=NOW,
    ),
    "a document": lambda who, tx, where: claim_file.open_document(who, tx, **where, document_id=NOBODY),
    "a file": lambda who, tx, where: claim_file.set_aside(
        who, tx, client_id=client_of(where), file_id=NOBODY, reason="x", at=NOW
    ),
}  # fmt: skip

SUPERVISING: dict[str, Act] = {
    "a colleague": lambda who, tx, where: assignment.assign(
        who, tx, claims=[(where["client_id"], where["claim_id"])], to=NOBODY, at=NOW
    ),
    "somebody who covers": lambda who, tx, where: cover.set_cover(
        who, tx, client_id=client_of(where), staff_id=NOBODY, starts_at=NOW, until=NOW + timedelta(days=1), reason="x",
        at=NOW,
    ),
    "a client that is covered": lambda who, tx, where: cover.set_cover(
        who, tx, client_id=NOWHERE, staff_id=factories.staff(Role.VA).staff_id, starts_at=NOW,
        until=NOW + timedelta(days=1), reason="x", at=NOW,
    ),
    "cover": lambda who, tx, where: cover.end_cover(who, tx, client_id=client_of(where), cover_id=NOBODY, at=NOW),
}  # fmt: skip

MANAGING: dict[str, Act] = {
    "a client served": lambda who, tx, where: staff.add(
        who, tx, **PERSON, role=Role.VA, timezone="UTC", client_ids=frozenset({NOWHERE}), at=NOW
    ),
    "a client that is to be served": lambda who, tx, where: staff.set_clients(
        who, tx, staff_id=factories.staff(Role.VA).staff_id, client_ids=frozenset({NOWHERE}), at=NOW
    ),
    "a person's zone": lambda who, tx, where: staff.add(
        who, tx, **PERSON, role=Role.VA, timezone="Mars/Olympus", client_ids=frozenset(), at=NOW
    ),
    "a person": lambda who, tx, where: staff.enable(who, tx, staff_id=NOBODY, at=NOW),
    "a client's zone": lambda who, tx, where: clients.add(
        who, tx, **CLIENT, timezone="Mars/Olympus", week=BusinessWeek("America/Chicago")
    ),
    "another zone": lambda who, tx, where: client_changes.edit(
        who, tx, client_id=client_of(where), name="New", timezone="Mars/Olympus", effective_from=NOW, seen=1, at=NOW
    ),
    "a calendar": lambda who, tx, where: clients.add(
        who, tx, **CLIENT, timezone="America/Chicago", week=BusinessWeek("America/Chicago", calendar="US-ZZ")
    ),
    "a client": lambda who, tx, where: client_changes.edit(
        who, tx, client_id=NOWHERE, name="New", timezone=None, effective_from=NOW, seen=1, at=NOW
    ),
    "a closed day": lambda who, tx, where: closed_days.take_out(
        who, tx, client_id=client_of(where), day=NOW.date(), effective_from=NOW, reason="x", at=NOW
    ),
    "a promise": lambda who, tx, where: client_changes.withdraw(
        who, tx, client_id=client_of(where), planned_from=NOW + timedelta(days=1), reason="x", seen=1, at=NOW
    ),
}  # fmt: skip

ALL = [
    (role, what, act)
    for role, acts in ((Role.VA, WORK), (Role.SUPERVISOR, SUPERVISING), (Role.ADMINISTRATOR, MANAGING))
    for what, act in acts.items()
]


@pytest.mark.parametrize(("role", "act"), [(role, act) for role, _, act in ALL], ids=[what for _, what, _ in ALL])
def test_is_refused(desk: Desk, role: Role, act: Act) -> None:
    client = factories.client()
    where = {"client_id": client, "claim_id": factories.claim(client)}
    person = factories.staff(role, client)

    with pytest.raises(Refusal) as refused, transaction(person) as tx:
        act(person, tx, where)

    assert str(refused.value).endswith((".", "?"))
