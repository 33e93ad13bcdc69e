"""The form of what is still to ask of a claim."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from core import intake, states, words
from core.access import Action, Actor
from core.intake import CONTACT_METHODS, ELEMENTS, SAME_CLAIM_ANSWERS, ClaimPage, OpenQuestion
from core.intake.elements import EMAIL_UNREADABLE, MISSING, PHONE_UNREADABLE, TIME_UNREADABLE, WRONG_NUMBER
from core.refusal import TooLong
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.drafted import AS_TYPED, Reader, chosen, drafted, read_clock
from pages.parts.queue import with_links

ASK_SUPERVISOR = "The time of the report is corrected by a supervisor."

_REACH = {PHONE_UNREADABLE: "Telephone", EMAIL_UNREADABLE: "E-mail", WRONG_NUMBER: "Another telephone number"}

Key = tuple[str, str]
"""Element and reason: which question of the claim."""


def questions(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw the open intake questions, in the order of a conversation, and return the answers as one act."""
    if page.header.closed_at is not None:
        return None
    open_questions = _in_order(page)
    if not open_questions:
        st.caption(":material/check: Intake is complete: nothing is left to ask.")
        return None
    if not actor.may(Action.INTAKE_WORK):
        elements = dict.fromkeys(element for element, _ in open_questions)
        st.caption("Still to ask: " + ", ".join(ELEMENTS.get(element, element) for element in elements) + ".")
        return None
    form = of(page, "questions")
    request = request_key(key_of(form))
    with drafted(actor, form, request, _readers(open_questions)), st.form(f"questions.{request}"):
        st.markdown("**Still to ask**")
        labels = {key: _label(key, open_questions) for key in open_questions if key[0] != "reported_at"}
        why_asked = partial(with_links, page.header.client_id, page.named)
        given = {key: _field(key, label, why_asked(open_questions[key].why), request) for key, label in labels.items()}
        if corrected := [why_asked(each.why) for each in open_questions.values() if each.element == "reported_at"]:
            st.caption(" ".join([*corrected, ASK_SUPERVISOR]))
        never = st.multiselect("Cannot be had, optional", list(given), format_func=labels.get, key=f"never.{request}")
        why = st.text_input("Why it cannot be had", key=f"why.{request}") if given else ""
        saved = st.form_submit_button("Save answers", key=f"save.{request}")
    answers = {key: said for key, said in given.items() if said}
    return Sent(form, request, partial(_answer, page, answers, never, why)) if saved else None


def _readers(keys: Collection[Key]) -> dict[str, Reader]:
    """Return how the field of each question is read, by the field's name."""
    readers: dict[str, Reader] = {"why": AS_TYPED}
    for element, reason in keys:
        field = f"{element}.{reason}"
        match element:
            case "date_of_injury":
                readers[field] = read_clock if reason == TIME_UNREADABLE else AS_TYPED
                readers[f"time.{field}"] = read_clock
            case "preferred_contact":
                readers[field] = chosen(list(CONTACT_METHODS), CONTACT_METHODS.get)
            case "jurisdiction":
                readers[field] = chosen(sorted(states.JURISDICTIONS), states.label)
            case "same_claim":
                readers[field] = chosen(
                    list(SAME_CLAIM_ANSWERS), lambda answer: SAME_CLAIM_ANSWERS[answer].capitalize()
                )
            case _:
                readers[field] = AS_TYPED
    return readers


def _in_order(page: ClaimPage) -> dict[Key, OpenQuestion]:
    """Return the open questions in the order of a conversation; what is missing before what is doubted."""
    by_key = {(question.element, question.reason): question for question in page.open_questions}
    order = list(ELEMENTS)
    return {key: by_key[key] for key in sorted(by_key, key=lambda key: (order.index(key[0]), key[1] != MISSING))}


def _label(key: Key, keys: Collection[Key]) -> str:
    """Return what a field is called; where another one asks about the same element, also for which reason it asks."""
    element, reason = key
    alone = sum(each[0] == element for each in keys) == 1
    return ELEMENTS[element].capitalize() + ("" if alone else f", {reason.replace('_', ' ')}")


def _field(which: Key, label: str, why: str, request: UUID) -> str | None:
    element, reason = which
    key = f"{element}.{reason}.{request}"
    match element:
        case "date_of_injury" if reason == TIME_UNREADABLE:
            at = st.time_input("Time of injury", value=None, step=300, key=key, help=why)
            return f"{at:%H:%M}" if at else None
        case "preferred_contact":
            return st.selectbox(
                label, list(CONTACT_METHODS), index=None, format_func=CONTACT_METHODS.get, key=key, help=why
            )
        case "jurisdiction":
            return st.selectbox(
                label, sorted(states.JURISDICTIONS), index=None, format_func=states.label, key=key, help=why
            )
        case "birth_date":
            return st.text_input(label, key=key, placeholder="MM/DD/YYYY", help=why)
        case "date_of_injury":
            return _injured(label, why, key)
        case "same_claim":
            st.markdown(why)
            return st.selectbox(
                label, list(SAME_CLAIM_ANSWERS), index=None, format_func=lambda a: SAME_CLAIM_ANSWERS[a].capitalize(),
                key=key, label_visibility="collapsed",
            )  # fmt: skip
        case "narrative":
            return st.text_area(label, height=76, key=key, help=why)
        case "reach":
            return st.text_input(_REACH.get(reason, "Telephone or e-mail"), key=key, help=why)
    return st.text_input(label, key=key, help=why)


def _injured(label: str, why: str, key: str) -> str:
    """Draw the day of injury, the time beside it, and return both as one answer; a time alone is refused as one."""
    day, clock = st.columns(2)
    on = day.text_input(label, key=key, placeholder="MM/DD/YYYY", help=why).strip()
    at = clock.time_input("Time of injury, optional", value=None, step=300, key=f"time.{key}")
    return f"{on} {at:%H:%M}" if at else on


def _answer(
    page: ClaimPage, given: dict[Key, str], never: list[Key], why: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id, "at": at}
    unanswered = [key for key in never if key not in given]
    if not given and not unanswered:
        raise intake.AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    unread = []
    answers = [(key, {"answer": answer}) for key, answer in given.items()]
    for (element, reason), answer in [*answers, *((key, {"unobtainable_why": why}) for key in unanswered)]:
        try:
            intake.answer_question(actor, tx, element=element, reason=reason, **answer, **where)
        except (intake.AnswerNotUnderstood, TooLong) as refusal:
            unread.append(str(refusal))
    if unread:
        raise intake.AnswerNotUnderstood(" ".join(dict.fromkeys(unread)))
    return f"{len(given) + len(unanswered)} of {words.counted(len(page.open_questions), 'question')} settled"
