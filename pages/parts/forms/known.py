"""What is known of a claim, in groups; whoever works intake corrects each where it stands, with one reason a group."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

import streamlit as st

from core import contact, intake, states, telephones, words
from core.access import Action, Actor
from core.calendars import zones
from core.contact import CONSENT_WORDS, Channel
from core.injury_codes import Vocabulary
from core.intake import (
    CONTACT_METHODS,
    FIELDS,
    LOST_TIME,
    NO,
    REPRESENTATIVES,
    SPEAKING,
    TREATMENTS,
    YES,
    Both,
    ClaimPage,
    somebody_speaks,
)
from core.transactions import Connection
from pages.parts import fields, folding
from pages.parts.fields import REACH, Group
from pages.parts.forms import codes, consents
from pages.parts.forms.acts import Sent, both_key, key_of, of, request_key
from pages.parts.forms.both import versions
from pages.parts.forms.consents import CONSENTS
from pages.parts.forms.drafted import AS_TYPED, Reader, at_first, chosen, drafted

_YES_NO = {YES: YES, NO: NO}

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "preferred_contact": CONTACT_METHODS,
    "representative_kind": REPRESENTATIVES,
    "jurisdiction": {state: states.label(state) for state in sorted(states.JURISDICTIONS)},
    "emergency": _YES_NO,
    "interpreter": _YES_NO,
    "initial_treatment": TREATMENTS,
    "lost_time": LOST_TIME,
    "modified_duty": _YES_NO,
    "representative_permits": _YES_NO,
    "timezone": {zone: words.zone(zone) for zone in zones()},
    **dict.fromkeys(CONSENTS, CONSENT_WORDS),
    **codes.OPTIONS,
}
"""The fields in which one chooses: what is kept, and what it is called."""

_BESIDE = {
    "phone": "email", "consent_text": "consent_voicemail", "preferred_contact": "best_hours", "language": "interpreter",
    "address": "postal_code", "last_day_worked": "return_to_work", "work_supervisor": "work_supervisor_phone",
}  # fmt: skip
"""Fields beside which another one stands."""

_TELEPHONES = ("phone", "reporter_phone", "representative_phone", "work_supervisor_phone")

_HINTS = {
    "birth_date": "MM/DD/YYYY",
    "date_of_injury": "MM/DD/YYYY",
    "last_day_worked": "MM/DD/YYYY",
    "return_to_work": "MM/DD/YYYY, returned or expected",
    "injured_time": "14:30",
    "best_hours": "17:00-20:00, on the worker's clocks",
    "do_not_contact": "Empty: the worker may be contacted",
    "narrative": "What was told before stays in the history.",
}


def known(actor: Actor, page: ClaimPage, *, group: Group) -> Sent | None:
    """Draw a *group* of what is known, or the form that corrects it; return the correction that was sent."""
    corrects = actor.may(Action.INTAKE_WORK) and page.header.closed_at is None
    with st.container(key=f"known.{group.form}"):
        return _group(actor, page, group, corrects=corrects)


def _group(actor: Actor, page: ClaimPage, group: Group, *, corrects: bool) -> Sent | None:
    form = of(page, group.form)
    request = request_key(key_of(form))
    correcting, known = f"correcting.{request}", any(_tells(name, page.fields[name]) for name in group.fields)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{group.title}**", width="stretch")
        if corrects:
            anew = st.session_state.get(correcting, False)
            st.button(
                "Leave as it was" if anew else "Correct" if known else "Add",
                icon=f":material/{'close' if anew else 'edit' if known else 'add'}:",
                type="tertiary", key=f"correct.{request}", help=group.title, on_click=_turn, args=(correcting,),
            )  # fmt: skip
    if corrects and st.session_state.get(correcting):
        return _form(actor, page, group, request)
    _told(page, group)
    return None


def _turn(key: str) -> None:
    st.session_state[key] = not st.session_state.get(key, False)


def _told(page: ClaimPage, group: Group) -> None:
    """Draw what stands in the group's fields, and beside what was corrected what it was before."""
    now, before = page.fields, _before(page)
    lines = [
        f":gray[{fields.label(name)}] {fields.shown(name, now[name])}"
        + (f" :small[:gray[was {fields.shown(name, before[name])}]]" if name in before else "")
        for name in group.fields
        if name != "narrative" and (_tells(name, now[name]) or name in before)
    ]
    reached = group.form == REACH
    if reached:  # beside the number
        after = int(bool(now["phone"]) or "phone" in before)
        lines[after:after] = consents.in_a_line(page)
    told = now["narrative"] if "narrative" in group.fields else ""
    if lines or not told:
        st.markdown("  \n".join(lines) or ":gray[Nothing is known yet.]")
    if reached:
        consents.history(page)
    if told:
        st.markdown(f":gray[{fields.label('narrative')}]")
        folding.text(told, key=f"known.{page.header.client_id}.{page.header.claim_id}")


def _before(page: ClaimPage) -> dict[str, str]:
    """Return what stood in each field before its last change, of those in which something did."""
    own = [entry for entry in reversed(page.timeline) if entry.of is None]
    changes = [change for entry in own for change in entry.changes or ()]
    last = {str(change["field"]): change["was"] for change in changes}
    return {field: was for field, was in last.items() if was and _tells(field, was)}


def _tells(field: str, written: str) -> bool:
    """Tell whether what is *written* in a field says something: not that what is mostly so is so."""
    return bool(written) and not (written == NO and field in FIELDS and FIELDS[field].empty is False)


