"""Every kind of work there is: how its open items are found, and what they are called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.clocks import SOON, soon_below
from core.contact import WORDS, Party, brief, promised_call
from core.intake import BRIEFLY, ELEMENTS
from core.intake.elements import TO_MERGE
from core.intake.telephone import FINISHED_WITHIN
from core.words import zoned
from core.worklist import of_authorizations, of_referrals
from db.models.intake import TO_ASK_AGAIN
from db.queries.worklist import Arm, Item

_NAMED = 2
"""Elements to ask for that a list names, before it counts the others."""


@dataclass(frozen=True)
class WorkKind:
    """
    A kind of work: what it is called, the arm that finds its items, why one is there, briefly and in full, and how long
    before it is due it is due soon.

    `code` is what the list's filter and the sample call it.
    """

    code: str
    words: str
    arm: Arm
    why: Callable[[Item], tuple[str, str]]
    soon: Callable[[Item], timedelta] = lambda _: SOON


FIRST_CONTACT, INTAKE, CALL_BACK, BOOK_CALL, MAKE_CALL, ASK_AGAIN, FIND_TIME, FINISH_INTAKE = 1, 2, 3, 4, 5, 6, 7, 8
"""
The numbers of the kinds of work, by which keys and marks name them; a number is never given to another kind. Those of
referrals stand in of_referrals.py.
"""

INTAKE_WITHIN = timedelta(hours=24)
"""How long after the first of its open questions was opened a claim's intake is due."""

BOOKED_WITHIN = timedelta(hours=4)
"""How long after the report the triage call is to be booked, or by the deadline where that is sooner."""

ANSWERED_WITHIN = timedelta(hours=1)
"""How long after it was asked for a time for a call is to be found, or by the deadline where that is sooner."""

APPOINTED_WITHIN = timedelta(hours=1)
"""From how long before its time on a booked call comes before all else for whoever makes it."""

QUESTIONS = 4
"""So many open questions, the first opened first, are read for each item that is asked for."""

_FIRST_CONTACT = Arm(FIRST_CONTACT, """
    select waiting.client_id, waiting.claim_id, waiting.due_at, coalesce(last.at, waiting.reported_at) as at,
           coalesce(last.what, 'reported') as why, '{{}}'::text[] as elements
      from (select client_id, claim_id, due_at, reported_at from claim
             where {waiting} {scope}
               and not exists (select from triage_call t where t.client_id = claim.client_id
                                  and t.claim_id = claim.claim_id and t.status = 'booked'
                                  and t.starts_at < claim.due_at)
             order by due_at, claim_id limit :most) waiting
      left join lateral (
        (select a.at, concat_ws('/', a.party, a.method, a.outcome) as what from contact_attempt a
          where a.client_id = waiting.client_id and a.claim_id = waiting.claim_id and a.struck_at is null
          order by a.at desc limit 1)
        union all
        (select a.at, concat_ws('/', a.party, a.method, a.outcome)
           from claim m join contact_attempt a on a.client_id = m.client_id and a.claim_id = m.claim_id
          where m.client_id = waiting.client_id and m.merged_into = waiting.claim_id and a.struck_at is null
          order by a.at desc limit 1)
         order by at desc limit 1) last on true
""")  # fmt: skip

_INTAKE = Arm(INTAKE, f"""
    select asked.client_id, asked.claim_id, asked.at + interval '{INTAKE_WITHIN.total_seconds():.0f} s' as due_at,
           asked.at, 'asked' as why, asked.elements
      from (select client_id, claim_id, min(since) as at, array_agg(element order by since, element) as elements
              from (select client_id, claim_id, element, min(opened_at) as since
                      from (select client_id, claim_id, element, opened_at from intake_question asked
                             where answered_at is null and reason <> '{TO_MERGE}' {{scope}}
                               and exists (select from claim where claim.client_id = asked.client_id
                                              and claim.claim_id = asked.claim_id and claim.closed_at is null)
                             order by opened_at, client_id, claim_id limit :most * {QUESTIONS}) question
                     group by client_id, claim_id, element) by_element
             group by client_id, claim_id) asked
""")  # fmt: skip

