"""The form by which it is recorded who was told of a determination; telling the provider first stops the clock."""

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, words
from core.access import Actor
from core.authorizations import CHANNELS, PARTIES, TOLD, Party, Request
from core.statutes import Channel
from core.transactions import Connection
from pages.parts import desk
from pages.parts.authorizations.doing import form_of, sent
from pages.parts.forms.acts import Sent
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted
from pages.parts.forms.moment import moment


def telling(actor: Actor, request: Request, now: datetime) -> Sent | None:
    """Draw the form; return it where it was sent."""
    frame, determination = request.frame, authorizations.stands(request)
    if determination is None or determination.outcome == "withdrawn":
        return None
    form, drawn = form_of(request, "telling")
    zone = ZoneInfo(frame.timezone)
    told = {notice.party for notice in request.notices if notice.determination_id == determination.determination_id}
    following = next((party for party in TOLD if party.value not in told), Party.PROVIDER)
    readers = {
        "told.party": chosen(TOLD, PARTIES.get), "told.how": chosen(list(Channel), CHANNELS.get),
        "told.whom": AS_TYPED, "told.at": AS_TYPED,
    }  # fmt: skip
    with (
        drafted(actor, form, drawn, zone.key, readers),
        st.form(f"telling.{drawn}", enter_to_submit=False),
    ):
        st.markdown("**Who was told**")
        if frame.communicated_at is None:
            st.caption("The clock stops once the provider was told: a decision in time that is told late is late.")
        party = st.segmented_control(
            "Told", TOLD, default=at_first(f"told.party.{drawn}", following), required=True, format_func=PARTIES.get,
            key=f"told.party.{drawn}",
        )  # fmt: skip
        how = st.segmented_control(
            "By", list(Channel), default=at_first(f"told.how.{drawn}", Channel.FAX), required=True,
            format_func=CHANNELS.get, key=f"told.how.{drawn}",
        )  # fmt: skip
        left, right = st.columns(2)
        usual = frame.provider_name if following is Party.PROVIDER else ""
        whom = left.text_input("Whom", value=at_first(f"told.whom.{drawn}", usual) or "", key=f"told.whom.{drawn}")
        at = moment(
            f"Told at, {words.zone(zone.key)}", zone, value=None, key=f"told.at.{drawn}", container=right,
            help="Empty for now.",
        )  # fmt: skip
        beside = st.container()
        pressed = st.form_submit_button("Record", type="primary", key=f"telling.go.{drawn}")
    if pressed and at.lacking:
        beside.error(at.lacking, icon=desk.ALERT)
    if not pressed or at.lacking:
        return None
    what = {
        "client_id": frame.client_id, "claim_id": frame.claim_id, "request_id": frame.request_id,
        "determination_id": determination.determination_id, "party": party, "how": how, "recipient": whom,
    }  # fmt: skip
    act = partial(_tell, what, at.at)
    return sent(form, drawn, act, f"{PARTIES[party]} told by {CHANNELS[how].lower()}", beside)


def _tell(what: dict[str, Any], told_at: datetime | None, actor: Actor, tx: Connection, *, at: datetime) -> None:
    authorizations.tell(actor, tx, **what, told_at=told_at or at, at=at)
