"""The words of referrals: who confirms, how, why the network is left, and what may be written."""

from enum import StrEnum

LONGEST_NAME = 200
LONGEST_WORDS = 500
LONGEST_ADDRESS = 300
"""Characters; the database says the same."""


class Party(StrEnum):
    """Who confirms a referral."""

    PROVIDER = "provider"
    WORKER = "worker"


PARTIES = {Party.PROVIDER: "Treating provider", Party.WORKER: "Injured worker"}


class Way(StrEnum):
    """How a referral was confirmed."""

    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    TEXT = "text"
    PORTAL = "portal"
    IN_PERSON = "in_person"


WAYS = {
    Way.PHONE: "Telephone", Way.FAX: "Fax", Way.EMAIL: "E-mail", Way.TEXT: "Text message", Way.PORTAL: "Portal",
    Way.IN_PERSON: "In person",
}  # fmt: skip


class OutsideWhy(StrEnum):
    """Why a referral leaves the network."""

    NONE_NEAR = "none_near"
    NONE_ACCEPTING = "none_accepting"
    NONE_SPEAKS = "none_speaks"
    NONE_OF_SPECIALTY = "none_of_specialty"
    WORKERS_CHOICE = "workers_choice"
    URGENT = "urgent"
    OTHER = "other"


OUTSIDE_WHYS = {
    OutsideWhy.NONE_NEAR: "None near enough",
    OutsideWhy.NONE_ACCEPTING: "None near accepts new patients",
    OutsideWhy.NONE_SPEAKS: "None near speaks the language",
    OutsideWhy.NONE_OF_SPECIALTY: "The network has none of this specialty",
    OutsideWhy.WORKERS_CHOICE: "The worker's own choice, where the law gives it",
    OutsideWhy.URGENT: "It could not wait",
    OutsideWhy.OTHER: "Another reason",
}
