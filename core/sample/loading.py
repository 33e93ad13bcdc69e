"""
Loading the sample through the ways that real claims take, and keeping it of today.

What its people did is written down as of when they did it, which only the owner of the database may: this process is
bound to the owner's address.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from core import assignment, feeds, scope, worklist
from core.access import Action, Actor
from core.claims import announce
from core.refusal import Refusal
from core.sample import (
    arrivals,
    calls,
    contacts,
    directory,
    papers,
    people,
    referring,
    requests,
    rules,
    telephone,
    unknown,
)  # fmt: skip
from core.sample.arrivals import Arrival
from core.sample.people import CLIENTS, VAS, SampleClient
from core.transactions import system_transaction, transaction
from db import session

HISTORY = timedelta(days=90)
"""How far back the sample's claims reach when it is first loaded."""


class DeskInUse(Refusal):
    text = "This desk has people of its own: the sample MCO is loaded only into an empty one."


_LIVELY = timedelta(days=2)
"""How far back the reports reach that make the present moment lively; what older ones lacked was asked for since."""

_SOMEBODY = text("select exists (select from staff where sign_in_name <> 'command-line')")
_KNOWN = text(
    "select client_claim_number from claim where client_id = :client_id and reported_at >= :since"
    " and client_claim_number is not null"
)
# Claims that the sample brought and that nobody at the keyboard has touched, though its own people may have handed them
# over: those it may go on playing with.
_UNTOUCHED = text(
    "select c.client_id, c.claim_id, c.client_claim_number, c.assignee_id is not null from claim c"
    " where c.client_id = :client_id and c.import_id is not null and c.first_contact_at is null and c.closed_at is null"
    " and c.date_of_death is null"
    " and c.client_claim_number is not null"
    " and not exists (select from contact_attempt a where (a.client_id, a.claim_id) = (c.client_id, c.claim_id)"
    "   and a.request is not null)"
    " and not exists (select from claim_event e where (e.client_id, e.claim_id) = (c.client_id, c.claim_id)"
    "   and e.kind not in ('reported', 'asked_by_rule') and (e.kind <> 'assigned' or e.at <> c.reported_at + :noticed)"
    "   and not exists (select from hand_over h"
    "     where (h.client_id, h.claim_id, h.given_at) = (e.client_id, e.claim_id, e.at) and h.note = any (:handed)))"
)
_TRIED = text(
    "with tried as (insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, call_again_at)"
    " select cast(:client_id as int), cast(:claim_id as bigint), cast(:at as timestamptz), cast(:by_id as int),"
    " 'worker', 'phone', :outcome, cast(:call_again_at as timestamptz)"
    " where not exists (select from contact_attempt a where a.client_id = :client_id"
    " and a.claim_id = :claim_id and a.at = cast(:at as timestamptz))"
    " returning client_id, claim_id, by_id, attempt_id, party, method, outcome)"
    " insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)"
    " select by_id, client_id, 'claim', claim_id, 'attempt_logged',"
    " jsonb_build_object('attempt', attempt_id, 'party', party, 'method', method, 'outcome', outcome) from tried"
)
_REACHED = text(
    "with attempt as (insert into contact_attempt (client_id, claim_id, at, by_id, party, method, outcome, substantive,"
    " note) values (:client_id, :claim_id, :at, :by_id, 'worker', 'phone', 'reached', true, :note)"
    " returning attempt_id),"
    " held as (insert into first_contact (client_id, attempt_id, identity, explained, care, work_status, work_note)"
    " select :client_id, attempt_id, cast(:identity as text[]), cast(:explained as text[]), :care, :work_status,"
    " :work_note from attempt),"
    " recorded as (insert into audit_event (actor_id, client_id, noun, noun_id, verb)"
    " values (:by_id, :client_id, 'claim', :claim_id, 'first_contact_recorded'))"
    " update claim set first_contact_at = :at, first_contact_by = :by_id, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id"
)
_CALLED = text(
    "update contact_attempt"
    " set called_attempt_id = desk_called(client_id, claim_id, party, at, attempt_id, call_again_at)"
    " where client_id = :client_id and call_again_at is not null and called_attempt_id is null"
)
_TAKEN = text(
    "with taken as (update claim set assignee_id = :by_id, assigned_at = :at, version = version + 1"
    " where client_id = :client_id and claim_id = :claim_id and assignee_id is null"
    " returning client_id, claim_id, assigned_at as at, assignee_id as by_id,"
    " jsonb_build_object('from', null, 'to', assignee_id) as detail),"
    " told as (insert into claim_event (client_id, claim_id, at, by_id, kind, detail)"
    " select client_id, claim_id, at, by_id, 'assigned', detail from taken)"
    " insert into audit_event (actor_id, client_id, noun, noun_id, verb, detail)"
    " select by_id, client_id, 'claim', claim_id, 'assigned', detail from taken"
)


