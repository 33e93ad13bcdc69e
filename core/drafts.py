"""What a person has typed into a form and not sent: kept for that person alone, and for a day at most."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError, ProgrammingError

from core import audit, social_security, typed
from core.access import Action, Actor, Subject, of_claim, require
from core.claims import NoSuchClaim
from core.refusal import Refusal
from core.transactions import system_transaction
from db import locks

_NAME = re.compile("[A-Za-z0-9_-]{1,100}")
"""What the name of a field can be."""

LIFE = timedelta(hours=24)
"""How long words are kept after they were typed."""

MOST_BYTES = 48 * 1024
"""The most that one form's words may take as JSON, with the names of their fields."""
MOST_FIELDS = 60
MOST_DRAFTS = 200
"""As many forms may one person have begun within a day."""

REPORT = "report"
"""The form of a report of injury: it is of no claim until it has begun one; then its words go with that."""

FIELD_FORMS = (
    *("fields_worker", "fields_reach", "fields_injury", "fields_work", "fields_claim", "fields_representative"),
)
"""The forms that correct what is known of a claim, a group of fields each."""

FORMS: Mapping[str, Action] = MappingProxyType(
    {
        REPORT: Action.CLAIM_REPORT,
        "attempt": Action.ATTEMPT_LOG,
        "first_contact": Action.FIRST_CONTACT_RECORD,
        "strike": Action.FIRST_CONTACT_STRIKE,
        "questions": Action.INTAKE_WORK,
        **dict.fromkeys(FIELD_FORMS, Action.INTAKE_WORK),
        "correction": Action.REPORT_CORRECT,
        "pause": Action.CLOCK_PAUSE,
        "closing": Action.CLAIM_CLOSE,
        "hand_over": Action.CLAIM_HAND_OVER,
        "skip": Action.INTAKE_WORK,
        "death_correction": Action.DEATH_SETTLE,
        "authorization": Action.AUTHORIZATION_WORK,
        "follow_up": Action.AUTHORIZATION_WORK,
        "telling": Action.AUTHORIZATION_WORK,
        "changing": Action.AUTHORIZATION_WORK,
        "determination": Action.AUTHORIZATION_DETERMINE,
        "refer": Action.REFERRAL_MAKE,
    }
)
"""
Every form whose words are kept, and what one must be able to do to have it. Where a claim has several of them, each is
named with its number behind: determination_12.
"""

_NUMBER = re.compile(r"_\d{1,18}$")

_KEEP = text(
    "insert into draft as d (staff_id, form, client_id, claim_id, request, fields, saved_at)"
    " values (:staff_id, :form, :client_id, :claim_id, :request, :fields, :at)"
    " on conflict (staff_id, form, client_id, claim_id) do update"
    " set request = excluded.request, fields = excluded.fields, saved_at = excluded.saved_at"
    " where case when d.fields is null"
    " then d.request <> excluded.request and :drawn_at >= date_trunc('milliseconds', d.saved_at)"
    " else left(excluded.request::text, 13) >= left(d.request::text, 13) end"  # the milliseconds of new_request
    " or left(d.request::text, 13) > :latest"  # of no form that was drawn: it holds nobody's words back
    " returning d.draft_id"
).bindparams(bindparam("fields", type_=JSONB(none_as_null=True)))
_FORGET = text(
    "insert into draft as d (staff_id, form, client_id, claim_id, request, fields, saved_at)"
    " values (:staff_id, :form, :client_id, :claim_id, :request, null, :at)"
    " on conflict (staff_id, form, client_id, claim_id) do update"
    " set request = excluded.request, fields = null, saved_at = excluded.saved_at"
)
_BEFORE = text(
    "select request, fields is not null as words, coalesce(fields <> '{}', false) as begun from draft"
    " where staff_id = :staff_id and form = :form"
    " and client_id is not distinct from :client_id and claim_id is not distinct from :claim_id"
)
_KEPT = text(
    "select form, fields, saved_at from draft where staff_id = :staff_id and fields <> '{}'"
    f" and (saved_at > :since or (form = '{REPORT}' and claim_id is not null))"
    " and client_id is not distinct from :client_id and claim_id is not distinct from :claim_id"
)
_REPORT_SINCE = text(
    f"select saved_at from draft where staff_id = :staff_id and form = '{REPORT}' and claim_id is null"
    " and fields <> '{}' and saved_at > :since"
)
_COUNT = text("select count(*) from draft where staff_id = :staff_id and fields <> '{}' and saved_at > :since")
_ONE_AT_A_TIME = text(f"select pg_advisory_xact_lock({locks.REPORTS}, hashtext(cast(:request as text)))")
_BEGUN_BY = text("select client_id, claim_id from request_key where request = :request and claim_id is not null")
_GO_WITH = text(
    "update draft set client_id = :client_id, claim_id = :claim_id, request = cast(:request as uuid)"
    f" where staff_id = :staff_id and form = '{REPORT}' and claim_id is null and fields is not null"
    " and left(request::text, 13) <= left(cast(:request as text), 13)"  # those that the form was filled in with, too
)
_OVER = text("select desk_forget_drafts(:before)")


