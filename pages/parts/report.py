"""The form of a report of injury by telephone, in the order in which the conversation goes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core import drafts, intake, states, walltime, words
from core.access import Actor
from core.intake import CONTACT_METHODS, SAME_NUMBER, Report, Suspect
from core.refusal import TooLong
from core.scope import ClientInZone
from pages.parts import desk, forms, live_lists
from pages.parts.forms import Typed, TypedDay, codes
from pages.parts.forms.drafted import AS_TYPED, Reader, chosen, drafted, read_clock, read_tick
from pages.parts.markdown import verbatim

FORM = drafts.Form(drafts.REPORT)
NAME = forms.key_of(FORM)
NEEDED = {"family_name": "Write the worker's family name.", "date_of_injury": "Give the date of injury."}
CHOOSE_CLIENT = "Choose the client."
DOUBTED = ":material/help:"
IN_DOUBT = "Correct it, or log the claim as it is: then it stays to be asked."


class Warned(NamedTuple):
    """What the form has told the person: the claims of a client that the report may repeat, and what is in doubt."""

    client_id: int
    suspects: tuple[Suspect, ...] = ()
    doubts: tuple[str, ...] = ()


class SentReport(NamedTuple):
    """A report as it was sent: the form's own key, and the warnings in spite of which it is to be logged."""

    report: Report
    request: UUID
    despite: Warned
    faults: DeltaGenerator
    """Beside the button: where it is said what keeps the report from being logged."""
    said: str = ""
    """How the time of the report was taken, where clocks do not show it that night."""

    @property
    def client_id(self) -> int:
        """The client whose report it is."""
        return self.despite.client_id

    @property
    def aware_of(self) -> frozenset[int]:
        """The claims, by their ids, beside which the person wants this one."""
        return frozenset(suspect.claim_id for suspect in self.despite.suspects)


def warn(sent: SentReport, suspects: Sequence[Suspect]) -> None:
    """Remember that *sent* may repeat the *suspects*: the form says so from now on, and offers both ways out."""
    _warn(sent.request, sent.despite._replace(suspects=tuple(suspects)))


def _warn(request: UUID, warned: Warned) -> None:
    st.session_state[f"warned.{request}"] = warned


def form(actor: Actor, clients: Sequence[ClientInZone], *, now: datetime) -> SentReport | Warned | None:
    """
    Draw the form; return the report once it is sent and holds what a claim needs. Days are the client's.

    After a warning it is the warning that is returned where the other claim is to be opened instead.
    """
    request = forms.request_key(NAME)
    warned: Warned | None = st.session_state.get(f"warned.{request}")

    def timezone() -> str:
        """Of the client that is chosen, as the form's other times; else the person's own."""
        client = clients[0] if len(clients) == 1 else st.session_state.get(f"client.{request}")
        return client.timezone if client else actor.timezone

    with drafted(actor, FORM, request, timezone, _readers(clients)):
        client = _client(clients, request, now)
        # Enter goes nowhere in it: a claim is logged by its button alone.
        with st.form(f"report.{request}", width=720, enter_to_submit=False):
            # First who calls, in one row: the button that sends the form stays on the screen of a laptop.
            reporter, back = st.columns(2)
            said = {
                "reporter": reporter.text_input("Reported by, optional", key=f"reporter.{request}"),
                "reporter_phone": back.text_input("Call back at, optional", key=f"reporter_phone.{request}"),
                **_fields(str(request), client, today=max(walltime.today(each.timezone, now) for each in clients)),
            }
            # At the window's foot, whatever is above it: what is wrong is said beside the button that was pressed.
            with st.container(key="report.foot"):
                faults = st.container(key="report.said")
                sent, second, other = _buttons(request, warned, faults)
    if other and warned:
        return warned
    if not (sent or second):
        return None
    reported: Typed = said.pop("reported_at")
    days: dict[str, TypedDay] = {name: value for name, value in said.items() if isinstance(value, TypedDay)}
    said |= {name: day.on for name, day in days.items()}
    report = Report(**said, reported_at=reported.at or now.replace(second=0, microsecond=0))
    wrong = _wrong(client, report, days, reported)
    for sentence in wrong:
        faults.error(sentence, icon=desk.ALERT)
    doubts = _doubts(client, report, now)
    if wrong or client is None:
        if doubts:
            faults.warning(" ".join(map(verbatim, doubts)), icon=DOUBTED)
        return None
    despite = warned if second and warned else Warned(client.client_id)
    if not set(doubts) <= set(despite.doubts):
        _warn(request, despite._replace(doubts=doubts))
        st.rerun()
    return SentReport(report, request, despite._replace(client_id=client.client_id), faults, reported.said)


def _client(clients: Sequence[ClientInZone], request: UUID, now: datetime) -> ClientInZone | None:
    """
    Draw whose report it is, and on whose clocks its times are read.

    Where there are several none is chosen beforehand: a claim of the wrong client has the wrong clock, and the wrong
    people see it.
    """
    whose, clocks = st.columns([1, 2], width=720, vertical_alignment="bottom")
    client: ClientInZone | None = whose.selectbox(
        "Client", clients, index=0 if len(clients) == 1 else None, format_func=lambda each: each.name,
        placeholder="Choose the client", key=f"client.{request}",
    )  # fmt: skip
    if client:
        clocks.caption(f"Times on this page are {words.zone(client.timezone, now)}.")
    return client


def _wrong(client: ClientInZone | None, report: Report, days: Mapping[str, TypedDay], reported: Typed) -> list[str]:
    """Return a sentence for each thing that keeps *report* from being logged, all at once, in the form's order."""
    wrong = [] if client else [CHOOSE_CLIENT]
    unread = {name: day.lacking for name, day in days.items() if day.lacking}
    wrong += [sentence for field, sentence in NEEDED.items() if not getattr(report, field) and field not in unread]
    wrong += unread.values()
    if reported.lacking:
        wrong.append(reported.lacking)
    try:
        intake.tidied(report)
    except TooLong as refusal:
        wrong.append(str(refusal))
    return wrong


