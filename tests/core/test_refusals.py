"""A refused act is on the record with who tried what on which record of which client, whether there is such or not."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from core import (
    access_log,
    assignment,
    client_changes,
    closing,
    contact,
    cover,
    feeds,
    first_contact,
    intake,
    queue,
    search,
    staff,
)
from core.access import Action, Actor, NotAllowed, Role, Subject, require
from core.calendars import BusinessWeek
from core.clocks import Clock
from core.contact import Method, Outcome, Party
from core.transactions import acting, transaction
from tests import claim_feeds, factories
from tests.conftest import Desk
from tests.factories import NOW

CLAIM, CLIENT, PERSON, IMPORT = 884, 12, 31, 7

Act = Callable[[Actor, Connection], Any]

HERE: dict[str, Any] = {"client_id": CLIENT, "claim_id": CLAIM, "at": NOW}
REPORT = intake.Report(family_name="Sample", date_of_injury=NOW.date(), reported_at=NOW)
PROMISE: dict[str, Any] = {"hours": 24, "clock": Clock.ELAPSED, "week": BusinessWeek("UTC")}
FEED = claim_feeds.read_feed(b"Name,Injured,Reported\nSample,11/23/2026,11/24/2026\n")
ATTEMPT: dict[str, Any] = {"party": Party.WORKER, "outcome": Outcome.NO_ANSWER}
CALL: dict[str, Any] = {"method": Method.PHONE, "note": None, "request": uuid4()}

ON_A_CLAIM: dict[str, tuple[Action, Act]] = {
    "opening": (Action.IDENTITY_READ, lambda who, tx: intake.open_claim(who, tx, CLIENT, CLAIM)),
    "an attempt": (Action.ATTEMPT_LOG, lambda who, tx: contact.log_attempt(who, tx, **HERE, **CALL, **ATTEMPT)),
    "the first contact": (
        Action.FIRST_CONTACT_RECORD, lambda who, tx: contact.record_first_contact(who, tx, **HERE, held=factories.held(), request=uuid4())
    ),
    "striking": (Action.FIRST_CONTACT_STRIKE, lambda who, tx: contact.strike_first_contact(who, tx, client_id=CLIENT, claim_id=CLAIM, reason="x")),
    "pausing": (Action.CLOCK_PAUSE, lambda who, tx: contact.pause_clock(who, tx, **HERE, reason="x")),
    "resuming": (Action.CLOCK_PAUSE, lambda who, tx: contact.resume_clock(who, tx, **HERE)),
    "answering": (
        Action.INTAKE_WORK, lambda who, tx: intake.answer_question(who, tx, **HERE, element="language", reason="missing", answer="Polish")
    ),
    "correcting": (
        Action.REPORT_CORRECT,
        lambda who, tx: intake.correct_report(who, tx, **HERE, reported_at=NOW, reason="x", seen=NOW),
    ),
    "closing": (Action.CLAIM_CLOSE, lambda who, tx: closing.close(who, tx, client_id=CLIENT, claim_id=CLAIM, reason="x")),
    "reopening": (
        Action.CLAIM_CLOSE, lambda who, tx: closing.reopen(who, tx, client_id=CLIENT, claim_id=CLAIM, reason="x")
    ),
    "assigning": (
        Action.CLAIM_ASSIGN, lambda who, tx: assignment.assign(who, tx, claims=[(CLIENT, CLAIM)], to=None, at=NOW)
    ),
}  # fmt: skip

THE_CLAIM, THE_CLIENT = Subject("claim", CLAIM, CLIENT), Subject("client", CLIENT, CLIENT)

ELSEWHERE: dict[str, tuple[Action, Subject, Act]] = {
    "searching": (Action.CLAIM_READ, Subject("search"), lambda who, tx: search.find(who, tx, "sample", NOW)),
    "seeing what was opened last": (
        Action.CLAIM_READ, Subject("opened_last"), lambda who, tx: search.opened_last(who, tx, NOW)
    ),
    "logging a claim": (
        Action.CLAIM_REPORT, THE_CLIENT,
        lambda who, tx: intake.report(who, tx, client_id=CLIENT, report=REPORT, at=NOW, request=uuid4()),
    ),
    "planning an import": (
        Action.CLAIM_IMPORT, THE_CLIENT,
        lambda who, tx: feeds.plan(
            who, tx, feeds.CLAIMS, client_id=CLIENT, feed=FEED, mapping=claim_feeds.mapping_for(FEED), file_name="x.csv", at=NOW
        ),
    ),
    "earlier imports": (Action.CLAIM_IMPORT, THE_CLIENT, lambda who, tx: feeds.imports(who, tx, feeds.CLAIMS, CLIENT)),
    "undoing an import": (
        Action.CLAIM_IMPORT, Subject("import", IMPORT, CLIENT),
        lambda who, tx: feeds.undo(who, tx, feeds.CLAIMS, client_id=CLIENT, import_id=IMPORT, at=NOW),
    ),
    "refused rows": (
        Action.CLAIM_IMPORT, Subject("import_refusals", IMPORT, CLIENT),
        lambda who, tx: feeds.refusals_csv(who, tx, feeds.CLAIMS, client_id=CLIENT, import_id=IMPORT),
    ),
    "disabling a person": (
        Action.PEOPLE_MANAGE, Subject("staff", PERSON),
        lambda who, tx: staff.disable(who, tx, staff_id=PERSON, at=NOW),
    ),
    "setting cover": (
        Action.COVER_SET, THE_CLIENT,
        lambda who, tx: cover.set_cover(
            who, tx, client_id=CLIENT, staff_id=PERSON, starts_at=NOW, until=NOW, reason="x", at=NOW
        ),
    ),
    "changing a promise": (
        Action.CLIENTS_MANAGE, THE_CLIENT,
        lambda who, tx: client_changes.promise(
            who, tx, client_id=CLIENT, **PROMISE, effective_from=NOW, reason="x", seen=1, at=NOW
        ),
    ),
    "the access log": (Action.AUDIT_READ, Subject("audit"), access_log.look),
    "measures": (Action.MEASURES_READ, Subject("measures"), first_contact.choices),
    "the queue": (Action.QUEUE_WATCH, Subject("queue"), lambda who, tx: queue.queue(who, tx, at=NOW)),
}  # fmt: skip


def refused(desk: Desk) -> list[tuple[Any, ...]]:
    with desk.owner() as db:
        return db.execute(
            "select actor_id, noun, noun_id, client_id, detail from audit_event where verb = 'refused' order by event_id"
        ).fetchall()


def told(why: str, action: Action, subject: Subject) -> tuple[Any, ...]:
    client = {"client": str(subject.client_id)} if subject.client_id else {}
    return subject.noun, subject.noun_id, subject.client_id, {"why": why, "action": action.value, **client}


def in_role(action: Action, *, may: bool) -> Actor:
    """Somebody whose role includes *action*, or does not, and who serves nobody."""
    person = (factories.staff(role) for role in (Role.CLINICAL, Role.SUPERVISOR, Role.ADMINISTRATOR))
    return next(each for each in person if each.may(action) is may)


def test_an_act_on_a_claim_that_is_nowhere_names_it_as_it_was_tried(desk: Desk) -> None:
    for action, act in ON_A_CLAIM.values():
        person = in_role(action, may=True)
        with pytest.raises(NotAllowed), acting(person) as tx:
            act(person, tx)

    assert [each[1:] for each in refused(desk)] == [
        told("NoSuchClaim", action, THE_CLAIM) for action, _ in ON_A_CLAIM.values()
    ]


def test_an_act_on_a_claim_outside_the_role_names_it(desk: Desk) -> None:
    for action, act in ON_A_CLAIM.values():
        person = in_role(action, may=False)
        with pytest.raises(NotAllowed), acting(person) as tx:
            act(person, tx)

    asked_first = {Action.IDENTITY_READ: Action.CLAIM_READ}
    assert [each[1:] for each in refused(desk)] == [
        told("NotAllowed", asked_first.get(action, action), THE_CLAIM) for action, _ in ON_A_CLAIM.values()
    ]


def test_any_other_act_outside_the_role_names_what_it_was_about(desk: Desk) -> None:
    people = []
    for action, _, act in ELSEWHERE.values():
        person = in_role(action, may=False)
        people.append(person.staff_id)
        with pytest.raises(NotAllowed), transaction(person) as tx:
            act(person, tx)

    assert refused(desk) == [
        (person, *told("NotAllowed", action, subject))
        for person, (action, subject, _) in zip(people, ELSEWHERE.values(), strict=True)
    ]


def test_a_claim_of_a_client_out_of_scope_is_named_with_that_client(desk: Desk, client: int) -> None:
    va, elsewhere = factories.staff(Role.VA, client), factories.client()
    claim = factories.claim(elsewhere)

    with pytest.raises(NotAllowed), transaction(va) as tx:
        intake.open_claim(va, tx, elsewhere, claim)

    there = Subject("claim", claim, elsewhere)
    assert refused(desk) == [(va.staff_id, *told("NoSuchClaim", Action.IDENTITY_READ, there))]


def test_an_assignment_of_several_names_all_of_them(desk: Desk, client: int) -> None:
    va = factories.staff(Role.VA, client)

    with pytest.raises(NotAllowed), acting(va) as tx:
        assignment.assign(va, tx, claims=[(client, 4), (client, 5)], to=None, at=NOW)

    [(_, noun, number, of_client, detail)] = refused(desk)
    assert (noun, number, of_client, detail["claims"]) == ("claim", 0, client, [4, 5])


def test_a_client_whose_code_nobody_knows_is_named_by_the_code(desk: Desk, client: int) -> None:
    va = factories.staff(Role.VA, client)

    with pytest.raises(NotAllowed), transaction(va) as tx:
        feeds.client_with_code(va, tx, feeds.CLAIMS, "NOBODY")

    [(_, noun, _, _, detail)] = refused(desk)
    assert (noun, detail) == ("client", {"why": "NoSuchClient", "action": "claim.import", "code": "NOBODY"})


def test_numbers_too_long_for_the_record_are_kept_as_they_were_typed(desk: Desk, client: int) -> None:
    va = factories.staff(Role.VA, client)

    with pytest.raises(NotAllowed), transaction(va) as tx:
        intake.open_claim(va, tx, 10**17, 10**20)

    [(_, noun, number, of_client, detail)] = refused(desk)
    assert (noun, number, of_client) == ("claim", 0, None)
    assert (detail["client"], detail["number"]) == (str(10**17), str(10**20))


def test_what_was_tried_before_is_not_taken_for_what_is_refused(desk: Desk, client: int) -> None:
    va = factories.staff(Role.VA, client)
    with transaction(va):
        require(va, Action.CLAIM_IMPORT, THE_CLIENT)

    with pytest.raises(NotAllowed), transaction(va):
        raise NotAllowed

    assert [(noun, detail) for _, noun, _, _, detail in refused(desk)] == [("act", {"why": "NotAllowed"})]


def test_a_refusal_says_its_sentence_where_python_drops_docstrings() -> None:
    program = "from core import refusal, staff; print(refusal.TooLong(), staff.NoSuchPerson())"

    said = subprocess.run([sys.executable, "-OO", "-c", program], capture_output=True, text=True, check=True)

    assert said.stdout == "This text is too long: shorten it. There is no such person.\n"
