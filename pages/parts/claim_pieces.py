"""What pages tell of a claim: whose it is, how to reach whom, and what the next act needs."""

from collections import Counter
from datetime import datetime
from html import escape

import streamlit as st

from core import local_time, telephones, words
from core.clocks import State
from core.contact import CHANNEL_WORDS, Channel
from core.injury_codes import Vocabulary
from core.intake import BRIEFLY, CONTACT_METHODS, DOUBTS, REPRESENTATIVES, TREATMENTS, ClaimPage
from core.intake.elements import WRONG_NUMBER
from core.local_time import Place
from pages.parts import fields, folding
from pages.parts.claim_clock import standing_of
from pages.parts.markdown import verbatim

_WRONG = "Wrong number or disconnected"


def title(page: ClaimPage) -> str:
    """Return, as markdown, whose claim it is: the worker's name and our number."""
    name = " ".join(page.worker.name.splitlines())  # a heading has one line
    return f"{verbatim(name)} · {verbatim(page.header.claim_number)}"


def _facts(page: ClaimPage) -> list[str]:
    """Return the claim's frame, as markdown."""
    frame, zone = page.header, page.header.client_timezone
    facts = [
        verbatim(frame.client_name),
        frame.jurisdiction or "state not known",
        f"injured {words.day(frame.date_of_injury, frame.injured_time)}",
        f"reported {words.instant(frame.reported_at, zone)}" + (" (day only)" if frame.reported_to == "day" else ""),
        f"with {verbatim(frame.assignee)}" if frame.assignee else "with nobody yet",
    ]
    if frame.client_claim_number:
        facts.insert(0, f"client's number {verbatim(frame.client_claim_number)}")
    return facts


def header(page: ClaimPage) -> None:
    """Draw the claim's frame in one line, and what holds for all that is done on it."""
    frame = page.header
    with st.container(key="claim.facts"):
        st.caption(" · ".join(_facts(page)))
    if frame.date_of_death:
        seen = f" {verbatim(frame.death_seen_by)} has acknowledged this." if frame.death_seen_by else ""
        st.error(
            f"The worker died on {words.day(frame.date_of_death)}. Nobody calls the worker; the employer and the"
            f" provider can be contacted.{seen}",
            icon=":material/do_not_disturb_on:",
        )
    if frame.emergency:
        st.warning("Emergency: the worker was sent to emergency care at intake.", icon=":material/emergency:")


def closed(page: ClaimPage) -> None:
    """Draw, on a closed claim, since when it is closed and why, and what waits for its reopening."""
    frame = page.header
    if frame.closed_at is None:
        return
    left = len(page.open_questions)
    questions = f" {words.counted(left, 'open question')} would be asked again." if left else ""
    since = words.instant(frame.closed_at, frame.client_timezone)
    why = verbatim((frame.closed_why or "").rstrip("."))
    st.info(f"Closed since {since}: {why}. Nothing is due or asked.{questions}", icon=":material/block:")


def merged(page: ClaimPage) -> None:
    """Draw which claims were merged into this one, and that this page opened for one of them."""
    zone = page.header.client_timezone
    for each in page.merged:
        theirs = f" (client's number {verbatim(each.client_claim_number)})" if each.client_claim_number else ""
        since = f"{words.instant(each.at, zone)} by {verbatim(each.by)}"
        led = " You asked for it: this is the claim that it leads to." if each.claim_number == page.led_from else ""
        told = f"{verbatim(each.claim_number)}{theirs} was merged into this claim on {since}.{led}"
        if led:
            st.info(told, icon=":material/merge:")
        else:
            st.caption(f":material/merge: {told}")


def reach(page: ClaimPage, *, now: datetime) -> None:
    """
    Draw what a call needs: the number to call, and what time it is there; then, in one line, the other ways and the
    language; then whom at the employer. Who speaks for the worker comes first.

    Of a worker who has died only the employer's is drawn.
    """
    if page.header.date_of_death is None:
        _speaks(page)
        if why := page.worker.do_not_contact:
            st.error(f"**Do not contact the worker.** {verbatim(why)}", icon=":material/do_not_disturb_on:")
        _call(page, spoken_for=page.spoken_for, now=now)
    if ways := _ways(page):
        with st.container(key="claim.ways"):
            st.markdown(" · ".join(ways))


