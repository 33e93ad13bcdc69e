"""The inbound tray on screen: dropping files, what waits, and the form that stamps one and files it on its claim."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from core import claim_file, files, intake, scope, search, words
from core.access import Action, Actor, Subject
from core.claim_file import DocumentKind, Waiting
from core.files import KIND_NAMES, KINDS_IN_WORDS, MOST_IN_WORDS, FileKind
from core.intake import ClaimPage
from core.refusal import Refusal
from pages.parts import desk, side
from pages.parts.authorizations import TAB as REQUESTS_TAB
from pages.parts.forms import moment
from pages.parts.forms.described import NO_KIND, described
from pages.parts.live_lists import CLAIM_PAGE
from pages.parts.markdown import verbatim

NAME = "tray"
_DROPPED = "tray.dropped"

HOW = f"{KINDS_IN_WORDS}. Scan what is larger in less detail, or in parts."
NOTHING = "Nothing waits. What comes by fax or e-mail is dropped here, and then filed on its claim."


def dropping(actor: Actor) -> None:
    """Draw where files are dropped for a client, and what became of those dropped last."""
    with desk.looking(actor) as tx:
        clients = scope.clients(actor, tx, Action.FILE_KEEP, Subject("tray"))
    if not clients:
        st.info("No client is given to you yet. An administrator gives clients to people.")
        return
    whose, where = st.columns([1, 2], gap="medium")
    client = whose.selectbox(
        "Client", clients, index=0 if len(clients) == 1 else None,
        format_func=lambda each: f"{each.name} ({each.code})", placeholder="Choose for whom it came", key="tray.client",
    )  # fmt: skip
    round_ = st.session_state.setdefault("tray.round", 0)
    dropped = where.file_uploader(
        f"Faxes and e-mails that arrived, up to {MOST_IN_WORDS} each", accept_multiple_files=True, help=HOW,
        key=f"tray.files.{round_}", disabled=client is None,
    )  # fmt: skip
    for kept, sentence in st.session_state.pop(_DROPPED, ()):
        (st.success if kept else st.error)(verbatim(sentence), icon=":material/check:" if kept else desk.ALERT)
    if client is None or not dropped:
        return
    said: list[tuple[bool, str]] = []
    kept: list[int] = []
    for file in dropped:
        try:
            with desk.acting(actor) as tx:
                kept.append(
                    files.keep(
                        actor, tx, client_id=client.client_id, name=file.name, data=file.getvalue(), at=desk.now()
                    )
                )
        except Refusal as refusal:
            said.append((False, f"{file.name}: {refusal}"))
    if kept:
        said.insert(0, (True, f"{words.counted(len(kept), 'file')} for {client.name} in the tray."))
        side.choose(NAME, kept[0])  # or what is typed next would be filed with the oldest
    st.session_state[_DROPPED] = said
    st.session_state["tray.round"] = round_ + 1
    st.rerun()


def listed(actor: Actor, waiting: Sequence[Waiting]) -> Waiting:
    """Draw what waits, oldest first, and return what is open: the one chosen, or the oldest."""
    st.caption(f"{words.counted(len(waiting), 'file')} in the tray, the oldest first")
    chosen = side.rows(
        NAME,
        {
            "Dropped": [_briefly(each.uploaded_at, actor) for each in waiting],
            "File": [each.name for each in waiting],
            "Client": [each.client_code for each in waiting],
        },
        [each.file_id for each in waiting],
        alt="Files that wait in the tray: when dropped, its name, for which client",
    )
    return next((each for each in waiting if each.file_id == chosen), waiting[0])


def heading(file: Waiting) -> None:
    """Draw what the open file is."""
    st.markdown(f"**{verbatim(file.name)}**")
    st.caption(
        f"{verbatim(file.client)} · {KIND_NAMES[FileKind(file.kind)]}, {size(file.size)} · dropped"
        f" {words.instant(file.uploaded_at, file.timezone)} by {verbatim(file.uploaded_by)}"
    )


def size(bytes_: int) -> str:
    """Return how large a file is: '12 KB', '3.4 MB'."""
    return f"{bytes_ / 1024**2:.1f} MB" if bytes_ >= 1024**2 else f"{max(1, round(bytes_ / 1024)):,} KB"


def claim(actor: Actor, file: Waiting) -> ClaimPage | None:
    """Draw the field of the claim's number, and whose claim it is: that is seen before anything is filed on it."""
    number = st.text_input(
        "Claim number", key=f"tray.number.{file.file_id}", help="Ours or the client's own. Enter shows whose it is."
    )
    if not number.strip():
        return None
    found: list[search.Hit] = []
    with desk.refusals_shown(), desk.acting(actor) as tx:
        hits = search.find(actor, tx, number, desk.now())
        found = [hit for hit in hits if hit.way in (search.Way.NUMBER, search.Way.CLIENT_NUMBER)]
    mine = [each for each in found if each.client_id == file.client_id]
    if not mine:
        whose = ", ".join(sorted({each.client for each in found}))
        st.error(
            f"That is a claim of {verbatim(whose)}, and this file was dropped for {verbatim(file.client)}. Drop it"
            " for that client, and set this one aside."
            if found
            else f"No claim of {verbatim(file.client)} has this number. Look it up, or log the claim first.",
            icon=desk.ALERT,
        )
        return None
    one: search.Hit | None = mine[0]
    if len(mine) > 1:
        one = st.radio(
            "Several claims have this number", mine, index=None, format_func=lambda each: each.claim_number,
            key=f"tray.which.{file.file_id}.{number}", horizontal=True,
        )  # fmt: skip
    if one is None:
        return None
    page = None
    with desk.refusals_shown(), desk.looking(actor) as tx:
        page = intake.open_claim(actor, tx, one.client_id, one.claim_id)
    if page:
        injured = words.day(page.header.date_of_injury)
        st.markdown(f":material/person: **{verbatim(page.worker.name)}** · {one.claim_number} · injured {injured}")
    return page


