"""The list of clients, and the forms that add one, change what was promised to one, and which days it is closed."""

from pages.parts.clients.adding import ADDING, GIVE_NEXT, client_form
from pages.parts.clients.asked import Asked, start_anew
from pages.parts.clients.closing import day_choice, days_form
from pages.parts.clients.listing import table
from pages.parts.clients.promising import KEEPS, promise_form
from pages.parts.clients.terms import HOURS_OF, USUAL, Terms

__all__ = [
    "ADDING",
    "GIVE_NEXT",
    "HOURS_OF",
    "KEEPS",
    "USUAL",
    "Asked",
    "Terms",
    "client_form",
    "day_choice",
    "days_form",
    "promise_form",
    "start_anew",
    "table",
]
