"""Who works here: signing in and out, and what an administrator changes about people."""

from core.staff.people import (
    Client,
    NoSuchPerson,
    NotYourself,
    Person,
    change_role,
    clear_lockout,
    clients,
    disable,
    enable,
    end_sessions,
    people,
    set_clients,
)
from core.staff.sessions import redeem, sign_out, who
from core.staff.sign_in import TooManyTries, TooShort, WrongSignIn, set_password, sign_in

__all__ = [
    "Client",
    "NoSuchPerson",
    "NotYourself",
    "Person",
    "TooManyTries",
    "TooShort",
    "WrongSignIn",
    "change_role",
    "clear_lockout",
    "clients",
    "disable",
    "enable",
    "end_sessions",
    "people",
    "redeem",
    "set_clients",
    "set_password",
    "sign_in",
    "sign_out",
    "who",
]
