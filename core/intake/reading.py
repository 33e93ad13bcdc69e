"""Opening a claim: everything that the claim page shows, with the look at the worker's identity on the record."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection

from core import audit, local_time, promises
from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim
from core.clocks import BusinessWeek, Deadline
from core.intake.fields import FIELDS, somebody_speaks, written
from core.intake.sameness import CLAIM_NUMBER
from core.local_time import Place
from db.queries import claims, timeline
from db.queries.assignment import Holding
from db.queries.call_requests import CallRequest
from db.queries.claims import Consent, Merged, Pause, Told, Whole
from db.queries.claims import Question as OpenQuestion
from db.queries.telephone import Begun
from db.queries.timeline import Entry, Newest
from db.queries.triage import Call

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Header:
    """The claim's frame. Instants are aware, UTC; `client_timezone` is where its days are meant."""

    client_id: int
    claim_id: int
    claim_number: str
    client_claim_number: str | None
    client_name: str
    client_timezone: str
    jurisdiction: str | None
    date_of_injury: date
    injured_time: time | None
    reported_at: datetime
    reported_to: str
    channel: str
    emergency: bool
    flags: list[str]
    due_at: datetime
    assignee: str | None
    first_contact_at: datetime | None
    first_contact_by: str | None
    closed_at: datetime | None
    closed_why: str | None
    date_of_death: date | None
    death_seen_by: str | None


@dataclass(frozen=True)
class Worker:
    """The injured worker, as far as is known."""

    worker_id: int
    family_name: str
    given_name: str
    birth_date: date | None
    phone: str | None
    email: str | None
    language: str | None
    preferred_contact: str | None
    address: str | None
    postal_code: str | None
    best_hours: str | None
    timezone: str | None
    interpreter: bool | None
    do_not_contact: str | None

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Narrative:
    """
    What happened and where, what was hurt, how it was treated, what it means for work and who told of it; with codes
    where some were chosen.
    """

    narrative: str | None
    body_part: str | None
    nature: str | None
    cause: str | None
    reporter: str | None
    reporter_phone: str | None
    injury_place: str | None
    part_code: str | None
    nature_code: str | None
    cause_code: str | None
    initial_treatment: str | None
    treated_at: str | None
    occupation: str | None
    lost_time: str | None
    last_day_worked: date | None
    return_to_work: date | None
    modified_duty: bool | None
    work_supervisor: str | None
    work_supervisor_phone: str | None


@dataclass(frozen=True)
class Representative:
    """Who speaks for the worker, as far as is known; `representative_permits` that the worker is called directly."""

    representative_kind: str | None
    representative_name: str | None
    representative_firm: str | None
    representative_phone: str | None
    representative_email: str | None
    representative_permits: bool

    @property
    def known(self) -> bool:
        """Whether there is one."""
        return somebody_speaks(vars(self))


