"""The sample's directory of providers: in the MCO's network, on a client's own panel, or in none."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from core import local_time, zip_places

_FILE = Path(__file__).with_name("providers.csv")
_SINCE = timedelta(days=400)
"""For how long they have been in the network."""

OURS, NOBODYS = "mco", "none"
"""Whose network a provider is in, in the file; any other is a client's code."""

_SOMEBODY = text("select exists (select from provider)")
_PROVIDER = text("insert into provider (npi, kind, name) values (:npi, :kind, :name) returning provider_id")
_LOCATION = text("""
    insert into provider_location (provider_id, address, city, state, postal_code, latitude, longitude, timezone, phone,
                                   fax, accepting_new_patients, effective_from)
    values (:provider_id, :address, :city, :state, :postal_code, :latitude, :longitude, :timezone, :phone, :fax,
            :accepting, :since)
""")
_SPECIALTY = text("insert into provider_specialty values (:provider_id, :taxonomy_code, true)")
_LANGUAGE = text("insert into provider_language values (:provider_id, :language)")
_PANEL = text("""
    insert into network_panel (client_id, provider_id, effective_from)
    select (select client_id from client where code = :panel), :provider_id, :since
""")


def fill(tx: Connection, at: datetime) -> None:
    """Put the sample's providers into an empty directory, as the owner of its tables."""
    if tx.execute(_SOMEBODY).scalar_one():
        return
    since = (at - _SINCE).date()
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spot = zip_places.spot(row["postal_code"])
            timezone = local_time.zip_zone(row["postal_code"])
            if spot is None or timezone is None:
                raise RuntimeError(f"The sample's provider {row['npi']} is nowhere.")
            key = {"provider_id": tx.execute(_PROVIDER, row).scalar_one(), "since": since}
            tx.execute(
                _LOCATION,
                {**row, **key, "latitude": spot.latitude, "longitude": spot.longitude, "timezone": timezone,
                 "accepting": row["accepting"] == "yes"},
            )  # fmt: skip
            tx.execute(_SPECIALTY, {**row, **key})
            for language in filter(None, row["languages"].split(";")):
                tx.execute(_LANGUAGE, {"language": language, **key})
            if row["panel"] != NOBODYS:
                tx.execute(_PANEL, {"panel": row["panel"], **key})
