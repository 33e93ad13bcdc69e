"""Two hundred people watch live lists over real web sockets while they change once a second: one list, then three."""

import asyncio
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from math import inf
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import cast
from uuid import uuid4

import psutil
from sqlalchemy import text
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench.books import Book
from bench.measure import Line, ms, percentile
from core import contact, instant, worklist
from core.access import Actor, Role
from core.contact import Method, Outcome, Party
from core.staff.secrets import digest, new_token
from core.transactions import transaction
from pages.door.headers import SESSION
from tests.conftest import Desk
from tests.served import Page, Served, serve

MANY = 200
SOON, SHARE, CLICK = 250.0, 10.0, 100.0
LISTS = ("live_intake", "intake", "my_work")
EVERY = 1.0
"""Seconds between two changes."""
BETWEEN_CLICKS = 0.31


@dataclass
class _Change:
    """One attempt that was logged: of which claim, when its commit began, and what connection made it."""

    key: list[int]
    at: float
    backend: int


@dataclass
class _Crowd:
    """People who watch: each one's socket, and when which message reached it."""

    heard: list[list[tuple[float, str]]] = field(default_factory=list)

    async def join(
        self, stack: AsyncExitStack, served: Served, tokens: Iterable[str], lists: Sequence[str] = ("live_intake",)
    ) -> None:
        """Open a socket for each token, to the *lists* in turn, and wait until everybody has the whole of one."""
        few = asyncio.Semaphore(10)
        watched = zip(tokens, cycle(lists), strict=False)
        await asyncio.gather(*(self._one(stack, few, served, token, name) for token, name in watched))

    async def _one(self, stack: AsyncExitStack, few: asyncio.Semaphore, served: Served, token: str, name: str) -> None:
        async with few:
            link = await stack.enter_async_context(
                connect(
                    f"ws://localhost:{served.port}/live/{name}",
                    origin=Origin(served.address),
                    additional_headers={"cookie": f"{SESSION}={token}"},
                    max_size=None,
                )
            )
            heard: list[tuple[float, str]] = []
            while not cast(str, await link.recv()).startswith('{"t":"snapshot"'):
                pass
        self.heard.append(heard)
        listening = asyncio.ensure_future(self._listen(link, heard))
        stack.callback(listening.cancel)

    async def _listen(self, link: ClientConnection, heard: list[tuple[float, str]]) -> None:
        async for message in link:
            heard.append((monotonic(), cast(str, message)))

    def took(self, changes: list[_Change]) -> list[float]:
        """Return for each change and each viewer the seconds until it arrived; infinitely many where it never did."""
        keys: dict[str, list[list[int]]] = {}
        delays = []
        for heard in self.heard:
            for message in {message for _, message in heard} - keys.keys():
                keys[message] = [row[:2] for row in json.loads(message).get("rows", ())]
            for change in changes:
                delays.append(
                    next((at - change.at for at, m in heard if at > change.at and change.key in keys[m]), inf)
                )
        return delays


def lines(books: list[Book], count: int) -> list[Line]:
    """Return what the watching costs: statements, time to arrive, share of a core, and a click elsewhere meanwhile."""
    book = books[-1]
    seconds, many = (30, MANY) if count > 20 else (2, 20)
    book.bind()
    with tempfile.TemporaryDirectory(prefix="desk-bench-pages-") as folder:
        return asyncio.run(_lines(book, Path(folder), seconds, many))


async def _lines(book: Book, folder: Path, seconds: int, many: int) -> list[Line]:
    tokens = sign_in(book, Role.SUPERVISOR, many)
    [clicker] = sign_in(book, Role.VA, 1)
    va, waiting = book.person(Role.VA), _waiting(book)
    few = min(seconds, 10)
    counted = {}
    with _logging(book), serve(cast(Desk, book), folder) as served:
        for number in (1, many):
            async with AsyncExitStack() as stack:
                await _Crowd().join(stack, served, tokens[:number])
                await asyncio.sleep(EVERY)
                since = _log_length(book)
                changes = await _change(va, waiting, few)
                counted[number] = _statements(book, since, {change.backend for change in changes}) / few
    with serve(cast(Desk, book), folder) as served:
        process = psutil.Process(_process_of(served))
        quiet = await asyncio.to_thread(_clicks, served, clicker, waiting, few)
        async with AsyncExitStack() as stack:
            crowd = _Crowd()
            await crowd.join(stack, served, tokens)
            await asyncio.sleep(1)
            before, began = sum(process.cpu_times()[:2]), monotonic()
            changes = await _change(va, waiting, seconds)
            share = (sum(process.cpu_times()[:2]) - before) / (monotonic() - began) * 100
            changing = asyncio.ensure_future(_change(va, waiting, seconds))
            clicks = await asyncio.to_thread(_clicks, served, clicker, waiting, seconds)
            await changing
            took = crowd.took(changes)
        async with AsyncExitStack() as stack:
            crowd = _Crowd()
            await crowd.join(stack, served, tokens, LISTS)
            await asyncio.sleep(1)
            took_of_three = crowd.took(await _change(va, waiting, seconds))
    p95_of_three = percentile(took_of_three, 0.95) * 1000
    p95, p95_click = percentile(took, 0.95) * 1000, percentile(clicks, 0.95) * 1000
    who = f"{many} viewers, a change a second at {book.words}"
    return [
        Line(f"{who}: commit to socket, 95th percentile", ms(p95 / 1000), f"median {ms(median(took))}", p95, "ms", most=SOON),
        Line(f"{who}, over {len(LISTS)} lists: commit to socket, 95th percentile", ms(p95_of_three / 1000),
             f"median {ms(median(took_of_three))}", p95_of_three, "ms", most=SOON),
        Line(f"{who}: share of a core", f"{share:.1f}%", "", share, "%", most=SHARE),
        Line(f"Statements per change, {many} viewers over 1", f"{counted[many]:.1f}", f"{counted[1]:.1f}",
             counted[many] / counted[1], most=1.0),
        Line(f"{who}: a click elsewhere, 95th percentile", ms(p95_click / 1000),
             f"{ms(percentile(quiet, 0.95))} with no viewers", p95_click, "ms", most=CLICK),
    ]  # fmt: skip


