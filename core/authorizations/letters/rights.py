"""How to disagree with a determination: what a letter says of that, by jurisdiction, and what people check of it."""

from collections.abc import Sequence
from typing import NamedTuple

from core import states, statutes
from core.authorizations.kinds import DEFERRAL_NOTICE
from core.authorizations.letters.wording import Language, Words
from core.authorizations.rules import Held
from core.authorizations.vocabulary import Outcome
from core.statutes import NoRule, Rule, UnknownJurisdiction, UnknownKind
from core.statutes.events import of_request
from db.queries.authorizations import Determination, Frame, Request

_ADVERSE = frozenset({Outcome.DENIED, Outcome.MODIFIED, Outcome.DISMISSED})

_FORM = "Enclose the state's application form for independent medical review: the desk does not hold it."


class Right(NamedTuple):
    """
    What can be asked for: the clock that counts it, after requests of which kinds (empty: any but *not_of*).

    *whatever* tells whether it is there whatever was decided; *enclose*, what goes with the letter.
    """

    jurisdiction: str
    kind: str
    of: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    whatever: bool = False
    enclose: str = ""


RIGHTS = (
    Right("CA", "imr_request_formulary", of=("medication_formulary",), enclose=_FORM),
    Right("CA", "imr_request", not_of=("medication_formulary", "imr_decision"), enclose=_FORM),
    Right("TX", "iro_request", of=("reconsideration_decision",)),
    Right("TX", "reconsideration_request", not_of=("reconsideration_decision",)),
    Right("OH", "commission_appeal", of=("dispute_decision",), whatever=True),
    Right("OH", "dispute_request", not_of=("dispute_decision",), whatever=True),
    Right("TN", "dispute_request"),
    Right("LA", "dispute_request"),
    Right("PA", "dispute_request"),
    Right("AZ", "reconsideration_decision", not_of=("reconsideration_decision",)),
    Right("GA", "board_conference_wc_pmt"),
)
"""Their words are in the language's file, under `rights`; how long there is for each comes from its clock."""


class ToCheck(NamedTuple):
    """Something in a letter that a person checks before it goes out: what, by which law, and how sure that is."""

    what: str
    citation: str = ""
    sureness: str = ""
    note: str = ""


def rights(
    rules: Sequence[Rule], words: Words, request: Request, made: Determination
) -> tuple[tuple[str, ...], tuple[ToCheck, ...]]:
    """Return the paragraphs on how to disagree, and what is to be checked of them; neither where there is nothing."""
    frame = request.frame
    own = [(right, rule) for right in RIGHTS if _given(right, request, made) and (rule := _rule(rules, request, right))]
    if not own:
        if made.outcome not in _ADVERSE:
            return (), ()
        said = words.say("rights", "any", state=states.NAMES[frame.jurisdiction])
        return (said,), (_nothing_read(frame.jurisdiction),)
    paragraphs = tuple(
        words.say("rights", f"{rule.jurisdiction}.{rule.kind}", limit=words.counted(rule.limit.amount, rule.limit.unit))
        for _, rule in own
    )
    return paragraphs, tuple(check for right, rule in own for check in _to_check(right, rule))


def of_language(language: Language) -> tuple[ToCheck, ...]:
    """Return what is to be checked of the language itself."""
    if language is Language.SPANISH:
        return (ToCheck("The Spanish: nobody whose trade it is has checked these words yet."),)
    return ()


def of_deferral(held: Held, frame: Frame) -> tuple[ToCheck, ...]:
    """Return what is to be checked of a notice that review is deferred: by when it goes out, and its words."""
    known = [rule for rule in held.rules if rule.kind == DEFERRAL_NOTICE]
    checks = [
        ToCheck(
            "What the law wants such a notice to say, partly word for word, and who answers questions at which"
            " telephone number: these words are ours, and name nobody.",
            ", ".join(dict.fromkeys(rule.citation for rule in known)), "knowledge",
        )
    ]  # fmt: skip
    try:
        events = of_request(frame._asdict(), held.rules[0].zone)
        rule = statutes.rule_of(known, frame.jurisdiction, DEFERRAL_NOTICE, events, in_network=frame.in_network)
    except (NoRule, UnknownJurisdiction, UnknownKind) as none:
        checks.append(ToCheck(f"By when such a notice goes out. {none}"))
    else:
        when = statutes.sentence(statutes.due(rule, events, held.changes))
        checks.append(
            ToCheck(f"By when the notice goes out. {when}", rule.citation, statutes.sureness(rule), rule.note)
        )
    return tuple(checks)


def _given(right: Right, request: Request, made: Determination) -> bool:
    return (
        right.jurisdiction == request.frame.jurisdiction
        and (not right.of or request.frame.kind in right.of)
        and request.frame.kind not in right.not_of
        and (right.whatever or made.outcome in _ADVERSE)
    )


def _rule(rules: Sequence[Rule], request: Request, right: Right) -> Rule | None:
    at = request.frame.decided_at or request.frame.received_at
    try:
        return statutes.rule_for(rules, right.jurisdiction, right.kind, at=at, in_network=request.frame.in_network)
    except (NoRule, UnknownJurisdiction, UnknownKind):
        return None


def _to_check(right: Right, rule: Rule) -> list[ToCheck]:
    checks = [
        ToCheck(
            f"How to disagree, in words of ours and not of the law; {rule.limit}, from {rule.starts}.",
            rule.citation, statutes.sureness(rule), rule.note,
        )
    ]  # fmt: skip
    if right.enclose:
        checks.append(ToCheck(right.enclose))
    return checks


def _nothing_read(jurisdiction: str) -> ToCheck:
    return ToCheck(
        f"What the law of {states.NAMES[jurisdiction]} wants such a letter to say, of how to disagree above all:"
        " nothing of it was read, and the letter says no more than that there may be a right."
    )
