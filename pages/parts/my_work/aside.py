"""How an item of My work is put aside: snoozed, skipped, taken or handed over."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from core import intake, words, worklist
from core.access import Actor
from core.transactions import Connection
from pages.parts import desk, forms
from pages.parts.forms.drafted import AS_TYPED, drafted
from pages.parts.markdown import verbatim
from pages.parts.my_work import handing
from pages.parts.my_work.opened import Key, again, go_on


def aside(person: Actor, page: intake.ClaimPage, due: datetime | None, key: Key) -> None:
    """Draw how the item is put aside, until a time or with a reason; what was open of another item is closed."""
    named = "-".join(map(str, key))
    with st.container(horizontal=True, key="work.aside"):
        with st.popover("Snooze", icon=":material/snooze:", key=f"work.snooze.of.{named}"):
            _snooze(person, due, key)
        with st.popover("Skip", icon=":material/skip_next:", key=f"work.skip.of.{named}"):
            _skip(person, page, key[2])
        if handing.taken(person, page):
            again()
        if said := handing.handed(person, page):
            go_on(said)


def _snooze(person: Actor, due: datetime | None, key: Key) -> None:
    now = desk.now()
    for said, until in _times_offered(now, ZoneInfo(person.timezone)).items():
        late = due is not None and now <= due < until
        warned = f"{said}, after it is due" if late else said
        if st.button(warned, key=f"work.snooze.{said}", type="tertiary", icon=":material/warning:" if late else None):
            with desk.refusals_shown():
                with desk.acting(person) as tx:
                    worklist.snooze(
                        person, tx, client_id=key[0], claim_id=key[1], kind=key[2], until=until, past_due=late, at=now
                    )
                go_on(f"Back on top on {words.instant(until, person.timezone)}.")


def _times_offered(now: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(9), zone)
    return {
        "In 1 hour": now + timedelta(hours=1),
        "In 4 hours": now + timedelta(hours=4),
        f"Tomorrow at {words.zoned(tomorrow)}": tomorrow,
    }


def _skip(person: Actor, page: intake.ClaimPage, kind: int) -> None:
    form = forms.of(page, "skip")
    request = forms.request_key(forms.key_of(form))
    with (
        drafted(person, form, request, person.timezone, {"skip.why": AS_TYPED}),
        st.form(f"skip.{request}", border=False, enter_to_submit=False),
    ):
        reason = st.text_input(
            "Why", help=f"Up to {worklist.LONGEST_REASON} characters. Colleagues read it.", key=f"skip.why.{request}"
        )
        beside = st.container()
        pressed = st.form_submit_button("Skip for now", key=f"skip.go.{request}")
    if not pressed:
        return
    skip = partial(_skipped, page.header, kind, reason, person.timezone)
    with beside:
        said = forms.perform(person, forms.Sent(form, request, skip, beside), desk.now())
    if said:
        go_on(said)


def _skipped(
    header: intake.Header, kind: int, reason: str, zone: str, actor: Actor, tx: Connection, at: datetime
) -> str:
    where = {"client_id": header.client_id, "claim_id": header.claim_id}
    until = worklist.skip(actor, tx, **where, kind=kind, reason=reason, at=at)
    return f"Skipped until {words.instant(until, zone)}: {verbatim(reason)}"
