"""
A book of claims as a large MCO has it: few clients report most, few states too, by day and on weekdays.

The same seed makes the same book, but for its dates: it ends now. Rows go in by COPY with their keys and indexes made
afterwards; the counts are folded from the deltas that the triggers would have left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

import psycopg

from core.access import Role

CLIENTS = 400
VAS, CLINICIANS, SUPERVISORS = 40, 20, 200
TEAM = 20
"""Clients of one virtual assistant; each client has two."""
YEAR = timedelta(days=365)
PROMISED = 24
SLICE = 20_000

STATES = [
    "CA", "TX", "FL", "NY", "IL", "PA", "OH", "GA", "NC", "MI", "NJ", "VA", "WA", "AZ", "MA", "TN", "IN", "MO", "MD", "WI",
    "CO", "MN", "SC", "AL", "LA", "KY", "OR", "OK", "CT", "UT", "IA", "NV", "AR", "MS", "KS", "NM", "NE", "ID", "WV", "HI",
    "NH", "ME", "MT", "RI", "DE", "SD", "ND", "AK", "VT", "WY",
]  # fmt: skip
_BY_HOUR = (1, 1, 0.5, 0.5, 1, 2, 5, 9, 11, 11, 10, 8, 7, 8, 9, 9, 7, 5, 4, 3, 3, 2, 2, 1)
_BY_WEEKDAY = (1.2, 1.1, 1.1, 1.0, 0.9, 0.35, 0.25)
_OUTCOMES = ("voicemail", "no_answer", "no_answer", "wrong_number", "third_person")

TABLES = {
    "injured_worker": "client_id, worker_id, family_name, given_name, family_key, given_key, birth_date, phone,"
    " language",
    "claim": "client_id, claim_id, claim_number, client_claim_number, client_number_key, worker_id, jurisdiction, date_of_injury,"
    " reported_at, channel, sla_effective_from, due_at, assignee_id, assigned_at, first_contact_at, first_contact_by,"
    " created_at",
    "claim_narrative": "client_id, claim_id, narrative, body_part, nature, cause",
    "claim_event": "client_id, claim_id, at, by_id, kind",
    "contact_attempt": "client_id, claim_id, at, by_id, party, method, outcome, substantive",
    "intake_question": "client_id, claim_id, element, opened_at, why",
}
"""What is filled, and which columns."""

_COUNTED = """
    insert into fact_delta (client_id, jurisdiction, hour, reported, contacted, on_time, bin)
    select client_id, coalesce(jurisdiction, '--'), date_trunc('hour', reported_at, 'UTC'), 1,
           (first_contact_at is not null)::int, coalesce((first_contact_at <= due_at)::int, 0),
           desk_duration_bin(reported_at, first_contact_at)
      from claim
