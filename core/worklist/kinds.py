"""Every kind of work there is: how its open items are found, and what they are called."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.contact import brief
from core.intake import BRIEFLY, ELEMENTS
from db.queries.worklist import Arm, Item


@dataclass(frozen=True)
class WorkKind:
    """
    A kind of work: what it is called, the arm that finds its items, and why one is there, briefly and in full.

    `code` is what the list's filter and the sample call it.
    """

    code: str
    words: str
    arm: Arm
    why: Callable[[Item], tuple[str, str]]


INTAKE_WITHIN = timedelta(hours=24)
"""How long after the first of its open questions was opened a claim's intake is due."""

_FIRST_CONTACT = Arm(1, """
    select waiting.client_id, waiting.claim_id, waiting.due_at, coalesce(last.at, waiting.reported_at) as at,
           coalesce(last.what, 'reported') as why, '{{}}'::text[] as elements
      from (select client_id, claim_id, due_at, reported_at from claim
             where first_contact_at is null and closed_at is null and date_of_death is null {scope}
             order by due_at, claim_id limit :most) waiting
      left join lateral (
        select a.at, concat_ws('/', a.party, a.method, a.outcome) as what from contact_attempt a
         where a.client_id = waiting.client_id and a.claim_id = waiting.claim_id
         order by a.at desc limit 1) last on true
""")  # fmt: skip

_INTAKE = Arm(2, f"""
    select asked.client_id, asked.claim_id, asked.at + interval '{INTAKE_WITHIN.total_seconds():.0f} s' as due_at,
           asked.at, 'asked' as why, asked.elements
      from (select client_id, claim_id, min(since) as at, array_agg(element order by since, element) as elements
              from (select client_id, claim_id, element, min(opened_at) as since
                      from (select client_id, claim_id, element, opened_at from intake_question
                             where answered_at is null {{scope}}
                             order by opened_at, client_id, claim_id limit :most * 4) question
                     group by client_id, claim_id, element) by_element
             group by client_id, claim_id) asked
      join claim on claim.client_id = asked.client_id and claim.claim_id = asked.claim_id and claim.closed_at is null
""")  # fmt: skip


def _reached(item: Item) -> tuple[str, str]:
    if item.why == "reported":
        return "Reported, not tried yet", "Reported, and nobody has tried to reach the worker yet"
    short, whole = brief(*item.why.split("/"))
    return short, f"Last attempt: {whole}"


def _asked(item: Item) -> tuple[str, str]:
    elements = [element for element in item.elements if element in ELEMENTS]
    short = [BRIEFLY[element] for element in elements]
    more = f" +{len(short) - 2}" if len(short) > 2 else ""
    return f"Ask for {', '.join(short[:2])}{more}", f"To ask for: {', '.join(ELEMENTS[each] for each in elements)}"


def intake_due(opened: Iterable[datetime]) -> datetime:
    """Return when a claim's intake is due whose open questions, at least one, were *opened* then."""
    return min(opened) + INTAKE_WITHIN


KINDS: Sequence[WorkKind] = (
    WorkKind("first_contact", "First contact", _FIRST_CONTACT, _reached),
    WorkKind("intake", "Intake", _INTAKE, _asked),
)
