"""The form of what is still to ask of a claim."""

from datetime import date, datetime
from functools import partial

import streamlit as st

from core import intake
from core.access import Action, Actor
from core.intake import CONTACT_METHODS, ELEMENTS, JURISDICTIONS, SAME_CLAIM_ANSWERS, ClaimPage
from core.transactions import Connection
from pages.parts.forms.acts import Act, name_of, request_key
from pages.parts.tables import plain

EARLIEST = date(1900, 1, 1)
"""The first day that can be chosen of an injury or a birth."""

ASK_SUPERVISOR = "The time of the report is corrected by a supervisor."


def questions(actor: Actor, page: ClaimPage) -> Act | None:
    """Draw the open intake questions, in the order of a conversation, and return the answers as one act."""
    asked = {question.element: question for question in page.open_questions}
    if not asked:
        st.caption(":material/check: Intake is complete: nothing is left to ask.")
        return None
    if not actor.may(Action.INTAKE_WORK):
        st.caption("Still to ask: " + ", ".join(ELEMENTS.get(element, element) for element in asked) + ".")
        return None
    request = request_key(name_of(page))
    with st.form(f"questions.{request}"):
        st.markdown("**Still to ask**")
        given = {
            element: _field(element, plain(asked[element].why), f"{element}.{request}")
            for element in ELEMENTS
            if element in asked and element != "reported_at"
        }
        if "reported_at" in asked:
            st.caption(f"{plain(asked['reported_at'].why)} {ASK_SUPERVISOR}")
        never = st.multiselect(
            "Cannot be had, optional",
            list(given),
            format_func=lambda e: ELEMENTS[e].capitalize(),
            key=f"never.{request}",
        )
        why = st.text_input("Why it cannot be had", key=f"why.{request}") if given else ""
        saved = st.form_submit_button("Save answers", key=f"save.{request}")
    return partial(_answer, page, {e: said for e, said in given.items() if said}, never, why) if saved else None


def _field(element: str, why: str, key: str) -> str | None:
    label = ELEMENTS[element].capitalize()
    match element:
        case "preferred_contact":
            return st.selectbox(
                label, list(CONTACT_METHODS), index=None, format_func=CONTACT_METHODS.get, key=key, help=why
            )
        case "jurisdiction":
            return st.selectbox(label, sorted(JURISDICTIONS), index=None, key=key, help=why)
        case "birth_date":
            return st.text_input(label, key=key, placeholder="1/31/1980", help=why)
        case "date_of_injury":
            return _injured(label, why, key)
        case "same_claim":
            return st.selectbox(
                why, list(SAME_CLAIM_ANSWERS), index=None, format_func=lambda a: SAME_CLAIM_ANSWERS[a].capitalize(),
                key=key,
            )  # fmt: skip
        case "narrative":
            return st.text_area(label, height=76, key=key, help=why)
        case "reach":
            return st.text_input("Telephone or e-mail", key=key, help=why)
    return st.text_input(label, key=key, help=why)


def _injured(label: str, why: str, key: str) -> str:
    """Draw the day of injury, the time beside it, and return both as one answer; a time alone is refused as one."""
    day, clock = st.columns(2)
    on = day.date_input(label, value=None, min_value=EARLIEST, format="MM/DD/YYYY", key=key, help=why)
    at = clock.time_input("Time of injury, optional", value=None, step=300, key=f"time.{key}")
    return f"{on or ''} {at:%H:%M}" if at else str(on or "")


def _answer(
    page: ClaimPage, given: dict[str, str], never: list[str], why: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id, "at": at}
    unanswered = [element for element in never if element not in given]
    if not given and not unanswered:
        raise intake.AnswerNotUnderstood("Give an answer, or say why it cannot be had.")
    for element, answer in given.items():
        intake.answer_question(actor, tx, element=element, answer=answer, **where)
    for element in unanswered:
        intake.answer_question(actor, tx, element=element, unobtainable_why=why, **where)
    return f"{len(given) + len(unanswered)} of {len(page.open_questions)} questions settled"
