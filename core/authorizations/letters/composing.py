"""What a letter says: a request, what was decided of it or what it lacks, and its claim, in the words of a language."""

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from core import states, statutes
from core.authorizations import clock
from core.authorizations.kinds import RETURN
from core.authorizations.letters.rights import ToCheck, of_deferral, of_language, rights
from core.authorizations.letters.wording import Language, Words
from core.authorizations.rules import Held
from core.authorizations.vocabulary import Clock, Outcome, Party, outcome_words
from core.telephones import grouped
from core.typeset import VERSIONS, DeferralLetter, DeterminationLetter, Fact, ReturnLetter
from db.queries.authorizations import Determination, Request, ServiceLine
from db.queries.letters import Addressed


class Composed(NamedTuple):
    """A letter in words, and what of it a person checks before it goes out."""

    told: DeterminationLetter | ReturnLetter | DeferralLetter
    to_check: tuple[ToCheck, ...]


def determination_letter(
    request: Request, made: Determination, of: Addressed, party: Party, language: Language, held: Held, *,
    at: datetime,
) -> Composed:  # fmt: skip
    """
    Return the letter that tells a party of a determination.

    The employer's says the least that lets it plan, pay or disagree, on purpose: which treatment by its name, how it
    was decided, units, period and number. It has no reason, nothing that the reviewer wrote of a treatment, no code and
    no part of the body: an employer reads no diagnosis and nothing clinical.
    """
    words = Words(language, request.frame.timezone)
    jurisdiction, what = request.frame.jurisdiction, "determination"
    paragraphs, to_check = rights(held.rules, words, request, made)
    opening = [words.say(what, "opening", party)]
    if made.corrects_id is not None:
        opening.append(words.say(what, "corrected"))
    reason = () if party is Party.EMPLOYER else _paragraphs(made.reason)
    own = outcome_words(made.outcome, jurisdiction)
    if own != outcome_words(made.outcome, ""):
        of_outcome = ToCheck(f"'{own}': that the state calls this outcome so.", sureness="knowledge")
        to_check = (of_outcome, *to_check)
    lapse, of_lapse = _by_lapse(words, request, made, held)
    signer = words.say(what, "lapse", "recorded") if made.outcome == Outcome.LAPSED else words.say("facts", "reviewer")
    reference = f"{request.frame.request_id}-{made.determination_id}"
    told = DeterminationLetter(
        **_frame(words, what, request, of, party, reference, at=at),
        opening=tuple(opening),
        facts=(*_facts(words, request, of, reference), (words.say("facts", "decided"), words.moment(made.decided_at))),
        headings=words.headings(what),
        decided_heading=words.say(what, "decided_heading"),
        decision=words.say(what, "decision", outcome=words.outcome(made.outcome, jurisdiction)),
        lines=tuple(_decided(words, line, jurisdiction, party) for line in request.lines),
        lapse=lapse,
        quoted=_paragraphs(words.say(what, "quoted")),
        reason_heading=words.say(what, "reason_heading"),
        reason=reason,
        reviewer=_known(
            (signer, made.reviewer_name),
            (words.say("facts", "credentials"), made.reviewer_credentials),
        ),
        rights_heading=words.say(what, "rights_heading"),
        rights=paragraphs,
    )  # fmt: skip
    return Composed(told, (*to_check, *of_lapse, *of_language(language)))


def return_letter(request: Request, of: Addressed, language: Language, held: Held, *, at: datetime) -> Composed:
    """Return the letter by which a request goes back to its provider, with what is missing."""
    frame, what = request.frame, "return"
    words = Words(language, frame.timezone)
    following, to_check = _following(words, request, held)
    reference = str(frame.request_id)
    told = ReturnLetter(
        **_frame(words, what, request, of, Party.PROVIDER, reference, at=at),
        opening=(words.say(what, "opening"),),
        facts=_facts(words, request, of, reference),
        headings=words.headings(what),
        asked_heading=words.say(what, "asked_heading"),
        lines=_asked(words, request),
        missing_heading=words.say(what, "missing_heading"),
        missing=_paragraphs(frame.missing),
        next_heading=words.say(what, "next_heading"),
        next=following,
    )
    return Composed(told, (*to_check, *of_language(language)))


def deferral_letter(
    request: Request, of: Addressed, party: Party, language: Language, held: Held, *, at: datetime
) -> Composed:
    """Return the letter that tells a party that review of a request waits while liability is disputed, and what is."""
    frame, what = request.frame, "deferral"
    words = Words(language, frame.timezone)
    reference = str(frame.request_id)
    state = states.NAMES[frame.jurisdiction]
    since = (words.say(what, "since"), words.moment(frame.deferred_at)) if frame.deferred_at else ("", "")
    told = DeferralLetter(
        **_frame(words, what, request, of, party, reference, at=at),
        opening=(words.say(what, "opening", party),),
        facts=(*_facts(words, request, of, reference), *_known(since)),
        headings=words.headings(what),
        asked_heading=words.say(what, "asked_heading"),
        lines=_asked(words, request),
        disputed_heading=words.say(what, "disputed_heading"),
        disputed=(*_paragraphs(frame.deferred_why), *_paragraphs(words.say(what, "quoted"))),
        next_heading=words.say(what, "next_heading"),
        next=(
            words.say(what, "neither"),
            words.of_state(what, "settled", jurisdiction=frame.jurisdiction, state=state),
        ),
    )
    return Composed(told, (*of_deferral(held, frame), *of_language(language)))


