"""What the database holds that decides what becomes of the rows: clocks, claims, and what is asked for on them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

from core.access import Actor
from core.authorizations import rules
from core.calendars import DayChange
from core.feeds.kind import Setting
from core.feeds.kinds.authorizations.judging import Spoken
from core.intake.told import number_key
from core.statutes import Rule, kept

_CLAIMS = text("""
    select claim_id, claim_number, client_number_key, jurisdiction, closed_at is not null, certified_network from claim
     where client_id = :client_id and (claim_number = any (:numbers) or client_number_key = any (:keys))
     order by claim_id
""")
_OPEN = text("""
    select c.claim_id, r.request_id, coalesce(l.code, ''), lower(l.words)
      from unnest(cast(:claims as bigint[])) as c (claim_id)
      join authorization_request r on r.client_id = :client_id and r.ended_at is null
       and r.claim_id = any (desk_one_injury(:client_id, c.claim_id))
      join service_line l on (l.client_id, l.claim_id, l.request_id) = (r.client_id, r.claim_id, r.request_id)
     order by c.claim_id, r.request_id, l.line
""")


class Claim(NamedTuple):
    """A claim that a row may speak of; `key` is the client's own number as it is compared."""

    claim_id: int
    number: str
    key: str | None
    jurisdiction: str | None
    closed: bool
    in_network: bool | None


class Open(NamedTuple):
    """A treatment that an open request of a claim asks for."""

    claim_id: int
    request_id: int
    code: str
    words: str


class Known(NamedTuple):
    """The claims that rows speak of, what is asked for on them, and the days off that were changed by state."""

    claims: tuple[Claim, ...]
    open: tuple[Open, ...]
    changes: tuple[tuple[str, tuple[DayChange, ...]], ...]

    def held(self, terms: tuple[Rule, ...], jurisdiction: str) -> rules.Held:
        """Return what the clocks of a jurisdiction are counted by."""
        return rules.Held(
            tuple(rule for rule in terms if rule.jurisdiction == jurisdiction), dict(self.changes)[jurisdiction]
        )

    def called(self, number: str) -> list[Claim]:
        """Return the claims of that number, the desk's own or the client's."""
        return [claim for claim in self.claims if claim.number == number.upper() or claim.key == number_key(number)]


def terms(_: Actor, tx: Connection, __: Setting) -> tuple[Rule, ...]:
    """Return the clocks of all jurisdictions."""
    return kept.rules(tx)


def known(tx: Connection, client_id: int, spoken: Sequence[Spoken]) -> Known:
    """Return what the client has that the rows speak of, or could repeat."""
    numbers = {each.number for each in spoken}
    which = {
        "client_id": client_id, "numbers": sorted({number.upper() for number in numbers}),
        "keys": sorted({key for number in numbers if (key := number_key(number))}),
    }  # fmt: skip
    claims = tuple(Claim(*row) for row in tx.execute(_CLAIMS, which))
    asked = tx.execute(_OPEN, {"client_id": client_id, "claims": [claim.claim_id for claim in claims]})
    said = {each.asked.jurisdiction for each in spoken} | {claim.jurisdiction for claim in claims}
    changes = tuple((state, kept.changes(tx, state)) for state in sorted(filter(None, said)))
    return Known(claims, tuple(Open(*row) for row in asked), changes)
