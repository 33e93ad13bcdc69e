"""The sample's requests for authorization: logged, completed, extended, decided and told, each when its time comes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core import authorizations
from core.access import Actor
from core.authorizations import Asked, Decision, Key, Line, LineDecided, Outcome, Party, Reply, Request
from core.authorizations.cadence import asked_next
from core.refusal import Refusal
from core.sample.people import CLIENTS, VAS
from core.statutes import Channel
from core.transactions import transaction

EVERY = 6
"""Of so many claims whose worker was reached one has a request."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LATER = timedelta(minutes=20)
"""So long after it is due a request is followed up."""
_RECENT = timedelta(days=14)
"""What was decided longer ago was followed up once: more would take long to play, and nobody looks at it."""

# The sample's claims whose worker was reached, but for those on whose requests somebody at the keyboard works.
_CLAIMS = text(
    "select c.client_id, c.claim_id, c.jurisdiction, c.first_contact_at, k.code from claim c"
    "  join client k using (client_id)"
    " where c.import_id is not null and c.first_contact_at is not null and c.closed_at is null"
    "   and c.date_of_death is null and c.jurisdiction is not null and c.claim_id % :every = 0"
    "   and c.first_contact_at > :since"
    " order by c.first_contact_at, c.claim_id"
)
_LOGGED = text(
    "select claim_id, request_id, logged_at from authorization_request"
    " where client_id = :client_id and about_id is null order by request_id"
)

_PROVIDERS = (
    ("Dr. Avery Makebelieve, orthopedics", "(312) 555-0171", "(312) 555-0172"),
    ("Pretend Physical Therapy", "(614) 555-0173", "(614) 555-0174"),
    ("Dr. Jordan Standin, occupational medicine", "(602) 555-0175", "(602) 555-0176"),
    ("Invented Imaging Center", "(503) 555-0177", "(503) 555-0178"),
)
_ASKED = (
    (Line("MRI without contrast", "72148", "Lower back"),),
    (
        Line("Physical therapy, therapeutic exercises", "97110", "Shoulder", 12),
        Line("Manual therapy", "97140", "Shoulder", 12),
    ),
    (Line("Arthroscopy of the knee, with repair", "29881", "Knee"), Line("Knee brace", "L1832", "Knee")),
    (Line("Epidural steroid injection", "62323", "Lower back", 2),),
    (Line("Work conditioning, first 2 hours", "97545", "", 10),),
)
_OUTCOMES = (
    *(Outcome.APPROVED, Outcome.APPROVED, Outcome.DENIED, Outcome.APPROVED, Outcome.MODIFIED, Outcome.WITHDRAWN),
)
_BY_HAND = "No clock is known here: agreed with the client."
_STANDS_STILL = ("AZ", "LA")
"""Where the clock stands still for an independent examination."""
_SIGNED = "MD, occupational medicine, sample licence 00000"


class _Claim(NamedTuple):
    client_id: int
    claim_id: int
    jurisdiction: str
    reached_at: datetime
    code: str

    @property
    def number(self) -> int:
        """What tells the claim's story from others."""
        return self.claim_id // EVERY


Act = Callable[[Actor, Connection, Request, datetime], None]


class Event(NamedTuple):
    """Something that happens to a request: when, who does it, and what."""

    at: datetime
    nurse: bool
    act: Act


def play(staff: Mapping[str, Actor], at: datetime, *, since: datetime) -> None:
    """Let the sample's people log the requests of the claims reached after *since*, and go on with them up to *at*."""
    with transaction(staff["supervisor"]) as tx:
        claims = [_Claim(*row) for row in tx.execute(_CLAIMS, {"every": EVERY, "since": since})]
    for client in CLIENTS:
        va, nurse = staff[VAS[client.code]], staff["clinical" if client.code < "M" else "clinical2"]
        own = [claim for claim in claims if claim.code == client.code]
        if not own:
            continue
        with transaction(va) as tx:
            kept = {row[0]: row[1] for row in tx.execute(_LOGGED, {"client_id": own[0].client_id})}
        for claim in own:
            _go_on(va, nurse, claim, kept.get(claim.claim_id), at)


def _go_on(va: Actor, nurse: Actor, claim: _Claim, request_id: int | None, at: datetime) -> None:
    """Log the claim's request where it is time, and let happen to it what has not yet."""
    received = _received(claim)
    if received + _HOUR > at:
        return
    if request_id is None:
        with transaction(va) as tx:
            request_id = authorizations.log(
                va, tx, client_id=claim.client_id, claim_id=claim.claim_id, asked=_asked(va, tx, claim, received),
                at=received + _HOUR / 2,
            )  # fmt: skip
    with transaction(va) as tx:
        request = _read(va, tx, claim, request_id)
        due_at = request.frame.due_at or received + 5 * _DAY
        done = request.frame.version - 1 - len(request.follow_ups)
        done += len(request.determinations) + len(request.notices)
    for event in islice(_story(claim, request, received, due_at), done, None):
        person = nurse if event.nurse else va
        try:
            if event.nurse or event.at > at:
                _follow_up(va, claim, request_id, until=min(event.at, at - timedelta(hours=claim.number % 4)), at=at)
            if event.at > at:
                return
            with transaction(person) as tx:
                event.act(person, tx, _read(person, tx, claim, request_id), event.at)
        except Refusal:
            return  # somebody at the keyboard has gone on with it