_CALL_BACK = Arm(CALL_BACK, """
    select promised.client_id, promised.claim_id, min(promised.call_again_at) as due_at, max(promised.at) as at,
           policy.timezone as why, array_agg(promised.party order by promised.call_again_at) as elements
      from (select made.client_id, coalesce(made_on.merged_into, made.claim_id) as claim_id,
                   made.call_again_at, made.at, made.party
              from (select client_id, claim_id, call_again_at, at, party from contact_attempt attempt
                     where call_again_at is not null and called_attempt_id is null {scope}
                       and exists (select from claim where claim.client_id = attempt.client_id
                                      and claim.claim_id = attempt.claim_id
                                      and (claim.closed_at is null or claim.merged_into is not null)
                                      and (attempt.party <> 'worker' or claim.date_of_death is null))
                     order by call_again_at, client_id, claim_id limit :most * 2) made
              join claim made_on on made_on.client_id = made.client_id and made_on.claim_id = made.claim_id) promised
      join claim on claim.client_id = promised.client_id and claim.claim_id = promised.claim_id
                and claim.closed_at is null and (promised.party <> 'worker' or claim.date_of_death is null)
      join sla_policy policy
        on policy.client_id = claim.client_id and policy.effective_from = claim.sla_effective_from
     group by promised.client_id, promised.claim_id, policy.timezone
""", waits=False)  # fmt: skip


_BOOK_CALL = Arm(BOOK_CALL, f"""
    select unbooked.client_id, unbooked.claim_id,
           least(unbooked.due_at, unbooked.reported_at + interval '{BOOKED_WITHIN.total_seconds():.0f} s') as due_at,
           coalesce(last.changed_at, unbooked.reported_at) as at,
           case when spoken.permits is not true
                     and (coalesce(spoken.name, spoken.firm, spoken.phone, spoken.email) is not null
                          or worker.preferred_contact = 'attorney') then 'represented'
                else coalesce(last.status, 'reported') end as why,
           '{{{{}}}}'::text[] as elements
      from (select client_id, claim_id, worker_id, due_at, reported_at from claim
             where {{waiting}} {{scope}} and client_id = any ((select desk_calling_clients())::int[])
               and not exists (select from triage_call t where t.client_id = claim.client_id
                                  and t.claim_id = claim.claim_id and t.status = 'booked')
               and not exists (select from call_request q where q.client_id = claim.client_id
                                  and q.claim_id = claim.claim_id and q.settled_at is null)
             order by due_at, claim_id limit :most) unbooked
      left join injured_worker worker
        on worker.client_id = unbooked.client_id and worker.worker_id = unbooked.worker_id
      left join representative spoken
        on spoken.client_id = unbooked.client_id and spoken.claim_id = unbooked.claim_id
      left join lateral (
        select t.changed_at, t.status from triage_call t
         where t.client_id = unbooked.client_id and t.claim_id = unbooked.claim_id
         order by t.changed_at desc limit 1) last on true
""")  # fmt: skip

_MAKE_CALL = Arm(MAKE_CALL, """
    select booked.client_id, booked.claim_id, booked.starts_at as due_at,
           coalesce(booked.changed_at, booked.booked_at) as at, staff.timezone as why,
           array[staff.full_name] as elements, booked.clinician_id as who
      from (select client_id, claim_id, starts_at, changed_at, booked_at, clinician_id from triage_call
             where status = 'booked' {scope}
             order by starts_at, client_id, claim_id limit :most) booked
      join staff on staff.staff_id = booked.clinician_id
""", waits=False, held=True)  # fmt: skip

