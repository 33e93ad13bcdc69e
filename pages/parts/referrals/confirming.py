"""The forms by which the treating provider's and the worker's confirmation of a referral are put down."""

from collections.abc import Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import referrals, words
from core.intake import ClaimPage
from core.referrals import LONGEST_WORDS, WAYS, Party, Way, Whole
from pages.parts import desk
from pages.parts.forms import moment
from pages.parts.referrals.doing import Asked, doing

_SIDE = {Party.PROVIDER: "provider", Party.WORKER: "worker"}
_WHO = {Party.PROVIDER: "treating provider", Party.WORKER: "worker"}


def draw(page: ClaimPage, whole: Whole, request: UUID) -> Iterator[Asked]:
    """Draw a form for each side that has not confirmed; yield what was asked for."""
    for party in Party:
        if whole.confirmed(party) is None and whole.state is not referrals.State.KEPT:
            yield from _confirming(page, whole, request, party)


def _confirming(page: ClaimPage, whole: Whole, request: UUID, party: Party) -> Iterator[Asked]:
    side = _SIDE[party]
    first = page.worker.name if party is Party.WORKER else whole.referral.referred_by
    zone = page.header.client_timezone
    with (
        st.popover(f"Confirmed by {_WHO[party]}", icon=":material/check:", key=f"referral.{side}.{request}"),
        st.form(f"referral.{side}.form.{request}", border=False, enter_to_submit=False),
    ):
        whom = st.text_input("With whom", value=first, key=f"referral.{side}.whom.{request}", help="Who said so.")
        how = st.selectbox("How", list(Way), format_func=lambda way: WAYS[way], key=f"referral.{side}.how.{request}")
        at = moment(
            f"When, {words.zone(zone, desk.now())}; empty is now", ZoneInfo(zone), value=None,
            key=f"referral.{side}.at.{request}",
        )  # fmt: skip
        said = st.text_input(
            "What was said", key=f"referral.{side}.words.{request}", help=f"At most {LONGEST_WORDS} characters."
        )
        beside = st.container()
        pressed = st.form_submit_button("Put it down", type="primary", key=f"referral.{side}.go.{request}")
    if at.lacking or at.said:
        beside.caption(at.lacking or at.said)
    if pressed and not at.lacking:
        done = f"Confirmed by the {_WHO[party]}"
        more = {"party": party, "how": how, "with_whom": whom, "words": said, "confirmed_at": at.at}
        yield doing(whole, referrals.confirm, done, **more), beside
