"""Finding a claim by its number: ours, or the client's own."""

from typing import NamedTuple

from sqlalchemy import Connection, text

from core import audit, typed
from core.access import Action, Actor, Subject, require
from core.intake.elements import number_key

MOST = 10
"""Claims that one number finds at most: clients' own numbers are many times the same."""

# Client by client: keys begin with it, and there are few.
_BY_NUMBER = text("""
    select client_id, claim_id, claim_number, client.name as client_name
      from client join claim c using (client_id)
     where c.claim_number in (:number, 'C-' || :number)
    union
    select client_id, claim_id, claim_number, client.name
      from client join claim c using (client_id)
     where c.client_number_key = :key
     order by claim_id limit :most
""")


class Numbered(NamedTuple):
    """A claim that has the number asked for, and its client's name; nothing of the worker."""

    client_id: int
    claim_id: int
    claim_number: str
    client_name: str


def numbered(actor: Actor, tx: Connection, number: str) -> tuple[Numbered, ...]:
    """
    Return the claims among the actor's own whose number, or whose client's number, is *number*; MOST at most.

    Ours may be typed without its letter. On the record goes which claims were found, and not what was typed: that can
    be anything.

    :raises NotAllowed: if the actor does not read claims.
    """
    require(actor, Action.CLAIM_READ, Subject("claims_by_number"))
    wanted = typed.cleaned(number)
    parameters = {"number": wanted.upper(), "key": number_key(wanted), "most": MOST}
    claims = tuple(Numbered(*row) for row in tx.execute(_BY_NUMBER, parameters))
    detail = {"claims": [claim.claim_number for claim in claims]}
    audit.record(actor, tx, verb="read", noun="claims_by_number", noun_id=0, detail=detail)
    return claims
