"""What others do on a claim while its page is open: who else has it open, and what has happened since it was drawn."""

from zoneinfo import ZoneInfo

import streamlit as st

from core import intake, presence, words
from core.access import Actor
from pages.parts import desk
from pages.parts.markdown import verbatim

_OPEN = "onlookers.open"

_LOOK_EVERY = 2
"""Seconds between two looks whether something has happened: one small statement each."""

DID = {
    "attempt": "logged a contact attempt",
    "assigned": "handed the claim over",
    "assignment_undone": "undid the handing over",
    "taken_back": "changed who has the claim",
    "clock_paused": "paused the clock",
    "clock_resumed": "let the clock run again",
    "pause_ended": "recorded first contact",
    "first_contact_struck": "struck the first contact",
    "closed": "closed the claim",
    "reopened": "reopened the claim",
    "merged": "merged two claims",
    "merge_undone": "undid a merge",
    "report_corrected": "corrected the report's time",
    "fields_corrected": "corrected what is known",
    "question_answered": "answered a question",
    "question_unobtainable": "noted what cannot be had",
    "asked_by_rule": "changed what is asked",
    "death_reported": "recorded a date of death",
    "death_corrected": "corrected the date of death",
    "death_withdrawn": "withdrew the date of death",
    "death_acknowledged": "acknowledged the death",
    "document_added": "added a document",
    "disclosed": "handed something to somebody outside",
    "condition_added": "added a condition",
    "condition_changed": "changed a condition",
    "network_set": "set the certified network",
    **dict.fromkeys(("consent_given", "consent_refused", "consent_revoked"), "put down what the worker consents to"),
    "intake_finished": "finished the intake by telephone",
    "intake_left": "left the intake by telephone",
    "call_booked": "booked the triage call",
    "call_moved": "moved the triage call",
    "call_done": "made the triage call",
    "call_missed": "noted that the worker missed the triage call",
    "call_cancelled": "cancelled the triage call",
    "call_request_made": "asked for a time for the triage call",
    "call_request_declined": "declined to find a time for the triage call",
    "call_request_withdrawn": "withdrew the request for a time",
    "authorization_logged": "logged a request for authorization",
    "authorization_changed": "changed a request for authorization",
    "authorization_followed_up": "followed a request up",
    "determined": "determined a request",
    "determination_corrected": "corrected a determination",
    "determination_told": "told somebody of a determination",
    "referral_made": "made a referral",
    "referral_confirmed": "noted who confirmed a referral",
    "referral_reported": "noted the report of a referral",
    "referral_withdrawn": "withdrew a referral",
    "appointment_booked": "booked the appointment of a referral",
    "appointment_moved": "moved the appointment of a referral",
    "appointment_kept": "noted that the worker kept the appointment",
    "appointment_missed": "noted that the worker missed the appointment",
    "appointment_cancelled": "cancelled the appointment of a referral",
}
"""What somebody did, in words; nothing of the worker."""


@st.fragment(run_every=presence.SAY_EVERY)
def others(client_id: int, claim_id: int) -> None:
    """Say that the person at the desk has this claim open, and draw who else has; all of them, one after the other."""
    person = desk.actor()
    names: list[str] = []
    # Kept before it is said: a run may be cut short behind that, and what was said has to be taken back all the same.
    st.session_state[_OPEN] = (client_id, claim_id)
    with desk.refusals_shown(), desk.acting(person) as tx:
        names = presence.arrive(person, tx, client_id, claim_id, at=desk.now())
    if names:
        st.markdown(f":blue[:material/visibility: Also open with {verbatim(', '.join(names))}]", width="content")


@st.fragment(run_every=_LOOK_EVERY)
def news(header: intake.Header, shown: int) -> None:
    """
    Say what has happened on the claim since its page was drawn, with *shown* entries on its timeline, and offer to show
    it: what is being typed is not drawn anew unasked.
    """
    if desk.drawn_whole():
        return  # and read just now
    person, last = desk.actor(), None
    with desk.refusals_shown(), desk.by_key(person) as tx:
        last = intake.newest(person, tx, header.client_id, header.claim_id)
    if last is None or last.entries <= shown:
        return
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="claim.news"):
        st.markdown(f":material/update: {_told(last, header.client_timezone, last.entries - shown)}", width="content")
        if st.button("Show it", type="tertiary", key="claim.news.show"):
            st.rerun()


def _told(last: intake.Newest, timezone: str, entries: int) -> str:
    """Return who did what and when, with how many *entries* are new where it is not the only one."""
    did = DID.get(last.kind, "changed the claim")
    if last.substantive:
        did = "recorded first contact"
    elif last.kind == "assigned" and last.taken:
        did = "took the claim"
    local = last.at.astimezone(ZoneInfo(timezone))
    more = f" {entries} entries are new." if entries > 1 else ""
    return f"{verbatim(last.by)} {did} at {words.zoned(local)}.{more}"


def leave(person: Actor, *, but: tuple[int, int] | None = None) -> None:
    """
    Take back that the person has the claim open that was shown before, unless it is *but*, which is shown now.

    Whatever shows claims begins with it, and so does every other page.
    """
    before: tuple[int, int] | None = st.session_state.get(_OPEN)
    if before is None or before == but:
        return
    del st.session_state[_OPEN]
    with desk.acting(person) as tx:
        presence.leave(person, tx, *before)
