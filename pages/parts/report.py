"""The form of a report of injury by telephone, in the order in which the conversation goes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core.intake import CONTACT_METHODS, JURISDICTIONS, Client, Report
from pages.parts import forms

NAME = "log_claim"
EARLIEST = date(1900, 1, 1)
NEEDED = {"family_name": "Write the worker's family name.", "date_of_injury": "Give the date of injury."}


class Told(NamedTuple):
    """A report as told, for which client, with the form's own key."""

    client_id: int
    report: Report
    request: UUID


def form(clients: Sequence[Client], *, now: datetime) -> Told | None:
    """Draw the form; return what was told once it is sent and holds what a claim needs. Days are the client's."""
    request = forms.request_key(NAME)
    with st.form(f"report.{request}", width=720):
        client = st.selectbox("Client", clients, format_func=lambda c: c.name, key=f"client.{request}")
        said = _fields(str(request), ZoneInfo(client.timezone), now)
        sent = st.form_submit_button("Log claim", type="primary", key=f"report.{request}.go")
    if not sent:
        return None
    lacking = [sentence for field, sentence in NEEDED.items() if not said[field]]
    for sentence in lacking:
        st.error(sentence, icon=":material/priority_high:")
    if lacking:
        return None
    reported = said.pop("reported_at")
    zone = ZoneInfo(client.timezone)
    at = reported.replace(tzinfo=zone) if reported else now.replace(second=0, microsecond=0)
    return Told(client.client_id, Report(**said, reported_at=at), request)


def _fields(key: str, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    today = now.astimezone(zone).date()

    def line(label: str, name: str, **more: Any) -> str:
        return st.text_input(label, key=f"{name}.{key}", **more)

    left, right = st.columns(2)
    with left:
        said: dict[str, Any] = {"given_name": line("Given name, optional", "given_name")}
    with right:
        said["family_name"] = line("Family name", "family_name")
    left, middle, right = st.columns(3)
    with left:
        said["date_of_injury"] = st.date_input(
            "Date of injury", value=None, min_value=EARLIEST, format="MM/DD/YYYY", key=f"injured.{key}"
        )
    with middle:
        said["injured_time"] = st.time_input(
            "Time of injury, optional", value=None, step=300, key=f"injured_time.{key}"
        )
    with right:
        said["birth_date"] = st.date_input(
            "Date of birth, optional", value=None, min_value=EARLIEST, max_value=today, format="MM/DD/YYYY",
            key=f"born.{key}",
        )  # fmt: skip
    said["narrative"] = st.text_area("What happened, optional", height=76, key=f"narrative.{key}")
    left, right = st.columns(2)
    with left:
        said["body_part"] = line("Part of body, optional", "body_part")
        said["phone"] = line("Telephone, optional", "phone")
        said["language"] = line("Language, optional", "language")
    with right:
        said["jurisdiction"] = st.selectbox(
            "State, optional", sorted(JURISDICTIONS), index=None, key=f"jurisdiction.{key}"
        )
        said["email"] = line("E-mail, optional", "email")
        said["preferred_contact"] = st.selectbox(
            "Prefers, optional",
            list(CONTACT_METHODS),
            index=None,
            format_func=CONTACT_METHODS.get,
            key=f"prefers.{key}",
        )
    left, right = st.columns(2)
    with left:
        said["client_claim_number"] = line("Client's claim number, optional", "client_claim_number")
    with right:
        said["reported_at"] = st.datetime_input(
            "Reported at, optional", value=None, step=60, key=f"reported.{key}",
            help="Empty is now. Fill it in where the report arrived earlier; it is the client's local time.",
        )  # fmt: skip
    said["emergency"] = st.checkbox("Sent to emergency care during this call", key=f"emergency.{key}")
    return said
