"""Making letters: set, kept in their very bytes as documents of the claim, and ready to be handed out."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit, claim_file
from core.access import Action, Actor, Subject, of_claim, require
from core.authorizations import rules
from core.authorizations.changing import NoSuchRequest
from core.authorizations.letters.composing import Composed, deferral_letter, determination_letter, return_letter
from core.authorizations.letters.rights import ToCheck
from core.authorizations.letters.wording import LANGUAGES, Language, language_of
from core.authorizations.reading import stands
from core.authorizations.vocabulary import PARTIES, TOLD, Clock, Outcome, Party
from core.refusal import Refusal
from core.typeset import TEMPLATES, VERSIONS, Unprintable, letter
from db.queries import authorizations as requests
from db.queries import letters as queries
from db.queries.authorizations import Request
from db.queries.letters import Addressed, Letter

_BY_ITSELF: tuple[Party, ...] = (Party.PROVIDER, Party.WORKER, Party.ATTORNEY)
"""Who is written to without anybody's asking: an attorney, where there is one."""


class NoLetter(Refusal):
    text = "There is no such letter: nothing is decided that stands, nothing is missing, and review is not deferred."


class NoAttorney(Refusal):
    text = "No attorney speaks for this worker. Put the attorney on the claim first, with a name or a firm."


class About(StrEnum):
    """What a letter tells of; its template has its name."""

    DETERMINATION = "determination"
    RETURN = "return"
    """That the request is not complete, and goes back to its provider."""
    DEFERRAL = "deferral"
    """That review waits while liability is disputed."""


class Which(NamedTuple):
    """A letter that is asked for."""

    party: Party
    language: Language = Language.ENGLISH
    about: About = About.DETERMINATION


class Preview(NamedTuple):
    """A letter as it would be made now, and what of it a person checks before it goes out."""

    content: bytes
    to_check: tuple[ToCheck, ...]


def letters_of(actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int) -> list[Letter]:
    """
    Return the letters of a request that is open on a page, which is a look on the record already; the latest first.

    :raises NotAllowed: if the actor reads no claims.
    """
    require(actor, Action.CLAIM_READ, of_claim(client_id, claim_id))
    return queries.letters(tx, client_id, claim_id, request_id)


def offered(tx: Connection, request: Request) -> list[Which]:
    """Return which letters can be made of a request as it stands, those that are mostly wanted first."""
    of = _addressed(tx, request)
    if _returnable(request):
        return [Which(Party.PROVIDER, about=About.RETURN)]
    if _told_by_letter(request):
        about, parties = About.DETERMINATION, TOLD
    elif _deferred(request):
        about, parties = About.DEFERRAL, _BY_ITSELF
    else:
        return []
    return [
        Which(party, language, about) for party in parties if party is not Party.ATTORNEY or of.has_attorney
        for language in ((Language.ENGLISH,) if party is not Party.WORKER else _first(language_of(of.language)))
    ]  # fmt: skip


def preview(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int, which: Which, at: datetime
) -> Preview:
    """
    Return a letter as it would be made *at*, which keeps nothing. It is a look at the claim, on the record.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest: if it is not there for the actor.
    :raises NoLetter, NoAttorney: if there is no such letter.
    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    request, of = _found(actor, tx, client_id, claim_id, request_id, locked=False)
    composed = _composed(tx, request, of, which, at)
    content = letter(composed.told)
    audit.record(
        actor, tx, verb="read", noun="claim", noun_id=claim_id, client_id=client_id,
        detail={"authorization": request_id, "shown": "letter"},
    )  # fmt: skip
    return Preview(content, composed.to_check)


def to_check(tx: Connection, request: Request, which: Which, *, at: datetime) -> tuple[ToCheck, ...]:
    """Return what a person checks of a letter of a request that is open on a page; nothing where there is none."""
    try:
        return _composed(tx, request, _addressed(tx, request), which, at).to_check
    except (NoLetter, NoAttorney):
        return ()


def make(
    actor: Actor, tx: Connection, *, client_id: int, claim_id: int, request_id: int, which: Which, at: datetime
) -> int:
    """
    Make a letter, and keep it as a document of the claim; the letter's number. It takes the place of an earlier one.

    :raises NotAllowed: if the actor works no authorizations.
    :raises NoSuchRequest: if it is not there for the actor.
    :raises NoLetter, NoAttorney: if there is no such letter.
    :raises DocumentKnown: if it was made already, the very same.
    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    request, of = _found(actor, tx, client_id, claim_id, request_id, locked=True)
    composed = _composed(tx, request, of, which, at)
    return _keep(actor, tx, request, which, composed, letter(composed.told), at)