# A day that somebody said: it does not wait with the claim's clock, and the questions of a claim are one item.
_ASK_AGAIN = Arm(ASK_AGAIN, f"""
    select again.client_id, again.claim_id, min(again.ask_again_at) as due_at, max(again.answered_at) as at,
           'unknown' as why, array_agg(again.element order by again.ask_again_at, again.element) as elements
      from (select client_id, claim_id, element, ask_again_at, answered_at from intake_question unknown
             where {TO_ASK_AGAIN} {{scope}}
               and exists (select from claim where claim.client_id = unknown.client_id
                              and claim.claim_id = unknown.claim_id and claim.closed_at is null)
             order by ask_again_at, client_id, claim_id limit :most * {QUESTIONS}) again
     group by again.client_id, again.claim_id
""", waits=False)  # fmt: skip


_FINISH_INTAKE = Arm(FINISH_INTAKE, f"""
    select begun.client_id, begun.claim_id,
           begun.begun_at + interval '{FINISHED_WITHIN.total_seconds():.0f} s' as due_at, begun.begun_at as at,
           staff.full_name as why, '{{{{}}}}'::text[] as elements, begun.begun_by as who
      from (select client_id, claim_id, begun_at, begun_by from telephone_intake
             where ended_at is null {{scope}}
               and exists (select from claim where claim.client_id = telephone_intake.client_id
                              and claim.claim_id = telephone_intake.claim_id and claim.closed_at is null)
             order by begun_at, client_id, claim_id limit :most) begun
      join staff on staff.staff_id = begun.begun_by
""", waits=False, held=True)  # fmt: skip


_FIND_TIME = Arm(FIND_TIME, f"""
    select request.client_id, request.claim_id,
           least(claim.due_at, request.asked_at + interval '{ANSWERED_WITHIN.total_seconds():.0f} s') as due_at,
           request.asked_at as at, request.kind as why,
           array[asking.full_name, coalesce(asked.full_name, '')] as elements, coalesce(request.clinician_id, 0) as who
      from (select client_id, claim_id, kind, clinician_id, asked_at, asked_by from call_request
             where settled_at is null {{scope}} and (clinician_id is not null or (select desk_supervises()))
             order by asked_at, client_id, claim_id limit :most) request
      join claim on claim.client_id = request.client_id and claim.claim_id = request.claim_id
      join staff asking on asking.staff_id = request.asked_by
      left join staff asked on asked.staff_id = request.clinician_id
""", waits=False, held=True)  # fmt: skip


def _reached(item: Item) -> tuple[str, str]:
    if item.why == "reported":
        return "Reported, not tried yet", "Reported, and nobody has tried to reach the worker yet"
    short, whole = brief(*item.why.split("/"))
    return short, f"Last attempt: {whole}"


def _promise_soon(item: Item) -> timedelta:
    """As everywhere: by how long the promise is, and not by when anybody tried last."""
    return soon_below(item.due_at - item.reported_at)


def _asked(item: Item) -> tuple[str, str]:
    return _for("Ask for", item), _for("To ask for:", item, whole=True)


def _unknown(item: Item) -> tuple[str, str]:
    return _for("Ask again for", item), _for("To ask again for:", item, whole=True)


def _for(asked: str, item: Item, *, whole: bool = False) -> str:
    """Return what is *asked* for: the first elements briefly and how many more there are, or the *whole*."""
    elements = [element for element in dict.fromkeys(item.elements) if element in ELEMENTS]
    if whole:
        return f"{asked} {', '.join(ELEMENTS[each] for each in elements)}"
    more = f" +{len(elements) - _NAMED}" if len(elements) > _NAMED else ""
    return f"{asked} {', '.join(BRIEFLY[each] for each in elements[:_NAMED])}{more}"


def _promised(item: Item) -> tuple[str, str]:
    whom = [WORDS[Party(party)] for party in dict.fromkeys(item.elements)]
    local = item.due_at.astimezone(ZoneInfo(item.why))
    short = "" if whom[0] == WORDS[Party.WORKER] else f"{whom[0]}, "
    said = f"{short}promised for {local:%a} {zoned(local)}"
    more = f"; then {', '.join(whom[1:]).lower()}" if len(whom) > 1 else ""
    return said[0].upper() + said[1:], f"{promised_call(item.due_at, item.why)}: {whom[0].lower()}{more}"


