"""The list of clients, and the forms that add one, and change its promise, its closed days, its name and zone."""

from pages.parts.clients.adding import ADDING, GIVE_NEXT, client_form
from pages.parts.clients.closed_days import days_form
from pages.parts.clients.listing import CLOSED_DAYS, NAME, PROMISE, part_choice, table
from pages.parts.clients.naming import name_form
from pages.parts.clients.promising import promise_form
from pages.parts.clients.sending import Sent, start_anew
from pages.parts.clients.terms import HOURS_OF, USUAL, Terms
from pages.parts.clients.wording import KEEPS

__all__ = [
    "ADDING",
    "CLOSED_DAYS",
    "GIVE_NEXT",
    "HOURS_OF",
    "KEEPS",
    "NAME",
    "PROMISE",
    "USUAL",
    "Sent",
    "Terms",
    "client_form",
    "days_form",
    "name_form",
    "part_choice",
    "promise_form",
    "start_anew",
    "table",
]
