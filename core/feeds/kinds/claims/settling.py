"""
Which column of a claim feed is which field, where headings and content alone mislead; and what is only offered.

An offer is used where a person confirms it, and not at all otherwise. Offered are the address of nobody named, the
state that stands in such an address, a day on which somebody else was told, a lone time that stands beside no date,
and, under headings that say nothing, what content alone tells.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from core.feeds import heading_words
from core.feeds.columns import Column
from core.feeds.kinds.claims import headings, reporter_headings
from core.feeds.kinds.claims.contents import by_content
from core.feeds.kinds.claims.fields import FIELDS, NAMES
from core.feeds.kinds.claims.places import Party
from core.feeds.mapping.proposing import LIKELY
from core.feeds.vocabulary import Chosen, Offer, Vocabulary

_LESS_BESIDE_ANOTHER = 30
"""How much less likely what is nobody's by its heading is the worker's where it stands beside somebody else."""
_ADDRESS = frozenset({"address", "city", "postal_code"})
_TO_REACH = frozenset({"phone", "email"})
_TIME_OF = {"date_of_injury": "time_of_injury", "date_reported": "time_reported"}
_LONE_TIME = re.compile(r"(time|hora|hour|tm)( \d+)?")
_LONE_STATE = re.compile(r"(us )?(state|st|estado)( code)?( \d+)?")

NOBODYS = "The heading does not say whose address it is."
ONE_OF_TWO = "Another column with names has the same heading."
NOBODYS_TO_REACH = "The heading does not say that it is the worker's."
PHONE_OF_ANOTHER = "The heading does not say whose it is, and it stands beside somebody else."
IN_AN_ADDRESS = "The state stands in an address: it may not be the one whose law governs the claim."
TOLD_TO_ANOTHER = "The heading does not say that the injury was reported here then."
_SUPERVISES = {"work_supervisor": "reporter", "work_supervisor_phone": "reporter_phone"}
"""What tells of the worker's supervisor, with the field by whose headings and content it is found."""

TREATED_THERE = "The heading does not say that the worker was treated there."
TIME_OF_WHAT = "The heading does not say of what it is the time."
BY_CONTENT = "The column has no heading: only what stands in it looks so."


