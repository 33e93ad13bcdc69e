"""Clinicians with calendars, and their calls, for tests."""

from datetime import datetime, timedelta

from core import intake, triage
from core.access import Actor, Role
from core.transactions import transaction
from tests import factories
from tests.factories import NOW

WEEKDAYS = ["08:00-12:00,13:00-17:00"] * 5 + ["", ""]
HOUR = timedelta(hours=1)


def clinician(
    desk, *clients: int, hours: list[str] = WEEKDAYS, languages: list[str] | None = None, licences: list[str] | None = None,
    compact: bool = False, daily_calls: int = 10, timezone: str = "America/Chicago",
) -> Actor:  # fmt: skip
    """Make somebody of the clinical staff who makes triage calls for *clients*, licensed in Illinois unless said."""
    person = factories.staff(Role.CLINICAL, *clients, timezone=timezone)
    desk.maker.execute(
        "insert into clinician (staff_id, hours, languages, licences, compact, daily_calls, set_at, set_by)"
        " values (%s, %s, %s, %s, %s, %s, %s, 1)",
        (person.staff_id, hours, languages or [], ["IL"] if licences is None else licences, compact, daily_calls, NOW),
    )
    return person


def away(desk, person: Actor, since: datetime, until: datetime) -> None:
    """Have the clinician be away."""
    desk.maker.execute(
        "insert into time_off (staff_id, starts_at, ends_at, set_at, set_by) values (%s, %s, %s, %s, 1)",
        (person.staff_id, since, until, NOW),
    )


def book(
    actor: Actor, client: int, claim: int, person: Actor, starts_at: datetime, *, at: datetime = NOW, **more
) -> int:
    """Book the claim's call."""
    with transaction(actor) as tx:
        return triage.book(
            actor,
            tx,
            client_id=client,
            claim_id=claim,
            clinician_id=person.staff_id,
            starts_at=starts_at,
            at=at,
            **more,
        )


def offers(actor: Actor, client: int, claim: int, *, at: datetime = NOW) -> triage.Offers:
    """Return what is offered for the claim's call."""
    with transaction(actor) as tx:
        return triage.offers(actor, tx, client_id=client, claim_id=claim, at=at)


def calls(actor: Actor, client: int, claim: int) -> list[triage.Call]:
    """Return the claim's calls."""
    with transaction(actor) as tx:
        return intake.open_claim(actor, tx, client, claim).calls


def change(
    actor: Actor, client: int, claim: int, act, call: int, *, sequence: int = 0, at: datetime = NOW, **more
) -> None:
    """Do *act* of `core.triage` to a booked call."""
    with transaction(actor) as tx:
        act(actor, tx, client_id=client, claim_id=claim, call_id=call, sequence=sequence, at=at, **more)