@dataclass(frozen=True)
class ClaimPage:
    """A claim as the claim page shows it; the timeline is latest first."""

    header: Header
    worker: Worker
    narrative: Narrative
    representative: Representative
    questions: tuple[OpenQuestion, ...]
    pauses: tuple[Pause, ...]
    timeline: tuple[Entry, ...]
    named: Mapping[str, int]
    """The claims that open questions name and the reader may see: their ids, by number."""
    holding: Holding | None
    """Whose the claim is, and the note with which it was handed over; None where it is nobody's."""
    whole: Whole
    """What its deadline is counted from."""
    led_from: str | None = None
    """The number of the claim that was asked for, where it was merged into this one."""

    @property
    def begun(self) -> Begun | None:
        """The intake by telephone that is not ended; None where none goes on."""
        return self.whole.intake

    @property
    def merged(self) -> tuple[Merged, ...]:
        """The claims that were merged into this one; what happened on them is on the timeline too."""
        return tuple(self.whole.merged)

    @property
    def calls(self) -> list[Call]:
        """The triage calls, the latest first."""
        return self.whole.calls

    @property
    def booked_call(self) -> Call | None:
        """The triage call that is booked; None where none is."""
        return next((call for call in self.calls if call.status == "booked"), None)

    @property
    def open_request(self) -> CallRequest | None:
        """What is asked for where no time is free for a call, until it is settled."""
        return next((each for each in self.whole.requests if each.outcome is None), None)

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What is still to be asked."""
        return tuple(question for question in self.questions if question.answered_at is None)

    @property
    def to_ask_again(self) -> tuple[OpenQuestion, ...]:
        """What is not known yet and to be asked again, the first to be asked first."""
        waiting = [question for question in self.questions if question.to_ask_again]
        return tuple(sorted(waiting, key=lambda each: each.ask_again_at or _NEVER))

    @property
    def fields(self) -> dict[str, str]:
        """What stands in every field that can be corrected, as one could type it."""
        parts = [vars(part) for part in (self.header, self.worker, self.narrative, self.representative)]
        known = {name: value for part in parts for name, value in part.items()}
        return {name: written(known[name]) for name in FIELDS}

    @property
    def spoken_for(self) -> bool:
        """Whether the worker lives and is reached through somebody else, who does not permit to be called directly."""
        speaks = self.representative
        known = speaks.known or self.worker.preferred_contact == "attorney"
        return known and not speaks.representative_permits and self.header.date_of_death is None

    @property
    def place(self) -> Place | None:
        """Where the worker is, as far as clocks go; None where nothing of it is known."""
        known = self.worker
        return local_time.place(self.header.jurisdiction, postal_code=known.postal_code, timezone=known.timezone)

    @property
    def consents(self) -> list[Consent]:
        """What the worker said of being texted and of voicemails, of any number, the latest first."""
        return self.whole.consents

    def consent(self, channel: str) -> Consent | None:
        """Return what stands of *channel* for the worker's telephone number as it is now; None where nothing does."""
        return next((said for said in self.consents if said.of_this_number and said.channel == channel), None)

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return any(pause.ends_at is None for pause in self.pauses)

    def week(self, at: datetime) -> BusinessWeek:
        """Return when the client works, as what was promised for the claim has it at a moment."""
        return self.deadline().policy.week_at(at)

    def deadline(self, *, now: datetime | None = None) -> Deadline:
        """
        Return when first contact is due, with every interval that was counted, skipped or paused on the way to it.

        A clock that stands still is counted as if it were resumed at *now*, or without it where the pause began.
        """
        own = [entry for entry in self.timeline if entry.of is None]
        return promises.deadline_of(self.whole, own, now=now)


def open_claim(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> ClaimPage:
    """
    Return the claim with its worker. That *actor* saw the worker's identity goes on the record.

    Of a claim that was merged into another one the other is returned.

    :raises NotAllowed: if the actor does not read claims or identities.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    require(actor, Action.IDENTITY_READ, of_claim(client_id, claim_id))
    whole, led_from = claims.whole(tx, client_id, claim_id), None
    if whole is not None and whole.told.merged_into is not None:
        claim_id, led_from = whole.told.merged_into, whole.told.claim_number
        whole = claims.whole(tx, client_id, claim_id)
    if whole is None:
        raise NoSuchClaim
    audit.record(
        actor, tx, verb="read", noun="injured_worker", noun_id=whole.told.worker_id, client_id=client_id,
        detail={"claim": claim_id},
    )  # fmt: skip
    asked = [each.why for each in whole.questions if each.answered_at is None or each.to_ask_again]
    numbers = {number for why in asked for number in CLAIM_NUMBER.findall(why)}
    return ClaimPage(
        _part(Header, whole.told),
        _part(Worker, whole.told),
        _part(Narrative, whole.told),
        _part(Representative, whole.told),
        tuple(whole.questions),
        tuple(whole.pauses),
        tuple(timeline.timeline(tx, client_id, claim_id, [each.claim_id for each in whole.merged])),
        claims.named(tx, client_id, numbers) if numbers else {},
        whole.holding,
        whole,
        led_from,
    )


def newest(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> Newest:
    """
    Return the newest thing that happened to the claim, and how many did in all; nothing of the worker, for a page that
    is open asks every other second.

    :raises NotAllowed: if the actor does not read claims.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    if (last := timeline.newest(tx, client_id, claim_id)) is None:
        raise NoSuchClaim
    return last


def _part(kind: type[Any], told: Told) -> Any:
    return kind(*[getattr(told, field.name) for field in fields(kind)])