def _follow_up(va: Actor, claim: _Claim, request_id: int, *, until: datetime, at: datetime) -> None:
    """Follow the request up whenever that was due *until* then; where that is long ago, once."""
    while True:
        with transaction(va) as tx:
            request = _read(va, tx, claim, request_id)
            due_at = request.frame.follow_up_at
            if request.frame.decided_at or due_at is None or due_at + _LATER >= min(until, request.frame.due_at or at):
                return
            if until < at - _RECENT and request.follow_ups:
                return
            party = asked_next(request.frame.clock)
            _followed(party)(va, tx, request, due_at + _LATER)


def _read(actor: Actor, tx: Connection, claim: _Claim, request_id: int) -> Request:
    found = authorizations.of_claim_page(actor, tx, client_id=claim.client_id, claim_id=claim.claim_id)
    return next(each for each in found if each.frame.request_id == request_id)


def _received(claim: _Claim) -> datetime:
    return (claim.reached_at + timedelta(days=claim.number % 4, hours=3 + claim.number % 5)).replace(
        second=0, microsecond=0
    )


def _asked(actor: Actor, tx: Connection, claim: _Claim, received: datetime) -> Asked:
    name, phone, fax = _PROVIDERS[claim.number % len(_PROVIDERS)]
    kinds = authorizations.offered(actor, tx, claim.jurisdiction)
    kind, counted = kinds[claim.number // 3 % len(kinds)]
    incomplete = claim.number % 5 == 3
    return Asked(
        claim.jurisdiction, kind, name, received, (Channel.FAX, Channel.PORTAL, Channel.EMAIL)[claim.number % 3],
        _ASKED[claim.number % len(_ASKED)], complete_at=None if incomplete else received,
        missing="The report of the last visit, with the findings that the treatment rests on." if incomplete else "",
        provider_phone=phone, provider_fax=fax,
        due_at=None if counted else received + 5 * _DAY, due_why="" if counted else _BY_HAND,
    )  # fmt: skip


def _story(claim: _Claim, request: Request, received: datetime, due_at: datetime) -> Iterator[Event]:
    """Yield what happens to the claim's request, in order; a request that nobody touches goes this way."""
    at = received + 2 * _HOUR
    yield Event(at, nurse=False, act=_assigned)
    if claim.number % 5 == 3:
        at += _DAY * (3 + 2 * (claim.number % 4))
        yield Event(at, nurse=False, act=_completed)
        due_at = at + (due_at - received)
    elif claim.number % 5 == 1:
        at += 20 * _HOUR
        yield Event(at, nurse=False, act=_extended)
        if claim.number % 2:
            at += 4 * _DAY
            yield Event(at, nurse=False, act=_informed)
        due_at = max(due_at, at + 2 * _DAY)
    elif claim.jurisdiction in _STANDS_STILL and request.frame.kind == "prospective":
        at += 10 * _HOUR
        yield Event(at, nurse=False, act=_tolled)
        at += 25 * _DAY
        yield Event(at, nurse=False, act=_resumed)
        due_at = max(due_at, at + _DAY)
    elif claim.jurisdiction == "CA" and claim.number % 13 in (5, 9):  # elsewhere review waits for no dispute
        at += 10 * _HOUR
        yield Event(at, nurse=False, act=_deferred)
        at += 20 * _DAY
        yield Event(at, nurse=False, act=_taken_up)
        due_at = max(due_at, at + _DAY)
    at = max(at + 2 * _HOUR, due_at - (30 * _HOUR, 26 * _HOUR, 5 * _HOUR, -7 * _HOUR)[claim.number % 4])
    outcome = (
        Outcome.APPROVED,
        Outcome.APPROVED,
        Outcome.DENIED,
        Outcome.APPROVED,
        Outcome.MODIFIED,
        Outcome.WITHDRAWN,
    )[claim.number % 6]
    yield Event(at, nurse=True, act=_determined(outcome))
    if outcome is not Outcome.WITHDRAWN:
        yield Event(at + 3 * _HOUR, nurse=False, act=_told(Party.PROVIDER))
        yield Event(at + 4 * _HOUR, nurse=False, act=_told(Party.WORKER))
    if outcome is Outcome.DENIED:
        yield Event(at + 5 * _DAY, nurse=False, act=_appealed)
        yield Event(at + 8 * _DAY, nurse=True, act=_appeal_decided)
        yield Event(at + 8 * _DAY + _HOUR, nurse=False, act=_appeal_told)


def _key(request: Request) -> Key:
    return Key(request.frame.client_id, request.frame.claim_id, request.frame.request_id, request.frame.version)


def _assigned(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    people = authorizations.reviewers(actor, tx, client_id=request.frame.client_id)
    authorizations.assign(
        actor, tx, _key(request), reviewer_id=people[request.frame.request_id % len(people)].staff_id, at=at
    )


def _followed(party: Party) -> Act:
    def followed(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
        authorizations.follow_up(
            actor, tx, _key(request), party=party, how=Channel.PHONE, reply=list(Reply)[request.frame.request_id % 4],
            at=at,
        )  # fmt: skip

    return followed


def _completed(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.complete(actor, tx, _key(request), on=at, at=at)


def _extended(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.extend(actor, tx, _key(request), on=at, why="The operative report was asked for.", at=at)


def _informed(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.inform(actor, tx, _key(request), on=at, at=at)


def _tolled(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.toll(actor, tx, _key(request), on=at, why="An independent examination was ordered.", at=at)


def _resumed(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.resume(actor, tx, _key(request), on=at, at=at)


def _deferred(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.defer(actor, tx, _key(request), on=at, why="The body part is not accepted yet.", at=at)


def _taken_up(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    authorizations.take_up(actor, tx, _key(request), on=at, at=at)


def _determined(outcome: Outcome) -> Act:
    def determined(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
        lines = [
            LineDecided(
                line.line, outcome, max(1, line.units // (2 if outcome is Outcome.MODIFIED else 1)),
                "Half of the visits, then a new report" if outcome is Outcome.MODIFIED else "",
                from_on=at.date(), until_on=at.date() + timedelta(days=60),
                authorization_number=f"S-{request.frame.request_id}-{line.line}",
            )
            if outcome in (Outcome.APPROVED, Outcome.MODIFIED) else LineDecided(line.line, outcome)
            for line in request.lines
        ]  # fmt: skip
        reason = {
            Outcome.APPROVED: "", Outcome.WITHDRAWN: "The provider took the request back by telephone.",
            Outcome.DENIED: "The guideline asks for six weeks of conservative care first; the record shows two.",
            Outcome.MODIFIED: "The guideline supports a trial of half of what is asked for.",
        }[outcome]  # fmt: skip
        decision = Decision(lines, "Dr. Sam Sample", at, _SIGNED, reason)
        authorizations.determine(actor, tx, _key(request), decision, at=at)

    return determined


def _told(party: Party) -> Act:
    """Have the letter that was made with the determination go out; some 560 of them take 3 s more than telling did."""

    def told(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
        made = authorizations.stands(request)
        letters = authorizations.letters_of(actor, tx, **_where(request))
        of_it = (each for each in letters if made and each.determination_id == made.determination_id)
        letter = next((each for each in of_it if each.party == party), None)
        if letter is not None:
            authorizations.hand_out(
                actor, tx, **_where(request), letter_id=letter.letter_id,
                how=Channel.FAX if party is Party.PROVIDER else Channel.MAIL,
                recipient=request.frame.provider_name if party is Party.PROVIDER else "The injured worker",
                told_at=at, at=at,
            )  # fmt: skip

    return told


def _appeal(actor: Actor, tx: Connection, request: Request) -> Request | None:
    frame = request.frame
    found = authorizations.of_claim_page(actor, tx, client_id=frame.client_id, claim_id=frame.claim_id)
    return next((each for each in found if each.frame.about_id == frame.request_id), None)


def _appeal_decided(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    appeal = _appeal(actor, tx, request)
    if appeal is not None and appeal.frame.decided_at is None:
        outcome = Outcome.APPROVED if request.frame.request_id % 3 == 0 else Outcome.DENIED
        _determined(outcome)(actor, tx, appeal, at)


def _appeal_told(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    appeal = _appeal(actor, tx, request)
    if appeal is not None and appeal.frame.decided_at is not None and not appeal.notices:
        _told(Party.PROVIDER)(actor, tx, appeal, at)


def _where(request: Request) -> dict[str, Any]:
    return {name: getattr(request.frame, name) for name in ("client_id", "claim_id", "request_id")}


def _appealed(actor: Actor, tx: Connection, request: Request, at: datetime) -> None:
    """Log what is asked for about a denial, once."""
    if _appeal(actor, tx, request) is not None:
        return
    frame = request.frame
    kind, counted = authorizations.offered(actor, tx, frame.jurisdiction, appeal=True)[0]
    authorizations.log(
        actor, tx, client_id=frame.client_id, claim_id=frame.claim_id,
        asked=Asked(
            frame.jurisdiction, kind, frame.provider_name, at - _HOUR, Channel.MAIL,
            [Line(line.words, line.code or "", line.body_part or "", line.units) for line in request.lines],
            complete_at=at - _HOUR, about_id=frame.request_id, due_at=None if counted else at + 30 * _DAY,
            due_why="" if counted else _BY_HAND,
        ),
        although=(frame.request_id,), at=at,
    )  # fmt: skip
