"""The form that takes back a rule of intake that is planned."""

from core import words
from core.intake import ruling
from core.intake.ruling import Element, Ruled
from core.rules import Standing
from pages.parts.intake_elements.wording import of_whose, says
from pages.parts.ruling import Sent, withdrawing_form


def withdrawing(element: Element) -> Sent | None:
    """Draw which planned rule about *element* is taken back, and why, and return that, once it is sent."""
    planned = {
        each.version.number: _named(each) for each in element.versions if each.standing is Standing.PLANNED
    }  # fmt: skip
    return withdrawing_form(f"elements.withdraw.{element.element}", "rule", planned, ruling.withdraw)


def _named(ruled: Ruled) -> str:
    return f"{says(*ruled.version.says)}: {of_whose(ruled)}, from {words.brief_day(ruled.version.since)} on"