def filing(actor: Actor, file: Waiting, page: ClaimPage | None) -> None:
    """Draw the stamp of receipt, the kind and the title, and file it on the claim that is shown."""
    with st.form(f"tray.file.{file.file_id}", border=False, enter_to_submit=page is not None):
        received = moment(
            f"Received, {words.zone(file.timezone, file.uploaded_at)}", ZoneInfo(file.timezone),
            value=file.uploaded_at, key=f"tray.received.{file.file_id}", help="When the fax or e-mail came.",
        )  # fmt: skip
        kind, title = described("tray", file.file_id)
        sent = st.form_submit_button("File document", type="primary", key=f"tray.go.{file.file_id}")
    if not sent:
        return
    lacking = {
        "Write the claim's number, and see whose it is.": page,
        received.lacking or "Say when it was received.": received.at,
        NO_KIND: kind,
    }
    for sentence in [sentence for sentence, said in lacking.items() if said is None]:
        st.error(sentence, icon=desk.ALERT)
    if page is None or received.at is None or kind is None:
        return
    done, document_id = None, 0
    with desk.refusals_shown(), desk.acting(actor) as tx:
        document_id = claim_file.take_in(
            actor, tx, client_id=file.client_id, file_id=file.file_id, claim_id=page.header.claim_id,
            received_at=received.at, kind=kind, title=title, at=desk.now(),
        )  # fmt: skip
        done = f"Filed on {page.header.claim_number}. {received.said}".strip()
    if done and kind is DocumentKind.AUTHORIZATION_REQUEST and actor.may(Action.AUTHORIZATION_WORK):
        desk.say_next(f"{done} Log what it asks for.")
        where = {"client": str(file.client_id), "claim": str(page.header.claim_id)}
        st.switch_page(CLAIM_PAGE, query_params={**where, "tab": REQUESTS_TAB, "document": str(document_id)})
    if done:
        desk.done(done)


def setting_aside(actor: Actor, file: Waiting) -> None:
    """Draw how a file that belongs to no claim leaves the tray."""
    with (
        st.popover("Set aside", icon=":material/block:", key=f"tray.aside.{file.file_id}"),
        st.form(f"tray.aside.form.{file.file_id}", border=False, enter_to_submit=False),
    ):
        st.write("It leaves the tray and is on no claim. It is kept.")
        reason = st.text_input("Reason", key=f"tray.why.{file.file_id}")
        sent = st.form_submit_button("Set file aside")
    done = None
    if sent:
        with desk.refusals_shown(), desk.acting(actor) as tx:
            claim_file.set_aside(
                actor, tx, client_id=file.client_id, file_id=file.file_id, reason=reason, at=desk.now()
            )
            done = "Set aside"
    if done:
        desk.done(done)


def _briefly(at: datetime, actor: Actor) -> str:
    local = at.astimezone(ZoneInfo(actor.timezone))
    return f"{local.day} {local:%b}, {words.zoned(local)}"
