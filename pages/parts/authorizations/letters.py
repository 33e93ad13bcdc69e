"""The letters of a request: which there are and how they stand, one of them shown, and how they are made and go out."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, claim_file, words
from core.access import Action, Actor
from core.authorizations import CHANNELS, LANGUAGES, PARTIES, About, Language, Letter, Party, Request, Which
from core.files import MEDIA_TYPES, FileKind, Opened
from core.statutes import Channel
from core.transactions import Connection
from pages.parts import desk, file_view
from pages.parts.authorizations.doing import form_of, sent
from pages.parts.forms.acts import Sent, refused
from pages.parts.forms.moment import moment
from pages.parts.markdown import verbatim

_RETURN = "Return letter"


def letters(actor: Actor, request: Request, now: datetime) -> Sent | None:
    """Draw the letters that there are and the forms about them; return what was sent."""
    with desk.looking(actor) as tx:
        found = authorizations.letters_of(actor, tx, **_of(request))
        offered = authorizations.letters_offered(tx, request) if actor.may(Action.AUTHORIZATION_WORK) else []
    if not found and not offered:
        return None
    pressed = None
    with st.container(border=True, key=f"letters.{request.frame.request_id}"):
        st.markdown("**Letters**")
        for letter in reversed(found):
            if letter.holds or letter.handed_out_at:
                pressed = _row(actor, request, letter) or pressed
        if replaced := sum(not each.holds and each.handed_out_at is None for each in found):
            st.caption(f"{words.counted(replaced, 'letter')} replaced before going out: under Documents.")
        if offered:
            pressed = _making(actor, request, offered, found, now) or pressed
        _shown(actor, request, found)
    return pressed


def _row(actor: Actor, request: Request, letter: Letter) -> Sent | None:
    pressed, key = None, f"letter.{letter.letter_id}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}.row"):
        st.markdown(f"{_name(_which(letter))}  \n:gray[{_stands(request, letter)}]", width="stretch")
        if letter.document_id is None:
            return None
        if actor.may(Action.FILE_READ):
            st.button("Preview", key=f"{key}.show", type="tertiary", on_click=_show, args=(request, letter.letter_id))
            _save(request, letter, key)
        if actor.may(Action.AUTHORIZATION_WORK) and letter.holds and _goes_out(letter):
            with st.popover("Hand out", key=f"{key}.out"):
                pressed = _handing_out(request, letter)
    return pressed


def _goes_out(letter: Letter) -> bool:
    return letter.determination_id is not None or letter.handed_out_at is None


def _stands(request: Request, letter: Letter) -> str:
    """Return, as markdown, how a letter stands."""
    zone = request.frame.timezone
    if letter.handed_out_at and letter.how and letter.recipient and letter.handed_out_by:
        how = CHANNELS[Channel(letter.how)].lower()
        when = words.instant(letter.handed_out_at, zone)
        said = f"Handed out {when} by {how} to {verbatim(letter.recipient)} · {verbatim(letter.handed_out_by)}"
        return said if letter.holds else f"{said} · holds no more"
    if letter.document_id is None:
        return "To be made: something in it is written in letters that this machine cannot print"
    return f"Ready since {words.instant(letter.made_at, zone)}"


def _save(request: Request, letter: Letter, key: str) -> None:
    """Draw what saves the letter to be printed: read, and on the record, once it is asked for."""
    by_then, of = desk.asked_again(), request.frame

    def kept() -> bytes:
        person = by_then()
        with desk.looking(person) as tx:
            return _kept(person, request, letter, tx).content

    name = f"letter {of.claim_number} {letter.party} {letter.language}.pdf"
    st.download_button(
        "Download", kept, name, MEDIA_TYPES[FileKind.PDF], key=f"{key}.save", on_click="ignore", type="tertiary"
    )


def _handing_out(request: Request, letter: Letter) -> Sent | None:
    frame = request.frame
    form, drawn = form_of(request, f"letter_{letter.letter_id}")
    zone, usual = ZoneInfo(frame.timezone), Channel.MAIL
    if letter.party == Party.PROVIDER and frame.provider_fax:
        usual = Channel.FAX
    with st.form(f"letter.{drawn}", border=False, enter_to_submit=False):
        if frame.communicated_at is None and letter.determination_id and letter.party == Party.PROVIDER:
            st.caption("The clock stops once the provider was told.")
        how = st.segmented_control(
            "By", list(Channel), default=usual, required=True, format_func=CHANNELS.get, key=f"letter.how.{drawn}"
        )
        to = {Party.PROVIDER: frame.provider_name, Party.EMPLOYER: frame.client}.get(Party(letter.party), "")
        whom = st.text_input("Whom", value=to, key=f"letter.whom.{drawn}", help="A name or an office.")
        at = moment(
            f"Handed out at, {words.zone(zone.key)}", zone, value=None, key=f"letter.at.{drawn}", help="Empty for now."
        )
        beside = st.container()
        pressed = st.form_submit_button("Record that it went out", type="primary", key=f"letter.go.{drawn}")
    with beside:
        refused(drawn)
    if pressed and at.lacking:
        beside.error(at.lacking, icon=desk.ALERT)
    if not pressed or at.lacking:
        return None
    what = {**_of(request), "letter_id": letter.letter_id, "how": how, "recipient": whom, "told_at": at.at}
    act = partial(_call, partial(authorizations.hand_out, **what))
    return sent(form, drawn, act, f"{_name(_which(letter))}: handed out by {CHANNELS[how].lower()}", beside)


def _making(actor: Actor, request: Request, offered: list[Which], found: list[Letter], now: datetime) -> Sent | None:
    form, drawn = form_of(request, "letter_new")
    made = {_which(each) for each in found if each.holds and each.document_id is not None}
    ordered = sorted(offered, key=lambda each: each in made)
    returns = offered[0].about is About.RETURN
    with st.popover("Make the return letter" if returns else "Make a letter", icon=":material/draft:",
                    key=f"letter.new.{drawn}"):  # fmt: skip
        which = ordered[0]
        if returns:
            st.caption("It tells the provider what is missing, as it is written with the request.")
        else:
            which = st.selectbox(
                "For whom, in which language", ordered, key=f"letter.which.{drawn}",
                format_func=lambda each: f"{_name(each)}{', once more' if each in made else ''}",
            )  # fmt: skip
        beside = st.container()
        with st.container(horizontal=True, key=f"letter.make.{drawn}"):
            st.button("Preview", key=f"letter.look.{drawn}", on_click=_show, args=(request, which))
            pressed = st.button("Make the letter", type="primary", key=f"letter.go.{drawn}")
    if not pressed:
        return None
    act = partial(_call, partial(authorizations.make, **_of(request), which=which))
    return sent(form, drawn, act, f"{_name(which)} is ready", beside)


def _call(act: Callable[..., Any], actor: Actor, tx: Connection, *, at: datetime) -> None:
    act(actor, tx, at=at)


def _shown_key(request: Request) -> str:
    return f"letters.shown.{request.frame.client_id}.{request.frame.request_id}"


def _show(request: Request, what: int | Which | None) -> None:
    """Have a letter shown: one that there is, by its number, or one as it would be made now; None closes it."""
    file_view.close()
    st.session_state[_shown_key(request)] = (desk.visit(), what, desk.now())


def _shown(actor: Actor, request: Request, found: list[Letter]) -> None:
    """Draw the letter that is to be shown, with what is to be checked before it goes out."""
    visit, what, at = st.session_state.get(_shown_key(request), (None, None, None))
    if what is None or visit != desk.visit():
        return
    kept = next((each for each in found if each.letter_id == what), None)
    which = _which(kept) if kept else what
    if not isinstance(which, Which):
        return
    read = partial(_kept, actor, request, kept) if kept else partial(_preview, actor, request, which, at)
    opened = file_view.opened(actor, ("letter", *_of(request).values(), what, at), read)
    if opened is None:
        return
    said = _name(which)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{_shown_key(request)}.head"):
        st.markdown(f"**{said}**{'' if kept else ', as it would be made now'}", width="stretch")
        st.button("Close", key=f"{_shown_key(request)}.close", type="tertiary", on_click=_show, args=(request, None))
    _to_check(actor, request, which, kept.made_at if kept else at)
    file_view.draw(opened, key=_shown_key(request), alt=f"The letter: {said}")


def _to_check(actor: Actor, request: Request, which: Which, at: datetime) -> None:
    with desk.looking(actor) as tx:
        found = authorizations.to_check(tx, request, which, at=at)
    if not found:
        return
    lines = []
    for each in found:
        by = ", ".join(filter(None, (each.citation, each.sureness)))
        lines.append(f"- {verbatim(each.what)}{f' ({verbatim(by)})' if by else ''}")
        if each.note:
            lines.append(f"    - {verbatim(each.note)}")
    st.warning("**To be checked by a person before it goes out:**\n" + "\n".join(lines), icon=":material/fact_check:")


def _preview(actor: Actor, request: Request, which: Which, at: datetime, tx: Connection) -> Opened:
    made = authorizations.preview(actor, tx, **_of(request), which=which, at=at)
    return Opened("letter.pdf", FileKind.PDF, b"", made.content)


def _kept(actor: Actor, request: Request, letter: Letter, tx: Connection) -> Opened:
    frame = request.frame
    return claim_file.open_document(
        actor, tx, client_id=frame.client_id, claim_id=frame.claim_id, document_id=letter.document_id or 0
    )


def _which(letter: Letter) -> Which:
    return Which(Party(letter.party), Language(letter.language), About(letter.template.removesuffix("_letter")))


def _name(which: Which) -> str:
    """Return what a letter is called: to whom it is written and in which language, and what it tells but a decision."""
    if which.about is About.RETURN:
        return _RETURN
    said = f"{PARTIES[which.party]}, {LANGUAGES[which.language]}"
    return f"Deferral: {said}" if which.about is About.DEFERRAL else said


def _of(request: Request) -> dict[str, int]:
    frame = request.frame
    return {"client_id": frame.client_id, "claim_id": frame.claim_id, "request_id": frame.request_id}