class NoSuchForm(Refusal):
    text = "There is no such form whose words are kept."


class TooMuch(Refusal):
    text = "This is more than a form can hold: send it, or shorten it."


class TooManyDrafts(Refusal):
    text = "Too many forms are begun and not sent: send or clear some of them."


class DrawnBefore(Refusal):
    text = "This form was sent, or filled in, in another tab since it was opened here. Load this page again to go on."


class Form(NamedTuple):
    """Which form: its name among FORMS, and the claim that it is on; a report is on none, or on what it has begun."""

    name: str
    client_id: int | None = None
    claim_id: int | None = None


@dataclass(frozen=True)
class Kept:
    """What was typed, by the names of the fields, and when that was."""

    fields: Mapping[str, str]
    saved_at: datetime


def new_request(*, at: datetime) -> UUID:
    """Return a key for a form that is drawn at *at*; it begins with that time in milliseconds, as a UUID version 7."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 0b10 << 62 | secrets.randbits(62))


_AHEAD = timedelta(minutes=1)
"""How far the clock of what drew a form may be ahead of the clock of what keeps its words."""


def _latest(at: datetime) -> int:
    """Return with which milliseconds the key of a form begins at the latest that was drawn before *at*."""
    return int((at + _AHEAD).timestamp() * 1000)


def _drawn_at(request: UUID) -> datetime:
    """Return when the form of this key was drawn."""
    return datetime.fromtimestamp((request.int >> 80) / 1000, UTC)


def keep(actor: Actor, tx: Connection, *, form: Form, request: UUID, fields: Mapping[str, str], at: datetime) -> None:
    """
    Keep what *actor* has typed into *form* so far, in place of what was kept of it before.

    *request* is the form's own key, of `new_request`: what arrives after that form was sent or cleared is not kept.
    Of several tabs the one whose form was drawn last counts, and none that was drawn before the form was sent in
    another. Where every word was taken out again nothing is there to come back. A social security number is taken
    out, as from all that is kept. The words of a report that has begun a claim are kept with that.

    :raises NotAllowed: if the actor does not use this form, or the claim is not there for the actor.
    :raises DrawnBefore: if the form was sent, or drawn later and filled in, in another tab.
    :raises TooMuch: if it is more than a form holds.
    :raises TooManyDrafts: if the actor has begun too many forms.
    :raises NoSuchForm: if no such form's words are kept, no form has such a field, or none was drawn yet that has this
        key.
    """
    if form == Form(REPORT):
        one_at_a_time(tx, request)
    if form == Form(REPORT) and (begun := tx.execute(_BEGUN_BY, {"request": request}).one_or_none()):
        form = Form(REPORT, *begun)
    where = _where(actor, form)
    latest = _latest(at)
    if request.int >> 80 > latest:
        raise NoSuchForm
    words = {name: typed.storable(value) for name, value in fields.items() if typed.cleaned(value)}
    if not all(_NAME.fullmatch(name) and not social_security.holds(name) for name in words):
        raise NoSuchForm
    if len(words) > MOST_FIELDS or len(json.dumps(words, ensure_ascii=False).encode()) > MOST_BYTES:
        raise TooMuch
    before = tx.execute(_BEFORE, where).one_or_none()
    if not words and not (before and before.words):
        return
    begun_before = bool(before and before.begun)
    if words and not begun_before and _begun(tx, actor, at) >= MOST_DRAFTS:
        raise TooManyDrafts
    try:
        row = tx.execute(
            _KEEP,
            {**where, "request": request, "fields": words, "at": at, "drawn_at": _drawn_at(request),
             "latest": str(UUID(int=latest << 80))[:13]},
        ).first()  # fmt: skip
    except (IntegrityError, ProgrammingError) as error:
        if form.claim_id is None:
            raise
        raise NoSuchClaim from error
    if row is None:
        if before and before.request != request:
            raise DrawnBefore
    elif words and not begun_before:
        audit.record(
            actor, tx, verb="draft_kept", noun="claim", noun_id=form.claim_id or 0, client_id=form.client_id,
            detail={"form": form.name},
        )  # fmt: skip


def kept(
    actor: Actor, tx: Connection, *, at: datetime, client_id: int | None = None, claim_id: int | None = None
) -> dict[str, Kept]:
    """
    Return what *actor* has typed and not sent within a day before *at*, by the form's name: on a claim, or on none. A
    report's words that go with the claim it has begun wait longer, until the intake is ended (`forget_old`).

    It is only ever one's own. Forms that the role does not include any more are left out.
    """
    rows = tx.execute(
        _KEPT, {"staff_id": actor.staff_id, "client_id": client_id, "claim_id": claim_id, "since": at - LIFE}
    )
    return {
        row.form: Kept(row.fields, row.saved_at)
        for row in rows
        if (name := named(row.form)) in FORMS and actor.may(FORMS[name])
    }


def report_waits(actor: Actor, tx: Connection, *, at: datetime) -> datetime | None:
    """Return when *actor* typed last into a report that has begun no claim yet and is not sent; None for none."""
    if not actor.may(Action.CLAIM_REPORT):
        return None
    since: datetime | None = tx.execute(
        _REPORT_SINCE, {"staff_id": actor.staff_id, "since": at - LIFE}
    ).scalar_one_or_none()
    return since


def forget(actor: Actor, tx: Connection, *, form: Form, request: UUID, at: datetime) -> None:
    """
    Delete the words of *form*, which was sent or cleared under the key *request*, and take none of that form later.

    :raises NotAllowed: if the actor does not use this form.
    :raises NoSuchForm: if no such form's words are kept.
    """
    tx.execute(_FORGET, {**_where(actor, form), "request": request, "at": at})


def one_at_a_time(tx: Connection, request: UUID) -> None:
    """Wait until nobody else keeps words of the report with the key *request*, or begins its claim; hold them off."""
    tx.execute(_ONE_AT_A_TIME, {"request": str(request)})


def go_with(actor: Actor, tx: Connection, *, request: UUID, client_id: int, claim_id: int) -> None:
    """Keep the words of the report with the key *request* with the claim that it has begun, from now on."""
    values = {"staff_id": actor.staff_id, "request": str(request), "client_id": client_id, "claim_id": claim_id}
    tx.execute(_GO_WITH, values)


def forget_old(*, at: datetime) -> int:
    """
    Delete everybody's words that were typed more than a day before *at*; return how many forms those were.

    Those of an intake by telephone that goes on wait for thirty days.
    """
    with system_transaction() as tx:
        forgotten: int = tx.execute(_OVER, {"before": at - LIFE}).scalar_one()
    return forgotten


def named(form: str) -> str:
    """Return what a form is called among FORMS, without the number of what it is about."""
    return _NUMBER.sub("", form)


def _where(actor: Actor, form: Form) -> dict[str, int | str | None]:
    on_none = {form.client_id is None, form.claim_id is None}
    if named(form.name) not in FORMS or len(on_none) > 1 or (True in on_none and form.name != REPORT):
        raise NoSuchForm
    of = Subject("claim")
    if form.client_id is not None and form.claim_id is not None:
        of = of_claim(form.client_id, form.claim_id)
    require(actor, FORMS[named(form.name)], of)
    return {
        "staff_id": actor.staff_id, "form": form.name, "client_id": form.client_id, "claim_id": form.claim_id
    }  # fmt: skip


def _begun(tx: Connection, actor: Actor, at: datetime) -> int:
    begun: int = tx.execute(_COUNT, {"staff_id": actor.staff_id, "since": at - LIFE}).scalar_one()
    return begun
