"""The inbound tray: a file waits until somebody stamps it and says which claim it belongs to."""

from datetime import timedelta

import pytest

from core import access_log, claim_file, claims, files
from core.access import Actor, NotAllowed, Role
from core.claim_file import DocumentKind
from core.refusal import NoReason, Refusal, TooLong
from core.transactions import transaction
from tests import factories, papers
from tests.factories import NOW


def drop(actor: Actor, client: int, data: bytes = papers.PDF) -> int:
    with transaction(actor) as tx:
        return files.keep(actor, tx, client_id=client, name="fax.pdf", data=data, at=NOW)


def waiting(actor: Actor) -> list[int]:
    with transaction(actor) as tx:
        return [each.file_id for each in claim_file.waiting(actor, tx)]


def take_in(actor: Actor, client: int, file_id: int, claim: int, **said) -> int:
    said = {"received_at": NOW - timedelta(hours=3), "kind": DocumentKind.LETTER, "title": "A letter"} | said
    with transaction(actor) as tx:
        return claim_file.take_in(actor, tx, client_id=client, file_id=file_id, claim_id=claim, at=NOW, **said)


def test_a_stamped_file_leaves_the_tray_and_is_a_document_of_its_claim(desk, va: Actor, client: int) -> None:
    first, second = drop(va, client), drop(va, client, b"Second.")
    claim = factories.claim(client)
    assert waiting(va) == [first, second]

    document = take_in(va, client, first, claim, kind=DocumentKind.WORK_STATUS, title=" Work \n status ")

    assert waiting(va) == [second]
    with transaction(va) as tx:
        [kept] = claim_file.read(va, tx, client, claim).documents
        opened = claim_file.open_document(va, tx, client_id=client, claim_id=claim, document_id=document)
    assert (kept.kind, kept.title, kept.received_at) == ("work_status", "Work status", NOW - timedelta(hours=3))
    assert opened.content == papers.PDF
    with desk.owner() as db:
        looks = db.execute("select noun_id, detail from audit_event where verb = 'read' and noun = 'claim'").fetchall()
        told = db.execute("select kind, detail from claim_event where kind <> 'reported'").fetchall()
    assert looks == [(claim, {"shown": "file"}), (claim, {"document": document})]
    assert told == [("document_added", {"document": document, "kind": "work_status"})]


def test_what_is_not_said_or_cannot_be_leaves_the_file_waiting(va: Actor, client: int) -> None:
    file_id, claim = drop(va, client), factories.claim(client)
    wrong: list[tuple[dict[str, object], type[Refusal]]] = [
        ({"received_at": None}, claim_file.WhenReceived),
        ({"received_at": NOW + timedelta(minutes=1)}, claim_file.ReceivedLater),
        ({"title": " \u200b"}, claim_file.NoTitle),
        ({"title": "x" * 201}, TooLong),
        ({"claim": factories.claim(factories.client())}, claims.NoSuchClaim),
    ]
    for said, refusal in wrong:
        with pytest.raises(refusal):
            take_in(va, client, file_id, **{"claim": claim, **said})

    assert waiting(va) == [file_id]


def test_a_file_is_settled_once(va: Actor, client: int) -> None:
    file_id, claim = drop(va, client), factories.claim(client)
    take_in(va, client, file_id, claim)

    with pytest.raises(claim_file.NotWaiting):
        take_in(va, client, file_id, claim)
    with pytest.raises(claim_file.NotWaiting), transaction(va) as tx:
        claim_file.set_aside(va, tx, client_id=client, file_id=file_id, reason="Advertising", at=NOW)


def test_a_claim_has_the_very_same_document_once(va: Actor, client: int) -> None:
    claim, other = factories.claim(client), factories.claim(client)
    take_in(va, client, drop(va, client), claim)
    again = drop(va, client)

    with pytest.raises(claim_file.DocumentKnown):
        take_in(va, client, again, claim)

    take_in(va, client, again, other)


def test_what_belongs_to_no_claim_is_set_aside_with_a_reason(desk, va: Actor, client: int) -> None:
    file_id = drop(va, client)
    with pytest.raises(NoReason), transaction(va) as tx:
        claim_file.set_aside(va, tx, client_id=client, file_id=file_id, reason=" ", at=NOW)

    with transaction(va) as tx:
        claim_file.set_aside(va, tx, client_id=client, file_id=file_id, reason="Advertising", at=NOW)

    assert waiting(va) == []
    with desk.owner() as db:
        kept = db.execute(
            "select set_aside_why, length(content) from file join file_content using (file_id)"
        ).fetchone()
    assert kept == ("Advertising", len(papers.PDF))


def test_each_sees_the_tray_of_the_clients_served(va: Actor, client: int) -> None:
    file_id = drop(va, client)

    assert waiting(factories.staff(Role.CLINICAL, client)) == [file_id]
    assert waiting(factories.staff(Role.SUPERVISOR)) == [file_id]
    assert waiting(factories.staff(Role.VA, factories.client())) == []
    with pytest.raises(NotAllowed):
        waiting(factories.staff(Role.COMPLIANCE))


def test_compliance_reads_of_which_kind_and_claim_a_file_was(va: Actor, client: int) -> None:
    belongs, waits, claim = drop(va, client), drop(va, client, b"Second."), factories.claim(client)
    for file_id in (belongs, waits):
        with transaction(va) as tx:
            claim_file.open_waiting(va, tx, client_id=client, file_id=file_id)
    document = take_in(va, client, belongs, claim, kind=DocumentKind.WORK_STATUS)
    with transaction(va) as tx:
        claim_file.open_document(va, tx, client_id=client, claim_id=claim, document_id=document)
    reader = factories.staff(Role.COMPLIANCE)

    with transaction(reader) as tx:
        looks = [each for each in access_log.look(reader, tx).lines if each.verb == "read"]

    told = {(each.noun, each.noun_id): (each.claim_number, each.file_kind, each.document_kind) for each in looks}
    assert told["file", belongs] == ("C-1", "pdf", "work_status")
    assert told["file", waits] == (None, "text", None)
    assert [each.document_kind for each in looks if each.detail == {"document": document}] == ["work_status"]


def test_compliance_reads_documents_and_keeps_none(va: Actor, client: int) -> None:
    claim = factories.claim(client)
    document = take_in(va, client, drop(va, client), claim)
    reader = factories.staff(Role.COMPLIANCE)

    with transaction(reader) as tx:
        assert claim_file.open_document(reader, tx, client_id=client, claim_id=claim, document_id=document).content
    with pytest.raises(NotAllowed), transaction(reader) as tx:
        claim_file.add(reader, tx, client_id=client, claim_id=claim, name="x", data=b"x", received_at=NOW,
                       kind=DocumentKind.OTHER, title="x", at=NOW)  # fmt: skip


def test_a_document_is_found_on_its_own_claim_only(va: Actor, client: int) -> None:
    claim, other = factories.claim(client), factories.claim(client)
    document = take_in(va, client, drop(va, client), claim)

    with pytest.raises(claim_file.NoSuchDocument), transaction(va) as tx:
        claim_file.open_document(va, tx, client_id=client, claim_id=other, document_id=document)
