"""The referrals of a claim, each with who confirmed it and its appointments."""

from dataclasses import dataclass

from sqlalchemy import Connection

from core import access
from core.access import Action, Actor, require
from core.referrals import states
from core.referrals.vocabulary import Party
from db.queries import referrals as queries
from db.queries.referrals import Appointment, Confirmation, Referral, Report


@dataclass(frozen=True)
class Whole:
    """A referral, who confirmed it, and its appointments, the latest first."""

    referral: Referral
    confirmations: tuple[Confirmation, ...]
    appointments: tuple[Appointment, ...]

    @property
    def state(self) -> states.State:
        """Where it stands."""
        return states.state(self.referral)

    @property
    def steps(self) -> list[states.Due]:
        """What it still needs, what is due first before the others."""
        return states.steps(self.referral)

    @property
    def booked(self) -> Appointment | None:
        """The appointment that is booked; None where none is."""
        return next((each for each in self.appointments if each.status == "booked"), None)

    def confirmed(self, party: Party) -> Confirmation | None:
        """Return the confirmation of a side; None where it has not confirmed."""
        return next((each for each in self.confirmations if each.party == party), None)


def of_claim(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> list[Whole]:
    """
    Return the referrals of the claim and of those merged into it, the open ones first, the latest before others.

    :raises NotAllowed: if the actor reads no claims.
    """
    require(actor, Action.CLAIM_READ, access.of_claim(client_id, claim_id))
    made = queries.of_claim(tx, client_id, claim_id)
    if not made:
        return []
    confirmations = queries.confirmations(tx, client_id, claim_id)
    appointments = queries.appointments(tx, client_id, claim_id)
    return [
        Whole(
            each,
            tuple(one for one in confirmations if one.referral_id == each.referral_id),
            tuple(one for one in appointments if one.referral_id == each.referral_id),
        )
        for each in made
    ]


def reports(actor: Actor, tx: Connection, client_id: int, claim_id: int) -> list[Report]:
    """
    Return the documents of the claim, and of those merged into it, that can be a specialist's report, the latest first.

    :raises NotAllowed: if the actor reads no files.
    """
    require(actor, Action.FILE_READ, access.of_claim(client_id, claim_id))
    return queries.reports(tx, client_id, claim_id)
