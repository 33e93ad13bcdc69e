"""What is typed into the one box, and the claims that it finds."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from core import audit
from core.access import Action, Actor, Subject, require
from core.clocks import Standing, standing
from core.intake import number_key, worker_name_key
from core.search import slips
from core.typed import storable
from db.queries import search as queries
from db.queries.search import Found, Way

MOST = 20
"""Claims that a search shows at most."""

RECENT = 8
"""Claims opened last that are shown where nothing is typed."""

LONGEST = 100
"""Letters beyond which what is typed is nothing that is searched for."""

_WAYS = tuple(Way)  # they number from nought
_SEARCH, _OPENED_LAST = "search", "opened_last"
_TELEPHONE = re.compile(r"[\d\s().+\-/]+")
_DIGITS_OF_A_TELEPHONE = 7


class Hit(NamedTuple):
    """
    A claim that was found; the worker's name is None where the actor does not read identities. `merged_into` is the
    number of the claim that opens for it, where it was merged.
    """

    way: Way
    client_id: int
    claim_id: int
    claim_number: str
    client: str
    worker: str | None
    date_of_injury: date
    standing: Standing
    merged_into: str | None


def find(actor: Actor, tx: Connection, words: str, at: datetime) -> tuple[Hit, ...]:
    """
    Return the claims among the actor's own that *words* name, at most MOST, the best first.

    Words are a claim's number or how it begins, ours or the client's; the last seven digits of the worker's telephone;
    the worker's name, its halves in either order and the last unfinished; how the place of injury begins. A slip of the
    hand is forgiven in a name: one up to five letters, two from six. Names, telephones and places are looked for only
    by who reads identities. On the record goes how many were found and which, and nothing of what was typed.

    :raises NotAllowed: if the actor does not read claims.
    """
    require(actor, Action.CLAIM_READ, Subject(_SEARCH))
    identity = actor.may(Action.IDENTITY_READ)
    typed = " ".join(storable(words).split())
    found = _found(actor, tx, typed, at, identity=identity) if 0 < len(typed) <= LONGEST else []
    return _told(actor, tx, _SEARCH, found, at)


def opened_last(actor: Actor, tx: Connection, at: datetime) -> tuple[Hit, ...]:
    """
    Return the claims that the actor opened last and may still open, at most RECENT, the latest first.

    :raises NotAllowed: if the actor does not read claims.
    """
    require(actor, Action.CLAIM_READ, Subject(_OPENED_LAST))
    found = queries.opened_last(tx, identity=actor.may(Action.IDENTITY_READ), most=RECENT)
    return _told(actor, tx, _OPENED_LAST, found, at)


def _told(actor: Actor, tx: Connection, noun: str, found: Sequence[Found], at: datetime) -> tuple[Hit, ...]:
    detail = {"hits": len(found), "claims": [claim.claim_number for claim in found]}
    audit.record(actor, tx, verb="read", noun=noun, noun_id=0, detail=detail)
    return tuple(
        Hit(
            _WAYS[claim.way], claim.client_id, claim.claim_id, claim.claim_number, claim.client,
            _whole(claim), claim.date_of_injury, _standing(claim, at), claim.merged_into,
        )
        for claim in found
    )  # fmt: skip


def _standing(claim: Found, at: datetime) -> Standing:
    return standing(
        reported_at=claim.reported_at,
        due_at=claim.due_at,
        first_contact_at=claim.first_contact_at,
        paused=claim.paused_at is not None,
        closed=claim.closed_at is not None,
        died=claim.date_of_death is not None,
        at=at,
    )


def _whole(claim: Found) -> str | None:
    return f"{claim.given_name or ''} {claim.family_name or ''}".strip() or None


def _found(actor: Actor, tx: Connection, typed: str, at: datetime, *, identity: bool) -> Sequence[Found]:
    ways, values = list[str](), dict[str, str | Sequence[str]]()
    if any(letter.isdigit() for letter in typed):
        number = typed.upper()
        ways.append("number")
        values |= {"number": number, "ours": f"C-{number.removeprefix('C-')}", "key": number_key(typed) or typed}
    digits = re.sub(r"\D", "", typed)
    if identity and len(digits) >= _DIGITS_OF_A_TELEPHONE and _TELEPHONE.fullmatch(typed):
        ways.append("phone")
        values["phone"] = digits[-_DIGITS_OF_A_TELEPHONE:]
    name = worker_name_key(typed)
    named = identity and any(letter.isalpha() for letter in name)
    parts = _parted(name) if named else ()
    if named:
        ways += ["name", "place", *(f"halves:{n}" for n in range(len(parts)))]
        values["name"] = name
        for n, (first, second) in enumerate(parts):
            values |= {f"first{n}": first, f"second{n}": second}
    if not ways:
        return []
    found = queries.find(tx, actor.scope, ways, values, identity=identity, most=MOST)
    if named and len(found) < MOST:
        known = {(claim.client_id, claim.claim_id) for claim in found}
        slipped = _slipped(actor, tx, name, parts, at)
        found += [claim for claim in slipped if (claim.client_id, claim.claim_id) not in known]
    return found[:MOST]


def _slipped(
    actor: Actor, tx: Connection, name: str, parts: Sequence[tuple[str, str]], at: datetime
) -> Sequence[Found]:
    """Return the claims of workers whose names are nearly *name*, whole or in one of its *parts*."""
    there = slips.of(tx, actor.scope, at=at)
    ways, values = ["near"], dict[str, str | Sequence[str]]()
    values |= {"families": there.families.near(name), "givens": there.givens.near(name)}
    for n, (first, second) in enumerate(parts):
        ways.append(f"near_halves:{n}")
        values |= {f"first{n}": first, f"second{n}": second}
        for half, word in ((f"firsts{n}", first), (f"seconds{n}", second)):
            values[half] = there.families.near(word, most=slips.MOST_NEAR_HALVES)
            values[f"given_{half}"] = there.givens.near(word, most=slips.MOST_NEAR_HALVES)
    if not any(value for value in values.values() if not isinstance(value, str)):
        return []
    return queries.find(tx, actor.scope, ways, values, identity=True, most=MOST)


def _parted(name: str) -> Sequence[tuple[str, str]]:
    """Return the halves that *name* may have: its first word and the rest, and all but the last, and that."""
    words = name.split()
    places = dict.fromkeys([1, len(words) - 1]) if len(words) > 1 else {}
    return [(" ".join(words[:place]), " ".join(words[place:])) for place in places]
