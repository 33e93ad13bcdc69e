"""Which rows are logged, on which claim and by which clock; which ask what was asked before, and which cannot be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from core.authorizations import kinds
from core.authorizations.asked import MOST_LINES, Asked
from core.authorizations.logging import begun
from core.authorizations.rules import Held
from core.authorizations.vocabulary import kind_words
from core.feeds.heading_words import plain
from core.feeds.kind import Duplicate, Other
from core.feeds.kinds.authorizations.judging import Spoken
from core.feeds.kinds.authorizations.knowing import Claim, Known
from core.feeds.rows import RefusedRow
from core.statutes import Rule
from core.words import quoted

TREATMENT = "requested treatment"
"""What a row becomes, in words."""
_ONE = "Rows of one request reference have the same claim, provider, kind, and date and time received."
_USUAL = kinds.REQUESTS[0]


class Settled(NamedTuple):
    """A row that is logged: its treatment is of the request that begins with the row `first`, perhaps its own."""

    row: int
    first: int
    claim: Claim
    asked: Asked
    held: Held
    due_at: datetime | None
    ours: bool
    notes: tuple[str, ...]


def settle(spoken: Sequence[Spoken], terms: tuple[Rule, ...], known: Known) -> list[Settled | Duplicate | RefusedRow]:
    """Say of each row whether its treatment is logged, asked for before, or refused, in the file's order."""
    settling = _Settling(terms, known)
    return [settling.of(each) for each in spoken]


def is_overdue(settled: Settled, at: datetime) -> bool:
    """Tell whether a request arrives after it was due; a clock that another has to meet is never overdue."""
    return settled.ours and settled.due_at is not None and settled.due_at < at


class _Settling:
    def __init__(self, terms: tuple[Rule, ...], known: Known) -> None:
        self._terms, self._known = terms, known
        self._new: list[Settled] = []
        self._of_reference: dict[str, list[Settled]] = {}
        self._seen: dict[tuple[int, str], list[tuple[Settled, str]]] = {}

    def of(self, each: Spoken) -> Settled | Duplicate | RefusedRow:
        found = self._known.called(each.number)
        still = [claim for claim in found if not claim.closed]
        if len(still) != 1:
            return self._unclaimed(each, found, still)
        claim = still[0]
        jurisdiction = each.asked.jurisdiction or claim.jurisdiction
        if not jurisdiction:
            reason = f"Claim {claim.number} has no state of jurisdiction, and the row names none."
            return _refused(each, "jurisdiction", reason, "Add the state, and send the row again.")
        held = self._known.held(self._terms, jurisdiction)
        offered = {plain(name): one.kind for one in kinds.offered(held.rules, jurisdiction)
                   for name in (one.kind, kind_words(one.kind))}  # fmt: skip
        kind = offered.get(plain(each.asked.kind or _USUAL))
        if kind is None:
            said = f"There is no request of the kind {quoted(each.asked.kind or kind_words(_USUAL))} in {jurisdiction}."
            names = ", ".join(kind_words(one) for one in dict.fromkeys(offered.values()))
            return _refused(each, "kind", said, f"Write one of these, and send the row again: {names}.")
        asked = replace(each.asked, jurisdiction=jurisdiction, kind=kind)
        stands = begun(held, asked, in_network=claim.in_network, at=each.at)
        group = self._of_reference.get(each.reference, []) if each.reference else []
        if group and _head(group[0].asked, group[0].claim) != _head(asked, claim):
            reason = f"It has the same request reference as row {group[0].row}, and is of another request. {_ONE}"
            return _refused(each, "reference", reason, "Correct the row or its reference, and send it again.")
        if len(group) >= MOST_LINES:
            reason = f"A request holds at most {MOST_LINES} treatments."
            return _refused(each, "reference", reason, "Give it another request reference, and send the row again.")
        first = group[0].row if group else each.row
        settled = Settled(each.row, first, claim, asked, held, stands.due_at, stands.ours, each.notes)
        if duplicate := self._before(settled, each.reference):
            return duplicate
        self._keep(settled, each.reference)
        return settled

    def _unclaimed(self, each: Spoken, found: list[Claim], still: list[Claim]) -> RefusedRow:
        number = quoted(each.number)
        if still:
            named = ", ".join(claim.number for claim in still)
            reason = f"Several open claims of the client have the number {number}: {named}."
            remedy = "Write the number that the desk gave the claim, and send the row again."
        elif found:
            reason = f"The claim with the number {number} is closed."
            remedy = "Have the claim reopened, or correct the number, and send the row again."
        else:
            reason = f"The client has no claim with the number {number}."
            remedy = "Correct the number or report the claim first, and send the row again."
        return _refused(each, "claim_number", reason, remedy)

    def _before(self, settled: Settled, reference: str) -> Duplicate | None:
        code, words, part = _treatment(settled.asked)
        claim = settled.claim
        for one in self._known.open:
            if one.claim_id == claim.claim_id and ((code and one.code == code) or one.words == words):
                why = f"An open request on claim {claim.number} asks for the same {_by(code, one.code)}."
                return Duplicate(settled.row, Other(0, one.request_id, str(one.request_id)), why)
        for key in filter(None, (code, words)):
            for other, of in self._seen.get((claim.claim_id, key), []):
                # Lines of one request may share a code: each side of the body, say.
                if not reference or of != reference or _treatment(other.asked) == (code, words, part):
                    same = _by(code, _treatment(other.asked)[0])
                    why = f"Row {other.row} asks for the same {same} on claim {claim.number}."
                    return Duplicate(settled.row, Other(other.row), why)
        return None

    def _keep(self, settled: Settled, reference: str) -> None:
        code, words, _ = _treatment(settled.asked)
        for key in filter(None, (code, words)):
            self._seen.setdefault((settled.claim.claim_id, key), []).append((settled, reference))
        if reference:
            self._of_reference.setdefault(reference, []).append(settled)


def _by(code: str, other: str) -> str:
    return f"code, {code}" if code and code == other else "treatment, in the same words"


def _treatment(asked: Asked) -> tuple[str, str, str]:
    line = asked.lines[0]
    words, part = (" ".join(said.split()).lower() for said in (line.words, line.body_part))
    return "".join(line.code.upper().split()), words, part


def _head(asked: Asked, claim: Claim) -> tuple[object, ...]:
    provider = " ".join(asked.provider_name.split()).casefold()
    return claim.claim_id, provider, asked.received_at, asked.kind, asked.jurisdiction


def _refused(each: Spoken, field: str, reason: str, remedy: str) -> RefusedRow:
    return RefusedRow(each.row, field, reason, remedy, each.cells, each.number)