def more(page: ClaimPage, *, now: datetime) -> None:
    """Draw, behind one click, what of the header has no room in a small window; in a large one it is not seen."""
    deadline = page.deadline(now=now)
    due = [f"first contact due {words.instant(deadline.due_at, page.header.client_timezone)}"]
    if standing_of(page.header, deadline, paused=page.paused, now=now).state is State.ENDED:
        due = []
    key = folding.own_key("claim.more", page.header)
    with st.popover("Details", icon=":material/info:", type="tertiary", key=key):
        st.markdown("  \n".join(fact[:1].upper() + fact[1:] for fact in [*_facts(page), *due, *_ways(page)]))


def _ways(page: ClaimPage) -> list[str]:
    """Return, as markdown, the ways to reach the worker beside the button that calls, and whom at the employer."""
    worker, died, spoken_for = page.worker, page.header.date_of_death is not None, page.spoken_for
    preferred = CONTACT_METHODS.get(worker.preferred_contact or "", worker.preferred_contact)
    unread = worker.phone and (spoken_for or telephones.address(worker.phone) is None)
    telephone = _telephone(worker.phone, wrong=_leads_nowhere(page, "reach")) if unread else None
    ways = {
        "Worker's telephone" if spoken_for else "Telephone": telephone,
        "E-mail": worker.email,
        "Prefers": preferred,
        "Best hours": (worker.best_hours or "").replace("-", "–").replace(",", " and "),
        "Language": worker.language,
        "Interpreter": {True: "needed", False: "not needed"}.get(worker.interpreter),
        **{CHANNEL_WORDS[each]: said.answer for each in Channel if (said := page.consent(each))},
    }
    known = [] if died else _labelled(ways)
    if not died and not known and not worker.phone:
        known = [":gray[Nothing is known yet of how to reach the worker.]"]
    by, back = (
        page.narrative.reporter,
        _telephone(page.narrative.reporter_phone, wrong=_leads_nowhere(page, "reporter_phone")),
    )
    other = _labelled({"Reported by": by, "call back at" if by else "Reporter, call back at": back})
    return [*known, ", ".join(other)] if other else known


def _speaks(page: ClaimPage) -> None:
    """Draw who speaks for the worker, and whom that means to call about what."""
    speaks = page.representative
    if not speaks.known:
        if page.worker.preferred_contact == "attorney":
            st.warning(
                "The worker is reached through an attorney, who is not known yet: ask the employer or the worker for"
                " name, firm and telephone, and put them under Intake.",
                icon=":material/gavel:",
            )
        return
    who = [verbatim(said) for said in (speaks.representative_name, speaks.representative_firm) if said]
    kind = REPRESENTATIVES.get(speaks.representative_kind or "", "")
    wrong = _leads_nowhere(page, "representative_phone")
    ways = [_telephone(speaks.representative_phone, wrong=wrong), speaks.representative_email]
    named = ", ".join(who or ["somebody"]) + (f" ({kind})" if kind == REPRESENTATIVES["attorney"] else "")
    others = "The employer and the provider are called as before."
    if speaks.representative_permits:
        call = "Permits that the worker is called directly."
    elif wrong:
        call = f"Their number leads to nobody: ask for another. The worker is called only once they permit it. {others}"
    else:
        call = f"Call them to reach the worker and about the claim; the worker only once they permit it. {others}"
    reached = " · ".join(verbatim(way) for way in ways if way)
    st.info(f"**Represented by {named}**{f' · {reached}' if reached else ''}  \n{call}", icon=":material/gavel:")


def _call(page: ClaimPage, *, spoken_for: bool, now: datetime) -> None:
    """
    Draw the button that calls whoever is called first, the number to copy, and the time where the worker is; of a
    worker's number that leads to nobody that it does, in the place of the button.
    """
    kept = page.representative.representative_phone if spoken_for else page.worker.phone
    address = telephones.address(kept) if kept else None
    if kept is None or address is None:
        return
    grouped = telephones.grouped(kept)
    with st.container(horizontal=True, vertical_alignment="center", key="claim.call"):
        whom = "Call the representative, " if spoken_for else "Call "
        if _leads_nowhere(page, "representative_phone" if spoken_for else "reach"):
            whose = " of the representative" if spoken_for else ""
            st.markdown(f":orange[:material/phone_disabled: {_WRONG}{whose}]", width="content")
        elif page.worker.do_not_contact and not spoken_for:
            st.markdown(":orange[:material/do_not_disturb_on: Not to be contacted]", width="content")
        else:
            st.link_button(f"{whom}{grouped}", address, icon=":material/call:", width="content")
        with st.container(key="claim.number", width="content"):
            st.code(grouped, language=None, width="content")
        _there(page.place, now, whose="Worker: " if spoken_for else "")


