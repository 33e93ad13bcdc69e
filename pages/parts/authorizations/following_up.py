"""The form of a follow-up: whom was asked how a request stands, how, and what came of it."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, words
from core.access import Actor
from core.authorizations import CHANNELS, FOLLOWED_UP, PARTIES, REPLIES, Reply, Request
from core.authorizations.cadence import asked_next
from core.statutes import Channel
from pages.parts import desk
from pages.parts.authorizations.doing import form_of, key, sent
from pages.parts.forms.acts import Sent
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted
from pages.parts.forms.moment import moment

_HOW = (Channel.PHONE, Channel.FAX, Channel.EMAIL, Channel.PORTAL)


def following_up(actor: Actor, request: Request, now: datetime) -> Sent | None:
    """Draw the form; return it where it was sent."""
    form, drawn = form_of(request, "follow_up")
    zone = ZoneInfo(request.frame.timezone)
    readers = {
        "party": chosen(FOLLOWED_UP, PARTIES.get), "how": chosen(_HOW, CHANNELS.get),
        "reply": chosen(list(Reply), REPLIES.get), "note": AS_TYPED, "tried": AS_TYPED,
    }  # fmt: skip
    with (
        drafted(actor, form, drawn, zone.key, readers),
        st.form(f"follow.{drawn}", enter_to_submit=False),
    ):
        st.markdown("**Follow up**")
        whom = st.container(horizontal=True)  # each as wide as its words: what has no room comes below
        party = whom.segmented_control(
            "Asked", FOLLOWED_UP, default=at_first(f"party.{drawn}", asked_next(request.frame.clock)), required=True,
            format_func=PARTIES.get, key=f"party.{drawn}",
        )  # fmt: skip
        how = whom.segmented_control(
            "By", _HOW, default=at_first(f"how.{drawn}", Channel.PHONE), required=True, format_func=CHANNELS.get,
            key=f"how.{drawn}",
        )  # fmt: skip
        reply = st.segmented_control("What came of it", list(Reply), format_func=REPLIES.get, key=f"reply.{drawn}")
        note = st.text_area("Note, optional", height=76, key=f"note.{drawn}")
        beside = st.container()
        pressed = st.form_submit_button("Log follow-up", type="primary", shortcut="L", key=f"follow.go.{drawn}")
        with st.expander("Made before now"):
            tried = moment(f"Made at, {words.zone(zone.key)}", zone, value=None, key=f"tried.{drawn}")
    lacking = [*["Choose what came of it."] * (reply is None), *filter(None, (tried.lacking,))]
    for sentence in lacking if pressed else ():
        beside.error(sentence, icon=desk.ALERT)
    if not pressed or lacking or reply is None:
        return None
    act = partial(
        authorizations.follow_up,
        key=key(request, drawn),
        party=party,
        how=how,
        reply=reply,
        note=note,
        tried_at=tried.at,
    )
    return sent(form, drawn, act, "Follow-up logged", beside)