def _form(actor: Actor, page: ClaimPage, group: Group, request: UUID) -> Sent | None:
    names = (*group.fields[:2], *CONSENTS, *group.fields[2:]) if group.form == REACH else group.fields
    seen: dict[str, str] = st.session_state.setdefault(f"seen.{request}", page.fields | consents.standing(page))
    marks = st.session_state.setdefault(f"marks.{request}", {name: _mark(seen[name]) for name in names})
    form = of(page, group.form)
    keys = {name: f"{name}.{marks[name]}" for name in names}
    drawn, below = st.container(), st.container()  # what is decided is known before the fields are drawn
    with below:
        both, mine = versions(request, page.header.client_timezone)
    if mine is not None:
        _decide(seen, both, {} if mine else keys, request)
    kept = dict.fromkeys(("reason", *consents.WORDS.values()), AS_TYPED)
    readers: dict[str, Reader] = {keys[name]: _reader(name) for name in names} | kept
    with (
        drawn,
        drafted(actor, form, request, page.header.client_timezone, readers),
        st.form(f"fields.{request}", enter_to_submit=False),
    ):
        said, their_words = _fields(page, names, seen, keys, request)
        first = not somebody_speaks(page.fields) and group.fields == SPEAKING
        if "narrative" in said:
            codes.propose(said, {each: f"{keys[each]}.{request}" for each in Vocabulary}, key=str(request))
        reason = ""
        if not first:
            reason = st.text_input("Reason", help="Shown in the history beside what it was.", key=f"reason.{request}")
        beside = st.container()
        pressed = st.form_submit_button(
            "Add representative" if first else "Save correction", key=f"fields.{request}.go"
        )
    if not pressed and mine is None:
        return None
    changed = {name: text for name, text in said.items() if text.strip() != _typed(name, seen[name])}
    where = {"client_id": page.header.client_id, "claim_id": page.header.claim_id}
    correct = partial(_correct, where, dict(seen), changed, reason, their_words, kept=mine is False)
    return Sent(form, request, correct, beside)


def _fields(
    page: ClaimPage, names: tuple[str, ...], seen: Mapping[str, str], keys: Mapping[str, str], request: UUID
) -> tuple[dict[str, str], dict[Channel, str]]:
    """Draw the fields in their order, some beside another; return what each says, and consent in the worker's words."""
    said: dict[str, str] = {}
    their_words: dict[Channel, str] = {}
    right = None
    for name in names:
        if right is None and name in _BESIDE:
            left, right = st.columns(2)
        else:
            left, right = right or st.container(), None
        with left:
            said[name] = _field(name, seen[name], f"{keys[name]}.{request}", unknown=_unknown(page, name))
        if name == "consent_voicemail":
            their_words = consents.in_whose_words(request)
    return said, their_words


def _unknown(page: ClaimPage, name: str) -> str:
    """Return what stands in a field in which nothing is chosen: of the zone, which one is taken then."""
    if name in CONSENTS:
        return "Not asked yet"
    if name == "timezone" and (place := page.place) and not page.worker.timezone:
        return f"{words.zone(place.zones[0])}, {place.source}"
    return "Not known"


def _decide(seen: dict[str, str], both: Iterable[Both], keys: Mapping[str, str], request: UUID) -> None:
    """Take over what somebody else put there as seen, and into those fields of the form that have *keys*."""
    st.session_state.pop(both_key(request), None)
    for each in both:
        seen[each.field] = each.theirs
        if each.field in keys:
            key = f"{keys[each.field]}.{request}"
            st.session_state[key] = _typed(each.field, each.theirs) or (None if each.field in _CHOICES else "")
            st.session_state[f"filled.{key}"] = True


def _mark(seen: str) -> str:
    """
    Return what tells a field that held this from one that held something else: words kept of a field that has been
    changed since do not come back into it, where they would undo the change unseen.
    """
    return sha256(seen.encode()).hexdigest()[:8]


def _reader(name: str) -> Reader:
    options = _CHOICES.get(name)
    return chosen(list(options), options.get) if options else AS_TYPED


def _typed(name: str, kept: str) -> str:
    """Return what is *kept* in the field as it stands in the form."""
    return telephones.grouped(kept) if name in _TELEPHONES else kept.strip()


def _field(name: str, seen: str, key: str, *, unknown: str) -> str:
    label, value = fields.label(name), at_first(key, _typed(name, seen)) or ""
    if options := _CHOICES.get(name):
        names = list(options)
        return (
            st.selectbox(
                label, names, index=names.index(value) if value in names else None, format_func=options.__getitem__,
                key=key, placeholder=unknown,
            )
            or ""
        )  # fmt: skip
    if name == "narrative":
        return st.text_area(label, value=value, height=120, key=key, help=_HINTS[name])
    return st.text_input(label, value=value, key=key, placeholder=_HINTS.get(name))


def _correct(
    where: dict[str, int], seen: Mapping[str, str], changed: Mapping[str, str], reason: str,
    their_words: Mapping[Channel, str], actor: Actor, tx: Connection, at: datetime, *, kept: bool = False,
) -> str:  # fmt: skip
    if kept and not changed:
        return "Kept as it is"
    consent = {CONSENTS[name]: said for name, said in changed.items() if name in CONSENTS}
    changed = {name: said for name, said in changed.items() if name not in CONSENTS}
    number = 0
    if changed or not consent:
        number = intake.correct_fields(actor, tx, **where, seen=seen, said=changed, reason=reason, at=at)
    if consent:
        stood = {each: seen[name] for name, each in CONSENTS.items()}
        contact.capture_consent(actor, tx, **where, seen=stood, said=consent, words=their_words, at=at)
        return f"Consent put down, {words.counted(number, 'field')} corrected" if number else "Consent put down"
    if not somebody_speaks(seen) and set(changed) <= set(SPEAKING):
        return "Representative added"
    anew = not any(_tells(name, seen[name]) for name in changed)
    return f"{words.counted(number, 'field')} {'added' if anew else 'corrected'}"
