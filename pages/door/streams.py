"""The open pages of this process: who each belongs to, what it was sent, and how all are told that access changed."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.access import Actor

KEPT = 90.0
"""Seconds for which it is known what a page was sent after its socket dropped: longer than it can be taken up again."""

_MEDIA = b"/media/"
_FILE = re.compile(rb"(.?)" + _MEDIA + rb"([0-9A-Za-z._-]+)", re.DOTALL)


@dataclass(eq=False)
class Stream:
    """
    One page's web socket: the person and session at its handshake (None: nobody), and what it is to be told.

    `page_id` is Streamlit's number of the socket's session, known once a page is drawn; `shown` that of the page which
    is shown there, `query` what follows in its address, and `context` what the browser said last of itself.
    """

    staff_id: int | None
    session_id: int | None
    page_id: str = ""
    shown: str = ""
    query: str = ""
    context: ContextInfo = field(default_factory=ContextInfo)
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(maxsize=1))

    def nudge(self) -> None:
        """
        Have the page drawn anew, as a browser would ask for it; it then asks who is signed in, as on every run.

        One nudge waiting is enough.
        """
        if self.waiting.empty():
            asked = {"page_script_hash": self.shown, "query_string": self.query, "is_auto_rerun": True}
            again = BackMsg(rerun_script=asked)
            again.rerun_script.context_info.CopyFrom(self.context)
            self.waiting.put_nowait(again.SerializeToString())

    def heard(self, said: BackMsg) -> None:
        """Note the address at which the browser asks for a page."""
        if said.WhichOneof("type") == "rerun_script":
            self.query = said.rerun_script.query_string
            self.context.CopyFrom(said.rerun_script.context_info)

    def sent(self, frame: bytes) -> bytes:
        """
        Note which page this is and which files its browser is told of; return *frame* as it goes out.

        A page's first message names Python's and Streamlit's versions and where the code lies: that stays here.
        """
        if _MEDIA in frame and self.page_id:
            _files.setdefault(self.page_id, set()).update(_named(frame))
        if len(frame) < _OF_THE_PAGE:
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif message.WhichOneof("type") == "navigation":
                self.shown = message.navigation.page_script_hash
        if _PATH_IN_FRAME not in frame:
            return frame
        message = ForwardMsg.FromString(frame)
        if message.WhichOneof("type") != "new_session":
            return frame
        self.page_id = message.new_session.initialize.session_id
        message.new_session.main_script_path = ""
        message.new_session.initialize.environment_info.Clear()
        message.new_session.initialize.environment_info.SetInParent()  # the browser wants it there, be it empty
        return message.SerializeToString()


_PATH_IN_FRAME = b"menu.py"
"""What every message that begins a run holds: the path of the script that draws all pages."""

_OF_THE_PAGE = 8192
"""Bytes below which a message stays that says which page is shown, or at which address."""

open_streams: set[Stream] = set()
_files: dict[str, set[str]] = {}
"""By page, the names of the files under /media/ that its browser was told of."""


def _named(frame: bytes) -> Iterator[str]:
    """
    Yield the names of the files that a frame tells of. A text of its own has its length before it: what follows it in
    the frame may be a letter as well, and is none of the name.
    """
    for before, name in _FILE.findall(frame):
        yield name.decode()
        length = (before or b"\0")[0] - len(_MEDIA)
        if 0 < length < len(name):
            yield name[:length].decode()


def left(stream: Stream) -> None:
    """Take *stream* for closed. Its page's files are forgotten later: it may be taken up again."""
    open_streams.discard(stream)
    if stream.page_id:
        asyncio.get_running_loop().call_later(KEPT, _forget, stream.page_id)


def _forget(page_id: str) -> None:
    if all(stream.page_id != page_id for stream in open_streams):
        _files.pop(page_id, None)


def owns_page(person: Actor, page_id: str) -> bool:
    """Tell whether an open page is of this very sign-in."""
    return any(stream.page_id == page_id and stream.session_id == person.session_id for stream in open_streams)


def owns_file(person: Actor, name: str) -> bool:
    """Tell whether the file *name* under /media/ was made for an open page of this very sign-in."""
    mine = {stream.page_id for stream in open_streams if stream.session_id == person.session_id}
    return any(name in _files.get(page_id, ()) for page_id in mine)


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
