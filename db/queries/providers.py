"""The directory of providers: who is in a client's network, and near."""

from collections.abc import Collection
from datetime import date
from math import cos, radians
from typing import NamedTuple

from sqlalchemy import ARRAY, Connection, Text, bindparam, text

from db.queries.gathered import by_position

_EARTH = 3958.8
"""Miles from its middle to its surface."""

_DEGREE = 69.0
"""Miles of a degree of latitude, and at most of one of longitude."""


class Listed(NamedTuple):
    """A provider at a location. `miles` are in a straight line; None where it is not known from where."""

    provider_id: int
    location_id: int
    npi: str
    kind: str
    name: str
    codes: list[str]
    languages: list[str]
    address: str
    city: str
    state: str
    postal_code: str
    timezone: str
    phone: str | None
    fax: str | None
    accepting_new_patients: bool
    own_panel: bool
    """Whether the provider is on the client's own panel."""
    miles: float | None


_LISTED = """
    select l.provider_id, l.location_id, p.npi, p.kind, p.name,
           array(select s.taxonomy_code from provider_specialty s where s.provider_id = l.provider_id
                  order by s.is_primary desc, s.taxonomy_code),
           array(select g.language from provider_language g where g.provider_id = l.provider_id order by g.language),
           l.address, l.city, l.state, l.postal_code, l.timezone, l.phone, l.fax, l.accepting_new_patients,
           exists (select from network_panel n where n.provider_id = l.provider_id and n.client_id = :client_id
                      and n.effective_from <= :day and (n.effective_until is null or n.effective_until > :day)),
           l.miles
      from (select *, {miles} as miles from provider_location) l join provider p on p.provider_id = l.provider_id
     where l.effective_from <= :day and (l.effective_until is null or l.effective_until > :day)
       and exists (select from network_panel n
                    where n.provider_id = l.provider_id and (n.client_id is null or n.client_id = :client_id)
                      and n.effective_from <= :day and (n.effective_until is null or n.effective_until > :day))
       and {where}
"""

_WISHED = """
    exists (select from provider_specialty s
             where s.provider_id = l.provider_id and s.taxonomy_code = any (:codes))
       and (l.accepting_new_patients or not :accepting)
       and (cast(:language as text) is null
            or exists (select from provider_language g
                        where g.provider_id = l.provider_id and lower(g.language) = lower(:language)))
"""

_MILES = f"""
    {2 * _EARTH} * asin(least(1, sqrt(
      sin(radians(latitude - :latitude) / 2) ^ 2
      + cos(radians(:latitude)) * cos(radians(latitude)) * sin(radians(longitude - :longitude) / 2) ^ 2)))
"""

_CODES = bindparam("codes", type_=ARRAY(Text))

_NEAR = by_position(_LISTED.format(miles=_MILES, where=f"""
    l.latitude between :south and :north and l.longitude between :west and :east and l.miles <= :within and {_WISHED}
     order by l.miles, p.name, l.location_id limit :most
"""), Listed).bindparams(_CODES)  # fmt: skip

_IN_STATE = by_position(_LISTED.format(miles="null::double precision", where=f"""
    l.state = :state and {_WISHED} order by p.name, l.location_id limit :most
"""), Listed).bindparams(_CODES)  # fmt: skip

_ONE = by_position(
    _LISTED.format(
        miles="null::double precision", where="l.provider_id = :provider_id and l.location_id = :location_id"
    ),
    Listed,
)

_LANGUAGES = text("select distinct language from provider_language order by language")


def near(
    tx: Connection, *, client_id: int, codes: Collection[str], latitude: float, longitude: float, within: float,
    language: str | None, accepting: bool, day: date, most: int,
) -> list[Listed]:  # fmt: skip
    """Return the providers of the client's network who do one of *codes* within so many miles, the nearest first."""
    high = within / _DEGREE
    wide = high / max(cos(radians(min(abs(latitude) + high, 89.0))), 0.01)
    values = {
        "client_id": client_id, "codes": list(codes), "latitude": latitude, "longitude": longitude, "within": within,
        "south": latitude - high, "north": latitude + high, "west": longitude - wide, "east": longitude + wide,
        "language": language, "accepting": accepting, "day": day, "most": most,
    }  # fmt: skip
    return [Listed(*row) for row in tx.execute(_NEAR, values)]


def in_state(
    tx: Connection, *, client_id: int, codes: Collection[str], state: str, language: str | None, accepting: bool,
    day: date, most: int,
) -> list[Listed]:  # fmt: skip
    """Return the providers of the client's network who do one of *codes* in a state, by name."""
    values = {
        "client_id": client_id, "codes": list(codes), "state": state, "language": language, "accepting": accepting,
        "day": day, "most": most,
    }  # fmt: skip
    return [Listed(*row) for row in tx.execute(_IN_STATE, values)]


def one(tx: Connection, *, client_id: int, provider_id: int, location_id: int, day: date) -> Listed | None:
    """Return a provider at a location; None where that is not in the client's network on the day."""
    values = {"client_id": client_id, "provider_id": provider_id, "location_id": location_id, "day": day}
    row = tx.execute(_ONE, values).one_or_none()
    return Listed(*row) if row else None


def languages(tx: Connection) -> list[str]:
    """Return the languages that are spoken at any provider's, beside English."""
    return list(tx.execute(_LANGUAGES).scalars())
