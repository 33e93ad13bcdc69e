"""What stands beside an intake by telephone: its claim, claims that it may repeat, and what is still to be asked."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import streamlit as st

from core import intake, words
from core.access import Actor
from core.intake import ELEMENTS, SAME_NUMBER, Suspect, sameness, telephone
from core.intake.requirements import EVERYWHERE
from pages.parts import desk, live_lists
from pages.parts.log_claim.fields import Told
from pages.parts.markdown import verbatim

if TYPE_CHECKING:
    from pages.parts.log_claim.form import Call

ANOTHER = "It is another injury"
SAY_FIRST = "Say first, beside the form, whether it is a claim that there is or another injury."
NOT_YET = "No claim yet: it is begun once client, name and date of injury are told."


def aware(request: UUID) -> frozenset[int]:
    """Return the claims, by their ids, beside which the person wants this one."""
    return frozenset(st.session_state.get(f"aware.{request}", ()))


def draw(actor: Actor, of: "Call", told: Told, required: Mapping[str, str]) -> bool:
    """Draw it; return whether it was just said that this is another injury than those of the claims that there are."""
    seen, readable = None, told.enough and not told.wrong
    if told.client and (readable or of.claim):
        with desk.refusals_shown(), desk.looking(actor) as tx:
            seen = telephone.beside(
                actor, tx, client_id=told.client.client_id, claim_id=of.claim and of.claim.claim_id,
                told=told.report if readable else None,
            )  # fmt: skip
    if of.claim and seen and seen.begun:
        zone = told.client.timezone if told.client else actor.timezone
        due = words.instant(seen.begun.due_at, zone)
        number = live_lists.with_links(
            of.claim.client_id, {of.claim.claim_number: of.claim.claim_id}, of.claim.claim_number
        )
        st.success(f"{number} is begun, its clock runs. First contact due {due}.", icon=":material/timer:")
    elif of.claim is None:
        st.info(NOT_YET, icon=":material/timer_off:")
    said = False
    if seen and told.client:
        unsaid = [each for each in seen.suspects if each.claim_id not in aware(of.request)]
        if unsaid:
            _perhaps(told.client.client_id, unsaid, _repeats(unsaid))
            said = st.button(ANOTHER, key=f"report.{of.request}.another")
            if said:
                st.session_state[f"aware.{of.request}"] = aware(of.request) | {each.claim_id for each in unsaid}
        elif seen.near:
            numbers = ", ".join(each.claim_number for each in seen.near)
            sentence = f"Perhaps the same worker, injured within {sameness.NEAR.days} days: {numbers}."
            _perhaps(told.client.client_id, seen.near, sentence)
    for sentence in told.unread:
        st.warning(verbatim(sentence), icon=desk.ALERT)
    missing = intake.missing(told.report, required)
    if missing:
        lines = [f"· {ELEMENTS[each]}{_why(required[each])}" for each in missing]
        st.markdown("  \n".join([f"**Still to ask** ({len(missing)})", *lines]))
    else:
        st.markdown(":material/check: Everything required is told.")
    return said


def _why(rule: str) -> str:
    """Return, as markdown, whose rule asks for something, where it is not asked of every claim."""
    if not rule or rule.startswith(EVERYWHERE.removesuffix(".")):
        return ""
    return f" :gray[· {rule[0].lower()}{rule[1:].removesuffix('.')}]"


def _perhaps(client_id: int, claims: Sequence[Suspect], sentence: str) -> None:
    ids = {each.claim_number: each.claim_id for each in claims}
    st.warning(live_lists.with_links(client_id, ids, sentence), icon=":material/content_copy:")


def _repeats(suspects: Sequence[Suspect]) -> str:
    number = [each.claim_number for each in suspects if each.likeness.reason == SAME_NUMBER]
    injury = [each.claim_number for each in suspects if each.likeness.reason != SAME_NUMBER]
    said = [f"This client's claim number is also on {', '.join(number)}."] if number else []
    said += [f"The same worker and date of injury are also on {', '.join(injury)}."] if injury else []
    return " ".join([*said, "This may have been reported before."])
