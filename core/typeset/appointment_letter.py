"""The letter of an appointment with a specialist: everything on it comes from one frozen value, already in words."""

from dataclasses import asdict, dataclass

from core.typeset.claim_summary import Fact
from core.typeset.typesetting import pdf


@dataclass(frozen=True)
class AppointmentLetter:
    """An appointment as its letter tells the worker; `address` are the lines to which it goes."""

    number: str
    client: str
    written: str
    name: str
    address: tuple[str, ...]
    when: str
    facts: tuple[Fact, ...]


def appointment_letter(told: AppointmentLetter) -> bytes:
    """
    Return the letter as a PDF.

    :raises Unprintable: if something in it has letters for which this machine has no font.
    """
    return pdf("appointment_letter", asdict(told))
