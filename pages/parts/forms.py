"""Forms on a claim. Each returns what was asked for as an act, and carries a key that lets it be done once."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import streamlit as st

from core import contact, intake, words
from core.access import Action, Actor
from core.contact import WORDS, Method, Outcome, Party
from core.intake import CONTACT_METHODS, ELEMENTS, JURISDICTIONS, ClaimPage
from core.transactions import Connection
from pages.parts.tables import plain

Act = Callable[[Actor, Connection, datetime], str]
"""Does one thing in an open transaction, and says in one sentence what was done."""

COVERED = (
    "You reached the worker yourself: identity by two items, how the worker is, what happened, treatment, work,"
    " language and best times, what comes next. The clock stops."
)
EARLIEST = date(1900, 1, 1)
"""The first day that can be chosen of an injury or a birth."""

ASK_SUPERVISOR = "The time of the report is corrected by a supervisor."


def request_key(form: str) -> UUID:
    """Return the key of the form as it is drawn now; the fields carry it too, so a new key is an empty form."""
    return st.session_state.setdefault(f"{form}.request", uuid4())


def renew(form: str) -> None:
    """
    Give the form a new key and forget, now, what was typed in it: what it asked for is done.

    Left to itself Streamlit keeps the fields of a form that is no longer drawn for one more turn of the page.
    """
    done = st.session_state.get(f"{form}.request")
    for key in [key for key in st.session_state if str(key).endswith(f".{done}")]:
        del st.session_state[key]
    st.session_state[f"{form}.request"] = uuid4()


def name_of(page: ClaimPage) -> str:
    """Return the name under which this claim's forms keep their key: what is typed never moves to another claim."""
    return f"claim.{page.header.client_id}.{page.header.claim_id}"


def attempt(actor: Actor, page: ClaimPage) -> Act | None:
    """Draw the form of a contact attempt and, for clinical staff, of the first contact."""
    if not actor.may(Action.ATTEMPT_LOG):
        return None
    request = request_key(name_of(page))
    may_reach = actor.may(Action.FIRST_CONTACT_RECORD) and page.header.first_contact_at is None
    with st.form(f"attempt.{request}"):
        party = st.segmented_control(
            "Party", list(Party), default=Party.WORKER, required=True, format_func=WORDS.get, key=f"party.{request}"
        )
        method = st.segmented_control(
            "Method", list(Method), default=Method.PHONE, required=True, format_func=WORDS.get, key=f"method.{request}"
        )
        outcome = st.pills("Outcome", list(Outcome), required=True, format_func=WORDS.get, key=f"outcome.{request}")
        note = st.text_area("Note, optional", height=76, key=f"note.{request}")
        with st.container(horizontal=True):
            logging = st.form_submit_button(
                "Log attempt", type="secondary" if may_reach else "primary", shortcut="L", key=f"log.{request}"
            )
            reached = may_reach and st.form_submit_button(
                "Record first contact", type="primary", help=COVERED, key=f"reached.{request}"
            )
    header = page.header
    if reached:
        return partial(_reach, header.client_id, header.claim_id, method, note, request)
    if logging and outcome is None:
        st.error("Choose an outcome.", icon=":material/priority_high:")
    elif logging:
        return partial(_log, header.client_id, header.claim_id, party, method, outcome, note, request)
    return None


def _log(
    client_id: int, claim_id: int, party: Party, method: Method, outcome: Outcome, note: str, request: UUID,
    actor: Actor, tx: Connection, at: datetime,
) -> str:  # fmt: skip
    logged = contact.log_attempt(
        actor, tx, client_id=client_id, claim_id=claim_id, party=party, method=method, outcome=outcome, note=note,
        at=at, request=request,
    )  # fmt: skip
    return "Already logged" if logged.again else "Attempt logged"


def _reach(
    client_id: int, claim_id: int, method: Method, note: str, request: UUID, actor: Actor, tx: Connection, at: datetime
) -> str:
    logged = contact.record_first_contact(
        actor, tx, client_id=client_id, claim_id=claim_id, method=method, note=note, at=at, request=request
    )
    return "Already recorded" if logged.again else "First contact recorded. The clock has stopped."


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


def supervision(actor: Actor, page: ClaimPage) -> Act | None:
    """Draw what a supervisor can do to the clock: correct the report's time, pause it, let it run."""
    if not actor.may(Action.REPORT_CORRECT):
        return None
    with st.expander("Correct the report's time, or pause the clock"):
        return _correction(page) or _pause(page)


def _correction(page: ClaimPage) -> Act | None:
    header, request = page.header, request_key(name_of(page))
    zone = ZoneInfo(header.client_timezone)
    read = f"version.{request}"
    version = st.session_state.setdefault(read, header.version)
    with st.form(f"correct.{request}"):
        local = header.reported_at.astimezone(zone)
        told = st.datetime_input(
            f"Reported at, {local.tzname()}",
            value=local.replace(tzinfo=None),
            step=60,
            format="MM/DD/YYYY",
            key=f"reported.{request}",
        )
        reason = st.text_input("Reason", help="Shown on the timeline. Name no person.", key=f"reason.{request}")
        pressed = st.form_submit_button("Correct report", key=f"correct.{request}.go")
    if not pressed or told is None:
        return None
    st.session_state[read] = header.version  # after a refusal the person has seen what stands now
    return partial(_correct, header.client_id, header.claim_id, told.replace(tzinfo=zone), reason, version, zone.key)


def _correct(
    client_id: int, claim_id: int, reported_at: datetime, reason: str, version: int, zone: str, actor: Actor,
    tx: Connection, at: datetime,
) -> str:  # fmt: skip
    due_at = intake.correct_report(
        actor,
        tx,
        client_id=client_id,
        claim_id=claim_id,
        reported_at=reported_at,
        reason=reason,
        version=version,
        at=at,
    )
    return f"Report corrected. Due {words.instant(due_at, zone)}."


def _pause(page: ClaimPage) -> Act | None:
    header, request = page.header, request_key(name_of(page))
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    if page.paused:
        pressed = st.button("Resume clock", key=f"resume.{request}")
        return partial(_resume, where, header.client_timezone) if pressed else None
    with st.form(f"pause.{request}"):
        reason = st.text_input("Reason for the pause", help="Shown beside the clock.", key=f"pausing.{request}")
        pressed = st.form_submit_button("Pause clock", key=f"pause.{request}.go")
    return partial(_stop, where, reason) if pressed else None


def _stop(where: dict[str, int], reason: str, actor: Actor, tx: Connection, at: datetime) -> str:
    contact.pause_clock(actor, tx, **where, reason=reason, at=at)
    return "Clock paused"


def _resume(where: dict[str, int], zone: str, actor: Actor, tx: Connection, at: datetime) -> str:
    return f"Clock runs again. Due {words.instant(contact.resume_clock(actor, tx, **where, at=at), zone)}."