def _doubts(client: ClientInZone | None, report: Report, now: datetime) -> tuple[str, ...]:
    known = report.date_of_injury  # whatever its type says: the field may be empty
    return intake.doubtful(report, timezone=client.timezone, at=now) if client and known else ()


def _readers(clients: Sequence[ClientInZone]) -> dict[str, Reader]:
    """Return how what was kept of each field is read, by the field's name."""
    typed = (
        "reporter", "reporter_phone", "given_name", "family_name", "narrative", "body_part", "phone", "email",
        "language", "client_claim_number", "injured", "born", "died", "reported",
    )  # fmt: skip
    return {
        **dict.fromkeys(typed, AS_TYPED),
        "client": chosen(clients, lambda client: client.name),
        "jurisdiction": chosen(sorted(states.JURISDICTIONS), states.label),
        "prefers": chosen(list(CONTACT_METHODS), CONTACT_METHODS.get),
        "injured_time": read_clock,
        "emergency": read_tick,
        **codes.READERS,
    }


def _buttons(request: UUID, warned: Warned | None, said: DeltaGenerator) -> tuple[bool, bool, bool]:
    """
    Draw what ends the form, and in *said* what was *warned* of.

    Return whether it is sent, sent in spite of the warnings, or left for the claim that there is.
    """
    if warned is None:
        return st.form_submit_button("Log claim", type="primary", key=f"report.{request}.go"), False, False
    if warned.doubts:
        said.warning(f"{' '.join(map(verbatim, warned.doubts))} {IN_DOUBT}", icon=DOUBTED)
    if warned.suspects:
        ids = {suspect.claim_number: suspect.claim_id for suspect in warned.suspects}
        repeats = live_lists.with_links(warned.client_id, ids, _warning(warned.suspects))
        said.warning(repeats, icon=":material/content_copy:")
    other = False
    with st.container(horizontal=True):
        sent = st.form_submit_button("Check again", key=f"report.{request}.go")
        if warned.suspects:
            first = warned.suspects[0].claim_number
            other = st.form_submit_button(f"Open {first}", key=f"report.{request}.open")
        label = "Save as a second claim" if warned.suspects else "Log it as it is"
        second = st.form_submit_button(label, key=f"report.{request}.second")
    return sent, second, other


def _warning(suspects: Sequence[Suspect]) -> str:
    number = [suspect.claim_number for suspect in suspects if suspect.likeness.reason == SAME_NUMBER]
    injury = [suspect.claim_number for suspect in suspects if suspect.likeness.reason != SAME_NUMBER]
    said = [f"This client's claim number is also on {', '.join(number)}."] if number else []
    said += [f"The same worker and date of injury are also on {', '.join(injury)}."] if injury else []
    return " ".join([*said, "This may have been reported before."])


def _fields(key: str, client: ClientInZone | None, *, today: date) -> dict[str, Any]:
    """Draw the fields and return what is in them. *today* is the same for every client, so that none is drawn anew."""
    zone = ZoneInfo(client.timezone if client else "UTC")

    def line(label: str, name: str, **more: Any) -> str:
        return st.text_input(label, key=f"{name}.{key}", **more)

    # One row after the other, so that Tab goes as the eye does.
    said: dict[str, Any] = {}
    given, family = st.columns(2)
    with given:
        said["given_name"] = line("Given name, optional", "given_name")
    with family:
        said["family_name"] = line("Family name", "family_name")
    injured, clock, born = st.columns(3)
    said["date_of_injury"] = forms.day("Date of injury", key=f"injured.{key}", container=injured)
    said["injured_time"] = clock.time_input("Time of injury, optional", value=None, step=300, key=f"injured_time.{key}")
    said["birth_date"] = forms.day("Date of birth, optional", key=f"born.{key}", latest=today, container=born)
    said["narrative"] = st.text_area("What happened, optional", height=76, key=f"narrative.{key}")
    part, state = st.columns(2)
    with part:
        said["body_part"] = line("Part of body, optional", "body_part")
    said["jurisdiction"] = state.selectbox(
        "State, optional", sorted(states.JURISDICTIONS), index=None, format_func=states.label, key=f"jurisdiction.{key}"
    )
    phone, email, language = st.columns(3)
    with phone:
        said["phone"] = line("Telephone, optional", "phone")
    with email:
        said["email"] = line("E-mail, optional", "email")
    with language:
        said["language"] = line("Language, optional", "language")
    prefers, number, reported = st.columns(3)
    said["preferred_contact"] = prefers.selectbox(
        "Prefers, optional", list(CONTACT_METHODS), index=None, format_func=CONTACT_METHODS.get, key=f"prefers.{key}"
    )
    with number:
        said["client_claim_number"] = line("Client's claim number, optional", "client_claim_number")
    said["reported_at"] = forms.moment(
        "Reported at, optional", zone, value=None, key=f"reported.{key}", container=reported,
        help="Empty is now. Fill it in where the report arrived earlier; it is the client's local time.",
    )  # fmt: skip
    care, died = st.columns(2, vertical_alignment="bottom")
    said["emergency"] = care.checkbox("Sent to emergency care during this call", key=f"emergency.{key}")
    said["date_of_death"] = forms.day(
        "Date of death, where the worker has died", key=f"died.{key}", latest=today, container=died,
        help="Nobody calls the worker then; a supervisor is told.",
    )  # fmt: skip
    return said | codes.choose(key, said)
