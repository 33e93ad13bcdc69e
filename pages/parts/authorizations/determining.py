"""The form of a determination, line by line, and of its correction: for clinical staff alone."""

from datetime import date, datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from core import authorizations, words
from core.access import Action, Actor
from core.authorizations import Decision, Lapsed, LineDecided, Outcome, Request, ServiceLine
from core.authorizations.vocabulary import APPROVING, PUT_OFF
from core.transactions import Connection
from pages.parts import desk
from pages.parts.authorizations.doing import form_of, key, pressed, sent
from pages.parts.forms.acts import Sent
from pages.parts.forms.day import TypedDay, day
from pages.parts.forms.drafted import AS_TYPED, at_first, chosen, drafted
from pages.parts.forms.moment import moment
from pages.parts.markdown import verbatim

_OPEN = "authorization.correcting"

_MEANWHILE = (
    "Somebody else has determined this request meanwhile, as it stands above. Nothing of yours was done: what you typed"
    " stands below, and can be saved as a correction."
)


def determining(actor: Actor, request: Request, now: datetime, lapse: Lapsed | None = None) -> Sent | None:
    """
    Draw the form, behind a button where the request is decided already; return it where it was sent.

    What a *lapse* gives by its own law can be put on record with it.
    """
    if not actor.may(Action.AUTHORIZATION_DETERMINE):
        return None
    correcting = request.frame.decided_at is not None
    opened = f"{_OPEN}.{request.frame.request_id}"
    if correcting and not st.session_state.get(opened) and pressed(form_of(request, "determination")[1]):
        st.session_state[opened] = True
        st.error(_MEANWHILE, icon=desk.ALERT)
    if correcting and not st.session_state.get(opened):
        st.button(
            "Correct the determination", icon=":material/edit:", key=f"{opened}.open", on_click=_open,
            args=(opened, form_of(request, "determination")[1]),
        )  # fmt: skip
        return None
    return _form(actor, request, lapse, correcting=correcting)


def _open(name: str, drawn: UUID) -> None:
    st.session_state[name] = True
    st.session_state.pop(_first(drawn), None)


def _first(drawn: UUID) -> str:
    """Return where is kept what stood in the fields at first: what is decided meanwhile changes none that one sees."""
    return f"determination.first.{drawn}"


def _form(actor: Actor, request: Request, lapse: Lapsed | None, *, correcting: bool) -> Sent | None:
    frame, standing = request.frame, authorizations.stands(request)
    form, drawn = form_of(request, "determination")
    offered = [each for each in authorizations.outcomes(frame.jurisdiction) if not (correcting and each in PUT_OFF)]
    if (standing.lapse_of if standing else lapse and lapse.gives) is not None:
        offered.append(Outcome.LAPSED)
    first = st.session_state.setdefault(_first(drawn), request.lines)
    says = {each: authorizations.outcome_words(each, frame.jurisdiction) for each in offered}
    readers = {"reviewer": AS_TYPED, "credentials": AS_TYPED, "reason": AS_TYPED, "decided": AS_TYPED}
    for line in request.lines:
        readers |= {f"outcome{line.line}": chosen(offered, says.get)}
        readers |= {f"{name}{line.line}": AS_TYPED for name in ("units", "words", "from", "until", "number")}
    zone = ZoneInfo(frame.timezone)
    with (
        drafted(actor, form, drawn, zone.key, readers),
        st.form(f"determination.{drawn}", enter_to_submit=False),
    ):
        st.markdown("**Correct the determination**" if correcting else "**Determination**")
        lines = [
            _line(line, at, offered, says, drawn, frame.jurisdiction if correcting else "")
            for line, at in zip(request.lines, first, strict=True)
        ]
        left, right = st.columns(2)
        reviewer = left.text_input(
            "Reviewed by", value=at_first(f"reviewer.{drawn}", actor.name) or "", key=f"reviewer.{drawn}"
        )
        credentials = right.text_input(
            "Credentials", key=f"credentials.{drawn}",
            help="A denial or a modification names them: MD, orthopedics, licence and state.",
        )  # fmt: skip
        reason = st.text_area(
            "Reason for the correction" if correcting else "Reason, unless all is approved", key=f"reason.{drawn}",
            help="It stands in the letters: the guideline, and what of the record it rests on.",
        )  # fmt: skip
        decided = moment(
            f"Decided at, {words.zone(zone.key)}", zone, value=None, key=f"decided.{drawn}", help="Empty for now."
        )
        beside = st.container()
        sent_now = st.form_submit_button(
            "Save the correction" if correcting else "Determine",
            type="primary",
            key=f"{'correction' if correcting else 'determination'}.go.{drawn}",
        )
    lacking = [*(said for _, said in lines if said), *filter(None, (decided.lacking,))]
    for sentence in lacking if sent_now else ():
        beside.error(sentence, icon=desk.ALERT)
    if not sent_now or lacking:
        return None
    decisions = [each for each, _ in lines if each is not None]
    if correcting and not _seen(drawn, decisions):
        beside.warning("  \n".join(_changed(request, decisions, says)), icon=":material/difference:")
        return None
    typed = (decisions, reviewer, credentials, reason, decided.at)
    act = partial(_determine, request, key(request, drawn), *typed, correcting)
    return sent(form, drawn, act, "Determination corrected" if correcting else "Determined", beside)


