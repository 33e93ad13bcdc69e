"""The plan of an import: what will happen to each row, and why. Preview shows it; commit does exactly that."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import promises
from core.access import Action, Actor, require
from core.clocks import Clock, Policy, deadline, policy_in_force
from core.feeds import settling
from core.feeds.judging import Accepted, RefusedRow, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.reading import Feed
from core.feeds.settling import Duplicate, Fresh
from core.intake import NoSuchClient
from core.intake.elements import Report
from core.refusal import Refusal
from db.queries import promises as clients


class NoPromise(Refusal):
    """This client has no SLA policy yet. An administrator sets one first."""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A row that will be a claim, with its deadline and the policy that makes it."""

    row: int
    report: Report
    family_key: str
    given_key: str
    questions: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    policy_from: datetime
    due_at: datetime


class Line(NamedTuple):
    """One row of the preview. `worker` is protected information."""

    row: int
    what: str
    worker: str
    why: str


@dataclass(frozen=True)
class Plan:
    """
    Everything an import will do, decided. `digest` names it: two plans that do the same have the same digest.

    `judged` is what the rows say by themselves; the rest also depends on the database, and is checked again at commit.
    """

    client_id: int
    timezone: str
    file_name: str
    file_digest: str
    mapping: FeedMapping
    headings: tuple[str, ...]
    judged: Sequence[Accepted]
    claims: Sequence[NewClaim]
    duplicates: Sequence[Duplicate]
    refusals: Sequence[RefusedRow]
    digest: str

    @property
    def read(self) -> int:
        """Rows of the file, headings not counted."""
        return len(self.claims) + len(self.duplicates) + len(self.refusals)

    def lines(self) -> Iterator[Line]:
        """Yield what will happen to each row and why, in the file's order."""
        made: list[Line] = []
        for claim in self.claims:
            name = ", ".join(part for part in (claim.report.family_name, claim.report.given_name) if part)
            asked = f"{len(claim.questions)} open questions" if claim.questions else "nothing left to ask"
            made.append(Line(claim.row, "New claim", name, f"Due {claim.due_at:%Y-%m-%d %H:%M} UTC, {asked}."))
        made += [Line(same.row, "Already reported", "", same.why) for same in self.duplicates]
        made += [Line(row.row, "Refused", "", f"{row.reason} {row.remedy}") for row in self.refusals]
        yield from sorted(made)


def plan(
    actor: Actor, tx: Connection, *, client_id: int, feed: Feed, mapping: FeedMapping, file_name: str, at: datetime
) -> Plan:
    """
    Decide what becomes of each row of *feed*, read by *mapping*, and write nothing.

    :raises NotAllowed: if the actor does not import claims.
    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises NoPromise: if no deadline could be computed for this client.
    """
    require(actor, Action.CLAIM_IMPORT)
    timezone = timezone_in_scope(actor, tx, client_id)
    answers = judge_all(feed, mapping, timezone=timezone, at=at)
    judged = [answer for answer in answers if isinstance(answer, Accepted)]
    claims, duplicates = decide(actor, tx, client_id, judged)
    refusals = [answer for answer in answers if isinstance(answer, RefusedRow)]
    return Plan(
        client_id=client_id,
        timezone=timezone,
        file_name=file_name,
        file_digest=feed.digest,
        mapping=mapping,
        headings=feed.headings,
        judged=judged,
        claims=claims,
        duplicates=duplicates,
        refusals=refusals,
        digest=digest_of(claims, duplicates),
    )


def timezone_in_scope(actor: Actor, tx: Connection, client_id: int) -> str:
    """
    Return the zone of the client's days.

    :raises NoSuchClient: if the client is not among those whom the actor serves.
    """
    timezone = clients.timezone_of(tx, client_id)
    if timezone is None or (actor.scope is not None and client_id not in actor.scope):
        raise NoSuchClient
    return timezone


def decide(
    actor: Actor, tx: Connection, client_id: int, judged: Sequence[Accepted]
) -> tuple[list[NewClaim], list[Duplicate]]:
    """Return what the *judged* rows become, against the claims and the SLA policies there are now."""
    policies = promises.policies(actor, tx, client_id)
    if not policies:
        raise NoPromise
    settled = settling.settle(judged, settling.known(tx, client_id, judged))
    claims = [_claim(each, policies) for each in settled if isinstance(each, Fresh)]
    return claims, [each for each in settled if isinstance(each, Duplicate)]


def digest_of(claims: Sequence[NewClaim], duplicates: Sequence[Duplicate]) -> str:
    """Return a name for what these will do that any difference changes."""
    told = hashlib.sha256()
    for claim in claims:
        told.update(repr((claim.row, claim.policy_from, claim.due_at, claim.questions)).encode())
    for same in duplicates:
        told.update(repr((same.row, same.of)).encode())
    return told.hexdigest()


def _claim(fresh: Fresh, policies: Sequence[Policy]) -> NewClaim:
    accepted, questions = fresh.accepted, fresh.accepted.questions
    policy, due_at, older = _due(policies, accepted.report.reported_at)
    if fresh.suspect:
        why = f"This may be the same report as {fresh.suspect}: one of the two has no date of birth."
        questions = {**questions, "birth_date": why}
    if older:
        questions = {**questions, "reported_at": "The report is older than the client's first SLA policy."}
    return NewClaim(
        accepted.row,
        accepted.report,
        fresh.family_key,
        fresh.given_key,
        tuple(questions.items()),
        accepted.flags,
        policy.effective_from,
        due_at,
    )


def _due(policies: Sequence[Policy], reported_at: datetime) -> tuple[Policy, datetime, bool]:
    """Return the policy for a report at *reported_at*, its deadline, and whether no policy was in force so early."""
    older = reported_at < policies[0].effective_from
    policy = policies[0] if older else policy_in_force(policies, reported_at)
    if policy.clock is Clock.ELAPSED:
        # What `deadline` says of an elapsed clock, without its explanation: twenty thousand rows want it (tested).
        return policy, reported_at + policy.promised, older
    return policy, deadline(policy, reported_at).due_at, older
