"""The form of a report of injury by telephone, in the order in which the conversation goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import walltime
from core.intake import CONTACT_METHODS, JURISDICTIONS, LONGEST_REPORTER, Client, Report
from pages.parts import forms
from pages.parts.forms import Typed

NAME = "log_claim"
NEEDED = {"family_name": "Write the worker's family name.", "date_of_injury": "Give the date of injury."}


class Told(NamedTuple):
    """A report as told, for which client, with the form's own key."""

    client_id: int
    report: Report
    request: UUID
    said: str = ""
    """How the time of the report was taken, where clocks do not show it that night."""


def form(clients: Sequence[Client], *, now: datetime) -> Told | None:
    """Draw the form; return what was told once it is sent and holds what a claim needs. Days are the client's."""
    request = forms.request_key(NAME)
    with st.form(f"report.{request}", width=720):
        # First who calls, in one row: the button that sends the form stays on the screen of a laptop.
        whose, reporter, back = st.columns(3)
        client = whose.selectbox("Client", clients, format_func=lambda c: c.name, key=f"client.{request}")
        said = {
            "reporter": reporter.text_input(
                "Reported by, optional", max_chars=LONGEST_REPORTER, key=f"reporter.{request}"
            ),
            "reporter_phone": back.text_input(
                "Call back at, optional", max_chars=LONGEST_REPORTER, key=f"reporter_phone.{request}"
            ),
            **_fields(str(request), ZoneInfo(client.timezone), now),
        }
        sent = st.form_submit_button("Log claim", type="primary", key=f"report.{request}.go")
    if not sent:
        return None
    reported: Typed = said.pop("reported_at")
    lacking = [sentence for field, sentence in NEEDED.items() if not said[field]]
    for sentence in filter(None, [*lacking, reported.lacking]):
        st.error(sentence, icon=":material/priority_high:")
    if lacking or reported.lacking:
        return None
    at = reported.at or now.replace(second=0, microsecond=0)
    return Told(client.client_id, Report(**said, reported_at=at), request, reported.said)


def _fields(key: str, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    today = walltime.today(zone.key, now)

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
    said["date_of_injury"] = injured.date_input(
        "Date of injury", value=None, min_value=forms.EARLIEST, format="MM/DD/YYYY", key=f"injured.{key}"
    )
    said["injured_time"] = clock.time_input("Time of injury, optional", value=None, step=300, key=f"injured_time.{key}")
    said["birth_date"] = born.date_input(
        "Date of birth, optional", value=None, min_value=forms.EARLIEST, max_value=today, format="MM/DD/YYYY",
        key=f"born.{key}",
    )  # fmt: skip
    said["narrative"] = st.text_area("What happened, optional", height=76, key=f"narrative.{key}")
    part, state = st.columns(2)
    with part:
        said["body_part"] = line("Part of body, optional", "body_part")
    said["jurisdiction"] = state.selectbox(
        "State, optional", sorted(JURISDICTIONS), index=None, key=f"jurisdiction.{key}"
    )
    phone, email = st.columns(2)
    with phone:
        said["phone"] = line("Telephone, optional", "phone")
    with email:
        said["email"] = line("E-mail, optional", "email")
    language, prefers = st.columns(2)
    with language:
        said["language"] = line("Language, optional", "language")
    said["preferred_contact"] = prefers.selectbox(
        "Prefers, optional", list(CONTACT_METHODS), index=None, format_func=CONTACT_METHODS.get, key=f"prefers.{key}"
    )
    number, reported = st.columns(2)
    with number:
        said["client_claim_number"] = line("Client's claim number, optional", "client_claim_number")
    said["reported_at"] = forms.moment(
        "Reported at, optional", zone, value=None, key=f"reported.{key}", place=reported,
        help="Empty is now. Fill it in where the report arrived earlier; it is the client's local time.",
    )  # fmt: skip
    said["emergency"] = st.checkbox("Sent to emergency care during this call", key=f"emergency.{key}")
    return said
