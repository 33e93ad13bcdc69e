"""Log a claim while the caller is on the phone: what is known now; the rest becomes open questions."""

import streamlit as st

from core import drafts, intake, scope
from core.access import Action
from pages.parts import desk, forms, live_lists, report

actor = desk.open_page("Log a claim", Action.CLAIM_REPORT)

with desk.looking(actor) as tx:
    clients = scope.clients_in_zones(actor, tx, Action.CLAIM_REPORT, at=desk.now())
if not clients:
    st.info("No client is given to you yet. An administrator gives clients to people.")
    st.stop()

sent = report.form(actor, clients, now=desk.now())
if isinstance(sent, report.Warned):  # what was typed waits as a draft: the other claim may be none of this worker's
    live_lists.open_claim(sent.client_id, sent.suspects[0].claim_id)
if not isinstance(sent, report.SentReport):
    st.stop()

made = None
suspects: tuple[intake.Suspect, ...] = ()
with sent.faults, desk.refusals_shown():
    try:
        with desk.acting(actor) as tx:
            made = intake.report(
                actor, tx, client_id=sent.client_id, report=sent.report, at=desk.now(), request=sent.request,
                aware_of=sent.aware_of,
            )  # fmt: skip
            drafts.forget(actor, tx, form=report.FORM, request=sent.request, at=desk.now())
    except intake.PerhapsReported as perhaps:
        suspects = perhaps.suspects
if suspects:
    report.warn(sent, suspects)
    st.rerun()
if made:
    forms.renew(report.NAME)
    logged = f"Claim {made.claim_number} logged. The clock runs. {sent.said}".strip()
    desk.say_next("Already logged" if made.again else logged)
    live_lists.open_claim(made.client_id, made.claim_id)