def make_all(actor: Actor, tx: Connection, request: Request, about: About, *, at: datetime) -> None:
    """
    Make the letters of what was just done, where it has some: to the provider, the worker and, where there is one, the
    attorney. The caller has locked the request.

    A letter that cannot be set does not hold the act up: it is kept as one yet to be made.
    """
    if not (_told_by_letter(request) if about is About.DETERMINATION else _deferred(request)):
        return
    of = _addressed(tx, request)
    for which in _following(of, about):
        composed = _composed(tx, request, of, which, at)
        try:
            content = letter(composed.told)
        except Unprintable:
            content = None
        _keep(actor, tx, request, which, composed, content, at)


def title_of(which: Which) -> str:
    """Return what a letter is called among the claim's documents."""
    if which.about is About.RETURN:
        return "Request returned as not complete"
    notice = "Notice of determination" if which.about is About.DETERMINATION else "Notice that review is deferred"
    return f"{notice}: {PARTIES[which.party].lower()}, {LANGUAGES[which.language]}"


def _following(of: Addressed, about: About) -> Iterable[Which]:
    for party in _BY_ITSELF:
        if party is not Party.ATTORNEY or of.has_attorney:
            yield Which(party, language_of(of.language) if party is Party.WORKER else Language.ENGLISH, about)


def _first(language: Language) -> tuple[Language, ...]:
    return (language, *(each for each in Language if each is not language))


def _found(
    actor: Actor, tx: Connection, client_id: int, claim_id: int, request_id: int, *, locked: bool
) -> tuple[Request, Addressed]:
    require(actor, Action.AUTHORIZATION_WORK, Subject("claim", claim_id, client_id, {"authorization": request_id}))
    request = requests.request(tx, client_id, claim_id, request_id, locked=locked)
    if request is None:
        raise NoSuchRequest
    return request, _addressed(tx, request)


def _addressed(tx: Connection, request: Request) -> Addressed:
    of = queries.addressed(tx, request.frame.client_id, request.frame.claim_id)
    if of is None:
        raise NoSuchRequest
    return of


def _returnable(request: Request) -> bool:
    frame = request.frame
    return frame.complete_at is None and frame.decided_at is None and frame.ended_at is None


def _deferred(request: Request) -> bool:
    frame = request.frame
    return frame.clock == Clock.DEFERRED and frame.deferred_why is not None and frame.decided_at is None


def _told_by_letter(request: Request) -> bool:
    made = stands(request)
    return made is not None and made.outcome != Outcome.WITHDRAWN


def _composed(tx: Connection, request: Request, of: Addressed, which: Which, at: datetime) -> Composed:
    held = rules.held(tx, request.frame.jurisdiction)
    if which.about is About.RETURN:
        if not _returnable(request) or which.party is not Party.PROVIDER:
            raise NoLetter
        return return_letter(request, of, which.language, held, at=at)
    if which.party is Party.ATTORNEY and not of.has_attorney:
        raise NoAttorney
    if which.about is About.DEFERRAL:
        if not _deferred(request) or which.party not in _BY_ITSELF:
            raise NoLetter
        return deferral_letter(request, of, which.party, which.language, held, at=at)
    made = stands(request)
    if made is None or not _told_by_letter(request) or which.party not in TOLD:
        raise NoLetter
    return determination_letter(request, made, of, which.party, which.language, held, at=at)


def _keep(
    actor: Actor, tx: Connection, request: Request, which: Which, composed: Composed, content: bytes | None,
    at: datetime,
) -> int:  # fmt: skip
    frame, made = request.frame, stands(request) if which.about is About.DETERMINATION else None
    template, document_id = TEMPLATES[type(composed.told)], None
    if content is not None:
        document_id = claim_file.keep_letter(
            actor, tx, client_id=frame.client_id, claim_id=frame.claim_id, told=composed.told, content=content,
            title=title_of(which), of=f"{which.party}_{which.language}", at=at,
        )  # fmt: skip
    return queries.make(
        tx,
        {"client_id": frame.client_id, "claim_id": frame.claim_id, "request_id": frame.request_id,
         "determination_id": made.determination_id if made else None, "party": which.party.value,
         "language": which.language.value, "template": template, "version": VERSIONS[template],
         "document_id": document_id, "at": at, "by_id": actor.staff_id},
    )  # fmt: skip
