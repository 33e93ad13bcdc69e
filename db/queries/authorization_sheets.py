"""Requests for authorization that wait for one provider's office: what is to be followed up first before the others."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Connection, Integer, bindparam, text


class Waiting(NamedTuple):
    """
    A request that waits for its provider, and whose it is, as an office asks. Instants are aware, UTC.

    `what` is the first treatment that is asked for, `more` how many there are beside it; `missing` what it lacks to be
    complete, None where it lacks nothing. `of_all` is how many requests wait for the office.
    """

    client_id: int
    claim_id: int
    request_id: int
    version: int
    claim_number: str
    worker: str
    born: date | None
    client: str
    timezone: str
    kind: str
    what: str
    more: int
    missing: str | None
    clock: str
    received_at: datetime
    due_at: datetime | None
    ours: bool
    follow_up_at: datetime | None
    of_all: int


_COLUMNS = """
    with office as materialized (
      select r.*, count(*) over () as of_all from authorization_request r
       where {office} and ended_at is null and decided_at is null and clock = any (:clocks) {scope}
       order by follow_up_at, due_at, client_id, request_id limit :most)
    select office.client_id, office.claim_id, office.request_id, office.version, claim.claim_number,
           concat_ws(' ', worker.given_name, worker.family_name), worker.birth_date, client.name,
           policy.timezone, office.kind, asked.words, asked.more,
           case when office.complete_at is null then office.missing end, office.clock, office.received_at,
           office.due_at, office.ours, office.follow_up_at, office.of_all
      from office
      join claim on claim.client_id = office.client_id and claim.claim_id = office.claim_id
      join client on client.client_id = office.client_id
      left join injured_worker worker on worker.client_id = claim.client_id and worker.worker_id = claim.worker_id
      join sla_policy policy
        on policy.client_id = claim.client_id and policy.effective_from = claim.sla_effective_from
     cross join lateral (
       select (array_agg(l.words order by l.line))[1] as words, (count(*) - 1)::int as more
         from service_line l
        where l.client_id = office.client_id and l.claim_id = office.claim_id
          and l.request_id = office.request_id) asked
     order by office.follow_up_at, office.due_at, office.client_id, office.request_id
"""

_BY_NPI = "provider_npi = :npi"
_BY_NAME = "provider_name = :name and provider_phone is not distinct from :phone"


def of_office(
    tx: Connection, clients: Collection[int] | None, *, npi: str | None, name: str, phone: str | None,
    clocks: Sequence[str], most: int,
) -> list[Waiting]:  # fmt: skip
    """
    Return at most *most* undecided requests of *clients* (None: of all) whose clock is one of *clocks*, of the provider
    with this *npi*, or where that is None of this *name* and telephone.
    """
    statement = text(
        _COLUMNS.format(
            office=_BY_NPI if npi else _BY_NAME, scope="" if clients is None else "and client_id = any (:clients)"
        )
    )
    values: dict[str, Any] = {"clocks": list(clocks), "most": most}
    values |= {"npi": npi} if npi else {"name": name, "phone": phone}
    if clients is not None:
        statement = statement.bindparams(bindparam("clients", type_=ARRAY(Integer)))
        values["clients"] = sorted(clients)
    return [Waiting(*row) for row in tx.execute(statement, values)]
