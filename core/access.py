"""Who may do what: one matrix of role, action and scope, read by pages, services, policies and their tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from core.refusal import Refusal


class Role(StrEnum):
    """What a person is here for. One role a person."""

    VA = "va"
    SUPERVISOR = "supervisor"
    CLINICAL = "clinical"
    ACCOUNT_EXECUTIVE = "account_executive"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = MappingProxyType(
    {
        Role.VA: "Virtual assistant",
        Role.SUPERVISOR: "Supervisor",
        Role.CLINICAL: "Clinical staff",
        Role.ACCOUNT_EXECUTIVE: "Account executive",
        Role.COMPLIANCE: "Compliance",
        Role.ADMINISTRATOR: "Administrator",
    }
)


class Action(StrEnum):
    """Something a person can do, named area and verb."""

    QUEUE_WATCH = "queue.watch"
    LIVE_WATCH = "live.watch"
    CLAIM_READ = "claim.read"
    IDENTITY_READ = "identity.read"
    CLAIM_REPORT = "claim.report"
    CLAIM_IMPORT = "claim.import"
    INTAKE_WORK = "intake.work"
    REPORT_CORRECT = "report.correct"
    DEATH_SETTLE = "death.settle"
    CLOCK_PAUSE = "clock.pause"
    ATTEMPT_LOG = "attempt.log"
    FIRST_CONTACT_RECORD = "first_contact.record"
    FIRST_CONTACT_STRIKE = "first_contact.strike"
    CALL_BOOK = "call.book"
    CALL_END = "call.end"
    CALL_OVERRIDE = "call.override"
    CALENDAR_SET = "calendar.set"
    CLAIM_TAKE = "claim.take"
    CLAIM_HAND_OVER = "claim.hand_over"
    CLAIM_ASSIGN = "claim.assign"
    CLAIM_CLOSE = "claim.close"
    CLAIM_MERGE = "claim.merge"
    FILE_READ = "file.read"
    FILE_KEEP = "file.keep"
    CONDITION_SET = "condition.set"
    CLAIM_DISCLOSE = "claim.disclose"
    AUTHORIZATION_WORK = "authorization.work"
    AUTHORIZATION_IMPORT = "authorization.import"
    AUTHORIZATION_DETERMINE = "authorization.determine"
    REFERRAL_MAKE = "referral.make"
    COVER_SET = "cover.set"
    AGING_READ = "aging.read"
    AGING_DRILL = "aging.drill"
    MEASURES_READ = "measures.read"
    MEASURES_DRILL = "measures.drill"
    MEASURES_EXPORT = "measures.export"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"
    CLIENTS_MANAGE = "clients.manage"
    RULES_MANAGE = "rules.manage"
    STATUS_READ = "status.read"


class Scope(StrEnum):
    """On which records: all, those of the clients whom the person serves or, until a date, covers; none."""

    ALL = "all"
    SERVED = "served"
    NONE = "none"


_ALL, _SERVED = Scope.ALL, Scope.SERVED

MATRIX: MappingProxyType[Role, MappingProxyType[Action, Scope]] = MappingProxyType(
    {
        role: MappingProxyType({action: granted.get(action, Scope.NONE) for action in Action})
        for role, granted in {
            Role.VA: {
                Action.QUEUE_WATCH: _SERVED,
                Action.CLAIM_READ: _SERVED,
                Action.IDENTITY_READ: _SERVED,
                Action.CLAIM_REPORT: _SERVED,
                Action.CLAIM_IMPORT: _SERVED,
                Action.INTAKE_WORK: _SERVED,
                Action.ATTEMPT_LOG: _SERVED,
                Action.CALL_BOOK: _SERVED,
                Action.CLAIM_TAKE: _SERVED,
                Action.CLAIM_HAND_OVER: _SERVED,
                Action.FILE_READ: _SERVED,
                Action.FILE_KEEP: _SERVED,
                Action.CONDITION_SET: _SERVED,
                Action.CLAIM_DISCLOSE: _SERVED,
                Action.AUTHORIZATION_WORK: _SERVED,
                Action.AUTHORIZATION_IMPORT: _SERVED,
                Action.REFERRAL_MAKE: _SERVED,
                Action.AGING_READ: _SERVED,
                Action.AGING_DRILL: _SERVED,
            },
            Role.SUPERVISOR: {
                Action.QUEUE_WATCH: _ALL,
                Action.LIVE_WATCH: _ALL,
                Action.CLAIM_READ: _ALL,
                Action.IDENTITY_READ: _ALL,
                Action.CLAIM_REPORT: _ALL,
                Action.CLAIM_IMPORT: _ALL,
                Action.INTAKE_WORK: _ALL,
                Action.REPORT_CORRECT: _ALL,
                Action.DEATH_SETTLE: _ALL,
                Action.CLOCK_PAUSE: _ALL,
                Action.ATTEMPT_LOG: _ALL,
                Action.FIRST_CONTACT_STRIKE: _ALL,
                Action.CALL_BOOK: _ALL,
                Action.CALL_END: _ALL,
                Action.CALL_OVERRIDE: _ALL,
                Action.CALENDAR_SET: _ALL,
                Action.CLAIM_TAKE: _ALL,
                Action.CLAIM_HAND_OVER: _ALL,
                Action.CLAIM_ASSIGN: _ALL,
                Action.CLAIM_CLOSE: _ALL,
                Action.CLAIM_MERGE: _ALL,
                Action.FILE_READ: _ALL,
                Action.FILE_KEEP: _ALL,
                Action.CONDITION_SET: _ALL,
                Action.CLAIM_DISCLOSE: _ALL,
                Action.AUTHORIZATION_WORK: _ALL,
                Action.AUTHORIZATION_IMPORT: _ALL,
                Action.REFERRAL_MAKE: _ALL,
                Action.COVER_SET: _ALL,
                Action.AGING_READ: _ALL,
                Action.AGING_DRILL: _ALL,
                Action.MEASURES_READ: _ALL,
                Action.MEASURES_DRILL: _ALL,
                Action.MEASURES_EXPORT: _ALL,
            },
            Role.CLINICAL: {
                Action.QUEUE_WATCH: _SERVED,
                Action.CLAIM_READ: _SERVED,
                Action.IDENTITY_READ: _SERVED,
                Action.INTAKE_WORK: _SERVED,
                Action.ATTEMPT_LOG: _SERVED,
                Action.FIRST_CONTACT_RECORD: _SERVED,
                Action.CALL_BOOK: _SERVED,
                Action.CALL_END: _SERVED,
                Action.CALENDAR_SET: _SERVED,
                Action.CLAIM_TAKE: _SERVED,
                Action.CLAIM_HAND_OVER: _SERVED,
                Action.FILE_READ: _SERVED,
                Action.FILE_KEEP: _SERVED,
                Action.CONDITION_SET: _SERVED,
                Action.CLAIM_DISCLOSE: _SERVED,
                Action.AUTHORIZATION_WORK: _SERVED,
                Action.AUTHORIZATION_DETERMINE: _SERVED,
                Action.REFERRAL_MAKE: _SERVED,
                Action.AGING_READ: _SERVED,
                Action.AGING_DRILL: _SERVED,
            },
            Role.ACCOUNT_EXECUTIVE: {
                Action.AGING_READ: _SERVED,
                Action.MEASURES_READ: _SERVED,
                Action.MEASURES_EXPORT: _SERVED,
            },
            Role.COMPLIANCE: {
                Action.CLAIM_READ: _ALL,
                Action.IDENTITY_READ: _ALL,
                Action.FILE_READ: _ALL,
                Action.AGING_READ: _ALL,
                Action.MEASURES_READ: _ALL,
                Action.AUDIT_READ: _ALL,
            },
            Role.ADMINISTRATOR: {
                Action.PEOPLE_MANAGE: _ALL,
                Action.CLIENTS_MANAGE: _ALL,
                Action.RULES_MANAGE: _ALL,
                Action.STATUS_READ: _ALL,
            },
        }.items()
    }
)
"""Every role's answer to every action. What is not granted is Scope.NONE."""