def _there(place: Place | None, now: datetime, *, whose: str) -> None:
    """Draw what time it is where the worker is, and where that is known from: the browser counts on from *now*."""
    if place is None:
        st.markdown(f"{whose}:gray[Local time not known: neither ZIP nor state is]", width="content")
        return
    there = local_time.there(place, now)
    told = {
        "kind": "awake" if there.rings else "asleep",
        "state": place.state,
        "zones": " ".join(place.zones),
        "now": f"{now.timestamp() * 1000:.0f}",
        "from": f"{local_time.minutes(local_time.CALLED_FROM)}",
        "until": f"{local_time.minutes(local_time.CALLED_UNTIL)}",
    }
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in told.items())
    st.html(
        f'<p class="desk-there" {data}>{whose}<i aria-hidden="true"></i><span>{escape(there.words)}</span>'
        f" <small>{escape(place.source)}</small></p>",
        width="content",
    )


def story(page: ClaimPage) -> None:
    """Draw what happened in the words of the report, folded where it is long."""
    told = page.narrative
    codes = [fields.coded(each, code) for each in Vocabulary if (code := getattr(told, each))]
    known = _labelled(
        {
            "Part of body": told.body_part, "Nature": told.nature, "Place": told.injury_place,
            "Codes": ", ".join(codes), "Treatment": TREATMENTS.get(told.initial_treatment or ""),
        }
    )  # fmt: skip
    st.markdown("**What happened**")
    if known:
        st.markdown(" · ".join(known))
    if text := told.narrative or told.cause:
        folding.text(text, key=f"story.{page.header.client_id}.{page.header.claim_id}")
    elif not known:
        st.markdown(":gray[Nothing is told yet.]")


def missing(page: ClaimPage) -> None:
    """Draw how much intake still asks, and what; then what is to be asked again, and when."""
    if page.header.closed_at is not None:
        return
    _open(page)
    if later := [_briefly(each.element) for each in page.to_ask_again]:
        first = page.to_ask_again[0].ask_again_at
        when = f", {words.instant(first, page.header.client_timezone)}" if first else ""
        asked = verbatim(", ".join(dict.fromkeys(later)))
        st.markdown(f":material/event_repeat: **To ask again**{when} :gray[{asked}]")


def _open(page: ClaimPage) -> None:
    elements = Counter(each.element for each in page.open_questions)
    if not elements and page.to_ask_again:
        st.markdown(":material/hourglass_top: **Intake is complete but for what is to be asked again**")
        return
    if not elements:
        st.markdown(":green[:material/check: Intake is complete]")
        return
    named = {element: _briefly(element) for element in elements}
    asked = verbatim(", ".join(f"{named[each]} ({n})" if n > 1 else named[each] for each, n in elements.items()))
    count = words.counted(len(page.open_questions), "open question")
    st.markdown(f":material/help_center: **{count}** :gray[{asked}]")


def _briefly(element: str) -> str:
    return BRIEFLY.get(element, element).rstrip("?")


def doubts(page: ClaimPage) -> None:
    """Draw what looked wrong when the report arrived and was not corrected."""
    sentences = [DOUBTS[flag][1] for flag in page.header.flags if flag in DOUBTS]
    if sentences:
        st.caption(":material/flag: " + " ".join(sentences))


def _telephone(kept: str | None, *, wrong: bool = False) -> str | None:
    if not kept:
        return None
    return telephones.grouped(kept) + (f" ({_WRONG[:1].lower()}{_WRONG[1:]})" if wrong else "")


def _leads_nowhere(page: ClaimPage, element: str) -> bool:
    """Tell whether somebody called the number of this element, and it is another that is asked for since."""
    asked = (*page.open_questions, *page.to_ask_again)
    return any((each.element, each.reason) == (element, WRONG_NUMBER) for each in asked)


def _labelled(values: dict[str, str | None]) -> list[str]:
    """Return each that has a value, its label in grey before it."""
    return [f":gray[{label}] {verbatim(value)}" for label, value in values.items() if value]
