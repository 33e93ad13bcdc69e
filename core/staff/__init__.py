"""Who works here: signing in and out, passwords, and what an administrator changes about people."""

from core.staff.joining import DeskHasPeople, NameTaken, NoFullName, NoSignInName, add, first_administrator
from core.staff.passwords import (
    NotTheSame,
    OwnPassword,
    TooShort,
    WrongPresentPassword,
    change_password,
    set_password,
    set_password_as_owner,
    typed_twice,
)
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
from core.staff.sign_in import TooManyTries, WrongSignIn, sign_in

__all__ = [
    "Client",
    "DeskHasPeople",
    "NameTaken",
    "NoFullName",
    "NoSignInName",
    "NoSuchPerson",
    "NotTheSame",
    "NotYourself",
    "OwnPassword",
    "Person",
    "TooManyTries",
    "TooShort",
    "WrongPresentPassword",
    "WrongSignIn",
    "add",
    "change_password",
    "change_role",
    "clear_lockout",
    "clients",
    "disable",
    "enable",
    "end_sessions",
    "first_administrator",
    "people",
    "redeem",
    "set_clients",
    "set_password",
    "set_password_as_owner",
    "sign_in",
    "sign_out",
    "typed_twice",
    "who",
]
