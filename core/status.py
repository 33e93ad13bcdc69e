"""Whether all is well with the desk's own works; if not, what to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, text

from core import readiness, words
from core.access import Action, Actor, require

TASKS: Mapping[str, str] = MappingProxyType(
    {
        "fold_facts": "adding up the counts",
        "forget_drafts": "forgetting what was typed and not sent",
        "tell_refusals": "putting refused sign-ins on the record",
        "make_audit_months": "preparing the record's next months",
        "end_cover": "ending cover that is over",
        "begin_rules": "having rules of intake, statutory clocks and cadences begin on their day",
        "forget_jobs": "clearing away old jobs",
    }
)
"""What each background job does, by its name."""

# By the database's own clock, which these rows were written by. A worker says every ten seconds that it is there.
_SEEN = text("""
    select (select extract(epoch from now() - max(last_heartbeat))::int from procrastinate_workers),
           (select json_object_agg(task_name, times) from (
              select j.task_name, count(*) as times
                from procrastinate_jobs j join procrastinate_events e on e.job_id = j.id and e.type = 'failed'
               where j.status = 'failed' and e.at > now() - interval '1 day' group by 1) failed),
           to_regclass('public.audit_event_' || to_char(now() at time zone 'UTC', 'YYYYMM')) is null,
           current_setting('server_version')
""")

SILENT_AFTER = 120
"""Seconds without a word from any worker, after which background work counts as stopped."""


class Finding(NamedTuple):
    """One thing that is not well, and what to do; whole sentences."""

    what: str
    to_do: str


class Status(NamedTuple):
    """What is not well (nothing: all is), and the version of the database's server."""

    findings: list[Finding]
    server_version: str


def look(actor: Actor, tx: Connection) -> Status:
    """
    Return how the desk's own works are.

    :raises NotAllowed: if the actor does not read the status.
    """
    require(actor, Action.STATUS_READ)
    silent, failed, no_month, version = tx.execute(_SEEN).one()
    findings = []
    if trouble := readiness.trouble():
        findings.append(Finding("The desk is not ready.", trouble))
    if silent is None or silent > SILENT_AFTER:
        findings.append(
            Finding(
                "Background work stands still: counts and ended cover fall behind.",
                "Restart the desk, or start python -m core worker beside it.",
            )
        )
    for task, times in sorted((failed or {}).items()):
        findings.append(
            Finding(
                f"A background job failed {words.counted(times, 'time')} in the last 24 hours:"
                f" {TASKS.get(task, task.replace('_', ' '))}.",
                "It is tried again by itself. If it keeps failing, look for the error in the desk's log.",
            )
        )
    if no_month:
        findings.append(
            Finding(
                "The record has no table of its own for this month; nothing is lost.",
                "It is made within a day by background work: see that it runs.",
            )
        )
    return Status(findings, version.partition(" ")[0])
