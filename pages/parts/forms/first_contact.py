"""The form of the first contact, and the one by which a supervisor strikes it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import contact, telephones, words
from core.access import Action, Actor
from core.contact import (
    EXPLAINED_WORDS,
    IDENTITY_WORDS,
    LONGEST_CARE,
    LONGEST_NOTE,
    WORDS,
    WORK_WORDS,
    FirstContact,
    Method,
    WorkStatus,
)
from core.intake import ELEMENTS, ClaimPage, Key
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms import answered, late, unwished
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted, read_tick
from pages.parts.forms.moment import Typed, moment
from pages.parts.markdown import verbatim

RECORD = "Record first contact"

# Above the form and no tooltip of its button: that would lie over what is said right above the button.
STOPS = "You reached the worker yourself, live, and spoke of the claim. The clock stops when that was."

STRIKES = (
    "For a contact that was recorded by mistake. The entry stays and is marked; the clock goes on as if there had been"
    " none."
)

PERMITTED = "The representative permits this contact with the worker"

PAUSE_LASTS = "The pause that it ended lasts on, from when it began: resume the clock where its reason is over."

_LIVE = [Method.PHONE, Method.IN_PERSON]

Item = TypeVar("Item", bound=StrEnum)


def first_contact(actor: Actor, page: ClaimPage) -> Sent | None:
    """
    Draw, for whoever makes it, the way to the form of the first contact, or the form where it is open.

    It stands in the place of the attempt's: what is chosen there is nothing that a first contact could be made of.
    """
    if not _may_be(actor, page):
        return None
    if not is_open(actor, page):
        st.button(RECORD, icon=":material/call:", shortcut="F", on_click=_open, args=(page, True), key="first.open")
        return None
    form = of(page, "first_contact")
    request = request_key(key_of(form))
    zone = ZoneInfo(page.header.client_timezone)
    questions = answered.asked(page, request)
    due_at = None if page.deadline().lasting_pause else page.header.due_at  # as the service asks why
    st.button(
        "Log an attempt instead", icon=":material/arrow_back:", type="tertiary", on_click=_open, args=(page, False),
        key="first.close",
    )  # fmt: skip
    readers = {
        "made": AS_TYPED, "method": chosen(_LIVE, WORDS.get), "work": chosen(list(WorkStatus), WORK_WORDS.get),
        "care": AS_TYPED, "work_note": AS_TYPED, "note": AS_TYPED, late.FIELD: AS_TYPED, "incomplete": AS_TYPED,
    } | {f"{item}.held": read_tick for item in (*IDENTITY_WORDS, *EXPLAINED_WORDS)}  # fmt: skip
    readers |= unwished.READERS | answered.readers(questions)
    with (
        drafted(actor, form, request, page.header.client_timezone, readers),
        st.form(f"first.{request}", enter_to_submit=False),
    ):
        st.markdown("**First contact with the worker**")
        st.caption(STOPS)
        permitted = permission(page, request)
        _missing(page)
        given = answered.fields(page, questions, request) if questions else {}
        incomplete_why = _incomplete(page, request)
        left, right = st.columns(2)
        made = moment(
            f"Time of the call, {words.zone(zone.key)}", zone, value=None, key=f"made.{request}", container=left,
            help="Empty for now.",
        )  # fmt: skip
        method = right.segmented_control(
            "Method", _LIVE, default=at_first(f"method.{request}", Method.PHONE), required=True, format_func=WORDS.get,
            key=f"method.{request}",
        )  # fmt: skip
        late_why = late.late_why(made, request, due_at=due_at)
        against_why, unreasoned = unwished.against_why(page, request, method, None)
        identity = _ticked("Identity confirmed by two or more", IDENTITY_WORDS, request)
        explained = _ticked("Explained", EXPLAINED_WORDS, request)
        care = st.text_area(
            "Care so far, optional", height=76, key=f"care.{request}",
            placeholder=f"By whom, what, next visit. At most {LONGEST_CARE:,} characters",
        )  # fmt: skip
        work = st.segmented_control("Work", list(WorkStatus), format_func=WORK_WORDS.get, key=f"work.{request}")
        work_note = st.text_input("Restrictions and job, optional", key=f"work_note.{request}")
        note = st.text_area(
            "Note, optional", height=76, key=f"note.{request}", placeholder=f"At most {LONGEST_NOTE:,} characters"
        )
        beside = st.container()
        recording = st.form_submit_button(RECORD, type="primary", key=f"reached.{request}")
    if not recording:
        return None
    held = FirstContact(
        method, identity, explained, work, care, work_note, note, made.at, late_why, permitted, against_why,
        incomplete_why,
    )  # fmt: skip
    wrong = [*filter(None, [made.lacking, *unreasoned]), *map(str, contact.lacking(held))]
    if not late_why.strip() and contact.is_late(made.at, at=desk.now(), due_at=due_at):
        wrong.append(contact.LatenessNotExplained.text)
    # What an answer leaves open is for its service to say: that nothing was treated also answers where.
    if not given and (refusal := contact.not_ready([each.element for each in page.open_questions], incomplete_why)):
        wrong.append(str(refusal))
    if page.spoken_for and not permitted:
        wrong.append(contact.ThroughRepresentative.text)
    for sentence in wrong:
        beside.error(sentence, icon=desk.ALERT)
    if wrong:
        return None
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    return Sent(form, request, partial(_record, where, held, made, given, request), beside)


def is_open(actor: Actor, page: ClaimPage) -> bool:
    """Tell whether the form of the first contact stands in the place of the attempt's."""
    return _may_be(actor, page) and st.session_state.get(_opened(page), False)


