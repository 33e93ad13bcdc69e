"""The open pages of this process: who each belongs to, and how all of them are told at once that access changed."""

import asyncio
import json
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg

_RUN_AGAIN = BackMsg(rerun_script={}).SerializeToString()
"""What a browser would send to have its page drawn anew; the page then asks who is signed in, as on every run."""


@dataclass(eq=False)
class Stream:
    """One page's web socket: the person and session at its handshake (None: nobody), and what it is to be told."""

    staff_id: int | None
    session_id: int | None
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(maxsize=1))

    def nudge(self) -> None:
        """Have the page drawn anew; one nudge waiting is enough."""
        if self.waiting.empty():
            self.waiting.put_nowait(_RUN_AGAIN)


open_streams: set[Stream] = set()


def access_changed(payload: str) -> None:
    """
    Nudge the pages of the person or session that a `desk_access` notification names: `{"staff": 4}`, `{"session": 9}`.

    Call it on the event loop. Without it each page notices at its next run, at the latest after a minute.
    """
    changed = json.loads(payload)
    for stream in tuple(open_streams):
        if stream.session_id is not None and (
            stream.staff_id == changed.get("staff") or stream.session_id == changed.get("session")
        ):
            stream.nudge()
