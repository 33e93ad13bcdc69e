"""The plan of an import: what will happen to each row, and why. Preview shows it; commit does exactly that."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from core import promises, words
from core.access import Action, Actor, of_client, require
from core.clients import NoSuchClient
from core.clocks import Clock, Policy, deadline, policy_counting
from core.feeds import duplicates
from core.feeds.duplicates import Duplicate, Fresh, Other, Reported
from core.feeds.judging import Accepted, RefusedRow, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.reading import Feed
from core.feeds.sweeping import no_sweeping
from core.intake.elements import DOUBTS, Question, Report
from core.intake.sameness import Facts, Likeness
from core.refusal import Refusal
from db.queries import promises as clients


class NoPromise(Refusal):
    text = "This client has no SLA policy yet. An administrator sets one first."


@dataclass(frozen=True, slots=True)
class NewClaim:
    """
    A row that will be a claim, with its deadline and the policy that makes it.

    `doubts` are asked beside its `questions`: whether it is the same claim as one of the `suspects`.
    """

    row: int
    report: Report
    facts: Facts
    questions: tuple[Question, ...]
    doubts: tuple[Question, ...]
    suspects: tuple[tuple[Other, Likeness], ...]
    flags: tuple[str, ...]
    policy_from: datetime
    due_at: datetime


NEW, ALREADY_REPORTED, REFUSED = "New claim", "Reported before", "Refused"
"""What can happen to a row, in words."""


class Line(NamedTuple):
    """One row of the preview. `worker` is protected information; `claim` is the id and number of the one it repeats."""

    row: int
    what: str
    worker: str
    why: str
    claim: tuple[int, str] | None = None


class Standing(NamedTuple):
    """All that a plan depends on and the database may change."""

    timezone: str
    policies: tuple[Policy, ...]
    reported: Reported


@dataclass(frozen=True)
class Plan:
    """
    Everything an import will do, decided.

    `judged` is what the rows say by themselves, `standing` what the database held against them: the plan is good for
    as long as it holds the same.
    """

    client_id: int
    file_name: str
    file_digest: str
    mapping: FeedMapping
    headings: tuple[str, ...]
    judged: tuple[Accepted, ...]
    claims: tuple[NewClaim, ...]
    duplicates: tuple[Duplicate, ...]
    refusals: tuple[RefusedRow, ...]
    standing: Standing
    sheet: str = ""
    """The sheet of the file that was read, where it is a workbook."""

    @property
    def read(self) -> int:
        """Rows of the file, headings not counted."""
        return len(self.claims) + len(self.duplicates) + len(self.refusals)

    @property
    def digest(self) -> str:
        """A name for what this will do, which any difference changes."""
        told = (self.client_id, self.file_digest, self.sheet, self.claims, self.duplicates, self.refusals)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()

    def lines(self) -> Iterator[Line]:
        """Yield what will happen to each row and why: what is refused, known, new and in doubt, then new without."""
        claims = sorted(self.claims, key=lambda claim: not (claim.doubts or claim.flags))
        every: tuple[Sequence[NewClaim | Duplicate | RefusedRow], ...] = (self.refusals, self.duplicates, claims)
        for each in chain.from_iterable(every):
            yield self._line(each)

    def _line(self, each: NewClaim | Duplicate | RefusedRow) -> Line:
        if isinstance(each, Duplicate):
            known = each.other
            claim = (known.claim_id, known.claim_number) if known.claim_id else None
            return Line(each.row, ALREADY_REPORTED, "", each.why, claim)
        if isinstance(each, RefusedRow):
            return Line(each.row, REFUSED, "", f"{each.reason} {each.remedy}")
        name = ", ".join(part for part in (each.report.family_name, each.report.given_name) if part)
        count = len(each.questions) + len(each.doubts)
        asked = f"open questions: {count}" if count else "nothing left to ask"
        due = f"Due {words.instant(each.due_at, self.standing.timezone)}; {asked}."
        if each.report.date_of_death:
            due = f"The worker has died: nobody calls; {asked}."
        said = [*(doubt.why for doubt in each.doubts), *(DOUBTS[flag][1] for flag in each.flags), due]
        return Line(each.row, NEW, name, " ".join(said))


@no_sweeping()
def plan(
    actor: Actor, tx: Connection, *, client_id: int, feed: Feed, mapping: FeedMapping, file_name: str, at: datetime
) -> Plan:
    """
    Decide what becomes of each row of *feed*, read by *mapping*, and write nothing.

    :raises NotAllowed: if the actor does not import claims.
    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises OrderUndecided: if nothing shows in which order the file's dates have day and month.
    :raises NoPromise: if no deadline could be computed for this client.
    """
    require(actor, Action.CLAIM_IMPORT, of_client(client_id))
    timezone = timezone_in_scope(actor, tx, client_id, at=at)
    answers = judge_all(feed, mapping, timezone=timezone, at=at)
    judged = tuple(answer for answer in answers if isinstance(answer, Accepted))
    standing = standing_now(actor, tx, client_id, judged, at=at)
    settled = duplicates.settle(judged, standing.reported)
    return Plan(
        client_id=client_id,
        file_name=f"{file_name}, sheet {feed.sheet}" if feed.sheet else file_name,
        file_digest=feed.digest,
        mapping=mapping,
        headings=feed.headings,
        judged=judged,
        claims=tuple(_claim(each, standing.policies) for each in settled if isinstance(each, Fresh)),
        duplicates=tuple(each for each in settled if isinstance(each, Duplicate)),
        refusals=tuple(answer for answer in answers if isinstance(answer, RefusedRow)),
        standing=standing,
        sheet=feed.sheet,
    )


def timezone_in_scope(actor: Actor, tx: Connection, client_id: int, *, at: datetime) -> str:
    """
    Return the zone of the client's days *at* a moment.

    :raises NoSuchClient: if the client is not among those whom the actor serves.
    """
    check_scope(actor, tx, client_id)
    return clients.timezone_of(tx, client_id, at=at) or "UTC"


def check_scope(actor: Actor, tx: Connection, client_id: int) -> None:
    """
    See that the client is one whom the actor serves.

    :raises NoSuchClient: if it is not.
    """
    if not clients.in_scope(tx, client_id) or (actor.scope is not None and client_id not in actor.scope):
        raise NoSuchClient


def standing_now(actor: Actor, tx: Connection, client_id: int, judged: Sequence[Accepted], *, at: datetime) -> Standing:
    """
    Return all that the database holds *at* this moment that decides what the *judged* rows become.

    :raises NoSuchClient: if the client is not among those whom the actor serves.
    :raises NoPromise: if no deadline could be computed for this client.
    """
    timezone = timezone_in_scope(actor, tx, client_id, at=at)
    policies = promises.policies(actor, tx, client_id)
    if not policies:
        raise NoPromise
    return Standing(timezone, tuple(policies), duplicates.reported(tx, client_id, judged))


def _claim(fresh: Fresh, policies: Sequence[Policy]) -> NewClaim:
    accepted, questions = fresh.accepted, fresh.accepted.questions
    reported_at = accepted.report.reported_at
    policy = policy_counting(policies, reported_at)
    if reported_at < policy.effective_from:
        why = "The report is older than the client's first SLA policy."
        questions = (*questions, Question("reported_at", "before_first_policy", why))
    return NewClaim(
        accepted.row,
        accepted.report,
        fresh.facts,
        questions,
        tuple(fresh.doubts()),
        fresh.suspects,
        accepted.flags,
        policy.effective_from,
        _due(policy, reported_at),
    )


def _due(policy: Policy, reported_at: datetime) -> datetime:
    if policy.clock is Clock.ELAPSED:
        # What `deadline` says of an elapsed clock, without its explanation: twenty thousand rows want it (tested).
        return reported_at + policy.promised
    return deadline(policy, reported_at).due_at
