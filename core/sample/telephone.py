"""Calls that the sample's VAs have not brought to an end: one whose claim is begun, and one with a few words."""

from datetime import datetime, timedelta

from core import calendars, drafts
from core.access import Actor
from core.intake import Report, telephone
from core.sample.people import SampleClient
from core.transactions import transaction

_AGO = timedelta(minutes=25)
"""How long ago the line dropped."""


def leave_unfinished(va: Actor, client: SampleClient, client_id: int, at: datetime) -> None:
    """Let the VA begin a claim on the telephone, and not save what else was told."""
    begun = at - _AGO
    injured = (begun - timedelta(days=1)).astimezone(calendars.zone(client.timezone)).date()
    request = drafts.new_request(at=begun)
    told = {
        "client": client.name, "reporter": "Pat Sampleton, shift lead", "reporter_phone": "(312) 555-0148",
        "given_name": "Jamie", "family_name": "Samplewood", "date_of_injury": f"{injured:%m/%d/%Y}",
        "narrative": "Twisted a knee stepping down from a loading dock.", "occupation": "dock worker",
    }  # fmt: skip
    with transaction(va) as tx:
        drafts.keep(va, tx, form=drafts.Form(drafts.REPORT), request=request, fields=told, at=begun)
        telephone.begin(
            va, tx, client_id=client_id, at=begun, request=request,
            report_so_far=Report("Samplewood", injured, begun.replace(second=0, microsecond=0), given_name="Jamie"),
        )  # fmt: skip


def leave_words(va: Actor, client: SampleClient, at: datetime) -> None:
    """Let the VA type who calls, and be called away before the worker was named."""
    words = {"client": client.name, "reporter": "Sam Placeholder, plant nurse", "reporter_phone": "(602) 555-0153"}
    with transaction(va) as tx:
        drafts.keep(
            va, tx, form=drafts.Form(drafts.REPORT), request=drafts.new_request(at=at - _AGO), fields=words,
            at=at - _AGO,
        )  # fmt: skip
