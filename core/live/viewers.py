"""Who is looking: each open board with what waits to be sent to it, and the boards of one list and scope together."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import instant
from core.access import Actor
from core.live import pages_first, snapshots
from core.live.live_list import LiveList, Scope, Snapshot, Source

WAITING = 8
"""How many messages wait for one browser. Slower than that, it gets a fresh snapshot when it is ready."""

HEARTBEAT = 15.0
"""Seconds of silence after which a board is told that nothing changed."""

FRESH = timedelta(seconds=1)
"""How long after it was read a list is sent as it stands; after that, with what time it is."""

AT_ONCE = 20
"""How many browsers are sent a change before the event loop turns to what else waits, such as somebody's page."""

BETWEEN = 0.002
"""Seconds that the loop has for all else between so many browsers and the next."""


@dataclass(eq=False)
class Board:
    """
    The viewers of one source in one scope and what they are shown, touched on the event loop only.

    `read` and `read_version` are the reader's own: what it read last, and will have shown. `unread` says that something
    changed while everybody's right was being asked, so that nobody could read it: the first answer has it read. `first`
    is held while the board is read for whoever came first. `failed_since` is since when it cannot be read, though the
    database is there; None while it can.
    """

    source: Source
    scope: Scope
    viewers: set["Viewer"] = field(default_factory=set)
    latest: Snapshot | None = None
    version: int = 0
    read: Snapshot | None = None
    read_version: int = 0
    unread: bool = False
    failed_since: datetime | None = None
    first: asyncio.Lock = field(default_factory=asyncio.Lock)
    _whole: str | None = None

    def show(self, snapshot: Snapshot, version: int, message: str | None) -> None:
        """
        Take the newest snapshot, and hand *message*, the change that led to it, to everybody who is up to date.

        All have it at once; it is sent to so many of them at a time, and waits a moment for pages that are being drawn.
        """
        self.latest, self.version, self._whole = snapshot, version, None
        for viewer in self.viewers:
            viewer.tell(message)
        _wake(list(self.viewers))

    def fail(self, at: datetime) -> None:
        """Tell everybody that what they see has not been read anew since *at*, once until it is read again."""
        if self.failed_since is None:
            self.failed_since = at
            for viewer in self.viewers:
                viewer.warn(snapshots.stale(at))

    def recover(self) -> None:
        """Tell those who were told that it failed that what they see is right again, or will be with what follows."""
        if self.failed_since is not None:
            self.failed_since = None
            for viewer in self.viewers:
                viewer.tell(snapshots.still(self.version, instant.now()))
            _wake(list(self.viewers))

    def whole(self) -> str:
        """Return the newest snapshot as a message; written once, however many ask."""
        if self._whole is None:
            assert self.latest is not None
            clients = None if self.scope is None else len(self.scope)
            self._whole = snapshots.whole(self.source, self.latest, self.version, clients=clients)
        return self._whole


@dataclass(eq=False)
class Viewer:
    """
    One open board: the person, the digest of the session's token, the list looked at, and what waits to be sent.

    `behind` means that the next rows sent are a whole snapshot; `right_unknown` that the person's right is being read
    anew, and no row is sent meanwhile. Touched on the event loop only, except `until`: when the session will have
    idled out, as read last.
    """

    actor: Actor
    token: bytes
    live_list: LiveList
    board: Board
    until: datetime | None = None
    behind: bool = True
    right_unknown: bool = False
    over: bool = False
    _pending: deque[str] = field(default_factory=deque)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self) -> str | None:
        """
        Wait for the next message and return it; None when the right to look is over.

        Never waits longer than HEARTBEAT while there is a board to be right about.
        """
        while True:
            if self._pending:
                return self._pending.popleft()
            if self.over:
                return None
            if self.behind and not self.right_unknown and self.board.latest is not None:
                self.behind = False
                if self.board.failed_since is None and instant.now() - self.board.latest.at > FRESH:
                    # Read some time ago, and every change since is in it: by its own time the clocks would be behind.
                    self._pending.append(snapshots.still(self.board.version, instant.now()))
                return self.board.whole()
            self._woken.clear()
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await self._woken.wait()
            except TimeoutError:
                if self._pending:
                    continue  # a change that is to be sent any moment: without it the board would be read anew
                if (failed := self.board.failed_since) is not None:
                    return snapshots.stale(failed)
                if not self.behind:
                    return snapshots.still(self.board.version, instant.now())

    def tell(self, message: str | None) -> None:
        """Have *message* wait to be sent, unless a whole snapshot will be; one who cannot keep up gets that instead."""
        if self.behind or message is None:
            pass
        elif len(self._pending) >= WAITING:
            self._pending.clear()
            self.behind = True
        else:
            self._pending.append(message)

    def wake(self) -> None:
        """Have what waits sent."""
        self._woken.set()

    def warn(self, message: str) -> None:
        """Have *message* sent even to one who has no snapshot yet."""
        self._pending.append(message)
        self._woken.set()

    def halt(self) -> None:
        """Send no more rows until it is known whether the person still may look."""
        self.right_unknown = self.behind = True
        self._pending.clear()

    def blank(self) -> None:
        """Empty the board: whether the person may look cannot be found out at the moment."""
        self.halt()
        self.warn(snapshots.EMPTY)

    def go_on(self, actor: Actor, board: Board) -> None:
        """The person may look at *board*. If it is another one, what is shown empties at once and fills anew."""
        if board is not self.board:
            self._pending.clear()
            self.behind = True
            self.warn(snapshots.EMPTY)
        self.actor, self.board, self.right_unknown = actor, board, False
        self._woken.set()

    def end(self) -> None:
        """The person may not look any more: the board empties at once, and that is all."""
        self.halt()
        self.over = True
        self.warn(snapshots.BYE)


def _wake(viewers: Sequence[Viewer], waits_until: float | None = None) -> None:
    """Have what waits for *viewers* sent, some at a time, and while pages are drawn none; that, on the loop's clock."""
    loop = asyncio.get_running_loop()
    waits_until = loop.time() + pages_first.AT_MOST if waits_until is None else waits_until
    few = 0 if pages_first.going_on() and loop.time() < waits_until else AT_ONCE
    for viewer in viewers[:few]:
        viewer.wake()
    if rest := viewers[few:]:
        loop.call_later(BETWEEN, _wake, rest, waits_until)
