"""The queue: the claims that wait for first contact, the most urgent first, as live lists and one after the other."""

from core.queue.following import next_waiting, on_list
from core.queue.lists import INTAKE, LIVE_INTAKE
from core.queue.waiting import queue, read, stage, tally
from db.queries.queue import Tally, Waiting

__all__ = [
    "INTAKE",
    "LIVE_INTAKE",
    "Tally",
    "Waiting",
    "next_waiting",
    "on_list",
    "queue",
    "read",
    "stage",
    "tally",
]
