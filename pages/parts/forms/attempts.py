"""The form of a contact attempt."""

from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import contact, words
from core.access import Action, Actor
from core.contact import LONGEST_NOTE, WORDS, Method, Outcome, Party
from core.intake import ClaimPage
from core.transactions import Connection
from pages.parts import desk
from pages.parts.forms import first_contact, late, unwished
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted
from pages.parts.forms.moment import Typed, moment

NOTE_LIMIT = f"At most {LONGEST_NOTE:,} characters"


def attempt(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw the form of a contact attempt; nothing while that of the first contact stands in its place."""
    if not actor.may(Action.ATTEMPT_LOG) or first_contact.is_open(actor, page):
        return None
    form = of(page, "attempt")
    request = request_key(key_of(form))
    zone = ZoneInfo(page.header.client_timezone)
    died, closed = page.header.date_of_death is not None, page.header.closed_at is not None
    parties = [party for party in Party if not (died and party is Party.WORKER)]
    first = Party.ATTORNEY if page.spoken_for else parties[0]
    party_key = "party.attorney" if first is Party.ATTORNEY else f"party.{died}"
    readers = {
        party_key: chosen(parties, WORDS.get), "method": chosen(list(Method), WORDS.get),
        "outcome": chosen(list(Outcome), WORDS.get), "note": AS_TYPED, "made": AS_TYPED, "again": AS_TYPED,
        late.FIELD: AS_TYPED,
    } | unwished.READERS  # fmt: skip
    with drafted(actor, form, request, page.header.client_timezone, readers), st.form(f"attempt.{request}"):
        party = st.segmented_control(
            "Party", parties, default=at_first(f"{party_key}.{request}", first), required=True,
            format_func=WORDS.get, key=f"{party_key}.{request}",
        )  # fmt: skip
        permitted = first_contact.permission(page, request)
        method = st.segmented_control(
            "Method", list(Method), default=at_first(f"method.{request}", Method.PHONE), required=True,
            format_func=WORDS.get, key=f"method.{request}",
        )  # fmt: skip
        outcome = st.pills("Outcome", list(Outcome), required=True, format_func=WORDS.get, key=f"outcome.{request}")
        against_why, unreasoned = "", list[str]()
        if party is Party.WORKER:
            against_why, unreasoned = unwished.against_why(page, request, method, outcome)
        # What is longer is refused and not cut: the browser is told no limit of its own.
        note = st.text_area("Note, optional", height=76, key=f"note.{request}", placeholder=NOTE_LIMIT)
        # As it was sent: where a call has to be promised, its time is asked before the button.
        times = _times(zone, request) if outcome == Outcome.REACHED_DEFERRED else None
        beside = st.container()
        # What is mostly done next; on a closed claim nothing is.
        logging = st.form_submit_button(
            "Log attempt", type="secondary" if closed else "primary", shortcut="L", key=f"log.{request}"
        )
        if times is None:  # most attempts are of now and promise nothing: they are logged without a way past it
            with st.expander("Made before now, or to call again"):
                times = _times(zone, request)
    made, again, late_why = times
    lacking = [*["Choose an outcome."] * (outcome is None), *unreasoned, *filter(None, (made.lacking, again.lacking))]
    if logging:
        for sentence in lacking:
            beside.error(sentence, icon=desk.ALERT)
    if not logging or lacking or outcome is None:
        return None
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    due = page.header.due_at if page.header.first_contact_at is None and party is Party.WORKER else None
    permits = permitted and party is Party.WORKER
    act = partial(
        _log,
        where,
        party,
        method,
        outcome,
        note,
        made,
        again,
        late_why,
        due,
        zone.key,
        request,
        permitted=permits,
        against_why=against_why,
    )
    return Sent(form, request, act, beside)


def _times(zone: ZoneInfo, request: UUID) -> tuple[Typed, Typed, str]:
    """Draw when the attempt was made, when to call again, and why it is recorded so late, where it is."""
    left, right = st.columns(2)
    local = words.zone(zone.key)
    made = moment(
        f"Made at, {local}", zone, value=None, key=f"made.{request}", container=left, help="Empty for now."
    )  # fmt: skip
    again = moment(
        f"Call again at, {local}", zone, value=None, key=f"again.{request}", container=right,
        help="Where somebody was reached and says when, or a message asks for it. It is work for that time.",
    )  # fmt: skip
    return made, again, late.late_why(made, request)


def _log(
    where: dict[str, int], party: Party, method: Method, outcome: Outcome, note: str, made: Typed, again: Typed,
    late_why: str, due: datetime | None, zone: str, request: UUID, actor: Actor, tx: Connection, at: datetime, *,
    permitted: bool, against_why: str,
) -> str:  # fmt: skip
    logged = contact.log_attempt(
        actor, tx, **where, party=party, method=method, outcome=outcome, note=note, at=at, request=request,
        made_at=made.at, call_again_at=again.at, late_why=late_why, permitted=permitted,
        against_why=against_why,
    )  # fmt: skip
    if logged.again:
        return "Already logged"
    promised = f". Call again {words.instant(again.at, zone)}." if again.at else ""
    if again.at and due and again.at > due:
        promised += f" That is after first contact is due, {words.instant(due, zone)}."
    if logged.asked:
        promised = ". The number is marked as wrong: another one is to be asked for, under Intake."
    return " ".join(part for part in (f"Attempt logged{promised}", made.said, again.said) if part)
