"""A claim's file on its page: documents, conditions, and the summary; each part draws and does its own."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import claim_file as service
from core import walltime, words
from core.access import Action, Actor
from core.claim_file import (
    DOCUMENT_KINDS,
    NETWORKS,
    STATUSES,
    ClaimFile,
    Condition,
    Disclosure,
    Document,
    DocumentKind,
    Status,
)
from core.files import KINDS_IN_WORDS, MEDIA_TYPES, MOST_IN_WORDS, FileKind, Opened
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk, file_view, side
from pages.parts.forms import day, key_of, moment, renew, request_key
from pages.parts.forms.acts import of
from pages.parts.forms.described import NO_KIND, described
from pages.parts.markdown import verbatim

_OUT = "claim_file.out"

Made = tuple[bytes, str, str]
"""A file for somebody outside: its bytes, its name and its media type."""


def draw(actor: Actor, page: ClaimPage) -> None:
    """Draw the claim's documents and summary beside its conditions."""
    if not actor.may(Action.FILE_READ):
        return
    with desk.by_key(actor) as tx:
        file = service.read(actor, tx, **_where(page))
    kept, conditions = st.columns([3, 2], gap="large")
    with kept:
        _documents(actor, page, file)
        _draw_summary(actor, page)
    with conditions:
        _conditions(actor, page, file)


def _documents(actor: Actor, page: ClaimPage, file: ClaimFile) -> None:
    """Draw the claim's documents, the one that is open, how one is added, and what went to somebody outside."""
    if not file.documents:
        st.info("No document is on this claim yet.", icon=":material/description:")
    else:
        _open_one(actor, page, file.documents)
    if actor.may(Action.FILE_KEEP):
        _adding(actor, page)
    _went_out(page, file.disclosures)


