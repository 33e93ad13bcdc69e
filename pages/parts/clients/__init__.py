"""The list of clients, the form that adds one, and the form that changes what was promised to one."""

from pages.parts.clients.adding import ADDING, GIVE_NEXT, client_form
from pages.parts.clients.asked import Asked, start_anew
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
    "promise_form",
    "start_anew",
    "table",
]
