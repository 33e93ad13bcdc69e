"""The fields of an intake by telephone, in the order in which an employer's contact talks, and what is in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import intake, states, walltime, words
from core.intake import CONTACT_METHODS, NO, YES, Report
from core.intake.readers import AnswerNotUnderstood, read_hours
from core.intake.told import LOST_TIME, TREATMENTS
from core.refusal import Refusal, TooLong
from core.scope import ClientInZone
from pages.parts.forms import Typed, TypedDay, codes, day, moment
from pages.parts.forms.again import typed_day
from pages.parts.forms.drafted import AS_TYPED, Reader, at_first, chosen, read_clock, read_tick

TYPED = (
    "reporter", "reporter_phone", "given_name", "family_name", "birth_date", "date_of_injury", "reported_at",
    "injury_place", "narrative", "body_part", "treated_at", "date_of_death", "occupation", "last_day_worked",
    "return_to_work", "work_supervisor", "work_supervisor_phone", "phone", "email", "address", "postal_code",
    "best_hours", "language", "client_claim_number", "unknown_why", "ask_again",
)  # fmt: skip
"""The fields in which one types."""

YES_NO: Mapping[str, str] = {YES: YES, NO: NO}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "preferred_contact": CONTACT_METHODS,
    "jurisdiction": {state: states.label(state) for state in sorted(states.JURISDICTIONS)},
    "initial_treatment": TREATMENTS,
    "lost_time": LOST_TIME,
    "modified_duty": YES_NO,
    "interpreter": YES_NO,
}
"""The fields in which one chooses: what is kept, and what it is called."""

NEEDED = {"family_name": "Write the worker's family name.", "date_of_injury": "Give the date of injury."}
CHOOSE_CLIENT = "Choose the client."
KEYS = "Enter goes to what is asked next, Tab to every field."
CALLER = ("reporter", "reporter_phone")
"""What is asked of every caller, though a claim has no open question where it is not told."""


class Told(NamedTuple):
    """
    What is in the fields now. `report` has no date of injury (None, whatever its type says) where none is told yet.

    `wrong` has a sentence for each thing that keeps it from being saved, in the form's order; `said` how a time was
    taken that clocks do not show that night.
    """

    client: ClientInZone | None
    report: Report
    wrong: tuple[str, ...]
    said: str
    unknown_why: str = ""
    """Why the caller does not know what is still missing."""
    ask_again: tuple[date, time | None] | None = None
    """On which day, and from which time on, that is asked again, on the client's clocks."""

    @property
    def unread(self) -> tuple[str, ...]:
        """What of it cannot be read: what is not told yet is not said to be wrong before it is saved."""
        return tuple(each for each in self.wrong if each not in (CHOOSE_CLIENT, *NEEDED.values()))

    @property
    def enough(self) -> bool:
        """Whether a claim can be begun from it."""
        return bool(self.client and self.report.date_of_injury and (self.report.family_name or self.report.given_name))


def readers(clients: Sequence[ClientInZone]) -> dict[str, Reader]:
    """Return how what was kept of each field is read, by the field's name."""
    return {
        **dict.fromkeys(TYPED, AS_TYPED),
        **{name: {label: kept for kept, label in options.items()}.get for name, options in CHOICES.items()},
        "client": chosen(clients, lambda client: client.name),
        "injured_time": read_clock,
        "emergency": read_tick,
        **codes.READERS,
    }


def fill_in(request: UUID, known: Mapping[str, str], client: ClientInZone) -> None:
    """Put into the empty fields of the form *request* what is *known* of a claim of *client*, as it is `written`."""
    for name, kept in {**known, "client": client}.items():
        key = f"{name}.{request}"
        value: Any = kept
        if name == "injured_time":
            value = time.fromisoformat(str(kept)) if kept else None
        elif name == "emergency":
            value = kept == YES
        if value and key not in st.session_state:
            st.session_state[key] = value
            st.session_state[f"filled.{key}"] = True


