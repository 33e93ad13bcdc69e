"""
The kinds of work that requests for authorization are: open ones to follow up, to determine and to tell of, those that
nobody has answered for too long, and what was approved by one and runs out.
"""

from datetime import date, timedelta

from core import words
from core.authorizations.cadence import asked_next
from core.authorizations.expiring import MORE_THAN, SHARE, WITHIN_DAYS
from core.authorizations.vocabulary import PARTIES, Party, kind_words
from db.queries.worklist import Arm, Item

FOLLOW_UP, DETERMINE, TELL, RUNNING_OUT, ESCALATED, TO_SUPERVISOR, TELL_CORRECTION = 12, 13, 14, 15, 16, 17, 18
"""The numbers of these kinds; a number is never given to another kind."""

TOLD_WITHIN = timedelta(hours=24)
"""How long after it was decided the provider is to be told, or by the clock where that is sooner."""


def _arm(
    number: int, due_at: str, condition: str, why: str, who: str, *, since: str = "coalesce(changed_at, logged_at)",
    more: str = "'{{}}'::text[]", where: str = "ended_at is null and",
) -> Arm:  # fmt: skip
    """
    Return the arm of open requests, or of those *where* it is said, that meet a *condition*: of a claim the one due
    first, and how many there are.

    *since* is from when on it is there; *more* what is told of it beside its provider, its kind and that number.
    """
    return Arm(number, f"""
        select distinct on (needed.client_id, needed.claim_id)
               needed.client_id, needed.claim_id, needed.due_at, needed.at, needed.why,
               array[needed.provider_name, needed.kind,
                     (count(*) over (partition by needed.client_id, needed.claim_id))::text] || needed.more
                 as elements, needed.who
          from (select of.client_id, coalesce(own.merged_into, own.claim_id) as claim_id, of.request_id, of.due_at,
                       of.at, of.why, of.provider_name, of.kind, of.more, of.who
                  from (select client_id, claim_id, request_id, {due_at} as due_at,
                               {since} as at, {why} as why, provider_name, kind, {more} as more, {who} as who
                          from authorization_request where {where} {condition} {{scope}}
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

CORRECTION_TO_TELL = _arm(
    TELL_CORRECTION, f"to_tell_at + interval '{TOLD_WITHIN.total_seconds():.0f} s'", "to_tell_at is not null",
    "outcome", "holder_id", since="to_tell_at", where="",
)  # fmt: skip

# What nobody has answered stands with its reviewer, or any other of the clinical staff, and then with supervisors too:
# who it is due by is the next of them, and after that the law. An answer ends that; a promise to, until the next time.
_TRIED = "array[unanswered::text, (due_at < :at is true)::text]"
WITH_CLINICAL = _arm(
    ESCALATED, "to_supervisor_at", "decided_at is null and to_clinical_at <= :at", "clock", "coalesce(reviewer_id, 0)",
    since="to_clinical_at", more=_TRIED,
)  # fmt: skip
WITH_SUPERVISORS = _arm(
    TO_SUPERVISOR, "coalesce(due_at, to_supervisor_at)",
    "decided_at is null and to_supervisor_at <= :at and (select desk_supervises())", "clock", "0",
    since="to_supervisor_at", more=_TRIED,
)  # fmt: skip


RENEWED_WITHIN = timedelta(hours=24)
"""How long after it was said that few units are left the next request is due."""

_FEW_LEFT = f"used_units < approved_units and (approved_units - used_units) * {SHARE} <= approved_units"

# Whatever holds until a day is due when that day begins: it is asked for anew before it runs out. What is asked for
# again, or was approved again, is no work any more.
TO_RENEW = Arm(RUNNING_OUT, f"""
    select distinct on (of.client_id, of.claim_id)
           of.client_id, of.claim_id, of.due_at, of.at, of.why,
           array[of.provider_name, of.kind, (count(*) over (partition by of.client_id, of.claim_id))::text,
                 coalesce(of.until_on::text, ''), of.left_units::text, of.approved_units::text] as elements,
           of.who
      from (select line.client_id, own.claim_id, line.request_id, line.line, request.provider_name, request.kind,
                   line.until_on, line.approved_units - line.used_units as left_units, line.approved_units,
                   coalesce(line.used_at, request.decided_at) as at, request.holder_id as who,
                   case when line.few then 'units' else 'days' end as why,
                   least(case when line.until_on <= today.day + {WITHIN_DAYS}
                              then line.until_on::timestamp at time zone policy.timezone end,
                         case when line.few then coalesce(line.used_at, request.decided_at)
                                                 + interval '{RENEWED_WITHIN.total_seconds():.0f} s' end) as due_at
              from (select *, approved_units > {MORE_THAN} and {_FEW_LEFT} as few from service_line
                     where approved_units > 0
                       and (until_on between cast(:at as timestamptz)::date - 1
                                         and cast(:at as timestamptz)::date + {WITHIN_DAYS + 1}
                            or (approved_units > {MORE_THAN} and {_FEW_LEFT}))
                       {{scope}}
                     order by until_on, client_id, claim_id limit :most * 2) line
              join authorization_request request
                on request.client_id = line.client_id and request.claim_id = line.claim_id
               and request.request_id = line.request_id and request.decided_at is not null
              join claim made_on on made_on.client_id = line.client_id and made_on.claim_id = line.claim_id
              join claim own
                on own.client_id = line.client_id and own.claim_id = coalesce(made_on.merged_into, made_on.claim_id)
               and own.closed_at is null
              join sla_policy policy
                on policy.client_id = own.client_id and policy.effective_from = own.sla_effective_from
             cross join lateral (select (cast(:at as timestamptz) at time zone policy.timezone)::date as day) today
             where line.used_units < line.approved_units and line.until_on >= today.day is not false
               and (line.few or line.until_on <= today.day + {WITHIN_DAYS})
               and not exists (
                 select from service_line again join authorization_request later
                     on later.client_id = again.client_id and later.claim_id = again.claim_id
                    and later.request_id = again.request_id
                  where again.client_id = line.client_id
                    and again.claim_id = any (desk_one_injury(own.client_id, own.claim_id))
                    and again.request_id > line.request_id
                    and (again.code = line.code or lower(again.words) = lower(line.words))
                    and (later.decided_at is null or again.approved_units > 0))) of
     order by of.client_id, of.claim_id, of.due_at, of.request_id, of.line
""", waits=False, held=True)  # fmt: skip


def to_renew(item: Item) -> tuple[str, str]:
    """Say of whose treatment what is left, briefly and in full."""
    provider, kind, _, until, left, approved = item.elements
    if item.why == "units":
        short = f"{left} of {approved} units left"
    else:
        short = f"Ends {words.brief_day(date.fromisoformat(until))}"
    ends = f", until {words.day(date.fromisoformat(until))}" if until else ""
    return (
        f"{short}{_more(item)}",
        f"{kind_words(kind)} of {provider}: {left} of {approved} units left{ends}. Ask whether more is needed",
    )


def to_follow_up(item: Item) -> tuple[str, str]:
    """Say who is to be asked how which request stands, briefly and in full."""
    provider, kind, _ = item.elements
    if asked_next(item.why) is Party.PROVIDER:
        return f"Ask {provider}{_more(item)}", f"Ask {provider} for what the request waits for: {kind_words(kind)}"
    return (
        f"Ask the reviewer{_more(item)}",
        f"Ask the {PARTIES[Party.REVIEWER].lower()} how the request of {provider} stands: {kind_words(kind)}",
    )


def not_answered(item: Item) -> tuple[str, str]:
    """Say who has not answered about which request for how long, briefly and in full."""
    provider, kind, _, tried, overdue = item.elements
    party = PARTIES[asked_next(item.why)].lower()
    late = overdue == "true"
    if tried != "0":
        said = f"{words.counted(int(tried), 'follow-up')} without an answer from the {party}"
    else:
        said = "not decided" if late else f"no answer from the {party}, and little time is left"
    return (
        f"{'Overdue' if late else 'No answer'}: {provider}{_more(item)}",
        f"{kind_words(kind)} of {provider}: {'overdue, ' if late else ''}{said}. Ask, or have it decided",
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


def correction_to_tell(item: Item) -> tuple[str, str]:
    """Say whom is to be told of a correction, briefly and in full."""
    provider = item.elements[0]
    return (
        f"Tell {provider}{_more(item)}",
        f"Tell {provider} that the determination was corrected: what it was told before stands no more",
    )


def _more(item: Item) -> str:
    number = int(item.elements[2])
    return f" +{number - 1}" if number > 1 else ""
