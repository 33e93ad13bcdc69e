"""Letters that the desk makes, whatever they are about: their very bytes are kept on the claim."""

from datetime import datetime

from sqlalchemy import Connection

from core.access import Actor
from core.claim_file.documents import DocumentKind, add
from core.typeset import TEMPLATES, Letter


def keep_letter(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, told: Letter, content: bytes, title: str,
    of: str = "", at: datetime,
) -> int:  # fmt: skip
    """
    Keep a letter, which is *content* as `typeset.letter` has set what is *told*; the document's number.

    *of* tells it in the file's name from others of the same reference. The letter can be of a claim that was merged.

    :raises Refusal: as `documents.add`, DocumentKnown if the claim has the very same among them.
    """
    name = "_".join(filter(None, (TEMPLATES[type(told)], told.reference, of)))
    return add(
        actor, tx, client_id=client_id, claim_id=claim_id, name=f"{name}.pdf", data=content, received_at=at,
        kind=DocumentKind.LETTER, title=title, at=at, also_merged=True,
    )  # fmt: skip
