"""One request for authorization: what is asked for, how its clock stands, what was done, and what can be done."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from html import escape

import streamlit as st

from core import authorizations, telephones, words
from core.access import Action, Actor
from core.authorizations import CHANNELS, PARTIES, REPLIES, Lapsed, Outcome, Party, Reply, Request
from core.authorizations.clock import Standing
from core.statutes import Channel
from pages.parts import html_rows
from pages.parts.authorizations import standing
from pages.parts.authorizations.changing import changing
from pages.parts.authorizations.determining import determining
from pages.parts.authorizations.doing import form_of
from pages.parts.authorizations.following_up import following_up
from pages.parts.authorizations.letters import letters
from pages.parts.authorizations.telling import telling
from pages.parts.authorizations.using import using
from pages.parts.forms.acts import Sent, refused
from pages.parts.markdown import verbatim

_LINES = ("Treatment", "Code", "Asked for", "Determined", "Period", "Used")

_FORMS = ("determination", "telling", "using", "follow_up", "changing")
"""The forms of a request, whichever of them are drawn: what one of them was refused is said above them all."""

Form = Callable[[Actor, Request, datetime], Sent | None]


def title(request: Request) -> str:
    """Return, as markdown, what is asked for: its kind, the first treatment, and how many more there are."""
    more = f" and {len(request.lines) - 1} more" if len(request.lines) > 1 else ""
    first = request.lines[0].words if request.lines else ""
    return f"{verbatim(authorizations.kind_words(request.frame.kind))}: {verbatim(first)}{more}"


def card(actor: Actor, request: Request, counted: Standing, lapse: Lapsed | None, *, now: datetime) -> Sent | None:
    """Draw the request with its clock, what a lapse means, and the forms by which it goes on; return what was sent."""
    st.subheader(title(request), anchor=False)
    st.caption(" · ".join(_facts(request)))
    if said := _escalated(request, now):
        st.warning(said, icon=":material/notification_important:")
    with st.container(horizontal=True, vertical_alignment="center", key="authorization.clock"):
        standing.clock(request, counted, lapse, now=now)
    if lapse is not None:
        standing.lapsed(lapse)
    if request.frame.missing and request.frame.complete_at is None:
        st.warning(f"**Missing:** {verbatim(request.frame.missing)}", icon=":material/assignment_late:")
    lines = [_line(request, line) for line in request.lines]
    st.html(html_rows.table("What is asked for", _LINES, lines, look="desk-lines"))
    for name in _FORMS:
        refused(form_of(request, name)[1])
    sent = letters(actor, request, now)
    if actor.may(Action.AUTHORIZATION_WORK):
        for form in _forms(request, lapse):
            sent = form(actor, request, now) or sent
    _done(request)
    return sent


def _forms(request: Request, lapse: Lapsed | None) -> tuple[Form, ...]:
    """Return the forms of what can be done next, as the request stands."""
    if request.frame.decided_at is not None:
        return (telling, using, determining)
    return (partial(determining, lapse=lapse), following_up, changing)


def _facts(request: Request) -> list[str]:
    frame = request.frame
    received = words.instant(frame.received_at, frame.timezone)
    facts = [
        f"{verbatim(frame.claim_number)}, {verbatim(frame.client)}, {frame.jurisdiction}",
        f"received {received} by {CHANNELS[Channel(frame.channel)].lower()}",
        f"from {verbatim(frame.provider_name)}" + (f", NPI {frame.provider_npi}" if frame.provider_npi else ""),
    ]
    facts += [
        f"{name} {verbatim(telephones.grouped(number))}"
        for name, number in (("telephone", frame.provider_phone), ("fax", frame.provider_fax)) if number
    ]  # fmt: skip
    if frame.provider_email:
        facts.append(verbatim(frame.provider_email))
    if frame.decided_at is None:
        facts.append(f"reviewed by {verbatim(frame.reviewer)}" if frame.reviewer else "with no reviewer yet")
    elif frame.ended_at is None:
        facts.append("**decided, the provider is to be told**")
    if frame.follow_up_at and frame.decided_at is None:
        facts.append(f"follow up {words.instant(frame.follow_up_at, frame.timezone)}")
    return facts


def _escalated(request: Request, now: datetime) -> str:
    """Return that nobody has answered for too long, and who is to know; empty where that is not so."""
    frame = request.frame
    if frame.decided_at is not None:
        return ""
    known = ((frame.to_clinical_at, "clinical staff"), (frame.to_supervisor_at, "supervisors"))
    told = [f"{who} since {words.instant(at, frame.timezone)}" for at, who in known if at is not None and at <= now]
    if not told:
        return ""
    tried = f" after {words.counted(frame.unanswered, 'follow-up')} without an answer" if frame.unanswered else ""
    return f"Escalated{tried}: with {', with '.join(told)}. Follow it up, or have it decided."


def _line(request: Request, line: authorizations.ServiceLine) -> tuple[str, ...]:
    said = authorizations.outcome_words(line.outcome, request.frame.jurisdiction) if line.outcome else "Not yet"
    if line.approved_units:
        said += f", {words.counted(line.approved_units, 'unit')}"
    if line.approved_words:
        said += f": {line.approved_words}"
    part = f" ({line.body_part})" if line.body_part else ""
    cells = (
        f"{line.words}{part}", line.code or "", words.counted(line.units, "unit"), said,
        _period(line.from_on, line.until_on),
        f"{line.used_units} of {line.approved_units}" if line.approved_units else "",
    )  # fmt: skip
    return tuple(map(escape, cells))


def _period(since: date | None, until: date | None) -> str:
    """Return from when until when an approval holds, as far as that is said."""
    from_day = f"from {words.brief_day(since)}" if since else ""
    return f"{from_day} until {words.brief_day(until)}".strip() if until else from_day


def _done(request: Request) -> None:
    """Draw what was determined, who was told, and how it was followed up, the latest first of each."""
    frame = request.frame
    for made in request.determinations:
        said = authorizations.outcome_words(made.outcome, frame.jurisdiction)
        signed = verbatim(made.reviewer_name) + (
            f", {verbatim(made.reviewer_credentials)}" if made.reviewer_credentials else ""
        )
        corrected = any(each.corrects_id == made.determination_id for each in request.determinations)
        when = words.instant(made.decided_at, frame.timezone)
        st.markdown(
            f":gray[:material/gavel: {when} · {verbatim(made.decided_by)}]  \n"
            f"{'~~' if corrected else '**'}{said}{'~~' if corrected else '**'},"
            f" {'put on record by' if made.outcome == Outcome.LAPSED else 'reviewed by'} {signed}"
            + (f"  \n{verbatim(made.reason)}" if made.reason else "")
        )
    for notice in request.notices:
        st.markdown(
            f":gray[:material/campaign: {words.instant(notice.at, frame.timezone)} · {verbatim(notice.by)}]  \n"
            f"{PARTIES[Party(notice.party)]} told by {CHANNELS[Channel(notice.how)].lower()}:"
            f" {verbatim(notice.recipient)}"
        )
    for tried in request.follow_ups:
        st.markdown(
            f":gray[:material/call: {words.instant(tried.at, frame.timezone)} · {verbatim(tried.by)}]  \n"
            f"{PARTIES[Party(tried.party)]}, {CHANNELS[Channel(tried.how)].lower()}:"
            f" {REPLIES[Reply(tried.outcome)].lower()}" + (f"  \n{verbatim(tried.note)}" if tried.note else "")
        )
