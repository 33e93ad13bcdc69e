"""What tests of letters do: make, read and hand out those of a request."""

import io

import pypdf

from core import authorizations, claim_file
from core.access import Actor
from core.authorizations import Decision, Key, Letter, Party, Which
from core.statutes import Channel
from core.transactions import acting, transaction
from tests.factories import NOW

MISSING = "The report behind it, signed."


def decide(actor: Actor, key: Key, decision: Decision) -> None:
    with acting(actor) as tx:
        authorizations.determine(actor, tx, key, decision, at=NOW)


def letters(actor: Actor, key: Key) -> list[Letter]:
    with transaction(actor) as tx:
        return authorizations.letters_of(actor, tx, **of(key))


def of(key: Key) -> dict[str, int]:
    return {"client_id": key.client_id, "claim_id": key.claim_id, "request_id": key.request_id}


def to(actor: Actor, key: Key, party: Party) -> Letter:
    return next(each for each in letters(actor, key) if each.party == party)


def content(actor: Actor, key: Key, letter: Letter) -> bytes:
    assert letter.document_id is not None
    with transaction(actor) as tx:
        return claim_file.open_document(
            actor, tx, client_id=key.client_id, claim_id=key.claim_id, document_id=letter.document_id
        ).content


def said(actor: Actor, key: Key, letter: Letter) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content(actor, key, letter))).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def make(actor: Actor, key: Key, which: Which) -> int:
    with acting(actor) as tx:
        return authorizations.make(actor, tx, **of(key), which=which, at=NOW)


def hand_out(actor: Actor, key: Key, letter: Letter, how: Channel = Channel.FAX) -> None:
    with acting(actor) as tx:
        authorizations.hand_out(
            actor, tx, **of(key), letter_id=letter.letter_id, how=how, recipient="Dr. Ames's office", at=NOW
        )


def speaks(desk, claim: int, kind: str = "attorney") -> None:
    with desk.owner() as db:
        db.execute(
            "insert into representative (client_id, claim_id, kind, firm) select client_id, claim_id, %s, 'Vega & Roe'"
            " from claim where claim_id = %s", (kind, claim),
        )  # fmt: skip


def language(desk, claim: int, name: str) -> None:
    with desk.owner() as db:
        db.execute(
            "update injured_worker set language = %s where worker_id = (select worker_id from claim where claim_id = %s)",
            (name, claim),
        )
