"""One listener per process: it hears of every change, reads each scope of a list once, and tells its boards."""

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy.exc import OperationalError

from core import instant
from core.access import Actor
from core.live import pages_first, snapshots
from core.live.admission import still_admitted
from core.live.live_list import LiveList, Scope, Snapshot, Source
from core.live.viewers import Board, Viewer
from core.transactions import transaction
from db.listening import listening
from db.queries.scope import scope_of_reader

ACCESS_CHANNEL = "desk_access"
"""Where it is announced that a person's or a session's rights changed."""

BURST = 0.06
"""Seconds of rest between two readings of lists: what is announced meanwhile is collected and read once."""

ASK_EVERY = 30.0
"""Seconds between two askings of all viewers' rights, in one query, whatever was or was not announced."""

READ_EVERY = 60.0
"""Seconds after which lists are read without being told to: what is due becomes overdue with nobody writing."""

STOP_WITHIN = 0.2
"""Seconds after which the listener looks up from waiting, to see whether it should end."""

LONGEST_WAIT = 10.0
"""The most seconds between two tries to reach the database."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reach:
    """
    Whom the live lists reach: how many boards, of how many lists and scopes, and whether changes are heard at present.

    `stale_since` is since when they are not heard: None while they are, and before they were for the first time.
    """

    viewers: int
    scopes: int
    listening: bool
    stale_since: datetime | None


class Hub:
    """The boards of this process and the listener that feeds them."""

    def __init__(self) -> None:
        self._boards: dict[tuple[Source, Scope], Board] = {}
        self._viewers: set[Viewer] = set()
        self._reading = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._listening = False
        self._stale_since: datetime | None = None
        self._address = ""
        self._channels: frozenset[str] = frozenset()
        self._on_access: Sequence[Callable[[str], None]] = ()

    # On the event loop ------------------------------------------------------------------------------------------------

    def start(self, address: str, *, channels: Iterable[str], on_access: Iterable[Callable[[str], None]] = ()) -> None:
        """
        Begin to listen on a connection of its own to *address* (direct, not through a pooler), on the running loop.

        :param channels: where changes of what lists show are announced.

        Each of *on_access* is called on the loop with the payload of every `desk_access` notification.
        """
        self._address, self._on_access, self._channels = address, tuple(on_access), frozenset(channels)
        self._loop = asyncio.get_running_loop()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._listen, name="desk-live", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """End the listener. Boards that are open stay, and find themselves stale."""
        self._stopping.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, 5)
        self._thread = None
        self._listening = False

    async def join(self, actor: Actor, token: bytes, live_list: LiveList) -> Viewer:
        """
        Let *actor* look at *live_list* in that scope; *token* is the digest of the session's token.

        The right is asked once more when the viewer is known here, so that no revocation falls in between.
        """
        board = self._board(live_list.source, actor.scope)
        viewer = Viewer(actor, token, live_list, board, right_unknown=True)
        board.viewers.add(viewer)
        self._viewers.add(viewer)
        try:
            await asyncio.to_thread(self._ask, [viewer])
        except Exception as failed:
            # Asked again by the listener when it reaches the database; until then the board stays empty.
            _log.warning("a viewer's right could not be asked: %s", type(failed).__name__)
        if (since := self._stale_since or viewer.board.failed_since) is not None:
            viewer.warn(snapshots.stale(since))
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Forget *viewer*, and the board that nobody looks at any more."""
        self._viewers.discard(viewer)
        self._take_off(viewer)

    def reach(self) -> Reach:
        """Return whom the live lists reach at present."""
        return Reach(len(self._viewers), len(self._boards), self._listening, self._stale_since)

    def _board(self, source: Source, scope: Scope) -> Board:
        return self._boards.setdefault((source, scope), Board(source, scope))

    def _take_off(self, viewer: Viewer) -> None:
        board = viewer.board
        board.viewers.discard(viewer)
        key = (board.source, board.scope)
        if not board.viewers and self._boards.get(key) is board:
            del self._boards[key]

    async def _first_read(self, board: Board) -> None:
        async with board.first:  # whoever comes meanwhile waits here, on no thread, and is shown what is read
            if board.latest is not None and not board.unread:
                return
            try:
                await asyncio.to_thread(self._read, board)
            except Exception as failed:
                # Read by the listener as soon as it reaches the database; until then the board waits.
                _log.warning("a list could not be read: %s", type(failed).__name__)
                board.fail(instant.now())

    async def _answered(self, viewer: Viewer, actor: Actor | None) -> None:
        if viewer not in self._viewers:
            return
        if actor is None or not viewer.live_list.may_watch(actor):
            self._take_off(viewer)
            viewer.end()
            return
        if actor.scope != viewer.board.scope:
            self._take_off(viewer)
        board = self._board(viewer.live_list.source, actor.scope)
        board.viewers.add(viewer)
        viewer.go_on(actor, board)
        await self._first_read(board)

    def _say_stale(self, since: datetime | None) -> None:
        self._listening, self._stale_since = since is None, since
        for viewer in self._viewers:
            if since is not None:
                viewer.warn(snapshots.stale(since))
            elif not viewer.behind:
                viewer.warn(snapshots.still(viewer.board.version, instant.now()))

    # On the listener's thread -----------------------------------------------------------------------------------------

    def _call(self, act: Callable[..., Any], *args: Any) -> None:
        assert self._loop is not None
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, *args)

    def _listen(self) -> None:
        wait = 0.25
        while not self._stopping.is_set():
            try:
                with listening(self._address, ACCESS_CHANNEL, *sorted(self._channels)) as connection:
                    # What was said while nobody listened is not said again: ask and read everything once.
                    self._ask(None)
                    self._read_all()
                    self._call(self._say_stale, None)
                    wait = 0.25
                    self._hear(connection)
            except Exception as failed:
                _log.warning("the live lists lost the database: %s", type(failed).__name__)
                self._call(self._say_stale, self._stale_since or instant.now())
                self._stopping.wait(wait)
                wait = min(LONGEST_WAIT, wait * 2)

    def _hear(self, connection: psycopg.Connection) -> None:
        asked_at = read_at = monotonic()
        rested_at = 0.0  # a change after a rest is read at once
        while not self._stopping.is_set():
            notices = list(connection.notifies(timeout=STOP_WITHIN, stop_after=1))
            if notices:
                notices += connection.notifies(timeout=max(0.0, rested_at - monotonic()))
            access = [each.payload for each in notices if each.channel == ACCESS_CHANNEL]
            changes = [(each.channel, each.payload) for each in notices if each.channel != ACCESS_CHANNEL]
            if access:
                self._access_changed(access)
            self._ask_the_idle()
            if changes:
                pages_first.wait()
                self._read_changed(changes)
                rested_at = monotonic() + BURST
            now = monotonic()
            if now - asked_at > ASK_EVERY:
                asked_at = now
                connection.execute("select 1")  # a connection that died in silence is found here
                self._ask(None)
            if now - read_at > READ_EVERY:
                read_at = now
                self._read_all()

    def _access_changed(self, payloads: Iterable[str]) -> None:
        people, sessions = set(), set()
        for payload in payloads:
            if named := _named(payload, "staff", "session"):
                for hook in self._on_access:
                    self._call(hook, payload)
                people.add(named.get("staff"))
                sessions.add(named.get("session"))
        # list() of a set is one step of the interpreter: the loop cannot change the set in the midst of it.
        self._ask([v for v in list(self._viewers) if v.actor.staff_id in people or v.actor.session_id in sessions])

    def _ask_the_idle(self) -> None:
        """Ask those whose time is up unless they did something since: no change is shown to one who idled out."""
        now = instant.now()
        self._ask([v for v in list(self._viewers) if v.until is not None and v.until <= now])

    def _ask(self, viewers: Sequence[Viewer] | None) -> None:
        """Ask in one query whether *viewers* (None: all) may look on; those who are named see no row meanwhile."""
        those = list(self._viewers) if viewers is None else viewers
        if not those:
            return
        try:
            if viewers is not None:
                for viewer in those:
                    self._call(viewer.halt)
            admitted = still_admitted([viewer.token for viewer in those], at=instant.now())
        except Exception:
            for viewer in those:
                self._call(viewer.blank)
            raise
        for viewer in those:
            actor, viewer.until = admitted.get(viewer.token, (None, None))
            if viewers is not None or viewer.right_unknown or actor != viewer.actor:
                self._call(self._schedule_answer, viewer, actor)

    def _schedule_answer(self, viewer: Viewer, actor: Actor | None) -> None:
        task = asyncio.ensure_future(self._answered(viewer, actor))
        _answers.add(task)
        task.add_done_callback(_answers.discard)

    def _read_changed(self, changes: Iterable[tuple[str, str]]) -> None:
        """Read the boards whom *changes*, channels and payloads, are about."""
        changed: dict[str, set[int]] = {}
        for channel, payload in changes:
            if named := _named(payload, "client"):
                changed.setdefault(channel, set()).add(named["client"])
        for board in list(self._boards.values()):
            clients = changed.get(board.source.channel)
            if clients and (board.scope is None or clients & board.scope):
                self._read_by_itself(board)

    def _read_all(self) -> None:
        for board in list(self._boards.values()):
            self._read_by_itself(board)

    def _read_by_itself(self, board: Board) -> None:
        """Read *board*; where what it shows cannot be read, it says so, and the others are none the worse for it."""
        try:
            self._read(board)
        except OperationalError:
            raise  # the database is out of reach, for all of them
        except Exception as failed:
            _log.exception("the list %s could not be read: %s", board.source.name, type(failed).__name__)
            self._call(board.fail, instant.now())

    def _read(self, board: Board) -> None:
        """Read what *board* shows, as one of its viewers, and show what changed. One reading at a time."""
        with self._reading:
            board.unread = True  # until it is read: whatever keeps it from being read, an answer has it tried again
            snapshot = _snapshot(board)
            if snapshot is None:
                return
            board.unread = False
            self._call(board.recover)
            # What the loop will hold by then: every showing comes from here, in order.
            before, version = board.read, board.read_version
            if before is None:
                message, version = None, 1
            else:
                message = snapshots.difference(board.source, before, snapshot, version + 1)
                if message is None:
                    return
                version += 1
            board.read, board.read_version = snapshot, version
            self._call(board.show, snapshot, version, message)


def _named(payload: str, *kinds: str) -> dict[str, int]:
    """
    Return the numbers that a notification names, by kind; none of one that does not say what ours say.

    Any role of the server can announce anything on any channel.
    """
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        content = {}
    numbers = {kind: content[kind] for kind in kinds if type(content.get(kind)) is int}
    if not numbers:
        _log.warning("a notification that names no %s was dropped", " and no ".join(kinds))
    return numbers


def _snapshot(board: Board) -> Snapshot | None:
    """
    Read as the first viewer whom the database still grants exactly this scope; None if there is none.

    A viewer whose rights have just been changed would read other rows than the others are owed.
    """
    for actor in dict.fromkeys(viewer.actor for viewer in list(board.viewers) if not viewer.right_unknown):
        with transaction(actor, one_moment=True) as tx:
            snapshot = board.source.read(actor, tx, instant.now())
            if scope_of_reader(tx) == board.scope:
                return snapshot
    return None


_answers: set[asyncio.Future[None]] = set()
"""Answers on their way, held so that they are not collected before they are given."""

hub = Hub()
"""This process's own."""
