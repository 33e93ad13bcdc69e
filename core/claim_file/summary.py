"""A claim's summary: gathered as it stands, for the house to read or for somebody outside."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from core import words
from core.access import Actor
from core.claim_file.conditions import NETWORKS, STATUSES, Status
from core.claim_file.reading import read
from core.clocks import sentence
from core.contact import EXPLAINED_WORDS, IDENTITY_WORDS, WORDS, WORK_WORDS, Method, Outcome, Party
from core.intake import ELEMENTS, LOST_TIME, TREATMENTS, ClaimPage, Entry, OpenQuestion, open_claim
from core.intake.fields import written
from core.typeset import ClaimSummary, Fact, claim_summary
from db.queries.files import ClaimFile


def summary(actor: Actor, tx: Connection, client_id: int, claim_id: int, *, at: datetime) -> bytes:
    """
    Return the claim's summary *at* a moment as a PDF; the same claim at the same moment is the same file.

    It tells who the worker is by name and date of birth, and nothing that the worker or others said in their own words:
    no note, no story, no telephone number, no address. It is a look, on the record.

    :raises NotAllowed: if the actor reads no files.
    :raises NoSuchClaim: if the claim is not there for the actor.
    :raises Unprintable: if a name has letters for which this machine has no font.
    """
    kept = read(actor, tx, client_id, claim_id, shown="summary")
    page = open_claim(actor, tx, client_id, claim_id)
    return claim_summary(_gathered(page, kept, at))


def _gathered(page: ClaimPage, kept: ClaimFile, at: datetime) -> ClaimSummary:
    header, worker, story, zone = page.header, page.worker, page.narrative, page.header.client_timezone
    injured = words.day(header.date_of_injury, header.injured_time)
    asked = [each for each in page.questions if each.asked_again_at is None]
    return ClaimSummary(
        number=header.claim_number,
        client=header.client_name,
        as_of=words.instant(at, zone),
        worker=_known(
            {"Worker": worker.name, "Born": words.day(worker.birth_date) if worker.birth_date else None}
        ),
        claim=_known(
            {
                "Client's number": header.client_claim_number,
                "State": header.jurisdiction,
                "Injured": injured,
                "Part of body": story.body_part,
                "Nature": story.nature,
                "Cause": story.cause,
                "Treatment": TREATMENTS[story.initial_treatment] if story.initial_treatment else None,
                "Occupation": story.occupation,
                "Lost time": LOST_TIME[story.lost_time] if story.lost_time else None,
                "Last day worked": words.day(story.last_day_worked) if story.last_day_worked else None,
                "Return to work": words.day(story.return_to_work) if story.return_to_work else None,
                "Modified duty": written(story.modified_duty),
                "Date of death": words.day(header.date_of_death) if header.date_of_death else None,
                "Closed": words.instant(header.closed_at, zone) if header.closed_at else None,
            }
        ),
        clock=_known(
            {
                "Reported": words.instant(header.reported_at, zone),
                "First contact due": words.instant(header.due_at, zone),
                "First contact": words.instant(header.first_contact_at, zone) if header.first_contact_at else "not yet",
                **_held(page.timeline),
            }
        ),
        why=sentence(page.deadline(now=at), zone),
        contacts=tuple(_contact(entry, zone) for entry in reversed(page.timeline) if entry.kind == "attempt"),
        intake=tuple((ELEMENTS.get(each.element, each.element).capitalize(), _stands(each)) for each in asked),
        conditions=tuple(
            (one.code or "–", one.words, STATUSES[Status(one.status)], words.day(one.since))
            for one in kept.conditions
            if one.of is None
        ),
        network=NETWORKS[kept.certified],
    )  # fmt: skip


def _known(facts: dict[str, str | None]) -> tuple[Fact, ...]:
    return tuple((label, value) for label, value in facts.items() if value)


def _contact(entry: Entry, zone: str) -> tuple[str, str, str, str]:
    whom = f"{WORDS[Party(entry.party or '')]}, {WORDS[Method(entry.method or '')].lower()}"
    outcome = WORDS[Outcome(entry.outcome or "")]
    if entry.substantive:
        outcome = f"{'First contact' if entry.struck_at is None else 'Struck, no first contact'}: {outcome.lower()}"
    return words.instant(entry.at, zone), whom, outcome, entry.by


def _held(timeline: Sequence[Entry]) -> dict[str, str | None]:
    """Return what the first contact held that stands, without anybody's own words."""
    held = next((entry.held for entry in timeline if entry.held and entry.struck_at is None), None)
    if held is None:
        return {}
    return {
        "Identity confirmed by": ", ".join(IDENTITY_WORDS[item] for item in held["identity"]).lower(),
        "Explained": ", ".join(EXPLAINED_WORDS[point] for point in held["explained"]).lower(),
        "Work": WORK_WORDS[held["work_status"]].lower(),
    }


def _stands(question: OpenQuestion) -> str:
    if question.answered_at is None:
        return "still to ask"
    if question.to_ask_again:
        return "not known yet"
    return "cannot be had" if question.unobtainable_why else "answered"