def sign_in(book: Book, role: Role, number: int) -> list[str]:
    """Sign in the first *number* people of that role; their tokens."""
    tokens = [new_token() for _ in range(number)]
    with book.bare() as db:
        people = db.execute(
            "select staff_id from staff where role = %s and staff_id > 1 order by 1 limit %s", (role.value, number)
        ).fetchall()
        for token, (staff_id,) in zip(tokens, people, strict=True):
            db.execute(
                "insert into staff_session (token_hash, staff_id, issued_at, last_seen_at) values (%s, %s, %s, %s)",
                (digest(token), staff_id, instant.now(), instant.now()),
            )
    return tokens


def _waiting(book: Book) -> "cycle[tuple[int, int]]":
    """Return claims of the first VA that wait for first contact in everybody's list, whichever it is, over and over."""
    actor, everybody = book.person(Role.VA), book.person(Role.SUPERVISOR)
    with transaction(everybody) as tx:
        items = worklist.items(everybody, tx, at=instant.now())
    first = worklist.KINDS[0].arm.number
    return cycle(
        [(each.client_id, each.claim_id) for each in items if each.kind == first and each.client_id in actor.clients]
    )


async def _change(actor: Actor, waiting: "cycle[tuple[int, int]]", times: int) -> list[_Change]:
    """Log an attempt every second, as the service does it; wait until the last has had its time."""
    made = []
    for _ in range(times):
        began = monotonic()
        made.append(await asyncio.to_thread(_attempt, actor, *next(waiting)))
        await asyncio.sleep(EVERY - (monotonic() - began))
    return made


def _attempt(actor: Actor, client_id: int, claim_id: int) -> _Change:
    with transaction(actor) as tx:
        contact.log_attempt(
            actor, tx, client_id=client_id, claim_id=claim_id, party=Party.WORKER, method=Method.PHONE,
            outcome=Outcome.NO_ANSWER, note=None, at=instant.now(), request=uuid4(),
        )  # fmt: skip
        backend = tx.execute(text("select pg_backend_pid()")).scalar_one()
        at = monotonic()
    return _Change([client_id, claim_id], at, backend)


def _clicks(served: Served, token: str, waiting: "cycle[tuple[int, int]]", seconds: int) -> list[float]:
    """Click on a claim's page for so many seconds; how long each run took until all of it had arrived."""
    client_id, claim_id = next(waiting)
    took = []
    with served.page(cookie=served.cookies(token)) as page:
        for _ in range(3):
            _click(page, client_id, claim_id)
        until = monotonic() + seconds
        while monotonic() < until:
            began = monotonic()
            _click(page, client_id, claim_id)
            took.append(monotonic() - began)
            sleep(BETWEEN_CLICKS)
    return took


def _click(page: Page, client_id: int, claim_id: int) -> None:
    page.send(BackMsg(rerun_script={"page_name": "claim", "query_string": f"client={client_id}&claim={claim_id}"}))
    page.drawn()


@contextmanager
def _logging(book: Book) -> Iterator[None]:
    """Let PostgreSQL log every statement of connections that the application opens from now on."""
    name = book.app_url.database
    with book.bare() as db:
        db.autocommit = True
        db.execute(f"alter role desk_app in database {name} set log_statement = 'all'".encode())
        try:
            yield
        finally:
            db.execute(f"alter role desk_app in database {name} reset log_statement".encode())


def _log_length(book: Book) -> int:
    with book.bare() as db:
        row = db.execute("select size from pg_stat_file('log')").fetchone()
        assert row is not None
        return int(row[0])


def _statements(book: Book, since: int, ours: set[int]) -> int:
    """Return how many statements the log has from byte *since* on, those of the connections *ours* left out."""
    with book.bare() as db:
        row = db.execute("select pg_read_binary_file('log', %s, 100000000)", (since,)).fetchone()
        assert row is not None
    log = bytes(row[0]).decode("utf-8", "replace")
    # An empty statement asks a connection that rested whether it still lives: that depends on its rest, not on viewers.
    pids = re.findall(r"\[(\d+)\] LOG:  (?:statement: (?!;)|execute )", log)
    return sum(int(pid) not in ours for pid in pids)


def _process_of(served: Served) -> int:
    """Return the process that answers at the server's port."""
    for process in psutil.Process().children():
        if str(served.port) in process.cmdline():
            return process.pid
    raise LookupError("the server of the pages is not among our processes")
