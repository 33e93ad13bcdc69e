"""The form of a contact attempt and of the first contact."""

from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from core import contact
from core.access import Action, Actor
from core.contact import LONGEST_NOTE, WORDS, Method, Outcome, Party
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted

COVERED = (
    "You reached the worker yourself: identity by two items, how the worker is, what happened, treatment, work,"
    " language and best times, what comes next. The clock stops."
)

NO_FIRST_CONTACT = (
    f"A first contact is {WORDS[Outcome.REACHED].lower()}, with the worker: choose both, or log this as an attempt."
)


def attempt(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw the form of a contact attempt and, for clinical staff, of the first contact."""
    if not actor.may(Action.ATTEMPT_LOG):
        return None
    form = of(page, "attempt")
    request = request_key(key_of(form))
    died = page.header.date_of_death is not None
    running = page.header.first_contact_at is None and page.header.closed_at is None and not died
    may_reach = running and actor.may(Action.FIRST_CONTACT_RECORD)
    logs = page.header.closed_at is None and not may_reach  # what is mostly done next; on a closed claim nothing is
    parties = [party for party in Party if not (died and party is Party.WORKER)]
    party_key = f"party.{died}"
    readers = {
        party_key: chosen(parties, WORDS.get), "method": chosen(list(Method), WORDS.get),
        "outcome": chosen(list(Outcome), WORDS.get), "note": AS_TYPED,
    }  # fmt: skip
    with drafted(actor, form, request, readers), st.form(f"attempt.{request}"):
        party = st.segmented_control(
            "Party", parties, default=at_first(f"{party_key}.{request}", parties[0]), required=True,
            format_func=WORDS.get, key=f"{party_key}.{request}",
        )  # fmt: skip
        method = st.segmented_control(
            "Method", list(Method), default=at_first(f"method.{request}", Method.PHONE), required=True,
            format_func=WORDS.get, key=f"method.{request}",
        )  # fmt: skip
        outcome = st.pills("Outcome", list(Outcome), required=True, format_func=WORDS.get, key=f"outcome.{request}")
        # What is longer is refused and not cut: the browser is told no limit of its own.
        limit = f"At most {LONGEST_NOTE:,} characters"
        note = st.text_area("Note, optional", height=76, key=f"note.{request}", placeholder=limit)
        with st.container(horizontal=True):
            logging = st.form_submit_button(
                "Log attempt", type="primary" if logs else "secondary", shortcut="L", key=f"log.{request}"
            )
            reached = may_reach and st.form_submit_button(
                "Record first contact", type="primary", help=COVERED, key=f"reached.{request}"
            )
    header = page.header
    if reached and (party, outcome) != (Party.WORKER, Outcome.REACHED):
        st.error(NO_FIRST_CONTACT, icon=":material/priority_high:")
    elif reached:
        return Sent(form, request, partial(_reach, header.client_id, header.claim_id, method, note, request))
    if logging and outcome is None:
        st.error("Choose an outcome.", icon=":material/priority_high:")
    elif logging:
        logged = partial(_log, header.client_id, header.claim_id, party, method, outcome, note, request)
        return Sent(form, request, logged)
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
