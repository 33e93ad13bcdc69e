"""The list of intake's elements, what was said of one, and the forms that say something else from a day on."""

from pages.parts.intake_elements.asking import Sent, asking_form
from pages.parts.intake_elements.listing import NAME, table, told
from pages.parts.intake_elements.withdrawing import withdrawing_form
from pages.parts.intake_elements.wording import would_move

__all__ = ["NAME", "Sent", "asking_form", "table", "told", "withdrawing_form", "would_move"]