def draw(
    clients: Sequence[ClientInZone], request: UUID, required: Collection[str], *, now: datetime, begun: bool
) -> Told:
    """
    Draw every field and return what is in them. Those about which *required* elements tell are not called optional.

    Once the claim is *begun* its client and the time of its report stand.
    """
    draw_fields = _Fields(request, required)
    line, on, choose = draw_fields.line, draw_fields.day, draw_fields.choose
    said: dict[str, Any] = {}
    client, clocks = _client(clients, request, begun=begun)
    zone = ZoneInfo(client.timezone if client else "UTC")
    today = max(walltime.today(each.timezone, now) for each in clients)
    if client:
        clocks.caption(f"Times on this page are {words.zone(client.timezone, now)}. {KEYS}")

    _heading("Who is calling")
    caller, back = st.columns(2)
    said["reporter"] = line("Reported by", "reporter", caller)
    said["reporter_phone"] = line("Call back at", "reporter_phone", back)
    _heading("Who was hurt")
    given, family, born = st.columns(3)
    said["given_name"] = line("Given name", "given_name", given, element="name")
    said["family_name"] = line("Family name", "family_name", family, element="name")
    said["birth_date"] = on("Date of birth", "birth_date", born, latest=today)
    _heading("When, where and how")
    injured, clock, reported = st.columns(3)
    said["date_of_injury"] = day("Date of injury", key=f"date_of_injury.{request}", container=injured)
    said["injured_time"] = clock.time_input(
        draw_fields.label("Time of injury", "injured_time"), value=at_first(f"injured_time.{request}", None), step=300,
        key=f"injured_time.{request}",
    )  # fmt: skip
    reported_at: Typed = moment(
        "Reported at, optional", zone, value=None, key=f"reported_at.{request}", container=reported,
        help="Empty is now. Fill it in where the report arrived earlier; it is the client's local time."
        + (" The claim has begun: a supervisor corrects it." if begun else ""),
    )  # fmt: skip
    place, state = st.columns([2, 1])
    said["injury_place"] = line("Place of injury", "injury_place", place)
    said["jurisdiction"] = choose("State", "jurisdiction", state)
    said["narrative"] = st.text_area(
        draw_fields.label("What happened", "narrative"), height=76, key=f"narrative.{request}"
    )
    said["body_part"] = line("Part of body", "body_part")
    said |= codes.choose(str(request), said, draw_fields.label)
    _heading("Care so far")
    care, where = st.columns(2)
    said["initial_treatment"] = choose("First treatment", "initial_treatment", care)
    said["treated_at"] = line("Treated by, where", "treated_at", where)
    emergency, died = st.columns(2, vertical_alignment="bottom")
    said["emergency"] = emergency.checkbox("Sent to emergency care during this call", key=f"emergency.{request}")
    said["date_of_death"] = day(
        "Date of death, optional", key=f"date_of_death.{request}", latest=today, container=died,
        help="Nobody calls the worker then; a supervisor is told.",
    )  # fmt: skip
    _heading("Job and lost time")
    job, lost = st.columns(2)
    said["occupation"] = line("Job", "occupation", job)
    said["lost_time"] = choose("Lost time", "lost_time", lost)
    last, back_on, duty = st.columns(3)
    said["last_day_worked"] = on("Last day worked", "last_day_worked", last, latest=today)
    said["return_to_work"] = on("Back at work on", "return_to_work", back_on)
    said["modified_duty"] = choose("Modified duty available", "modified_duty", duty)
    boss, number = st.columns(2)
    said["work_supervisor"] = line("Worker's supervisor", "work_supervisor", boss)
    said["work_supervisor_phone"] = line("Supervisor's telephone", "work_supervisor_phone", number, element=None)
    _heading("How to reach the worker")
    phone, email = st.columns(2)
    said["phone"] = line("Telephone", "phone", phone, element="reach")
    said["email"] = line("E-mail", "email", email, element=None)
    prefers, language, interpreter = st.columns(3)
    said["preferred_contact"] = choose("Prefers", "preferred_contact", prefers)
    said["language"] = line("Language", "language", language)
    said["interpreter"] = choose("Interpreter needed", "interpreter", interpreter)
    address, zip_code, hours = st.columns([2, 1, 1])
    said["address"] = line("Address", "address", address)
    said["postal_code"] = line("ZIP code", "postal_code", zip_code, element=None)
    said["best_hours"] = line("Best hours", "best_hours", hours, help="As in 17:00-20:00, on the worker's clocks.")
    said["client_claim_number"] = line("Client's claim number", "client_claim_number", element=None)
    _heading("What the caller does not know")
    why, again = st.columns([2, 1])
    unknown_why = line("Why it is not known", "unknown_why", why, element=None)
    ask_again = line(
        "Ask again on", "ask_again", again, element=None, help="MM/DD/YYYY, with HH:MM where the time matters."
    )
    told = _told(client, said, reported_at, now)
    return _not_known(told, unknown_why.strip(), ask_again.strip())