def settle(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> dict[str, Offer]:
    """Change what is *chosen* of *columns* where headings and content alone mislead; return what is only offered."""
    _settle_reporter(vocabulary, chosen, columns)
    _settle_supervisor(vocabulary, chosen, columns)
    _settle_name(vocabulary, chosen, columns)
    offers = _place_lone_times(vocabulary, chosen, columns) | _withhold(vocabulary, chosen, columns)
    names = [column.heading for column in columns]
    taken = {*chosen.values(), *(names.index(offer.heading) for offer in offers.values())}
    speechless = [each for each in columns if each.at not in taken and heading_words.says_nothing(each.heading)]
    open_fields = FIELDS.keys() - chosen.keys() - offers.keys()
    if chosen.keys() & set(NAMES):
        open_fields -= set(NAMES)
    return offers | {
        field: Offer(column.heading, BY_CONTENT) for field, column in by_content(speechless, open_fields).items()
    }


def beside(field: str, column: Column, columns: Sequence[Column]) -> int:
    """Return how much likelier what stands beside it makes *column* to be *field*: less, beside somebody else."""
    return -_LESS_BESIDE_ANOTHER * _beside_another(field, column.at, columns)


def closed_by(kept: Collection[str]) -> frozenset[str]:
    """Return the fields for which nothing is proposed beside what is *kept*: a worker has one name."""
    if "full_name" in kept:
        return frozenset((*NAMES, *kept))
    return frozenset(kept) | ({"full_name"} if {*kept} & {*NAMES} else set())


def _settle_name(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> None:
    """
    Let a worker have one name: in two parts where both are there, else whole. "Nombre" alone is a whole one.

    Many people share a family name or a given name; where both parts say few things over and over, neither is a name.
    """
    alone = chosen.get("given_name") if not chosen.keys() & {"family_name", "full_name"} else None
    if alone is not None and "full_name" in vocabulary.guesses(columns[alone]):
        chosen["full_name"] = chosen.pop("given_name")
    parts = chosen.keys() & {"family_name", "given_name"}
    if all(columns[chosen[part]].few_names for part in parts):
        for part in parts:
            del chosen[part]
    if "family_name" in chosen and "given_name" in chosen:
        chosen.pop("full_name", None)


def _place_lone_times(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> dict[str, Offer]:
    """Give each column headed "Time" to the date on its left, else on its right; return what is offered otherwise."""
    offers: dict[str, Offer] = {}
    for column in columns:
        alone = _LONE_TIME.fullmatch(heading_words.plain(column.heading))
        fit = vocabulary.fits(column, "time_of_injury") if alone else None
        if fit is None or fit < -10 or column.at in chosen.values():
            continue
        date_at = {chosen[field]: time for field, time in _TIME_OF.items() if field in chosen and time not in chosen}
        if time := date_at.get(column.at - 1) or date_at.get(column.at + 1):
            chosen[time] = column.at
        elif "time_of_injury" not in chosen:
            offers.setdefault("time_of_injury", Offer(column.heading, TIME_OF_WHAT))
    return {field: offer for field, offer in offers.items() if field not in chosen}


def _withhold(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> dict[str, Offer]:
    """Take out of *chosen* what its heading does not surely say; return what of it is offered."""
    offers: dict[str, Offer] = {}
    for field, at in tuple(chosen.items()):
        heading = columns[at].heading
        if field in _ADDRESS and headings.nobodys(heading):
            del chosen[field]
            if not _beside_another(field, at, columns):
                offers[field] = Offer(heading, NOBODYS)
        elif field in NAMES and _again(columns[at], columns):
            del chosen[field]
            offers[field] = Offer(heading, ONE_OF_TWO)
        elif field in _TO_REACH and _beside_another(field, at, columns):
            del chosen[field]
            offers[field] = Offer(heading, PHONE_OF_ANOTHER)
        elif field in _TO_REACH and headings.strangers(heading):
            del chosen[field]
            offers[field] = Offer(heading, NOBODYS_TO_REACH)
        elif field == "jurisdiction" and _in_an_address(at, columns):
            del chosen[field]
            offers[field] = Offer(heading, IN_AN_ADDRESS)
        elif field == "treated_at" and vocabulary.doubtful(heading, field):
            del chosen[field]
            offers[field] = Offer(heading, TREATED_THERE)
        elif field in ("date_reported", "time_reported") and vocabulary.doubtful(heading, field):
            del chosen[field]
            offers[field] = Offer(heading, TOLD_TO_ANOTHER)
    return offers


def _again(column: Column, columns: Sequence[Column]) -> bool:
    """Tell whether another column of the same heading holds other names: nobody knows which are the workers."""
    headed = heading_words.plain(column.heading)
    alike = [each for each in columns if re.fullmatch(rf"{re.escape(headed)} \d+", heading_words.plain(each.heading))]
    return any(each.is_names(whole=False) and each.cells != column.cells for each in alike if each.cells)


def _beside_another(field: str, at: int, columns: Sequence[Column]) -> bool:
    """
    Tell whether the column at *at* is nobody's by its heading and stands beside somebody else, or a place.

    It is beside whoever the nearest heading before it speaks of, else the nearest after it. An address needs the worker
    there.
    """
    if field not in _ADDRESS | _TO_REACH or not headings.nobodys(columns[at].heading):
        return False
    party = _party(reversed(columns[:at])) or _party(columns[at + 1 :])
    if field in _TO_REACH:
        # Behind the time at which a form was sent stands who sent it.
        return party == "other" or (at > 0 and heading_words.plain(columns[at - 1].heading) == "timestamp")
    return party != "worker"


def _party(columns: Iterable[Column]) -> Party | None:
    """Return of whom the first of *columns* speaks whose heading speaks of anybody."""
    return next(filter(None, (headings.speaks_of(column.heading) for column in columns)), None)


def _in_an_address(at: int, columns: Sequence[Column]) -> bool:
    """Tell whether the column at *at* is headed "State" and stands beside a street, city or ZIP of nobody named."""
    if not _LONE_STATE.fullmatch(heading_words.plain(columns[at].heading)):
        return False
    beside = [columns[position].heading for position in (at - 1, at + 1) if 0 <= position < len(columns)]
    return any(headings.meanings(each).keys() & _ADDRESS and headings.nobodys(each) for each in beside)


def _settle_reporter(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> None:
    """
    Let the reporter's name and telephone be of one person, or the telephone that of the place where they work.

    Where the worker has no other telephone, that of a contact without a name is taken for the worker's own.
    """
    for field in ("reporter", "reporter_phone"):
        chosen.pop(field, None)
    free = [column for column in columns if column.at not in chosen.values()]
    names, phones = (_by_kind_of_reporter(vocabulary, field, free) for field in ("reporter", "reporter_phone"))
    if "phone" not in chosen and "contact" in phones and "contact" not in names:
        heading = next(column.heading for column in columns if column.at == phones["contact"])
        if reporter_headings.perhaps_the_workers(heading_words.plain(heading)):
            chosen["phone"] = phones.pop("contact")
    both = [kind for kind in reporter_headings.REPORTERS if kind in names and kind in phones]
    if whose := both or [kind for kind in reporter_headings.REPORTERS if kind in names]:
        chosen["reporter"] = names[whose[0]]
    # Another person's telephone is not the reporter's: beside a name only their own, or one that says nobody's.
    for kind in both or (["employer", "contact"] if names else reporter_headings.REPORTERS):
        if kind in phones:
            chosen.setdefault("reporter_phone", phones[kind])


def _settle_supervisor(vocabulary: Vocabulary, chosen: Chosen, columns: Sequence[Column]) -> None:
    """Let whom the worker works for be known by name and telephone, also where they are taken for who reported it."""
    for field, alike in _SUPERVISES.items():
        of_nobody_else = [
            column for column in columns if column.at not in (at for name, at in chosen.items() if name != alike)
        ]
        supervisor = _by_kind_of_reporter(vocabulary, alike, of_nobody_else).get("supervisor")
        if supervisor is not None:
            chosen[field] = supervisor


def _by_kind_of_reporter(vocabulary: Vocabulary, field: str, columns: Sequence[Column]) -> dict[str, int]:
    """Return for each kind of reporter the position of the first column that is likely to be *field* of theirs."""
    positions: dict[str, int] = {}
    for column in columns:
        kind = reporter_headings.reporter(heading_words.plain(column.heading))
        if kind and vocabulary.guesses(column).get(field, 0) >= LIKELY:
            positions.setdefault(kind, column.at)
    return positions