"""


@dataclass(frozen=True)
class _One:
    """One claim before it is a row: who reports, where, when, and hours to first contact (None: still waiting)."""

    client: int
    state: str
    reported: datetime
    hours: float | None


def fill(db: psycopg.Connection, size: int, waiting: int, *, now: datetime) -> None:
    """Fill the empty, migrated database behind *db* (a superuser's) with *size* claims, *waiting* of them open."""
    db.execute("set session_replication_role = replica")
    _people(db)
    indexes = [row[0] for row in db.execute(
        "select indexdef from pg_indexes where tablename = any (%s) and indexname not in"
        " (select conname from pg_constraint)", (list(TABLES),))]  # fmt: skip
    for definition in indexes:
        db.execute(f"drop index {definition.split(' ON ')[0].split()[-1]}".encode())
    random = Random(20261124)
    claim_id = 0
    for part in _slices(random, size, waiting, now):
        rows: dict[str, list[str]] = {table: [] for table in TABLES}
        for one in part:
            claim_id += 1
            _write(rows, random, one, claim_id, now)
        for table, lines in rows.items():
            with db.cursor().copy(f"copy {table} ({TABLES[table]}) from stdin".encode()) as copy:
                copy.write("".join(lines))
    for definition in indexes:
        db.execute(definition.encode())
    for table, column in (("injured_worker", "worker_id"), ("claim", "claim_id")):
        db.execute("select setval(pg_get_serial_sequence(%s, %s), %s)", (table, column, claim_id))
    db.execute(_COUNTED)
    db.commit()


def fold(db: psycopg.Connection) -> None:
    """Fold the counts, as the job does."""
    while db.execute("select fold_facts(200000)").fetchone() != (0,):
        pass


def _people(db: psycopg.Connection) -> None:
    with db.cursor().copy("copy client (code, name, timezone) from stdin") as copy:
        for n in range(1, CLIENTS + 1):
            copy.write_row((f"C-{n:03}", f"Client {n:03}", "America/Chicago"))
    db.execute(
        "insert into sla_policy (client_id, effective_from, hours, clock, timezone, open_hours, working_days,"
        " calendar) select client_id, '2020-01-01Z', %s, 'elapsed', timezone, '08:00-17:00', '{1,2,3,4,5}', 'US'"
        " from client",
        (PROMISED,),
    )
    people = [(Role.VA, VAS), (Role.CLINICAL, CLINICIANS), (Role.SUPERVISOR, SUPERVISORS)]
    with db.cursor().copy("copy staff (staff_id, sign_in_name, full_name, role, timezone) from stdin") as copy:
        number = 1
        for role, count in people:
            for n in range(1, count + 1):
                number += 1
                copy.write_row((number, f"{role.value}.{n}", f"Person {number}", role.value, "America/Chicago"))
    db.execute("select setval(pg_get_serial_sequence('staff', 'staff_id'), %s)", (number,))
    with db.cursor().copy("copy staff_client (staff_id, client_id) from stdin") as copy:
        for client in range(1, CLIENTS + 1):
            for staff in (*_vas(client), _clinician(client)):
                copy.write_row((staff, client))


def _vas(client: int) -> tuple[int, int]:
    team = client % (CLIENTS // TEAM)
    return 2 + team, 2 + team + VAS // 2


def _clinician(client: int) -> int:
    return 2 + VAS + client % CLINICIANS


def _slices(random: Random, size: int, waiting: int, now: datetime) -> Iterator[Sequence[_One]]:
    """Yield the claims in the order of their reports, in slices: the open ones are those of the last day."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    hours = [hour - timedelta(hours=n) for n in range(30, YEAR // timedelta(hours=1))][::-1]
    likely = list(accumulate(_BY_HOUR[(h.hour - 6) % 24] * _BY_WEEKDAY[h.weekday()] for h in hours))
    clients = list(accumulate(1 / (n + 1) for n in range(CLIENTS)))
    states = list(accumulate(1 / (n + 3) for n in range(len(STATES))))
    home = random.choices(STATES, cum_weights=states, k=CLIENTS)

    def made(reported: datetime, open_: bool) -> _One:
        client = random.choices(range(1, CLIENTS + 1), cum_weights=clients)[0]
        state = home[client - 1] if random.random() < 0.6 else random.choices(STATES, cum_weights=states)[0]
        # Nights are slow: that is what the heatmap is for.
        slow = 0.5 if not 12 <= reported.hour <= 23 else 0
        return _One(client, state, reported, None if open_ else min(random.lognormvariate(2 + slow, 0.6), 300))

    done = size - waiting
    reports = sorted(random.choices(range(len(hours)), cum_weights=likely, k=done))
    for start in range(0, done, SLICE):
        yield [
            made(hours[n] + timedelta(seconds=random.randrange(3600)), False) for n in reports[start : start + SLICE]
        ]
    yield [
        made(now - timedelta(minutes=age), True)
        for age in sorted((random.randrange(26 * 60) for _ in range(waiting)), reverse=True)
    ]


def _write(rows: dict[str, list[str]], random: Random, one: _One, number: int, now: datetime) -> None:
    """Add the rows of *one*, claim and worker number *number*, in the format of COPY."""
    client, at = one.client, one.reported
    key = f"{client}\t{number}"
    family = f"Sample{int(random.paretovariate(0.4)) % 50000}"
    given = f"Robin{number % 500}"
    va, clinician = random.choice(_vas(client)), _clinician(client)
    born = f"{1950 + number % 55}-{1 + number % 12:02}-{1 + number % 28:02}"
    rows["injured_worker"].append(
        f"{key}\t{family}\t{given}\t{family.lower()}\t{given.lower()}\t{born}\t+1312555014{number % 10}\tEnglish\n"
    )
    taken = "\\N\t\\N" if one.hours is None and random.random() < 0.3 else f"{va}\t{at}"
    reached = None if one.hours is None else at + timedelta(hours=one.hours)
    contact = "\\N\t\\N" if reached is None else f"{min(reached, now)}\t{clinician}"
    rows["claim"].append(
        f"{key}\tC-{number}\tX{number}\tx{number}\t{number}\t{one.state}\t{at.date()}\t{at}\tfeed\t2020-01-01 00:00:00+00"
        f"\t{at + timedelta(hours=PROMISED)}\t{taken}\t{contact}\t{at}\n"
    )
    rows["claim_narrative"].append(f"{key}\tSlipped on a wet floor at the loading dock.\tKnee\tStrain\tFall\n")
    rows["claim_event"].append(f"{key}\t{at}\t{va}\treported\n")
    span = (min(reached, now) if reached else now) - at
    for share in (0.3, 0.6):
        rows["contact_attempt"].append(
            f"{key}\t{at + span * share}\t{va}\tworker\tphone\t{random.choice(_OUTCOMES)}\tf\n"
        )
    last = "\tworker\tphone\treached\tt" if reached else "\temployer\temail\tsent\tf"
    rows["contact_attempt"].append(f"{key}\t{at + span}\t{clinician if reached else va}{last}\n")
    if one.hours is None and random.random() < 0.4:
        for element in ("reach", "birth_date")[: random.randint(1, 2)]:
            rows["intake_question"].append(f"{key}\t{element}\t{at}\tNot in the report.\n")