def _not_known(told: Told, why: str, again: str) -> Told:
    """Return what was *told* with why the rest is not known, and when to ask for it again."""
    if again and not why:
        return told._replace(wrong=(*told.wrong, "Say why it is not known, where it is to be asked again."))
    try:
        return told._replace(unknown_why=why, ask_again=typed_day(again) if again else None)
    except Refusal as refusal:
        return told._replace(wrong=(*told.wrong, f"Ask again: {refusal}"))


class _Fields:
    """Draws fields of one form, each called optional where nothing that is required is told by it."""

    def __init__(self, request: UUID, required: Collection[str]) -> None:
        self._request = request
        self._required = required

    def label(self, words_of_it: str, element: str | None) -> str:
        asked = element in self._required or element in CALLER
        return words_of_it if asked else f"{words_of_it}, optional"

    def line(self, label: str, name: str, place: Any = st, *, element: str | None = "", help: str = "") -> str:
        about = name if element == "" else element
        text: str = place.text_input(self.label(label, about), key=f"{name}.{self._request}", help=help or None)
        return text

    def day(self, label: str, name: str, place: Any, *, latest: date | None = None) -> TypedDay:
        return day(self.label(label, name), key=f"{name}.{self._request}", latest=latest, container=place)

    def choose(self, label: str, name: str, place: Any) -> str | None:
        options = CHOICES[name]
        kept: str | None = place.selectbox(
            self.label(label, name), list(options), index=None, format_func=options.__getitem__,
            placeholder="Type to find" if name == "jurisdiction" else "Choose", key=f"{name}.{self._request}",
        )  # fmt: skip
        return kept


def _heading(said: str) -> None:
    st.markdown(f"**{said}**")


def _client(clients: Sequence[ClientInZone], request: UUID, *, begun: bool) -> tuple[ClientInZone | None, Any]:
    """
    Draw whose report it is; return that, and the place beside it for on whose clocks its times are read.

    Where there are several none is chosen beforehand: a claim of the wrong client has the wrong clock, and the wrong
    people see it.
    """
    whose, clocks = st.columns([1, 2], vertical_alignment="bottom")
    client: ClientInZone | None = whose.selectbox(
        "Client", clients, index=0 if len(clients) == 1 else None, format_func=lambda each: each.name,
        placeholder="Choose the client", key=f"client.{request}", disabled=begun,
    )  # fmt: skip
    return client, clocks


def _told(client: ClientInZone | None, said: dict[str, Any], reported_at: Typed, now: datetime) -> Told:
    days: dict[str, TypedDay] = {name: value for name, value in said.items() if isinstance(value, TypedDay)}
    said |= {name: each.on for name, each in days.items()}
    for name in ("modified_duty", "interpreter"):
        said[name] = None if said[name] is None else said[name] == YES
    unread = {name: each.lacking for name, each in days.items() if each.lacking}
    wrong = [] if client else [CHOOSE_CLIENT]
    if not (said["family_name"] or said["given_name"]):
        wrong.append(NEEDED["family_name"])
    if not said["date_of_injury"] and "date_of_injury" not in unread:
        wrong.append(NEEDED["date_of_injury"])
    wrong += unread.values()
    wrong += [reported_at.lacking] if reported_at.lacking else []
    try:
        said["best_hours"] = read_hours(said["best_hours"]) if said["best_hours"] else None
    except AnswerNotUnderstood as refusal:
        wrong.append(f"Best hours: {refusal}")
    report = Report(**said, reported_at=reported_at.at or now.replace(second=0, microsecond=0))
    try:
        intake.tidied(report)
    except TooLong as refusal:
        wrong.append(str(refusal))
    return Told(client, report, tuple(wrong), reported_at.said)