def load(at: datetime) -> None:
    """
    Load the sample MCO into an empty desk, or, where it is loaded, bring it up to *at*.

    It is known by all its people, whoever else was added to them.

    :raises DeskInUse: if the desk has people and is not the sample's.
    """
    with session.begin(1) as tx:
        somebody = tx.execute(_SOMEBODY).scalar_one()
        known = {(name, actor.name) for name, actor in people.actors(tx).items()}
    if not somebody:
        people.add_clients_and_people(at)
    elif known != {(name, full_name) for name, full_name, *_ in people.PEOPLE}:
        raise DeskInUse
    with session.begin(1) as tx:
        directory.fill(tx, at)
    _report_and_reach(at)
    if not somebody:
        _put_aside(at)
        _go_wrong(at)
        _hand_over(at)
        _speak_for_some(at)
        _reach_some(at)
        _book_calls(at)
        _not_known(at)
        _telephone(at)
        _set_rules(at)
        _refer(at)
    _file_papers(at)
    _request(at)


def catch_up(at: datetime) -> None:
    """Bring the sample up to *at*, where it is loaded; claims and requests that somebody works on are left alone."""
    _report_and_reach(at)
    _request(at)


def _report_and_reach(at: datetime) -> None:
    with session.begin(1) as tx:
        staff = people.actors(tx)
    if not staff:
        return
    for client in CLIENTS:
        _arrive(staff[VAS[client.code]], client, at)
        _play(staff, client, at)
    with system_transaction() as tx:
        while tx.execute(text("select fold_facts()")).scalar_one():
            pass


def _put_aside(at: datetime) -> None:
    """Let a VA snooze one of the items that wait, and skip another: what is due last."""
    with session.begin(1) as tx:
        va = people.actors(tx)["va"]
    with transaction(va) as tx:
        waiting = [item for item in worklist.items(va, tx, at=at) if item.due_at > at + 3 * worklist.SKIPPED_FOR]
        for item in waiting[-1:]:
            until = at + 2 * worklist.SKIPPED_FOR
            worklist.snooze(
                va, tx, client_id=item.client_id, claim_id=item.claim_id, kind=item.kind, until=until, at=at
            )
        for item in waiting[-2:-1]:
            worklist.skip(
                va, tx, client_id=item.client_id, claim_id=item.claim_id, kind=item.kind, reason=_SKIPPED_BECAUSE, at=at
            )


def _book_calls(at: datetime) -> None:
    """Let the clinicians set their calendars, VAs book calls with them, and one ask for a time where none is free."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    calls.set_calendars(staff, at)
    vas = [staff[name] for name in dict.fromkeys(VAS.values())]
    for va in vas:
        calls.book_some(va, at)
    any(calls.ask_for_one(va, at) for va in vas)


def _not_known(at: datetime) -> None:
    """Have something asked again: what is late, what is of today, and what is of another day."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    unknown.say((staff[name] for name in dict.fromkeys(VAS.values())), at)


def _telephone(at: datetime) -> None:
    """Leave two calls unfinished: of one the claim is begun, of the other a few words are kept."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    clients = {client.code: client for client in CLIENTS}
    with transaction(staff["va"]) as tx:
        ids = {each.name: each.client_id for each in scope.clients(staff["va"], tx, Action.CLAIM_REPORT)}
    telephone.leave_unfinished(staff["va"], clients["HARBOR"], ids[clients["HARBOR"].name], at)
    telephone.leave_words(staff["va2"], clients["MESA"], at)


def _refer(at: datetime) -> None:
    """Let the VAs refer workers to specialists, and see what becomes of that."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    referring.refer_some([staff[name] for name in dict.fromkeys(VAS.values())], at)


def _set_rules(at: datetime) -> None:
    """Have the administrator say what intake asks for, of one client, of a state and, planned, of everybody."""
    with session.begin(1) as tx:
        admin = people.actors(tx)["admin"]
    [client] = [each for each in CLIENTS if each.code == _RULED]
    with transaction(admin) as tx:
        [client_id] = [
            each.client_id for each in scope.clients(admin, tx, Action.RULES_MANAGE) if each.code == client.code
        ]
    rules.set_rules(admin, client, client_id, at)


_RULED = "SUMMIT"
"""The client with which more was agreed to ask for."""


def _go_wrong(at: datetime) -> None:
    """Have a first contact that was a mistake, and a number that leads to nobody."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    contacts.mistake(staff["supervisor"], staff["clinical"], at)
    with transaction(staff["va"]) as tx:
        contacts.wrong_number(staff["va"], tx, at)


def _speak_for_some(at: datetime) -> None:
    """Let two workers be represented: one may be called directly, the other only through the attorney."""
    with session.begin(1) as tx:
        va = people.actors(tx)["va"]
    with transaction(va) as tx:
        contacts.represent(va, tx, at)


def _reach_some(at: datetime) -> None:
    """Let some workers say how they wish to be reached."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    wishes = iter(contacts.WISHES)
    for name in dict.fromkeys(VAS.values()):
        with transaction(staff[name]) as tx:
            contacts.reachable(staff[name], tx, wishes, at)


