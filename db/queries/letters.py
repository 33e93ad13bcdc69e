"""Letters of requests for authorization, and what they tell of the claim beside the request itself."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text


class Letter(NamedTuple):
    """
    A letter: `determination_id` is None where it is of none, `document_id` where it is yet to be made.

    `holds` tells whether what it tells of is still so: its determination stands, the request is not complete, or review
    of it is deferred; and no later letter of the same took its place.
    """

    letter_id: int
    request_id: int
    determination_id: int | None
    party: str
    language: str
    template: str
    version: int
    document_id: int | None
    made_at: datetime
    made_by: str
    handed_out_at: datetime | None
    how: str | None
    recipient: str | None
    handed_out_by: str | None
    holds: bool


class Addressed(NamedTuple):
    """
    What a letter tells of its claim: who the worker is and where, the attorney, the client and its number. Of one that
    was merged, worker and attorney are those of the claim that is kept.
    """

    client: str
    claim_number: str
    client_claim_number: str | None
    date_of_injury: date
    given_name: str
    family_name: str
    address: str | None
    postal_code: str | None
    language: str | None
    attorney_name: str | None
    attorney_firm: str | None
    attorney_phone: str | None
    attorney_email: str | None

    @property
    def has_attorney(self) -> bool:
        """Whether an attorney speaks for the worker who can be written to by a name."""
        return bool(self.attorney_name or self.attorney_firm)


_LETTERS = text("""
    select l.letter_id, l.request_id, l.determination_id, l.party, l.language, l.template, l.version, l.document_id,
           l.made_at, m.full_name, l.handed_out_at, l.how, l.recipient, h.full_name,
           case l.template
                when 'return_letter' then r.complete_at is null and r.decided_at is null
                when 'deferral_letter' then r.clock = 'deferred' and r.taken_up_at is null and r.decided_at is null
                else not exists (select from determination c
                                  where c.client_id = l.client_id and c.claim_id = l.claim_id
                                    and c.request_id = l.request_id and c.corrects_id = l.determination_id) end
           and not exists (select from letter n
                            where n.client_id = l.client_id and n.claim_id = l.claim_id and n.request_id = l.request_id
                              and n.template = l.template and n.party = l.party
                              and n.determination_id is not distinct from l.determination_id
                              and n.language = l.language and n.letter_id > l.letter_id and n.document_id is not null)
      from letter l
      join authorization_request r using (client_id, claim_id, request_id)
      join staff m on m.staff_id = l.made_by
      left join staff h on h.staff_id = l.handed_out_by
     where l.client_id = :client_id and l.claim_id = :claim_id and l.request_id = :request_id
     order by l.letter_id desc
""")

_ADDRESSED = text("""
    select k.name, c.claim_number, c.client_claim_number, c.date_of_injury, w.given_name, w.family_name, w.address,
           w.postal_code, w.language, nullif(btrim(p.name), ''), nullif(btrim(p.firm), ''), p.phone, p.email
      from claim c
      join client k using (client_id)
      join claim kept on kept.client_id = c.client_id and kept.claim_id = coalesce(c.merged_into, c.claim_id)
      join injured_worker w on w.client_id = kept.client_id and w.worker_id = kept.worker_id
      left join representative p
        on p.client_id = kept.client_id and p.claim_id = kept.claim_id and p.kind = 'attorney'
     where c.client_id = :client_id and c.claim_id = :claim_id
""")

_MAKE = text("""
    insert into letter (client_id, claim_id, request_id, determination_id, party, language, template, version,
      document_id, made_at, made_by)
    values (:client_id, :claim_id, :request_id, :determination_id, :party, :language, :template, :version, :document_id,
      :at, :by_id)
    returning letter_id
""")

_HAND_OUT = text("""
    update letter set handed_out_at = :handed_out_at, how = :how, recipient = :recipient, handed_out_by = :by_id
     where client_id = :client_id and claim_id = :claim_id and letter_id = :letter_id and handed_out_at is null
""")


def letters(tx: Connection, client_id: int, claim_id: int, request_id: int) -> list[Letter]:
    """Return the letters of a request, the latest first."""
    key = {"client_id": client_id, "claim_id": claim_id, "request_id": request_id}
    return [Letter(*row) for row in tx.execute(_LETTERS, key)]


def addressed(tx: Connection, client_id: int, claim_id: int) -> Addressed | None:
    """Return what letters tell of a claim; None where it is not in scope."""
    row = tx.execute(_ADDRESSED, {"client_id": client_id, "claim_id": claim_id}).one_or_none()
    return Addressed(*row) if row else None


def make(tx: Connection, values: Mapping[str, Any]) -> int:
    """Keep a letter, and return its number."""
    letter_id: int = tx.execute(_MAKE, values).scalar_one()
    return letter_id


def hand_out(tx: Connection, values: Mapping[str, Any]) -> bool:
    """Keep that a letter that is of no determination went out; False where it had already."""
    return tx.execute(_HAND_OUT, values).rowcount > 0