def _seen(drawn: UUID, decisions: list[LineDecided]) -> bool:
    """Tell whether *decisions* were shown before as what a correction changes; from now on they were."""
    key = f"determination.changes.{drawn}"
    seen: bool = st.session_state.get(key) == decisions
    st.session_state[key] = decisions
    return seen


def _changed(request: Request, decisions: list[LineDecided], says: dict[Outcome, str]) -> list[str]:
    """Return, as markdown, what a correction changes of each line, and that it is not saved yet."""
    now = {each.line: each for each in decisions}
    changed = []
    for line in request.lines:
        before = _stands(line, request.frame.jurisdiction)
        becomes = now[line.line]
        if becomes == _as_decided(line):
            changed.append(f"Treatment {line.line} stays as it is: {before}")
            continue
        after = _said(says[becomes.outcome], becomes.units, becomes.until_on)
        if line.approved_words != (becomes.words or None) and becomes.words:
            after += f": {verbatim(becomes.words)}"
        changed.append(f"Treatment {line.line}: {before} → {after}")
    return ["**This is what the correction changes. Nothing is saved yet: save it once more.**", *changed]


def _as_decided(line: ServiceLine) -> LineDecided | None:
    """Return a line as it stands, as it would be decided; None where it is not."""
    if line.outcome is None:
        return None
    return LineDecided(
        line.line, Outcome(line.outcome), line.approved_units, line.approved_words or "", line.from_on, line.until_on,
        line.authorization_number or "",
    )  # fmt: skip


def _stands(line: ServiceLine, jurisdiction: str) -> str:
    """Return what is decided of a line as it stands, with the units that were used of it."""
    outcome = authorizations.outcome_words(line.outcome or Outcome.WITHDRAWN, jurisdiction)
    said = _said(outcome, line.approved_units, line.until_on)
    return f"{said}, {words.counted(line.used_units, 'unit')} used" if line.used_units else said


def _said(outcome: str, units: int | None, until: date | None) -> str:
    said = f"{outcome.lower()}, {words.counted(units, 'unit')}" if units else f"{outcome.lower()}, no units"
    return f"{said} until {words.brief_day(until)}" if until else said


def _line(
    line: ServiceLine, at: ServiceLine, offered: list[Outcome], says: dict[Outcome, str], drawn: UUID,
    jurisdiction: str,
) -> tuple[LineDecided | None, str]:  # fmt: skip
    """
    Draw what is decided of a line, in its fields what it was *at* first; return what is decided, or what is lacking.

    Where it is corrected, how it stands is said as its *jurisdiction* says it.
    """
    st.markdown(f"{verbatim(line.words)}{f' ({line.code})' if line.code else ''}: {words.counted(line.units, 'unit')}")
    if jurisdiction:
        st.caption(f"As it stands: {verbatim(_stands(line, jurisdiction))}")
    stood = Outcome(at.outcome) if at.outcome and Outcome(at.outcome) in offered else None
    outcome = st.segmented_control(
        f"Treatment {line.line}", offered, default=at_first(f"outcome{line.line}.{drawn}", stood), format_func=says.get,
        key=f"outcome{line.line}.{drawn}", label_visibility="collapsed",
    )  # fmt: skip
    units, first, last, number = st.columns(4)
    typed = units.text_input(
        "Units", value=at_first(f"units{line.line}.{drawn}", str(at.approved_units or at.units)) or "",
        key=f"units{line.line}.{drawn}",
    )  # fmt: skip
    since = day("From", key=f"from{line.line}.{drawn}", value=at.from_on, container=first)
    until = day("Until", key=f"until{line.line}.{drawn}", value=at.until_on, container=last)
    numbered = number.text_input(
        "Number", value=at_first(f"number{line.line}.{drawn}", at.authorization_number or "") or "",
        key=f"number{line.line}.{drawn}",
    )  # fmt: skip
    modified = st.text_input(
        "Modified with, or why not", value=at_first(f"words{line.line}.{drawn}", at.approved_words or "") or "",
        key=f"words{line.line}.{drawn}",
    )  # fmt: skip
    if outcome is None:
        return None, f"Treatment {line.line}: choose how it is determined."
    if said := _lacking(line, since, until):
        return None, said
    approves = outcome in APPROVING
    if approves and not (typed.strip().isascii() and typed.strip().isdigit() and len(typed.strip()) < 6):
        return None, f"Treatment {line.line}: the units are a whole number."
    return (
        LineDecided(
            line.line, outcome, int(typed) if approves else None, "" if outcome is Outcome.APPROVED else modified,
            since.on if approves else None, until.on if approves else None, numbered if approves else "",
        ),
        "",
    )  # fmt: skip


def _lacking(line: ServiceLine, *days: TypedDay) -> str:
    said = " ".join(each.lacking for each in days if each.lacking)
    return f"Treatment {line.line}: {said}" if said else ""


def _determine(
    request: Request, of: authorizations.Key, lines: list[LineDecided], reviewer: str, credentials: str, reason: str,
    decided: datetime | None, correcting: bool, actor: Actor, tx: Connection, *, at: datetime,
) -> None:  # fmt: skip
    decision = Decision(lines, reviewer, decided or at, credentials, reason)
    if not correcting:
        authorizations.determine(actor, tx, of, decision, at=at)
    elif (standing := authorizations.stands(request)) is not None:
        authorizations.correct(actor, tx, of, decision, corrects_id=standing.determination_id, at=at)
        st.session_state[f"{_OPEN}.{request.frame.request_id}"] = False