def _hand_over(at: datetime) -> None:
    """Let a VA hand one of her first contacts to clinical staff, and take over another one from there, with notes."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    va, nurse = staff["va"], staff["clinical"]
    with transaction(va) as tx:
        mine = dict.fromkeys(
            (item.client_id, item.claim_id)
            for item in worklist.items(va, tx, at=at)
            if item.assignee_id == va.staff_id and item.due_at > at and not item.marks
        )
    for steps, (client_id, claim_id) in enumerate(list(mine)[:2], 1):
        for (giver, receiver), said, ago in zip(((va, nurse), (nurse, va))[:steps], _SAID, (50, 30), strict=False):
            with transaction(giver) as tx:
                assignment.hand_over(
                    giver, tx, client_id=client_id, claim_id=claim_id, to=receiver.staff_id, note=said,
                    at=at - timedelta(minutes=ago),
                )  # fmt: skip


_SAID = (
    "Answers only after her shift, at three in the afternoon. Her sister interprets.",
    "Spoke with the plant nurse: the worker is at the clinic until two. Try the cell phone then.",
)
"""What is said with claims that are handed over: to clinical staff, and to the VA."""

_SKIPPED_BECAUSE = "An interpreter is free in the afternoon."


def _request(at: datetime) -> None:
    """Let requests for authorization come in, and go on up to *at*."""
    with session.begin(1) as tx:
        staff = people.actors(tx)
    if staff:
        requests.play(staff, at, since=at - HISTORY)


def _file_papers(at: datetime) -> None:
    with session.begin(1) as tx:
        staff = people.actors(tx)
    for client in CLIENTS:
        va = staff[VAS[client.code]]
        with transaction(va) as tx:
            client_id = feeds.client_with_code(va, tx, feeds.CLAIMS, client.code).client_id
            papers.fill(va, tx, client_id, client.timezone, at)


def _arrive(va: Actor, client: SampleClient, at: datetime) -> None:
    since = at - HISTORY
    with transaction(va) as tx:
        client_id = feeds.client_with_code(va, tx, feeds.CLAIMS, client.code).client_id
        known = set(tx.execute(_KNOWN, {"client_id": client_id, "since": since - timedelta(days=1)}).scalars())
        fresh = [
            one
            for one in arrivals.between(client, since, at)
            if one.number not in known and not (one.rhythm and one.reported_at < at - _LIVELY)
        ]
        if not fresh:
            return
        words = feeds.CLAIMS.vocabulary
        feed = feeds.read_feed(words, arrivals.feed(client, fresh, asked_before=at - _LIVELY))
        saved = feeds.saved_mapping(va, tx, feeds.CLAIMS, client_id)
        plan = feeds.plan(
            va,
            tx,
            feeds.CLAIMS,
            client_id=client_id,
            feed=feed,
            mapping=replace(feeds.mapping_for(words, feed, saved), date_order="mdy"),
            file_name=f"{client.code}-{at.astimezone(ZoneInfo(client.timezone)):%Y%m%d-%H%M}.csv",
            at=at,
        )
    feeds.commit(va, plan, at=at)


def _play(staff: dict[str, Actor], client: SampleClient, at: datetime) -> None:
    """Let the sample's VA take the claim and try, and its clinician reach the worker, each when its time has come."""
    va, clinician = staff[VAS[client.code]], _clinician(staff, client)
    planned = {one.number: one for one in arrivals.between(client, at - HISTORY, at)}
    with transaction(va) as tx:
        client_id = feeds.client_with_code(va, tx, feeds.CLAIMS, client.code).client_id
        open_claims = [
            (row[1], planned[row[2]])
            for row in tx.execute(_UNTOUCHED, {"client_id": client_id, "handed": list(_SAID), "noticed": _NOTICED})
            if row[2] in planned
        ]
        _take_and_try(va, tx, client_id, open_claims, at)
    with transaction(clinician) as tx:
        reached = [
            {"client_id": client_id, "claim_id": claim_id, "at": one.reached_at, "by_id": clinician.staff_id}
            | contacts.held(one)
            for claim_id, one in open_claims
            if one.reached_at <= at
        ]
        if reached:
            tx.execute(_REACHED, reached)
        tx.execute(_CALLED, {"client_id": client_id})
        announce(tx, client_id, None)


def _clinician(staff: dict[str, Actor], client: SampleClient) -> Actor:
    return staff["clinical" if client.code < "M" else "clinical2"]


def _take_and_try(
    va: Actor, tx: Connection, client_id: int, claims: Sequence[tuple[int, Arrival]], at: datetime
) -> None:
    taken = [
        {"client_id": client_id, "claim_id": claim_id, "at": one.reported_at + _NOTICED, "by_id": va.staff_id}
        for claim_id, one in claims
        if one.reported_at + _NOTICED <= at
    ]
    if taken:
        tx.execute(_TAKEN, taken)
    tried = [
        {
            "client_id": client_id, "claim_id": claim_id, "at": when, "by_id": va.staff_id,
            **contacts.came(one, when)._asdict(),
        }
        for claim_id, one in claims
        for when in one.tries
        if when <= at
    ]  # fmt: skip
    if tried:
        tx.execute(_TRIED, tried)


_NOTICED = timedelta(minutes=50)
"""How long a sample claim waits until its VA takes it."""