def _open_one(actor: Actor, page: ClaimPage, kept: list[Document]) -> None:
    zone, where = page.header.client_timezone, _where(page)
    listing, beside = st.columns([4, 5], gap="medium")
    with listing:
        chosen = side.rows(
            f"{key_of(of(page, 'documents'))}",
            {
                "Title": [each.title for each in kept],
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
        read = partial(service.open_document, actor, **where, document_id=one.document_id)
        opened = file_view.opened(actor, ("document", *where.values(), one.document_id), read)
        if opened is None:
            return
        st.markdown(f"**{verbatim(one.title)}**")
        received, added = (words.instant(at, zone) for at in (one.received_at, one.added_at))
        st.caption(f"Received {received} · added {added} by {verbatim(one.added_by)}")
        file_view.draw(opened, key=f"document.{one.document_id}", alt=f"The document {one.title}")
        if actor.may(Action.CLAIM_DISCLOSE):
            _handing_out(actor, page, f"document.{one.document_id}", partial(_document_out, where, one.document_id))


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
        service.add, actor, **_where(page), name=file.name, data=file.getvalue(), received_at=received.at, kind=kind,
        title=title,
    )  # fmt: skip
    _do(actor, page, "document", act, "Document added", beside)


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


def _draw_summary(actor: Actor, page: ClaimPage) -> None:
    """Draw the claim's summary once it is asked for, and how it is handed to somebody outside."""
    where, shown = _where(page), f"{key_of(of(page, 'summary'))}.shown"
    st.caption(
        "A PDF of one page or two: the claim, its conditions, its clock and why, contacts and intake. The worker by"
        " name and date of birth; no note, telephone number or address."
    )
    if st.button("Show summary", icon=":material/summarize:", key=f"{shown}.go"):
        st.session_state[shown] = (desk.visit(), desk.now())
    visit, at = st.session_state.get(shown, (None, None))
    if visit == desk.visit():
        made = file_view.opened(actor, ("summary", *where.values(), at), partial(_summary, actor, where, at))
        if made:
            file_view.draw(made, key=shown, alt=f"The summary of claim {page.header.claim_number}")
    if actor.may(Action.CLAIM_DISCLOSE):
        number = page.header.claim_number
        _handing_out(actor, page, "summary", partial(_summary_out, where, f"Summary {number}.pdf"))


def _summary(actor: Actor, where: dict[str, int], at: datetime, tx: Connection) -> Opened:
    return Opened("summary.pdf", FileKind.PDF, b"", service.summary(actor, tx, **where, at=at))


def _summary_out(
    where: dict[str, int], name: str, actor: Actor, tx: Connection, recipient: str, purpose: str, at: datetime
) -> Made:
    made = service.hand_out_summary(actor, tx, **where, recipient=recipient, purpose=purpose, at=at)
    return made, name, MEDIA_TYPES[FileKind.PDF]


def _document_out(
    where: dict[str, int], document_id: int, actor: Actor, tx: Connection, recipient: str, purpose: str, at: datetime
) -> Made:
    opened = service.hand_out_document(
        actor, tx, **where, document_id=document_id, recipient=recipient, purpose=purpose, at=at
    )
    return opened.content, opened.name, MEDIA_TYPES[opened.kind]


def _handing_out(
    actor: Actor, page: ClaimPage, what: str, act: Callable[[Actor, Connection, str, str, datetime], Made]
) -> None:
    """Draw how something goes to somebody outside: to whom and why first, then the file itself."""
    form = of(page, f"out.{what}")
    request = request_key(key_of(form))
    with (
        st.popover("Hand to somebody outside", icon=":material/outbox:", key=f"out.{request}"),
        st.form(f"out.form.{request}", border=False, enter_to_submit=False),
    ):
        st.write("It stays on this claim, for good, to whom it went and why.")
        to = st.text_input("To whom", key=f"out.to.{request}", help="A name, and on whose behalf.")
        why = st.text_input("Why", key=f"out.why.{request}", help="For what it is needed, or who has asked for it.")
        beside = st.container()
        sent = st.form_submit_button("Record and get the file", type="primary", key=f"out.go.{request}")
    if sent:
        made = None
        with beside, desk.refusals_shown(), desk.acting(actor) as tx:
            made = act(actor, tx, to, why, desk.now())
        if made:
            st.session_state[_OUT] = (actor.staff_id, desk.visit(), key_of(form), made)
            renew(key_of(form))
            desk.done("Recorded. The file can be saved now.")
    out = st.session_state.get(_OUT)
    if out and out[:3] == (actor.staff_id, desk.visit(), key_of(form)):
        data, name, media = out[3]
        st.download_button("Save the file", data, name, media, icon=":material/download:", key=f"out.save.{request}")


def _conditions(actor: Actor, page: ClaimPage, file: ClaimFile) -> None:
    """Draw the claim's conditions and its network, and how both are set."""
    known, certified, chosen = file.conditions, file.certified, None
    if known:
        chosen = side.rows(
            f"{key_of(of(page, 'conditions'))}",
            {
                "Code": [each.code or "" for each in known],
                "Condition": [each.words for each in known],
                "Status": [STATUSES[Status(each.status)] for each in known],
                "Since": [words.day(each.since) for each in known],
                "Set by": [each.set_by for each in known],
            },
            [each.condition_id for each in known],
            alt="Conditions of this claim: code, words, status, since when and by whom it was set so",
        )
    else:
        st.info("No condition is on this claim yet.", icon=":material/healing:")
    if not actor.may(Action.CONDITION_SET):
        st.caption(f"Certified network: {NETWORKS[certified].lower()}.")
        return
    _setting(actor, page, next((each for each in known if each.condition_id == chosen), None))
    _network(actor, page, certified)


def _setting(actor: Actor, page: ClaimPage, one: Condition | None) -> None:
    """Draw the form of a new condition, or of the *one* that is chosen."""
    form = of(page, f"condition.{one.condition_id if one else 'new'}")
    request = request_key(key_of(form))
    today = walltime.today(page.header.client_timezone, desk.now())
    with (
        st.expander("Change the condition" if one else "Add a condition", expanded=one is not None),
        st.form(f"condition.{request}", border=False, enter_to_submit=False),
    ):
        said = st.text_input("Condition", value=one.words if one else "", key=f"condition.words.{request}")
        code = st.text_input(
            "ICD-10-CM code, optional", value=(one and one.code) or "", key=f"condition.code.{request}", width=240,
            help="With its point or without, as S93.401A.",
        )  # fmt: skip
        status = st.segmented_control(
            "Status", list(Status), default=Status(one.status) if one else Status.ALLEGED, required=True,
            format_func=STATUSES.__getitem__, key=f"condition.status.{request}",
        )  # fmt: skip
        since = day(
            "Since", key=f"condition.since.{request}", value=one.since if one else today, latest=today,
            container=st.container(width=240),
        )  # fmt: skip
        beside = st.container()
        sent = st.form_submit_button("Save condition" if one else "Add condition", key=f"condition.go.{request}")
    if sent and since.on is None:
        beside.error(since.lacking or "Say since when.", icon=desk.ALERT)
    if not sent or status is None or since.on is None:
        return
    what = {**_where(page), "code": code, "words": said, "status": status, "since": since.on}
    if one:
        act = partial(service.change_condition, actor, condition_id=one.condition_id, **what)
    else:
        act = partial(service.add_condition, actor, **what)
    _do(actor, page, form.name, act, "Condition saved" if one else "Condition added", beside)


def _network(actor: Actor, page: ClaimPage, certified: bool | None) -> None:
    form = of(page, "network")
    request = request_key(key_of(form))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = st.selectbox(
            "Certified network", list(NETWORKS), index=list(NETWORKS).index(certified),
            format_func=NETWORKS.__getitem__, key=f"network.{certified}.{request}", width=280,
        )  # fmt: skip
        sent = st.button("Save", key=f"network.go.{request}", disabled=said is certified)
    if sent:
        act = partial(service.set_network, actor, **_where(page), certified=said)
        _do(actor, page, "network", act, NETWORKS[said], st.container())


def _do(
    actor: Actor, page: ClaimPage, name: str, act: Callable[..., object], said: str, beside: DeltaGenerator
) -> None:
    """
    Do *act* in a transaction of its own; say so, empty the form *name*, and draw the page anew. A refusal is shown
    *beside* the form's button.
    """
    done = False
    with beside, desk.refusals_shown(), desk.acting(actor) as tx:
        act(tx, at=desk.now())
        done = True
    if done:
        renew(key_of(of(page, name)))
        desk.done(said)


def _where(page: ClaimPage) -> dict[str, int]:
    return {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