SEES_ALL_CLIENTS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})
"""Roles whose scope is every client; the database's desk_sees_all() says the same (tested)."""

WORKS_FOR_CLIENTS = frozenset(role for role in Role if Scope.SERVED in MATRIX[role].values())
"""Roles that see what is of the clients served or covered, and nothing where there are none."""


class NotAllowed(Refusal):
    text = "This is not part of your role."


@dataclass(frozen=True)
class Actor:
    """
    The person who acts. `clients` are the ids of the clients served and, now, covered; `timezone` an IANA name.

    Whoever `must_change_password` signed in with one that somebody else has set, and may do nothing else yet.
    """

    staff_id: int
    name: str
    sign_in_name: str
    role: Role
    timezone: str
    clients: frozenset[int] = field(default=frozenset())
    session_id: int | None = None
    must_change_password: bool = False

    def may(self, action: Action) -> bool:
        """Tell whether the role includes *action*, on whatever scope; a password that another has set comes first."""
        return not self.must_change_password and MATRIX[self.role][action] is not Scope.NONE

    @property
    def scope(self) -> frozenset[int] | None:
        """The ids of the clients in scope, or None where that is all of them."""
        return None if self.role in SEES_ALL_CLIENTS else self.clients


COMMAND_LINE = Actor(1, "Command line", "command-line", Role.SUPERVISOR, "UTC")
"""Who acts when nobody is signed in but the machine's own operator: the first row of staff, which cannot sign in."""


class Subject(NamedTuple):
    """
    What an act is about, as it was asked for: it may not exist, or not be the actor's to know of.

    `noun_id` is 0 where there is no one record; `more` says which ones then, nothing of it protected.
    """

    noun: str
    noun_id: int = 0
    client_id: int | None = None
    more: Mapping[str, Any] = MappingProxyType({})


def of_claim(client_id: int, claim_id: int) -> Subject:
    """Return a claim as the subject of an act."""
    return Subject("claim", claim_id, client_id)


def of_client(client_id: int) -> Subject:
    """Return a client as the subject of an act."""
    return Subject("client", client_id, client_id)


_NOTHING_YET = Subject("act")


@dataclass
class Tried:
    """What was asked for last, so that a refusal can say of what: `action` is None before anything was."""

    action: Action | None = None
    subject: Subject = _NOTHING_YET


_tried: ContextVar[Tried | None] = ContextVar("tried", default=None)


@contextmanager
def trying() -> Iterator[Tried]:
    """Remember, while open, what `require` is asked for: whatever refuses it then, the role or the scope."""
    tried = Tried()
    before = _tried.set(tried)
    try:
        yield tried
    finally:
        _tried.reset(before)


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """
    Go on only if *actor* may do *action*; which records is for the query and the database's policies to hold.

    *subject* is what it shall be done to; without one, all that the action names.

    :raises NotAllowed: if the role does not include it.
    """
    if tried := _tried.get():
        tried.action, tried.subject = action, subject or Subject(action.partition(".")[0])
    if not actor.may(action):
        raise NotAllowed
