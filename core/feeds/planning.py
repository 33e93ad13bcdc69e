"""The plan of an import: what will happen to each row, and why. Preview shows it; commit does exactly that."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import promises, scope, walltime
from core.access import Action, Actor
from core.clocks import Clock, Policy, deadline, policy_counting
from core.feeds import duplicates, values
from core.feeds.duplicates import Duplicate, Fresh, Other, Reported
from core.feeds.judging import Accepted, RefusedRow, judge_all
from core.feeds.mapping import FeedMapping
from core.feeds.python_gc import no_garbage_collection
from core.feeds.reading import Feed
from core.intake import requirements
from core.intake.asking import is_of_unread_time
from core.intake.doubts import DOUBTS, TIME_UNREAD
from core.intake.elements import MISSING, NOT_AS_PREFERRED, UNCONFIRMED, Question
from core.intake.requirements import Requirements
from core.intake.sameness import Facts, Likeness
from core.intake.told import Report
from core.refusal import Refusal


class NoPromise(Refusal):
    text = "This client has no SLA policy yet. An administrator sets one first."


class NewClaim(NamedTuple):
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


KEPT_ASIDE = "The row is taken in as it is; what it says here is kept in a question on the claim."
"""What happens to values that cannot be read, or are doubted."""

NEW, ALREADY_REPORTED = "New claim", "Reported before"
"""What happens to a row that is not refused, in words."""


class Line(NamedTuple):
    """
    One row of the preview that is not refused.

    `worker` is protected information. `due_at` is there only where somebody will call, so not for a worker who died.
    `asks` are the elements that stay to be asked, each once. `claims` are the numbers of claims that `why` may name,
    and their ids.
    """

    row: int
    what: str
    worker: str
    why: str
    due_at: datetime | None = None
    asks: tuple[str, ...] = ()
    claims: tuple[tuple[str, int], ...] = ()


class Basis(NamedTuple):
    """
    What a plan rests on in the database: it is good for as long as these are the same.

    The zone of the client's days, its SLA policies, those of its claims that the rows could repeat, and what is asked
    of its claims.
    """

    timezone: str
    policies: tuple[Policy, ...]
    reported: Reported
    asked: Requirements


@dataclass(frozen=True)
class Plan:
    """
    Everything an import will do, decided.

    `judged` is what the rows say by themselves, `basis` what the database held beside them. `at` is when it was made.
    """

    client_id: int
    at: datetime
    file_name: str
    file_digest: str
    mapping: FeedMapping
    headings: tuple[str, ...]
    judged: tuple[Accepted, ...]
    claims: tuple[NewClaim, ...]
    duplicates: tuple[Duplicate, ...]
    refusals: tuple[RefusedRow, ...]
    basis: Basis
    sheet: str = ""
    """The sheet of the file that was read, where it is a workbook."""

    @property
    def read(self) -> int:
        """Rows of the file, headings not counted."""
        return len(self.claims) + len(self.duplicates) + len(self.refusals)

    @property
    def digest(self) -> str:
        """A name for what this will do, which any difference changes."""
        decided = (self.client_id, self.file_digest, self.sheet, self.claims, self.duplicates, self.refusals)
        return hashlib.sha256(repr(decided).encode("utf-8", "replace")).hexdigest()

    @property
    def overdue(self) -> int:
        """How many new claims arrive after their first contact was due; a worker who has died is called by nobody."""
        return sum(1 for claim in self.claims if self._is_overdue(claim))

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of the columns that nothing is read from, in the file's order."""
        used = set(self.mapping.columns.values())
        return tuple(heading for heading in self.headings if heading not in used)

    def lines(self) -> Iterator[Line]:
        """Yield what will happen to each row that is not refused: known, in doubt, overdue, then other new ones."""
        reports = {row.row: row.report for row in self.judged}
        for duplicate in self.duplicates:
            report = reports[duplicate.row]
            name = values.whole_name(report.family_name, report.given_name)
            yield Line(duplicate.row, ALREADY_REPORTED, name, duplicate.why, claims=_numbers([duplicate.other]))
        yield from map(
            self._line,
            sorted(
                self.claims,
                key=lambda claim: (not (claim.doubts or claim.flags or _aside(claim)), not self._is_overdue(claim)),
            ),
        )

    def _line(self, claim: NewClaim) -> Line:
        report = claim.report
        unread = [question.why for question in claim.questions if is_of_unread_time(question)]
        doubts = [doubt.why for doubt in claim.doubts]
        for flag in claim.flags:  # a time that stands in the file is quoted here as well
            doubts += unread if flag == TIME_UNREAD else [DOUBTS[flag][1]]
        if aside := _aside(claim):
            doubts = [*dict.fromkeys([*doubts, *aside]), KEPT_ASIDE]
        if report.date_of_death:
            doubts.append("The worker has died: nobody calls.")
        return Line(
            claim.row,
            NEW,
            values.whole_name(report.family_name, report.given_name),
            " ".join(doubts),
            None if report.date_of_death else claim.due_at,
            tuple(dict.fromkeys(question.element for question in (*claim.questions, *claim.doubts))),
            _numbers(other for other, _ in claim.suspects),
        )

    def _is_overdue(self, claim: NewClaim) -> bool:
        return claim.due_at < self.at and claim.report.date_of_death is None


