"""The form of what is still to ask of a claim."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import intake, states, typed, words
from core.access import Action, Actor
from core.drafts import Form
from core.intake import (
    CONTACT_METHODS,
    ELEMENTS,
    LOST_TIME,
    NO,
    SAME_CLAIM_ANSWERS,
    TREATMENTS,
    YES,
    Both,
    ClaimPage,
    Key,
    OpenQuestion,
    filled_by,
)
from core.intake.elements import EMAIL_UNREADABLE, MISSING, PHONE_UNREADABLE, TIME_UNREADABLE, WRONG_NUMBER
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms.acts import Sent, both_key, key_of, of, request_key
from pages.parts.forms.again import READERS, Again, again, told
from pages.parts.forms.both import versions
from pages.parts.forms.drafted import AS_TYPED, Reader, chosen, drafted, read_clock
from pages.parts.live_lists import with_links

ASK_SUPERVISOR = "The time of the report is corrected by a supervisor."

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "preferred_contact": CONTACT_METHODS,
    "jurisdiction": {state: states.label(state) for state in sorted(states.JURISDICTIONS)},
    "same_claim": {answer: said.capitalize() for answer, said in SAME_CLAIM_ANSWERS.items()},
    "initial_treatment": TREATMENTS,
    "lost_time": LOST_TIME,
    **{element: {YES: YES, NO: NO} for element in ("interpreter", "modified_duty")},
}
"""The elements whose answer is chosen: what is kept, and what it is called."""

_HINTS = {
    **dict.fromkeys(("birth_date", "last_day_worked", "return_to_work"), "MM/DD/YYYY"),
    "best_hours": "17:00-20:00, on the worker's clocks",
}

_REACH = {PHONE_UNREADABLE: "Telephone", EMAIL_UNREADABLE: "E-mail", WRONG_NUMBER: "Another telephone number"}


class Said(NamedTuple):
    """
    What was said to the questions: the answers *given*, those that can *never* be had, why, and when to ask for these
    again all the same.
    """

    given: dict[Key, str]
    never: tuple[Key, ...]
    why: str
    ask_again_at: datetime | None


def questions(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw the open intake questions, in the order of a conversation, and return the answers as one act."""
    if page.header.closed_at is not None:
        return None
    form = of(page, "questions")
    request = request_key(key_of(form))
    if not actor.may(Action.INTAKE_WORK):
        _told(page)
        return None
    asked = still_asked(page, request)
    drawn, below = st.container(), st.container()
    with below:
        decided = _decided(page, form, request)
    with drawn:
        if not asked:
            _told(page)
            return decided
        sent = _form(actor, page, form, request, asked)
    if sent is None or decided:
        return decided
    said, beside = sent
    st.session_state[f"said.{request}"] = said
    return Sent(form, request, partial(_answer, page, said), beside)


def _told(page: ClaimPage) -> None:
    """Say what is still to ask, now or again, to whoever does not."""
    if page.open_questions:
        elements = dict.fromkeys(element for element, _ in _in_order(page.open_questions))
        st.caption("Still to ask: " + ", ".join(ELEMENTS.get(element, element) for element in elements) + ".")
    elif not page.to_ask_again:
        st.caption(":material/check: Intake is complete: nothing is left to ask.")
    for each in page.to_ask_again:
        element = ELEMENTS.get(each.element, each.element).capitalize()
        st.caption(f"{element}: {told(each, page.header.client_timezone)}")


def still_asked(page: ClaimPage, request: UUID) -> dict[Key, OpenQuestion]:
    """
    Return what the form asks: what is open, what is to be asked again, and what was when it was drawn first. Somebody
    else may answer one of them while its field is being filled in: what was typed must not go with the field.
    """
    asked: dict[Key, OpenQuestion] = st.session_state.setdefault(f"asked.{request}", {})
    asked |= _in_order(_left(page))
    return _in_order(asked.values())


def _left(page: ClaimPage) -> tuple[OpenQuestion, ...]:
    """Return what has no answer, now or until it is asked again."""
    return (*page.open_questions, *page.to_ask_again)


def _form(
    actor: Actor, page: ClaimPage, form: Form, request: UUID, asked: dict[Key, OpenQuestion]
) -> tuple[Said, DeltaGenerator] | None:
    """Draw the form; return what was said once it is sent, and the place beside the button."""
    with drafted(actor, form, request, page.header.client_timezone, readers_of(asked)), st.form(f"questions.{request}"):
        labels = {key: label_of(key, asked) for key in asked if key[0] != "reported_at"}
        why_asked = partial(with_links, page.header.client_id, page.named)
        given: dict[Key, str | None] = {}
        for heading, later in (("Still to ask", False), ("Not known yet", True)):
            keys = [key for key, question in asked.items() if question.to_ask_again is later]
            if keys:
                st.markdown(f"**{heading}**")
            for key in keys:
                if later:
                    st.caption(told(asked[key], page.header.client_timezone))
                if key in labels:
                    given[key] = field_of(key, labels[key], why_asked(asked[key].why), request)
        if len(asked) > len(_left(page)):
            st.caption("Some of this is answered by now: what you type is shown beside it.")
        if corrected := [why_asked(each.why) for each in asked.values() if each.element == "reported_at"]:
            st.caption(" ".join([*corrected, ASK_SUPERVISOR]))
        never, why, later_on = [], "", Again()
        if given:
            never = st.multiselect("Not known, optional", list(given), format_func=labels.get, key=f"never.{request}")
            why = st.text_input("Why it is not known", key=f"why.{request}")
            later_on = again(page, request, now=desk.now())
        beside = st.container()
        saved = st.form_submit_button("Save answers", key=f"save.{request}")
    if saved and later_on.lacking:
        beside.error(later_on.lacking, icon=desk.ALERT)
    if not saved or later_on.lacking:
        return None
    return Said({key: answer for key, answer in given.items() if answer}, tuple(never), why, later_on.at), beside


