"""Looking into a claim's file: its documents, what of it went outside, its conditions and its network."""

from typing import Literal

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, of_claim, require
from core.claims import NoSuchClaim
from db.queries import files as queries
from db.queries.files import ClaimFile


def read(
    actor: Actor, tx: Connection, client_id: int, claim_id: int, *, shown: Literal["file", "summary"] = "file"
) -> ClaimFile:
    """
    Return what is in the claim's file, but for the bytes of its documents.

    It is a look, on the record as one at what is *shown* of it.

    :raises NotAllowed: if the actor reads no files.
    :raises NoSuchClaim: if the claim is not there for the actor.
    """
    require(actor, Action.FILE_READ, of_claim(client_id, claim_id))
    if (found := queries.claim_file(tx, client_id, claim_id)) is None:
        raise NoSuchClaim
    audit.record(
        actor, tx, verb="read", noun="claim", noun_id=claim_id, client_id=client_id, detail={"shown": shown}
    )  # fmt: skip
    return found
