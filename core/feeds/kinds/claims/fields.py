"""The fields of a claim feed: which there are, which a row needs, and which hold days and times."""

from collections.abc import Mapping
from types import MappingProxyType

from core.feeds.vocabulary import Days

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "client_claim_number": "Client's claim number",
        "family_name": "Worker's family name",
        "given_name": "Worker's given name",
        "full_name": "Worker's full name",
        "birth_date": "Date of birth",
        "phone": "Telephone",
        "email": "E-mail",
        "language": "Language",
        "preferred_contact": "Preferred contact",
        "date_of_injury": "Date of injury",
        "time_of_injury": "Time of injury",
        "date_reported": "Date reported",
        "time_reported": "Time reported",
        "jurisdiction": "State of jurisdiction",
        "narrative": "What happened",
        "body_part": "Part of body",
        "nature": "Nature of injury",
        "cause": "Cause of injury",
        "part_code": "Part of body code",
        "nature_code": "Nature of injury code",
        "cause_code": "Cause of injury code",
        "address": "Worker's address",
        "city": "Worker's city",
        "postal_code": "Worker's postal code",
        "injury_place": "Place of injury",
        "injury_street": "Street of the place of injury",
        "injury_city": "City of the place of injury",
        "injury_state": "State of the place of injury",
        "injury_postal_code": "Postal code of the place of injury",
        "emergency": "Emergency",
        "date_of_death": "Date of death",
        "date_of_hire": "Date of hire",
        "reporter": "Reported by",
        "reporter_phone": "Reporter's telephone",
        "initial_treatment": "Initial treatment",
        "treated_at": "Treated where and by whom",
        "occupation": "Occupation",
        "lost_time": "Lost time",
        "last_day_worked": "Last day worked",
        "return_to_work": "Return to work",
        "modified_duty": "Modified duty available",
        "work_supervisor": "Worker's supervisor",
        "work_supervisor_phone": "Supervisor's telephone",
    }
)
"""Every field that a column can be mapped to, with its name on screen."""

NAMES = ("family_name", "given_name", "full_name")
"""The worker's name, in either form."""

WORKER = "worker"
"""What a refusal is about where none of them tells it."""

NEEDED = (frozenset({"date_of_injury"}), frozenset({"date_reported"}), frozenset(NAMES))
"""Without one of each no row can be a claim."""

DAYS: Mapping[str, Days] = MappingProxyType(
    {
        "date_of_injury": Days(70),
        "date_reported": Days(30),
        "date_of_death": Days(70),
        "last_day_worked": Days(70),
        "return_to_work": Days(70),
        "date_of_hire": Days(90),
        "birth_date": Days(110, past=True),
    }
)
"""Fields that are dates; an injury of earlier is asked about."""

CHOICES = ("emergency", "lost_time", "modified_duty")
"""Fields that yes or no can answer."""

TIMES: Mapping[str, int] = MappingProxyType({"time_of_injury": 70, "time_reported": 30})
"""Fields that are times of day."""
