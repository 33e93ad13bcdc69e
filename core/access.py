"""Who may do what: one matrix of role, action and scope, read by pages, services, policies and their tests."""

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

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
    CLOCK_PAUSE = "clock.pause"
    ATTEMPT_LOG = "attempt.log"
    FIRST_CONTACT_RECORD = "first_contact.record"
    CLAIM_TAKE = "claim.take"
    CLAIM_ASSIGN = "claim.assign"
    MEASURES_READ = "measures.read"
    MEASURES_DRILL = "measures.drill"
    MEASURES_EXPORT = "measures.export"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"
    CLIENTS_MANAGE = "clients.manage"
    STATUS_READ = "status.read"


class Scope(StrEnum):
    """On which records: all, those of the clients whom the person serves (and claims assigned to the person), none."""

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
                Action.CLAIM_TAKE: _SERVED,
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
                Action.CLOCK_PAUSE: _ALL,
                Action.ATTEMPT_LOG: _ALL,
                Action.CLAIM_TAKE: _ALL,
                Action.CLAIM_ASSIGN: _ALL,
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
                Action.CLAIM_TAKE: _SERVED,
            },
            Role.ACCOUNT_EXECUTIVE: {Action.MEASURES_READ: _SERVED, Action.MEASURES_EXPORT: _SERVED},
            Role.COMPLIANCE: {
                Action.CLAIM_READ: _ALL,
                Action.IDENTITY_READ: _ALL,
                Action.MEASURES_READ: _ALL,
                Action.AUDIT_READ: _ALL,
            },
            Role.ADMINISTRATOR: {
                Action.PEOPLE_MANAGE: _ALL,
                Action.CLIENTS_MANAGE: _ALL,
                Action.STATUS_READ: _ALL,
            },
        }.items()
    }
)
"""Every role's answer to every action. What is not granted is Scope.NONE."""

SEES_ALL_CLIENTS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})
"""Roles whose scope is every client; the database's desk_sees_all() says the same (tested)."""


class NotAllowed(Refusal):
    """This is not part of your role."""


@dataclass(frozen=True)
class Actor:
    """The person who acts. `clients` are the ids of the clients whom the person serves; `timezone` an IANA name."""

    staff_id: int
    name: str
    sign_in_name: str
    role: Role
    timezone: str
    clients: frozenset[int] = field(default=frozenset())
    session_id: int | None = None

    def may(self, action: Action) -> bool:
        """Tell whether the role includes *action* at all, on whatever scope."""
        return MATRIX[self.role][action] is not Scope.NONE

    @property
    def scope(self) -> frozenset[int] | None:
        """The ids of the clients in scope, or None where that is all of them."""
        return None if self.role in SEES_ALL_CLIENTS else self.clients


COMMAND_LINE = Actor(1, "Command line", "command-line", Role.SUPERVISOR, "UTC")
"""Who acts when nobody is signed in but the machine's own operator: the first row of staff, which cannot sign in."""


def require(actor: Actor, action: Action) -> None:
    """
    Go on only if *actor* may do *action*; which records is for the query and the database's policies to hold.

    :raises NotAllowed: if the role does not include it.
    """
    if not actor.may(action):
        raise NotAllowed
