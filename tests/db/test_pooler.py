"""Behind PgBouncer in transaction mode everybody shares one connection, and nobody sees what is another's."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import URL
from websockets.sync.client import connect
from websockets.typing import Origin

from core import assignment, contact, feeds, instant, jobs
from core.access import Actor, Role
from core.transactions import system_transaction, transaction
from db import migrate, session
from tests import claim_feeds, factories, loops, pooler, signing_in
from tests.conftest import Desk
from tests.factories import NOW
from tests.served import PATIENCE, Served, serve

BACKEND = text("select pg_backend_pid()")
SCOPE = text("select current_setting('desk.staff', true)")
LOCKS = text(
    "select count(*) from pg_locks where locktype = 'advisory'"
    " and database = (select oid from pg_database where datname = current_database())"
)
CLAIMS = text("select claim_id from claim order by claim_id")


def need_a_pooler() -> None:
    """Fail where `make test` could have fetched one; leave the test out where no Debian package can be had."""
    if pooler.find() is None and not pooler.can_fetch():
        pytest.skip(pooler.MISSING)  # PgBouncer is no Python package: without Debian's there is none to be had
    assert pooler.find() is not None, pooler.MISSING


@pytest.fixture
def pooled(desk: Desk) -> Iterator[URL]:
    """This process reaches the desk through a pooler that has one connection to the server."""
    need_a_pooler()
    with pooler.pooled(desk.app_url) as address:
        session.bind(address)
        yield address
        session.unbind()


class Undone(Exception):
    """What rolls an act back."""


def sees(tx: Connection) -> list[int]:
    return list(tx.execute(CLAIMS).scalars())


def test_two_peoples_transactions_in_turn_on_one_connection_each_see_their_own(pooled: URL) -> None:
    ours, theirs = factories.client(), factories.client()
    mine, other = factories.claim(ours), factories.claim(theirs)
    one, two = factories.staff(Role.VA, ours), factories.staff(Role.VA, theirs)
    supervisor = factories.staff(Role.SUPERVISOR)
    backends, seen = set(), []

    for _ in range(8):  # the driver would prepare a statement at its sixth time
        for person in (one, two, supervisor):
            with transaction(person) as tx:
                backends.add(tx.execute(BACKEND).scalar_one())
                seen.append(sees(tx))

    assert seen == [[mine], [other], [mine, other]] * 8
    assert len(backends) == 1, "it is one connection that they share"


def test_two_people_at_once_on_connections_of_their_own_each_see_their_own(pooled: URL) -> None:
    """Each holds a connection to the pooler, and both press at the same moment, again and again."""
    clients = [factories.client() for _ in range(2)]
    claims = [factories.claim(client) for client in clients]
    people = [factories.staff(Role.VA, client) for client in clients]
    together = Barrier(2, timeout=PATIENCE)

    def work(person: Actor) -> tuple[set[int], set[int]]:
        backends, seen = set(), set()
        try:
            for _ in range(20):
                together.wait()
                with transaction(person) as tx:
                    seen.update(sees(tx))
                    backends.add(tx.execute(BACKEND).scalar_one())
        except Exception:
            together.abort()  # the other need not wait for one who failed
            raise
        return seen, backends

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(work, people))

    assert [seen for seen, _ in done] == [{claim} for claim in claims]
    assert len(done[0][1] | done[1][1]) == 1


@pytest.mark.parametrize("end", ["commit", "roll back"])
def test_the_scope_is_gone_when_the_transaction_is(pooled: URL, end: str) -> None:
    client = factories.client()
    claim = factories.claim(client)
    va = factories.staff(Role.VA, client)

    with suppress(Undone), transaction(va) as tx:
        backend = tx.execute(BACKEND).scalar_one()
        assert sees(tx) == [claim]
        if end == "roll back":
            raise Undone

    with create_engine(pooled, poolclass=NullPool).connect() as somebody_elses, system_transaction() as nobodys:
        for next_one in (nobodys, somebody_elses):
            assert next_one.execute(BACKEND).scalar_one() == backend
            assert next_one.execute(SCOPE).scalar_one() in (None, "")
            assert sees(next_one) == []
            next_one.commit()


def test_the_work_of_a_day_is_done_through_it(desk: Desk, pooled: URL) -> None:
    client = factories.client("ACME")
    va, nurse = factories.staff(Role.VA, client), factories.staff(Role.CLINICAL, client)
    supervisor = factories.staff(Role.SUPERVISOR)
    outsider = factories.staff(Role.VA, factories.client())
    rows = "".join(
        f"A-{n},{chr(65 + n % 26)}amson{'s' * (n // 26)},Ana,11/20/2026,11/23/2026,09:{n:02},IL\n" for n in range(30)
    )
    file = f"Claim No,Last Name,First Name,Date of Injury,Date Reported,Time Reported,State\n{rows}"

    feed = claim_feeds.read_feed(file.encode())
    with transaction(va) as tx:
        mapping = claim_feeds.mapping_for(feed, None)
        plan = feeds.plan(
            va, tx, feeds.CLAIMS, client_id=client, feed=feed, mapping=mapping, file_name="feed.csv", at=NOW
        )
    assert feeds.commit(va, plan, at=NOW).accepted == 30

    with transaction(va) as tx:
        claims = sees(tx)
    with transaction(supervisor) as tx:
        given = assignment.assign(supervisor, tx, claims=[(client, c) for c in claims], to=va.staff_id, at=NOW)
    assert given.changed == 30
    for claim in claims[:12]:
        with transaction(va) as tx:
            contact.log_attempt(
                va, tx, client_id=client, claim_id=claim, party=contact.Party.WORKER, method=contact.Method.PHONE,
                outcome=contact.Outcome.VOICEMAIL, note=None, at=NOW, request=uuid4(),
            )  # fmt: skip
        with transaction(nurse) as tx:
            contact.record_first_contact(
                nurse, tx, client_id=client, claim_id=claim, held=factories.held(incomplete_why="Urgent"),
                at=NOW + timedelta(minutes=5), request=uuid4(),
            )  # fmt: skip
        with transaction(outsider) as tx:
            assert sees(tx) == []

    assert jobs.fold_facts() > 0
    with desk.owner() as db:
        assert db.execute(
            "select (select count(*) from claim where first_contact_by = %s), (select count(*) from contact_attempt),"
            " (select count(*) from fact_delta), (select count(*) from audit_event where actor_id = %s"
            " and verb = 'attempt_logged')",
            (nurse.staff_id, va.staff_id),
        ).fetchone() == (12, 24, 0, 12)


def test_jobs_are_asked_for_and_done_through_it(desk: Desk, pooled: URL) -> None:
    factories.claim(factories.client())

    async def ask_and_work() -> None:
        async with jobs.opened() as app:
            for _ in range(8):
                await app.tasks["fold_facts"].defer_async(timestamp=0)
                await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    loops.run(ask_and_work())

    with desk.owner() as db:
        done = db.execute("select status::text, count(*) >= 8 from procrastinate_jobs group by 1").fetchall()
        assert done == [("succeeded", True)]
        assert db.execute("select count(*) from fact_delta").fetchone() == (0,)


@contextmanager
def watched(served: Served, token: str) -> Iterator[Callable[[], dict[str, Any]]]:
    """Look at the live list over a real web socket; yield what waits for its next message."""
    with connect(
        f"ws://localhost:{served.port}/live/live_intake",
        additional_headers={"Cookie": served.cookies(token)},
        origin=Origin(served.address),
    ) as board:
        yield lambda: json.loads(board.recv(timeout=PATIENCE))


def test_the_live_lists_listen_past_the_pooler(desk: Desk, pooled: URL, tmp_path: Path) -> None:
    """A pooler hears no notification: the application listens at DATABASE_URL_DIRECT, and works at DATABASE_URL_APP."""
    client = factories.client()
    claim = factories.claim(client, reported_at=instant.now())
    supervisor, va = signing_in.person(Role.SUPERVISOR), factories.staff(Role.VA, client)
    token = signing_in.sign_in(supervisor, at=instant.now())
    addresses = {
        "DATABASE_URL_APP": pooled.render_as_string(hide_password=False),
        "DATABASE_URL_DIRECT": desk.app_url.render_as_string(hide_password=False),
    }

    with serve(desk, tmp_path, env=addresses, forked=True) as served, watched(served, token) as hear:
        assert any(len(hear().get("rows", [])) == 1 for _ in range(3))
        with transaction(supervisor) as tx:
            assignment.assign(supervisor, tx, claims=[(client, claim)], to=va.staff_id, at=instant.now())
        assert any(va.name in json.dumps(hear()) for _ in range(3))


def test_live_lists_that_were_given_no_way_past_the_pooler_say_that_they_are_stale(
    desk: Desk, pooled: URL, tmp_path: Path
) -> None:
    factories.claim(factories.client(), reported_at=instant.now())
    token = signing_in.sign_in(signing_in.person(Role.SUPERVISOR), at=instant.now())
    addresses = {"DATABASE_URL_APP": pooled.render_as_string(hide_password=False)}

    with serve(desk, tmp_path, env=addresses, forked=True) as served, watched(served, token) as hear:
        assert any(hear()["t"] == "stale" for _ in range(3))
        assert "set DATABASE_URL_DIRECT" in served.log()


@pytest.mark.parametrize("direct", [True, False])
def test_statements_are_prepared_where_no_pooler_stands_and_only_there(desk: Desk, pooled: URL, direct: bool) -> None:
    """Nobody has to say so: a pooler shows by introducing itself with another number than the server's process has."""
    session.bind(desk.app_url if direct else pooled)
    prepared = 0
    for _ in range(12):
        with system_transaction() as tx:
            tx.execute(text("select cast(:n as int)"), {"n": 1})
            prepared = tx.execute(text("select count(*) from pg_prepared_statements")).scalar_one()

    assert (prepared > 0) is direct


def test_migrating_through_it_leaves_no_lock_and_no_setting_on_the_shared_connections(desk: Desk) -> None:
    need_a_pooler()
    with pooler.pooled(desk.owner_url, connections=2) as owner:
        migrate.downgrade(owner, "0001_first_day")
        migrate.upgrade(owner)
        with create_engine(owner, poolclass=NullPool).connect() as one, one.begin():
            assert one.execute(LOCKS).scalar_one() == 0
            assert one.execute(text("show lock_timeout")).scalar_one() == "0"
    migrate.check(desk.owner_url)
