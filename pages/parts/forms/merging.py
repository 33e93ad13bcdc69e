"""The forms by which a supervisor merges two claims, once they stand side by side, and undoes a merge."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from core import merging as service
from core import words
from core.access import Action, Actor
from core.intake import ClaimPage, Merged
from core.intake.sameness import CLAIM_NUMBER
from core.merging import Comparison
from core.transactions import Connection
from pages.parts import desk, merged_claims
from pages.parts.forms.acts import Sent, key_of, of, request_key
from pages.parts.markdown import verbatim

UNDOES = (
    "Both claims are as they were before: each with its own deadline and questions. Attempts made on this claim since"
    " stay on it."
)


def merging(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw how this claim is merged with another one, and how each merge into it is undone; return what was sent."""
    if not actor.may(Action.CLAIM_MERGE):
        return None
    sent = None
    for each in page.merged:
        sent = _undoing(page, each) or sent
    if page.header.closed_at is None:
        sent = _merging(actor, page) or sent
    return sent


def _undoing(page: ClaimPage, merged: Merged) -> Sent | None:
    form = of(page, f"unmerge.{merged.claim_id}")
    request = request_key(key_of(form))
    with (
        st.popover(f"Undo the merge of {merged.claim_number}", key=f"unmerge.{merged.claim_id}.{request}"),
        st.form(f"unmerge.form.{request}", border=False, enter_to_submit=False),
    ):
        st.write(UNDOES)
        beside = st.container()
        confirmed = st.form_submit_button("Undo the merge now", type="primary", key=f"unmerge.go.{request}")
    act = partial(_unmerge, page.header.client_id, merged)
    return Sent(form, request, act, beside) if confirmed else None


def _merging(actor: Actor, page: ClaimPage) -> Sent | None:
    """Draw the number of the other claim, then both side by side with what is chosen of each, and the button."""
    form = of(page, "merging")
    request = request_key(key_of(form))
    compared = f"compared.{request}"
    with st.expander("Merge with another claim", icon=":material/merge:"):
        with st.form(f"merging.form.{request}", border=False):
            number = st.text_input(
                "Number of the other claim", value=_asked_about(page), key=f"merging.number.{request}", width=240,
                help="Of the same client: its own number, or the client's.",
            )  # fmt: skip
            beside = st.container()
            if st.form_submit_button("Compare", key=f"merging.compare.{request}"):
                found = None
                with beside, desk.refusals_shown(), desk.by_key(actor) as tx:
                    found = service.compare(
                        actor, tx, client_id=page.header.client_id, claim_id=page.header.claim_id, number=number
                    )
                st.session_state[compared] = found
        seen: Comparison | None = st.session_state.get(compared)
        return _side_by_side(page, seen, request) if seen else None


def _side_by_side(page: ClaimPage, seen: Comparison, request: UUID) -> Sent | None:
    kept, other = seen.kept.claim_number, seen.other.claim_number
    st.markdown(_becomes(page, seen))
    with st.form(f"merging.both.{request}", border=False, enter_to_submit=False):
        takes = {}
        for each in seen.differences:
            st.markdown(merged_claims.sides(each, kept, other))
            if each.open:
                takes[each.field] = st.segmented_control(
                    "Stands as on", [kept, other], default=other if each.takes_other else kept, required=True,
                    key=f"merging.{each.field}.{request}", label_visibility="collapsed",
                )  # fmt: skip
            else:
                st.caption("Each keeps its own: both numbers lead to the claim.")
        if not seen.differences:
            st.caption("Nothing that is known differs.")
        beside = st.container()
        confirmed = st.form_submit_button(f"Merge {other} into {kept}", type="primary", key=f"merging.go.{request}")
    act = partial(_merge, seen, takes)
    return Sent(of(page, "merging"), request, act, beside) if confirmed else None


def _becomes(page: ClaimPage, seen: Comparison) -> str:
    """Say, as markdown, what the merge does."""
    zone, kept, other = page.header.client_timezone, seen.kept, seen.other
    first = f"{verbatim(kept.claim_number)} was reported first, on {words.instant(kept.reported_at, zone)}: it is kept."
    if kept.first_contact_at is None and other.first_contact_at is not None:
        reached = words.instant(other.first_contact_at, zone)
        clock = f"The first contact on {verbatim(other.claim_number)}, {reached}, counts for it."
    else:
        clock = f"Its deadline stands: {words.instant(kept.due_at, zone)}."
    number = verbatim(other.claim_number)
    leaves = f"{number} leaves every list and figure; its numbers lead here, and its history is told here."
    return f"{first} {clock} {leaves} Choose what stands where they differ; the rest stays in the history."


def _asked_about(page: ClaimPage) -> str:
    """Return the number of the claim that this one is asked to be, if any."""
    named = [
        number
        for each in page.open_questions
        if each.element == "same_claim"
        for number in CLAIM_NUMBER.findall(each.why)
    ]
    return named[0] if named else ""


def _merge(seen: Comparison, takes: Mapping[str, str | None], actor: Actor, tx: Connection, at: datetime) -> str:
    take = [field for field, number in takes.items() if number == seen.other.claim_number]
    service.merge(actor, tx, seen=seen, take=take, at=at)
    return f"{seen.other.claim_number} merged into {seen.kept.claim_number}"


def _unmerge(client_id: int, merged: Merged, actor: Actor, tx: Connection, at: datetime) -> str:
    service.unmerge(actor, tx, client_id=client_id, claim_id=merged.claim_id, at=at)
    return f"Merge of {merged.claim_number} undone"
