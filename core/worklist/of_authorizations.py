"""The kinds of work that open requests for authorization are: to follow up, to determine, and to tell of."""

from datetime import timedelta

from core.authorizations.cadence import asked_next
from core.authorizations.vocabulary import PARTIES, Party, kind_words
from db.queries.worklist import Arm, Item

FOLLOW_UP, DETERMINE, TELL = 12, 13, 14
"""The numbers of these kinds; a number is never given to another kind."""

TOLD_WITHIN = timedelta(hours=24)
"""How long after it was decided the provider is to be told, or by the clock where that is sooner."""


def _arm(number: int, due_at: str, condition: str, why: str, who: str) -> Arm:
    """Return the arm of open requests that meet a *condition*: of a claim the one due first, and how many there are."""
    return Arm(number, f"""
        select distinct on (needed.client_id, needed.claim_id)
               needed.client_id, needed.claim_id, needed.due_at, needed.at, needed.why,
               array[needed.provider_name, needed.kind,
                     (count(*) over (partition by needed.client_id, needed.claim_id))::text] as elements, needed.who
          from (select of.client_id, coalesce(own.merged_into, own.claim_id) as claim_id, of.request_id, of.due_at,
                       of.at, of.why, of.provider_name, of.kind, of.who
                  from (select client_id, claim_id, request_id, {due_at} as due_at,
                               coalesce(changed_at, logged_at) as at, {why} as why, provider_name, kind, {who} as who
                          from authorization_request where ended_at is null and {condition} {{scope}}
                         order by due_at, client_id, request_id limit :most * 2) of
                  join claim own on own.client_id = of.client_id and own.claim_id = of.claim_id) needed
         order by needed.client_id, needed.claim_id, needed.due_at, needed.request_id
    """, waits=False, held=True)  # fmt: skip


TO_FOLLOW_UP = _arm(FOLLOW_UP, "follow_up_at", "follow_up_at is not null", "clock", "holder_id")
TO_DETERMINE = _arm(
    DETERMINE, "due_at", "decided_at is null and due_at is not null and ours and clock in ('running', 'extended')",
    "case when reviewer_id is null then 'nobody' else 'review' end", "coalesce(reviewer_id, 0)",
)  # fmt: skip
TO_TELL = _arm(
    TELL, f"least(due_at, decided_at + interval '{TOLD_WITHIN.total_seconds():.0f} s')", "decided_at is not null",
    "outcome", "holder_id",
)  # fmt: skip


def to_follow_up(item: Item) -> tuple[str, str]:
    """Say who is to be asked how which request stands, briefly and in full."""
    provider, kind, _ = item.elements
    if asked_next(item.why) is Party.PROVIDER:
        return f"Ask {provider}{_more(item)}", f"Ask {provider} for what the request waits for: {kind_words(kind)}"
    return (
        f"Ask the reviewer{_more(item)}",
        f"Ask the {PARTIES[Party.REVIEWER].lower()} how the request of {provider} stands: {kind_words(kind)}",
    )


def to_determine(item: Item) -> tuple[str, str]:
    """Say which request is to be decided, or has nobody who does, briefly and in full."""
    provider, kind, _ = item.elements
    if item.why == "nobody":
        return f"No reviewer: {provider}{_more(item)}", f"{kind_words(kind)} of {provider}: nobody reviews it yet"
    return f"{kind_words(kind)}: {provider}{_more(item)}", f"{kind_words(kind)} of {provider}: to be determined"


def to_tell(item: Item) -> tuple[str, str]:
    """Say whom is to be told of a determination, briefly and in full."""
    provider = item.elements[0]
    return (
        f"Tell {provider}{_more(item)}",
        f"Tell {provider} of the determination: the clock stops then, and not before",
    )


def _more(item: Item) -> str:
    number = int(item.elements[2])
    return f" +{number - 1}" if number > 1 else ""
