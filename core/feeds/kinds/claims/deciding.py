"""What of each judged row is a new claim, with its deadline; and what of a client decides that."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import promises, walltime
from core.access import Actor
from core.clocks import Clock, Policy, deadline, policy_counting
from core.feeds.kind import Duplicate, Other, Setting
from core.feeds.kinds.claims import duplicates
from core.feeds.kinds.claims.duplicates import Fresh, Reported
from core.feeds.kinds.claims.judging import Accepted
from core.intake import requirements
from core.intake.elements import Question
from core.intake.requirements import Requirements
from core.intake.sameness import Facts, Likeness
from core.intake.told import Report
from core.refusal import Refusal


class NoPromise(Refusal):
    text = "This client has no SLA policy yet. An administrator sets one first."


class Terms(NamedTuple):
    """What a client's claims go by: its SLA policies, and what is asked of its claims."""

    policies: tuple[Policy, ...]
    asked: Requirements


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


def terms(actor: Actor, tx: Connection, setting: Setting) -> Terms:
    """
    Return what the client's claims go by.

    :raises NoPromise: if no deadline could be computed for this client.
    """
    policies = promises.policies(actor, tx, setting.client_id)
    if not policies:
        raise NoPromise
    today = walltime.today(setting.timezone, setting.at)
    return Terms(tuple(policies), requirements.of_client(tx, setting.client_id, on=today))


def settle(judged: Sequence[Accepted], terms: Terms, known: Reported) -> list[NewClaim | Duplicate]:
    """Say of each judged row whether it is a new claim or was reported before, in the file's order."""
    settled = duplicates.settle(judged, known)
    return [each if isinstance(each, Duplicate) else _claim(each, terms.policies) for each in settled]


def is_overdue(claim: NewClaim, at: datetime) -> bool:
    """Tell whether *claim* arrives after its first contact was due; a worker who has died is called by nobody."""
    return claim.due_at < at and claim.report.date_of_death is None


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
