"""The counts: what was added up, and what waits to be, is at every moment what the claims themselves say."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import psycopg
import pytest

from core.access import Role
from db import migrate
from tests import factories
from tests.factories import NOW

HOURS = "date_trunc('hour', reported_at, 'UTC')"
COUNTED = "(closed_at is null and date_of_death is null or first_contact_at is not null) and merged_into is null"
GRAINS = {
    "by_hour": ("hour", f"{HOURS} as hour"),
    "by_jurisdiction_hour": ("jurisdiction, hour", f"coalesce(jurisdiction, '--') as jurisdiction, {HOURS} as hour"),
    "by_client_hour": ("client_id, hour", f"client_id, {HOURS} as hour"),
    "by_all_hour": (
        "client_id, jurisdiction, hour",
        f"client_id, coalesce(jurisdiction, '--') as jurisdiction, {HOURS} as hour",
    ),
}
DAY = "(hour at time zone 'UTC')::date as day"
REPORT_DAY = f"({HOURS} at time zone 'UTC')::date as day"
DURATIONS = {
    "duration_by_day": ("day, bin", REPORT_DAY),
    "duration_by_jurisdiction_day": (
        "jurisdiction, day, bin",
        f"coalesce(jurisdiction, '--') as jurisdiction, {REPORT_DAY}",
    ),
    "duration_by_client_day": ("client_id, day, bin", f"client_id, {REPORT_DAY}"),
    "duration_by_all_day": (
        "client_id, jurisdiction, day, bin",
        f"client_id, coalesce(jurisdiction, '--') as jurisdiction, {REPORT_DAY}",
    ),
}
NOTHING = dict.fromkeys((*GRAINS, *DURATIONS), 0)


def differences(db: psycopg.Connection) -> dict[str, int]:
    """Return for each kept count in how many keys it differs from the claims; call it inside one snapshot."""
    differing = {}
    for table, (keys, of_claim) in GRAINS.items():
        differing[table] = _differing(
            db,
            f"select {keys}, sum(reported) as a, sum(contacted) as b, sum(on_time) as c from"
            f" (select {keys}, reported, contacted, on_time from {table}"
            f"  union all select {keys}, reported, contacted, on_time from fact_delta) both_ group by {keys}",
            f"select {of_claim}, count(*) as a, count(first_contact_at) as b,"
            f" count(*) filter (where first_contact_at <= due_at) as c from claim where {COUNTED} group by {keys}",
            keys,
        )
    for table, (keys, of_claim) in DURATIONS.items():
        of_delta = keys.replace("day", DAY)
        differing[table] = _differing(
            db,
            f"select {keys}, sum(contacted) as a, 0 as b, 0 as c from (select {keys}, contacted from {table}"
            f" union all select {of_delta}, contacted from fact_delta where bin is not null) both_ group by {keys}",
            f"select {keys}, count(*) as a, 0 as b, 0 as c from (select {of_claim},"
            f" least(floor(extract(epoch from first_contact_at - reported_at) / 900), 1344)::smallint as bin"
            f" from claim where first_contact_at is not null and merged_into is null) reached group by {keys}",
            keys,
        )
    return differing


def _differing(db: psycopg.Connection, kept: str, recomputed: str, keys: str) -> int:
    row = db.execute(
        f"select count(*) from (select * from ({kept}) k where (a, b, c) <> (0, 0, 0)) k"
        f" full join ({recomputed}) r using ({keys}) where (k.a, k.b, k.c) is distinct from (r.a, r.b, r.c)"
    ).fetchone()
    assert row is not None
    return int(row[0])


class Writer:
    """
    Somebody who reports, corrects, reaches, closes, merges, reopens and deletes claims, and has workers die and live, at
    random, each act in its own transaction.
    """

    def __init__(self, desk, client: int, nurse: int, seed: int) -> None:
        self.db = desk.owner()
        self.client, self.nurse = client, nurse
        self.random = random.Random(seed)
        self.worker = self.db.execute(
            "insert into injured_worker (client_id, family_name, given_name, family_key, given_key)"
            " values (%s, 'Sample', 'Robin', 'sample', 'robin') returning worker_id",
            (client,),
        ).fetchone()[0]

    def act(self, times: int) -> None:
        acts = [
            self.report, self.report, self.correct, self.reach, self.correct_deadline, self.close, self.close,
            self.reopen, self.merge, self.unmerge, self.die, self.live, self.delete,
        ]  # fmt: skip
        for _ in range(times):
            try:
                with self.db.transaction():
                    self.random.choice(acts)()
                    if self.random.random() < 0.15:
                        raise psycopg.Rollback
            except (psycopg.errors.CheckViolation, psycopg.errors.ForeignKeyViolation):
                pass  # a report corrected to after the contact, a claim with others merged into it: not done, not counted
        self.db.close()

    def report(self) -> None:
        at = NOW - timedelta(minutes=self.random.randrange(5000))
        self.db.execute(
            "insert into claim (client_id, worker_id, jurisdiction, date_of_injury, reported_at, channel,"
            " sla_effective_from, due_at) values (%s, %s, %s, %s, %s, 'form', '2020-01-01Z', %s)",
            (self.client, self.worker, self.random.choice(["IL", "TX", None]), at, at, at + timedelta(hours=24)),
        )

    def _change(self, what: str, *values: object) -> None:
        self.db.execute(
            f"update claim set {what} where (client_id, claim_id) ="
            " (select client_id, claim_id from claim where client_id = %s order by md5(claim_id::text || %s) limit 1)",
            (*values, self.client, str(self.random.random())),
        )

    def correct(self) -> None:
        self._change("reported_at = reported_at - make_interval(mins => %s)", self.random.randrange(-90, 300))

    def correct_deadline(self) -> None:
        self._change("due_at = due_at + make_interval(hours => %s)", self.random.randrange(-20, 20))

    def reach(self) -> None:
        self._change(
            "first_contact_at = reported_at + make_interval(mins => %s), first_contact_by = %s",
            self.random.choice([5, 600, 1440, 1500, 30000]),
            self.nurse,
        )

    def close(self) -> None:
        self._change("closed_at = %s, closed_why = 'withdrawn'", NOW)

    def reopen(self) -> None:
        self._change("closed_at = null, closed_why = null")

    def merge(self) -> None:
        self._change(
            "closed_at = %s, closed_why = 'merged', merged_into = (select min(claim_id) from claim where client_id = %s)",
            NOW,
            self.client,
        )

    def unmerge(self) -> None:
        self._change("merged_into = null")

    def die(self) -> None:
        self._change("date_of_death = %s", NOW.date())

    def live(self) -> None:
        self._change("date_of_death = null")

    def delete(self) -> None:
        self.db.execute(
            "delete from claim where (client_id, claim_id) ="
            " (select client_id, claim_id from claim where client_id = %s order by claim_id desc limit 1)",
            (self.client,),
        )


@pytest.mark.slow
def test_counts_equal_the_claims_at_every_moment_while_people_write_and_counts_are_folded(desk) -> None:
    nurse = factories.staff(Role.CLINICAL).staff_id
    clients = [factories.client(), factories.client()]
    writers = [Writer(desk, clients[n % 2], nurse, seed=n) for n in range(4)]
    working = threading.Event()
    working.set()
    folded = []

    def fold() -> None:
        with desk.owner() as db:
            while working.is_set():
                folded.append(db.execute("select fold_facts(20)").fetchone()[0])

    seen = []
    with ThreadPoolExecutor(6) as pool, desk.owner() as reader:
        folding = pool.submit(fold)
        writing = [pool.submit(w.act, 250) for w in writers]
        while not all(w.done() for w in writing):
            with reader.transaction():
                reader.execute("set transaction isolation level repeatable read")
                seen.append(differences(reader))
        working.clear()
        for ended in (*writing, folding):
            ended.result()
        at_last = differences(reader)
        claims, unfolded = reader.execute(
            "select (select count(*) from claim), (select count(*) from fact_delta)"
        ).fetchone()
        reader.execute("select fold_facts()")
        after_folding = differences(reader)
        left = reader.execute("select count(*) from fact_delta").fetchone()

    assert len(seen) >= 3
    assert [d for d in seen if d != NOTHING] == []
    assert at_last == after_folding == NOTHING
    assert claims > 30
    assert sum(folded) > 100, f"folds ran beside the writers; {unfolded} were left"
    assert left == (0,)


def test_counts_that_were_kept_before_there_were_four_grains_of_durations_are_kept_on(desk) -> None:
    nurse = factories.staff(Role.CLINICAL).staff_id
    for client in (factories.client(), factories.client()):
        for state, took in product(("IL", "TX", None), (1, 1, 30)):
            reached = NOW + timedelta(hours=took)
            factories.claim(
                client, jurisdiction=state, reported_at=NOW, first_contact_at=reached, first_contact_by=nurse
            )

    migrate.downgrade(desk.owner_url, "0002_jobs")
    with desk.owner() as db:
        assert db.execute("select fold_facts()").fetchone() == (18,), "folded as it was then"
        assert db.execute("select sum(contacted) from duration_by_client_day where jurisdiction = 'IL'").fetchone() == (
            6,
        )
    migrate.upgrade(desk.owner_url)

    with desk.owner() as db:
        assert differences(db) == NOTHING


def test_a_claim_whose_worker_died_is_counted_again_where_nothing_tells_it_apart_any_more(desk) -> None:
    client, nurse = factories.client(), factories.staff(Role.CLINICAL).staff_id
    for reached in (None, NOW):
        claim = factories.claim(client, first_contact_at=reached, first_contact_by=nurse if reached else None)
        with desk.owner() as db:
            db.execute("update claim set date_of_death = '2026-11-24' where claim_id = %s", (claim,))
    with desk.owner() as db:
        assert differences(db) == NOTHING
        assert db.execute("select sum(reported) from fact_delta").fetchone() == (1,), "the one who was reached before"

    migrate.downgrade(desk.owner_url, "0012_audit_pages")
    with desk.owner() as db:
        assert db.execute("select sum(reported) from fact_delta").fetchone() == (2,)
    migrate.upgrade(desk.owner_url)

    with desk.owner() as db:
        assert differences(db) == NOTHING


def test_the_comparison_notices_a_single_miscount(desk) -> None:
    client = factories.client()
    factories.claim(client)
    with desk.owner() as db:
        db.execute("select fold_facts()")
        db.execute("update by_hour set on_time = on_time + 1")
        assert differences(db)["by_hour"] == 1


def test_a_change_that_touches_no_count_leaves_no_trace(desk) -> None:
    client = factories.client()
    va = factories.staff(Role.VA, client)
    claim = factories.claim(client)
    with desk.owner() as db:
        before = db.execute("select count(*) from fact_delta").fetchone()
        db.execute(
            "update claim set assignee_id = %s, assigned_at = now(), version = version + 1 where claim_id = %s",
            (va.staff_id, claim),
        )
        assert db.execute("select count(*) from fact_delta").fetchone() == before == (1,)


@pytest.mark.parametrize("role", [Role.VA, Role.CLINICAL, Role.ACCOUNT_EXECUTIVE, Role.ADMINISTRATOR])
def test_sums_over_all_clients_do_not_exist_for_whoever_does_not_see_all_clients(desk, role: Role) -> None:
    client = factories.client()
    factories.claim(client, reported_at=NOW)
    person = factories.staff(role, client)
    span = (NOW - timedelta(days=1), NOW + timedelta(days=1))
    for fold in (False, True):
        if fold:
            with desk.owner() as db:
                db.execute("select fold_facts()")
        with desk.app(person.staff_id) as db:
            assert db.execute("select * from desk_by_hour(%s, %s)", span).fetchall() == []
            assert db.execute("select * from desk_by_jurisdiction_hour('{IL}', %s, %s)", span).fetchall() == []
            assert db.execute("select * from desk_durations(%s, %s)", [s.date() for s in span]).fetchall() == []
            days = [s.date() for s in span]
            assert db.execute("select * from desk_durations_by_jurisdiction('{IL}', %s, %s)", days).fetchall() == []
            for table in ("by_hour", "by_jurisdiction_hour", "duration_by_day", "duration_by_jurisdiction_day"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(f"select * from {table}")


OF_CLIENTS = ["fact_delta", "by_client_hour", "by_all_hour", "duration_by_client_day", "duration_by_all_day"]


@pytest.mark.parametrize("table", OF_CLIENTS)
def test_a_clients_counts_exist_only_for_whoever_serves_the_client(desk, table: str) -> None:
    nurse = factories.staff(Role.CLINICAL).staff_id
    served, other = factories.client(), factories.client()
    executive = factories.staff(Role.ACCOUNT_EXECUTIVE, served)
    supervisor = factories.staff(Role.SUPERVISOR)
    for client in (served, other):
        factories.claim(client, reported_at=NOW, first_contact_at=NOW, first_contact_by=nurse)
    if table != "fact_delta":
        with desk.owner() as db:
            db.execute("select fold_facts()")

    def seen_by(staff_id: int) -> set[int]:
        with desk.app(staff_id) as db:
            return {row[0] for row in db.execute(f"select client_id from {table}")}

    assert seen_by(executive.staff_id) == {served}
    assert seen_by(supervisor.staff_id) == {served, other}


def test_claims_that_come_together_and_count_alike_leave_one_delta(desk) -> None:
    template = factories.claim(factories.client(), jurisdiction="IL", reported_at=NOW)
    with desk.owner() as db:
        db.execute("delete from fact_delta")
        db.execute(
            "insert into claim (client_id, worker_id, jurisdiction, date_of_injury, reported_at, channel,"
            "                   sla_effective_from, due_at)"
            " select client_id, worker_id, case when n > 6 then 'TX' else 'IL' end, date_of_injury, reported_at, channel,"
            "        sla_effective_from, due_at"
            "   from claim, generate_series(1, 10) n where claim_id = %s",
            (template,),
        )
        deltas = db.execute("select jurisdiction, reported, contacted from fact_delta order by 1").fetchall()
    assert deltas == [("IL", 6, 0), ("TX", 4, 0)]


def test_a_claim_counts_as_it_comes_dead_reached_in_time_or_late(desk) -> None:
    nurse = factories.staff(Role.CLINICAL).staff_id
    template = factories.claim(factories.client(), reported_at=NOW)
    with desk.owner() as db:
        for hours, died in product((None, 1, 30), (None, NOW.date())):
            db.execute(
                "insert into claim (client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at,"
                "                   date_of_death, first_contact_at, first_contact_by)"
                " select client_id, worker_id, date_of_injury, reported_at, channel, sla_effective_from, due_at,"
                "        %s, reported_at + make_interval(hours => %s), %s from claim where claim_id = %s",
                (died, hours, nurse if hours else None, template),
            )
        assert differences(db) == NOTHING
        assert db.execute("select sum(reported), sum(contacted), sum(on_time) from fact_delta").fetchone() == (6, 4, 2)
