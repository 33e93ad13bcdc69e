"""What the tests of intake report, answer and correct, and how they read what was kept."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy import text

from core import intake
from core.transactions import transaction
from tests.factories import NOW

LEAST = intake.Report(family_name="Núñez", date_of_injury=date(2026, 11, 23), reported_at=NOW)
"""A report with no more in it than a claim needs."""

FULL = replace(
    LEAST,
    given_name="Jo",
    birth_date=date(1980, 1, 31),
    phone="(312) 555-0101",
    language="Spanish",
    preferred_contact="phone",
    jurisdiction="IL",
    body_part="left wrist",
    narrative="Fell from a ladder.",
)


def report(actor, client, given=LEAST, *, request=None, at=NOW, aware_of=()):
    with transaction(actor) as tx:
        return intake.report(
            actor, tx, client_id=client, report=given, at=at, request=request or uuid4(), aware_of=aware_of
        )


def answer(actor, claim, element, said=None, *, reason="missing", **more):
    with transaction(actor) as tx:
        intake.answer_question(
            actor, tx, client_id=claim.client_id, claim_id=claim.claim_id, element=element, reason=reason, answer=said,
            at=NOW, **more,
        )  # fmt: skip


def correct(actor, client, claim_id, *, reported_at, seen=None, reason="The fax says so.", at=NOW):
    with transaction(actor) as tx:
        seen = (
            seen
            or tx.execute(text("select reported_at from claim where claim_id = :id"), {"id": claim_id}).scalar_one()
        )
        return intake.correct_report(
            actor, tx, client_id=client, claim_id=claim_id, reported_at=reported_at, reason=reason, seen=seen, at=at
        )  # fmt: skip


def open_(actor, client, claim_id):
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim_id)


def one(desk, statement, *values):
    with desk.owner() as db:
        row = db.execute(statement, values).fetchone()
        return row[0] if row and len(row) == 1 else row


def doubt(desk, claim, element, reason="missing", why="Odd."):
    with desk.owner() as db:
        db.execute(
            "insert into intake_question (client_id, claim_id, element, reason, why, opened_at)"
            " values (%s, %s, %s, %s, %s, %s)",
            (claim.client_id, claim.claim_id, element, reason, why, NOW),
        )


def asked(desk):
    with desk.owner() as db:
        return {row[0] for row in db.execute("select element from intake_question where answered_at is null")}


def reasons(desk):
    with desk.owner() as db:
        return set(db.execute("select element, reason from intake_question where answered_at is null"))