def permission(page: ClaimPage, request: UUID) -> bool:
    """
    Draw, where somebody speaks for the worker, the box that this one permits the contact; whether it is ticked. It is
    asked with each: no draft brings it back.
    """
    return page.spoken_for and st.checkbox(f":material/gavel: {PERMITTED}", key=f"permitted.{request}")


def _missing(page: ClaimPage) -> None:
    """Draw, where intake still asks something, what and whom to ask: what the worker knows is answered below it."""
    if not page.open_questions:
        return
    asked = ", ".join(dict.fromkeys(ELEMENTS.get(each.element, each.element) for each in page.open_questions))
    told = page.narrative
    whom = " · ".join(
        verbatim(said)
        for said in (told.reporter, told.reporter_phone and telephones.grouped(told.reporter_phone))
        if said
    )
    st.warning(
        f"**Not ready for the triage call.** Still to ask: {verbatim(asked)}."
        f"{f' Ask {whom}, or the worker.' if whom else ' Ask the employer, or the worker.'}",
        icon=":material/help_center:",
    )


def _incomplete(page: ClaimPage, request: UUID) -> str:
    """Draw, where intake still asks something, the field for why the call could not wait; return what it says."""
    if not page.open_questions:
        return ""
    return st.text_input(
        "Why the call could not wait for it", key=f"incomplete.{request}",
        help="Not needed where all is answered above. Supervisors read it. Name no person.",
    )  # fmt: skip


def can_strike(actor: Actor, page: ClaimPage) -> bool:
    """Tell whether there is a first contact that the actor can strike."""
    header = page.header
    return actor.may(Action.FIRST_CONTACT_STRIKE) and header.first_contact_at is not None and header.closed_at is None


def striking(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw, for whoever strikes first contacts, what that does and the reason for it."""
    if not can_strike(actor, page):
        return None
    header, form = page.header, of(page, "strike")
    request, ended_pause = request_key(key_of(form)), any(pause.by_contact for pause in page.pauses)
    with (
        drafted(actor, form, request, header.client_timezone, {"strike.why": AS_TYPED}),
        st.form(f"strike.{request}", enter_to_submit=False),
    ):
        st.write(f"{STRIKES} {PAUSE_LASTS}" if ended_pause else STRIKES)
        reason = st.text_input("Reason", help="Shown on the timeline. Name no person.", key=f"strike.why.{request}")
        beside = st.container()
        pressed = st.form_submit_button("Strike first contact", key=f"strike.go.{request}")
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    strike = partial(_strike, where, reason, header.client_timezone, ended_pause=ended_pause)
    return Sent(form, request, strike, beside) if pressed else None


def _may_be(actor: Actor, page: ClaimPage) -> bool:
    header = page.header
    running = header.first_contact_at is None and header.closed_at is None and header.date_of_death is None
    return running and actor.may(Action.FIRST_CONTACT_RECORD)


def _opened(page: ClaimPage) -> str:
    return f"{key_of(of(page, 'first_contact'))}.open"


def _open(page: ClaimPage, opened: bool) -> None:
    st.session_state[_opened(page)] = opened


def _ticked(label: str, items: Mapping[Item, str], request: UUID) -> list[Item]:
    """Draw a box for each of *items*, side by side as far as there is room; return those that are ticked."""
    st.markdown(f":small[{label}]")
    with st.container(horizontal=True, gap="xsmall"):
        return [
            item for item, said in items.items() if st.checkbox(said, width="content", key=f"{item}.held.{request}")
        ]


def _record(
    where: dict[str, int], held: FirstContact, made: Typed, given: Mapping[Key, str], request: UUID, actor: Actor,
    tx: Connection, at: datetime,
) -> str:  # fmt: skip
    if given:
        answered.answer(where, given, actor, tx, at)
    logged = contact.record_first_contact(actor, tx, **where, held=held, at=at, request=request)
    said = "Already recorded" if logged.again else "First contact recorded. The clock has stopped."
    return f"{said} {made.said}".strip()


def _strike(
    where: dict[str, int], reason: str, zone: str, actor: Actor, tx: Connection, at: datetime, *, ended_pause: bool
) -> str:
    due_at = contact.strike_first_contact(actor, tx, **where, reason=reason)
    if ended_pause:
        return f"First contact struck. {PAUSE_LASTS}"
    return f"First contact struck. The clock goes on: due {words.instant(due_at, zone)}."