def _by_lapse(
    words: Words, request: Request, made: Determination, held: Held
) -> tuple[tuple[str, ...], tuple[ToCheck, ...]]:
    """Return what the letter says where a law gives something because nobody decided, and what is checked of that."""
    rule = next((each for each in held.rules if made.lapse_of is not None and each.number == made.lapse_of), None)
    due_at = request.frame.due_at
    if rule is None or due_at is None:
        return (), ()
    what = ("determination", "lapse")
    over = words.say(
        *what, "over", state=states.NAMES[rule.jurisdiction], citation=rule.citation,
        due=words.day(due_at.astimezone(ZoneInfo(rule.zone)).date()),
    )  # fmt: skip
    law = words.of_state(*what, "law", jurisdiction=rule.jurisdiction, words=rule.lapse_words.rstrip("."))
    check = ToCheck(
        f"What the lapse gives, in words of ours: {statutes.lapsed(rule)}", rule.citation, statutes.sureness(rule),
        rule.note,
    )  # fmt: skip
    return (over, law), (check,)


def _asked(words: Words, request: Request) -> tuple[tuple[str, str], ...]:
    return tuple((_treatment(line), words.counted(line.units, "unit")) for line in request.lines)


def _frame(
    words: Words, what: str, request: Request, of: Addressed, party: Party, reference: str, *, at: datetime
) -> dict[str, Any]:
    title = words.say(what, "title")
    version = VERSIONS[f"{what}_letter"]
    return {
        "language": words.language.value, "title": title, "reference": reference,
        "sender": words.say("sender", client=of.client), "addressee": _addressee(request, of, party),
        "date": words.day_of(at),
        "footer": words.say("footer", number=of.claim_number, title=title, version=version),
    }  # fmt: skip


def _addressee(request: Request, of: Addressed, party: Party) -> tuple[str, ...]:
    frame = request.frame
    lines: dict[Party, tuple[str | None, ...]] = {
        Party.PROVIDER: (
            frame.provider_name,
            f"NPI {frame.provider_npi}" if frame.provider_npi else None,
            f"Fax {grouped(frame.provider_fax)}" if frame.provider_fax else None,
            frame.provider_email,
        ),
        Party.WORKER: (f"{of.given_name} {of.family_name}", *(of.address or "").splitlines(), of.postal_code),
        Party.ATTORNEY: (of.attorney_name, of.attorney_firm, of.attorney_email),
        Party.EMPLOYER: (of.client,),
    }
    return tuple(line.strip() for line in lines[party] if line and line.strip())


def _facts(words: Words, request: Request, of: Addressed, reference: str) -> tuple[Fact, ...]:
    frame = request.frame
    channel = words.say("channels", frame.channel)
    received = words.say("facts", "received_by", at=words.moment(frame.received_at), channel=channel)
    return _known(
        (words.say("facts", "claim"), of.claim_number),
        (words.say("facts", "client_claim"), of.client_claim_number),
        (words.say("facts", "reference"), reference),
        (words.say("facts", "worker"), f"{of.given_name} {of.family_name}"),
        (words.say("facts", "injured"), words.day(of.date_of_injury)),
        (words.say("facts", "law"), states.NAMES[frame.jurisdiction]),
        (words.say("facts", "provider"), frame.provider_name),
        (words.say("facts", "received"), received),
    )


def _decided(words: Words, line: ServiceLine, jurisdiction: str, party: Party) -> tuple[str, str, str]:
    what = "determination"
    clinical = party is not Party.EMPLOYER
    parts = [words.outcome(line.outcome or "", jurisdiction)]
    if line.approved_units:
        parts.append(words.counted(line.approved_units, "unit"))
    days = {"first": words.day(line.from_on) if line.from_on else "",
            "last": words.day(line.until_on) if line.until_on else ""}  # fmt: skip
    if period := {(True, True): "from_until", (True, False): "from", (False, True): "until"}.get(
        (bool(line.from_on), bool(line.until_on))
    ):
        parts.append(words.say(what, period, **days))
    if line.authorization_number:
        parts.append(words.say(what, "number", number=line.authorization_number))
    said = ", ".join(parts)
    if line.approved_words and clinical:
        said += f": {line.approved_words}"
    return _treatment(line) if clinical else line.words, words.counted(line.units, "unit"), said


def _treatment(line: ServiceLine) -> str:
    more = ", ".join(each for each in (line.code, line.body_part) if each)
    return f"{line.words} ({more})" if more else line.words


def _following(words: Words, request: Request, held: Held) -> tuple[tuple[str, ...], tuple[ToCheck, ...]]:
    """Return what follows a return: by when it was due, and when the time to decide starts or ends."""
    frame, what = request.frame, "return"
    counted = clock.standing(held, {**frame._asdict(), "due_at": None, "due_why": None, "returned_at": None})
    said, checks = [words.say(what, "send")], []
    due = counted.due
    on = words.day(due.due_on) if due and due.due_on else ""
    if counted.clock is Clock.WAITING and due is not None:
        said.append(words.say(what, "waits"))
        if due.rule.kind == RETURN and on:
            limit = words.counted(due.rule.limit.amount, due.rule.limit.unit)
            said.append(words.say(what, "within", limit=limit, state=states.NAMES[frame.jurisdiction], due=on))
            checks.append(
                ToCheck("By when a request that is not complete is returned, and how.", due.rule.citation,
                        statutes.sureness(due.rule), due.rule.note)
            )  # fmt: skip
    elif on and due is not None:
        said.append(words.say(what, "runs", due=on))
        checks.append(
            ToCheck("That the time to decide runs while something is missing.", due.rule.citation,
                    statutes.sureness(due.rule))
        )  # fmt: skip
    return tuple(said), tuple(checks)


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _known(*facts: tuple[str, str | None]) -> tuple[Fact, ...]:
    return tuple((label, value) for label, value in facts if value)
