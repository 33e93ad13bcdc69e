"""The conditions of a claim and its certified network, and how both are set."""

from functools import partial

import streamlit as st

from core import claim_file as service
from core import walltime, words
from core.access import Action, Actor
from core.claim_file import (
    NETWORKS,
    STATUSES,
    ClaimFile,
    Condition,
    Status,
)
from core.intake import ClaimPage
from pages.parts import desk, side
from pages.parts.claim_file.doing import claim_of, do
from pages.parts.forms import day, key_of, request_key
from pages.parts.forms.acts import of
from pages.parts.markdown import verbatim


def draw(actor: Actor, page: ClaimPage, file: ClaimFile) -> None:
    """Draw the claim's conditions and its network, and how both are set."""
    known, certified, chosen = [each for each in file.conditions if each.of is None], file.certified, None
    if known:
        chosen = side.rows(
            f"{key_of(of(page, 'conditions'))}",
            {
                "Code": [each.code or "" for each in known],
                "Condition": [each.words for each in known],
                "Status": [STATUSES[Status(each.status)] for each in known],
                "Since": [words.day(each.since) for each in known],
                "Set by": [each.set_by for each in known],
            },
            [each.condition_id for each in known],
            alt="Conditions of this claim: code, words, status, since when and by whom it was set so",
        )
    else:
        st.info("No condition is on this claim yet.", icon=":material/healing:")
    for each in file.conditions:
        if each.of:
            coded = f"{each.code} {each.words}" if each.code else each.words
            st.caption(f"On {verbatim(f'{each.of}: {coded}')}, {STATUSES[Status(each.status)].lower()}.")
    if not actor.may(Action.CONDITION_SET):
        st.caption(f"Certified network: {NETWORKS[certified].lower()}.")
        return
    _setting(actor, page, next((each for each in known if each.condition_id == chosen), None))
    _network(actor, page, certified)


def _setting(actor: Actor, page: ClaimPage, one: Condition | None) -> None:
    """Draw the form of a new condition, or of the *one* that is chosen."""
    form = of(page, f"condition.{one.condition_id if one else 'new'}")
    request = request_key(key_of(form))
    today = walltime.today(page.header.client_timezone, desk.now())
    with (
        st.expander("Change the condition" if one else "Add a condition", expanded=one is not None),
        st.form(f"condition.{request}", border=False, enter_to_submit=False),
    ):
        said = st.text_input("Condition", value=one.words if one else "", key=f"condition.words.{request}")
        code = st.text_input(
            "ICD-10-CM code, optional", value=(one and one.code) or "", key=f"condition.code.{request}", width=240,
            help="With its point or without, as S93.401A.",
        )  # fmt: skip
        status = st.segmented_control(
            "Status", list(Status), default=Status(one.status) if one else Status.ALLEGED, required=True,
            format_func=STATUSES.__getitem__, key=f"condition.status.{request}",
        )  # fmt: skip
        since = day(
            "Since", key=f"condition.since.{request}", value=one.since if one else today, latest=today,
            container=st.container(width=240),
        )  # fmt: skip
        beside = st.container()
        sent = st.form_submit_button("Save condition" if one else "Add condition", key=f"condition.go.{request}")
    if sent and since.on is None:
        beside.error(since.lacking or "Say since when.", icon=desk.ALERT)
    if not sent or status is None or since.on is None:
        return
    what = {**claim_of(page), "code": code, "words": said, "status": status, "since": since.on}
    if one:
        act = partial(service.change_condition, actor, condition_id=one.condition_id, **what)
    else:
        act = partial(service.add_condition, actor, **what)
    do(actor, page, form.name, act, "Condition saved" if one else "Condition added", beside)


def _network(actor: Actor, page: ClaimPage, certified: bool | None) -> None:
    form = of(page, "network")
    request = request_key(key_of(form))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        said = st.selectbox(
            "Certified network", list(NETWORKS), index=list(NETWORKS).index(certified),
            format_func=NETWORKS.__getitem__, key=f"network.{certified}.{request}", width=280,
        )  # fmt: skip
        sent = st.button("Save", key=f"network.go.{request}", disabled=said is certified)
    if sent:
        act = partial(service.set_network, actor, **claim_of(page), certified=said)
        do(actor, page, "network", act, NETWORKS[said], st.container())
