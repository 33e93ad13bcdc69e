"""The list of intake's elements, what was said of one, and the forms that say something else from a day on."""

from pages.parts.intake_elements.asking import asking_form
from pages.parts.intake_elements.listing import NAME, table, told
from pages.parts.intake_elements.withdrawing import withdrawing
from pages.parts.intake_elements.wording import would_move

__all__ = ["NAME", "asking_form", "table", "told", "withdrawing", "would_move"]