@no_garbage_collection()
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
    timezone = scope.timezone(actor, tx, Action.CLAIM_IMPORT, client_id, at=at)
    asked = requirements.of_client(tx, client_id, on=walltime.today(timezone, at))
    answers = judge_all(feed, mapping, timezone=timezone, at=at, required=asked.of)
    judged = tuple(answer for answer in answers if isinstance(answer, Accepted))
    basis = basis_now(actor, tx, client_id, judged, at=at)._replace(asked=asked)
    settled = duplicates.settle(judged, basis.reported)
    return Plan(
        client_id=client_id,
        at=at,
        file_name=f"{file_name}, sheet {feed.sheet}" if feed.sheet else file_name,
        file_digest=feed.digest,
        mapping=mapping,
        headings=feed.headings,
        judged=judged,
        claims=tuple(_claim(each, basis.policies) for each in settled if isinstance(each, Fresh)),
        duplicates=tuple(each for each in settled if isinstance(each, Duplicate)),
        refusals=tuple(answer for answer in answers if isinstance(answer, RefusedRow)),
        basis=basis,
        sheet=feed.sheet,
    )


def basis_now(actor: Actor, tx: Connection, client_id: int, judged: Sequence[Accepted], *, at: datetime) -> Basis:
    """
    Return all that the database holds *at* this moment that decides what the *judged* rows become.

    :raises NotAllowed, NoSuchClient: if the actor does not import claims of that client.
    :raises NoPromise: if no deadline could be computed for this client.
    """
    timezone = scope.timezone(actor, tx, Action.CLAIM_IMPORT, client_id, at=at)
    policies = promises.policies(actor, tx, client_id)
    if not policies:
        raise NoPromise
    asked = requirements.of_client(tx, client_id, on=walltime.today(timezone, at))
    return Basis(timezone, tuple(policies), duplicates.reported(tx, client_id, judged), asked)


def _aside(claim: NewClaim) -> list[str]:
    """Return what the row says and the claim does not take as it stands, as it is asked about; no flag."""
    others = (MISSING, NOT_AS_PREFERRED, UNCONFIRMED, *claim.flags)
    return [question.why for question in claim.questions if question.reason not in others]


def _numbers(others: Iterable[Other]) -> tuple[tuple[str, int], ...]:
    """Return number and id of those of *others* that are claims already."""
    return tuple((other.claim_number, other.claim_id) for other in others if other.claim_id is not None)


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
        accepted.facts,
        questions,
        tuple(fresh.doubts()) if fresh.suspects else (),
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