def _decided(page: ClaimPage, form: Form, request: UUID) -> Sent | None:
    """Draw both versions where somebody else answered meanwhile, and return what is done of what was said."""
    both, mine = versions(request, page.header.client_timezone)
    if mine is None:
        return None
    del st.session_state[both_key(request)]
    said: Said = st.session_state[f"said.{request}"]
    fields = {each.field for each in both}
    given = {key: answer for key, answer in said.given.items() if not fields & set(filled_by(key[0]))}
    rest = said._replace(given=given)
    return Sent(form, request, partial(_decide, page, rest, both if mine else ()), st.container())


def _decide(page: ClaimPage, rest: Said, mine: tuple[Both, ...], actor: Actor, tx: Connection, at: datetime) -> str:
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    intake.decide(actor, tx, **where, mine=mine, **rest._asdict(), at=at)
    return "Your answer stands" if mine else "Kept as it is"


def readers_of(keys: Collection[Key]) -> dict[str, Reader]:
    """Return how the field of each question is read, by the field's name."""
    readers: dict[str, Reader] = {"why": AS_TYPED, **READERS}
    for element, reason in keys:
        field = f"{element}.{reason}"
        match element:
            case "date_of_injury":
                readers[field] = read_clock if reason == TIME_UNREADABLE else AS_TYPED
                readers[f"time.{field}"] = read_clock
            case "injured_time":
                readers[field] = read_clock
            case _ if options := _CHOICES.get(element):
                readers[field] = chosen(list(options), options.get)
            case _:
                readers[field] = AS_TYPED
    return readers


def _in_order(questions: Iterable[OpenQuestion]) -> dict[Key, OpenQuestion]:
    """Return the questions in the order of a conversation; what is missing before what is doubted."""
    by_key = {(question.element, question.reason): question for question in questions}
    order = list(ELEMENTS)
    return {key: by_key[key] for key in sorted(by_key, key=lambda key: (order.index(key[0]), key[1] != MISSING))}


def label_of(key: Key, keys: Collection[Key]) -> str:
    """Return what a field is called; where another one asks about the same element, also for which reason it asks."""
    element, reason = key
    alone = sum(each[0] == element for each in keys) == 1
    return ELEMENTS[element].capitalize() + ("" if alone else f", {reason.replace('_', ' ')}")


def field_of(which: Key, label: str, why: str, request: UUID) -> str | None:
    element, reason = which
    key = f"{element}.{reason}.{request}"
    match element:
        case "injured_time":
            return _clock(label, why, key)
        case "date_of_injury" if reason == TIME_UNREADABLE:
            return _clock("Time of injury", why, key)
        case "date_of_injury":
            return _injured(label, why, key)
        case "narrative":
            return st.text_area(label, height=76, key=key, help=why)
        case "reach":
            label = _REACH.get(reason, "Telephone or e-mail")
        case "same_claim":
            st.markdown(why)
    if options := _CHOICES.get(element):
        above = element == "same_claim"
        return st.selectbox(
            label, list(options), index=None, format_func=options.get, key=key, help=None if above else why,
            label_visibility="collapsed" if above else "visible",
        )  # fmt: skip
    return st.text_input(label, key=key, placeholder=_HINTS.get(element), help=why)


def _clock(label: str, why: str, key: str) -> str | None:
    at = st.time_input(label, value=None, step=300, key=key, help=why)
    return f"{at:{typed.CLOCK}}" if at else None


def _injured(label: str, why: str, key: str) -> str:
    """Draw the day of injury, the time beside it, and return both as one answer; a time alone is refused as one."""
    day, clock = st.columns(2)
    on = day.text_input(label, key=key, placeholder="MM/DD/YYYY", help=why).strip()
    at = clock.time_input("Time of injury, optional", value=None, step=300, key=f"time.{key}")
    return f"{on} {at:{typed.CLOCK}}" if at else on


def _answer(page: ClaimPage, said: Said, actor: Actor, tx: Connection, at: datetime) -> str:
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    settled = intake.answer_questions(actor, tx, **where, **said._asdict(), at=at)
    done = f"{settled} of {words.counted(len(_left(page)), 'question')} settled"
    when = said.ask_again_at
    return f"{done}. Ask again {words.instant(when, page.header.client_timezone)}." if when else done
