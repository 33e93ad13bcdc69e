"""The documents of a claim: which there are, the one that is open, how one is added, and what went outside."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from core import claim_file as service
from core import words
from core.access import Action, Actor
from core.claim_file import (
    DOCUMENT_KINDS,
    ClaimFile,
    Disclosure,
    Document,
    DocumentKind,
)
from core.files import KINDS_IN_WORDS, MEDIA_TYPES, MOST_IN_WORDS
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk, file_view, side
from pages.parts.claim_file.doing import claim_of, do
from pages.parts.claim_file.handing_out import Made, handing_out
from pages.parts.forms import key_of, moment, request_key
from pages.parts.forms.acts import of
from pages.parts.forms.described import NO_KIND, described
from pages.parts.markdown import verbatim


def draw(actor: Actor, page: ClaimPage, file: ClaimFile) -> None:
    """Draw the claim's documents, the one that is open, how one is added, and what went to somebody outside."""
    if not file.documents:
        st.info("No document is on this claim yet.", icon=":material/description:")
    else:
        _open_one(actor, page, file.documents)
    if actor.may(Action.FILE_KEEP):
        _adding(actor, page)
    _went_out(page, file.disclosures)


def _open_one(actor: Actor, page: ClaimPage, kept: list[Document]) -> None:
    zone, where = page.header.client_timezone, claim_of(page)
    listing, beside = st.columns([4, 5], gap="medium")
    with listing:
        chosen = side.rows(
            f"{key_of(of(page, 'documents'))}",
            {
                "Title": [f"{each.title} ({each.of})" if each.of else each.title for each in kept],
                "Received": [words.instant(each.received_at, zone) for each in kept],
                "Kind": [DOCUMENT_KINDS[DocumentKind(each.kind)] for each in kept],
            },
            [each.document_id for each in kept],
            alt="Documents of this claim: title, when received, kind",
        )
    one = next((each for each in kept if each.document_id == chosen), None)
    with beside:
        if one is None:
            st.caption("Choose a document to open it.")
            return
        where = where | {"claim_id": one.claim_id}  # it may be on one that was merged into this one
        read = partial(service.open_document, actor, **where, document_id=one.document_id)
        opened = file_view.opened(actor, ("document", *where.values(), one.document_id), read)
        if opened is None:
            return
        st.markdown(f"**{verbatim(one.title)}**")
        received, added = (words.instant(at, zone) for at in (one.received_at, one.added_at))
        st.caption(f"Received {received} · added {added} by {verbatim(one.added_by)}")
        file_view.draw(opened, key=f"document.{one.document_id}", alt=f"The document {one.title}")
        if actor.may(Action.CLAIM_DISCLOSE):
            handing_out(actor, page, f"document.{one.document_id}", partial(_document_out, where, one.document_id))


def _adding(actor: Actor, page: ClaimPage) -> None:
    form, zone = of(page, "document"), ZoneInfo(page.header.client_timezone)
    request = request_key(key_of(form))
    with st.expander("Add a document"), st.form(f"document.{request}", border=False, enter_to_submit=False):
        file = st.file_uploader(
            f"File, up to {MOST_IN_WORDS}", key=f"document.file.{request}", help=f"{KINDS_IN_WORDS}.",
        )  # fmt: skip
        received = moment(
            f"Received, {words.zone(page.header.client_timezone, desk.now())}", zone, value=None,
            key=f"document.received.{request}", help="When it came.",
        )  # fmt: skip
        kind, title = described("document", request)
        beside = st.container()
        sent = st.form_submit_button("Add document", key=f"document.go.{request}")
    if not sent:
        return
    lacking = {
        "Choose the file.": file,
        received.lacking or "Say when it was received.": received.at,
        NO_KIND: kind,
    }
    for sentence in [sentence for sentence, said in lacking.items() if said is None]:
        beside.error(sentence, icon=desk.ALERT)
    if file is None or received.at is None or kind is None:
        return
    act = partial(
        service.add, actor, **claim_of(page), name=file.name, data=file.getvalue(), received_at=received.at, kind=kind,
        title=title,
    )  # fmt: skip
    do(actor, page, "document", act, "Document added", beside)


def _went_out(page: ClaimPage, left: list[Disclosure]) -> None:
    if not left:
        st.caption("Nothing of this claim has gone to anybody outside.")
        return
    st.markdown("**Handed to somebody outside**")
    st.dataframe(
        pa.table(
            {
                "When": [words.instant(each.at, page.header.client_timezone) for each in left],
                "What": [each.document or "Summary" for each in left],
                "To whom": [each.recipient for each in left],
                "Why": [each.purpose for each in left],
                "By": [each.by for each in left],
            }
        ),
        key=f"{key_of(of(page, 'disclosures'))}.list",
        hide_index=True,
        alt="What of this claim went to somebody outside: when, what, to whom, why and by whom",
    )


def _document_out(
    where: dict[str, int], document_id: int, actor: Actor, tx: Connection, recipient: str, purpose: str, at: datetime
) -> Made:
    opened = service.hand_out_document(
        actor, tx, **where, document_id=document_id, recipient=recipient, purpose=purpose, at=at
    )
    return opened.content, opened.name, MEDIA_TYPES[opened.kind]