_UNBOOKED = {
    "reported": ("No call booked", "No triage call is booked yet"),
    "missed": ("Missed the call", "The worker missed the last triage call: book another"),
    "cancelled": ("Call was cancelled", "The last triage call was cancelled: book another"),
    "represented": (
        "Ask the representative",
        "The worker is represented: agree the triage call with the representative, who permits it",
    ),
    "done": ("Call made, not reached", "A triage call was made without a first contact: book another"),
}


def _unbooked(item: Item) -> tuple[str, str]:
    return _UNBOOKED[item.why]


def _booked(item: Item) -> tuple[str, str]:
    local = item.due_at.astimezone(ZoneInfo(item.why))
    return f"{local:%a} {zoned(local)}, {item.elements[0]}", f"Triage call with {item.elements[0]}"


def _begun(item: Item) -> tuple[str, str]:
    return (
        "Begun by telephone",
        f"{item.why} has begun this claim by telephone; what else was told is not saved yet",
    )


def _to_find(item: Item) -> tuple[str, str]:
    asking, asked = item.elements
    said = {
        "overtime": (f"Overtime of {asked}?", f"{asking} asks {asked} for overtime"),
        "time": (f"Time of {asked}?", f"{asking} asks {asked} for time in a full calendar"),
        "escalation": (f"Escalated by {asking}", f"{asking} escalates this to supervisors"),
    }
    short, whole = said[item.why]
    return short, f"{whole}: no time is free for the triage call before the deadline"


KINDS: Sequence[WorkKind] = (
    WorkKind("first_contact", "First contact", _FIRST_CONTACT, _reached, _promise_soon),
    WorkKind("intake", "Intake", _INTAKE, _asked, lambda _: soon_below(INTAKE_WITHIN)),
    WorkKind("call_back", "Call back", _CALL_BACK, _promised),
    WorkKind("book_call", "Book call", _BOOK_CALL, _unbooked, lambda _: soon_below(BOOKED_WITHIN)),
    WorkKind("make_call", "Triage call", _MAKE_CALL, _booked),
    WorkKind("ask_again", "Ask again", _ASK_AGAIN, _unknown),
    WorkKind("finish_intake", "Finish intake", _FINISH_INTAKE, _begun, lambda _: FINISHED_WITHIN / 2),
    WorkKind("find_time", "Find a time", _FIND_TIME, _to_find, lambda _: soon_below(ANSWERED_WITHIN)),
    WorkKind("follow_up", "Follow up", of_authorizations.TO_FOLLOW_UP, of_authorizations.to_follow_up),
    WorkKind("determine", "Determine", of_authorizations.TO_DETERMINE, of_authorizations.to_determine),
    WorkKind("tell", "Tell", of_authorizations.TO_TELL, of_authorizations.to_tell),
    WorkKind(
        "correction", "Tell correction", of_authorizations.CORRECTION_TO_TELL, of_authorizations.correction_to_tell
    ),
    WorkKind("confirm_referral", "Confirm referral", of_referrals.TO_CONFIRM, of_referrals.to_confirm),
    WorkKind("appointment", "Appointment", of_referrals.TO_ATTEND, of_referrals.to_attend),
    WorkKind("referral_report", "Referral report", of_referrals.TO_REPORT, of_referrals.to_report),
    WorkKind("running_out", "Running out", of_authorizations.TO_RENEW, of_authorizations.to_renew),
    WorkKind("escalated", "Escalated", of_authorizations.WITH_CLINICAL, of_authorizations.not_answered),
    WorkKind("to_supervisor", "To supervisor", of_authorizations.WITH_SUPERVISORS, of_authorizations.not_answered),
)
"""
A claim whose triage call is booked before its deadline waits for that call, and for no other attempt; calls are to be
booked for clients for whom somebody makes them, unless somebody is asked for a time. A promised call is due when it was
promised: the next attempt that comes to the party has kept that, and one in vain if it was made at the promised time.
What is not known yet is asked again by the time that somebody said, the first of a claim's.
"""
