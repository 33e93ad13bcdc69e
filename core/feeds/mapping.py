"""Which column of a feed means which field: proposed, corrected by a person, kept by heading."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from core import instant
from core.feeds import moments, tellers, values, vocabulary
from core.feeds.reading import Feed
from core.feeds.vocabulary import FIELDS
from core.refusal import Refusal

ORDERS = ("auto", "mdy", "dmy")
"""How a feed's days are written: as the file shows, month first, or day first."""

_DATES = ("date_of_injury", "date_reported", "birth_date")
_NAMES = frozenset({"family_name", "given_name", "full_name"})
_FIRST_ROWS = 200
_LIKELY = 15
"""Strength from which a guess is proposed."""
_NO_TELLER = re.compile(
    r"y|n|yes|no|true|false|phone|telephone|text|e-?mail|letter|fax|web|online|portal", re.IGNORECASE
)


class UnusableMapping(Refusal):
    """This is not a column mapping."""


class MappingDoesNotFit(Refusal):
    """The column mapping names headings that the file does not have."""


@dataclass(frozen=True)
class FeedMapping:
    """For each mapped field, the heading of its column; `date_order` is one of ORDERS."""

    columns: Mapping[str, str]
    date_order: str = "auto"

    def to_json(self) -> dict[str, Any]:
        """Return the form in which a mapping is saved; a field that was left out on purpose is null."""
        return {"columns": {field: self.columns.get(field) for field in FIELDS}, "date_order": self.date_order}

    def places(self, feed: Feed) -> dict[str, int]:
        """Return for each mapped field the place of its column in *feed*, where its heading is there."""
        place = {heading: at for at, heading in enumerate(feed.headings)}
        return {field: place[heading] for field, heading in self.columns.items() if heading in place}

    def astray(self, feed: Feed, *, label: Callable[[str], str] = str) -> str:
        """Say which headings *feed* does not have, each with its field as *label* names it; empty where all are."""
        lost = {field: heading for field, heading in self.columns.items() if heading not in feed.headings}
        return ", ".join(f"{heading!r} for {label(field)}" for field, heading in lost.items())


def from_json(saved: Any) -> FeedMapping:
    """
    Return the mapping that *saved* holds: `{"columns": {field: heading}}`, field to heading, or heading to field.

    :raises UnusableMapping: if it names a field that does not exist, or is no mapping at all.
    """
    if not isinstance(saved, Mapping):
        raise UnusableMapping("A column mapping is a JSON object of field and heading.")
    columns = saved.get("columns", {key: value for key, value in saved.items() if key != "date_order"})
    order = saved.get("date_order", "auto")
    if not isinstance(columns, Mapping) or order not in ORDERS:
        raise UnusableMapping(f"A column mapping holds columns, and a date order that is one of {', '.join(ORDERS)}.")
    pairs = {str(key): value for key, value in columns.items()}
    if not set(pairs) <= set(FIELDS) and all(value is None or value in FIELDS for value in pairs.values()):
        pairs = {str(value): key for key, value in pairs.items() if value is not None}
    if strange := sorted(set(pairs) - set(FIELDS)):
        raise UnusableMapping(f"There is no field {strange[0]!r}. The fields are: {', '.join(FIELDS)}.")
    if any(value is not None and not isinstance(value, str) for value in pairs.values()):
        raise UnusableMapping("Each field of a column mapping names one heading, in words.")
    told = {field: " ".join(heading.split()) for field, heading in pairs.items() if heading}
    return FeedMapping(MappingProxyType(told), order)


def propose_mapping(headings: Sequence[str], first_rows: Sequence[Sequence[str]]) -> FeedMapping:
    """Propose a column for each field from *headings* and what stands in *first_rows*, in the headings' order."""
    columns = [_Column(at, heading, first_rows) for at, heading in enumerate(headings)]
    guesses = sorted(
        ((weight, -column.at, field) for column in columns for field, weight in column.guesses().items()), reverse=True
    )
    chosen: dict[str, int] = {}
    for weight, place, field in guesses:
        if weight >= _LIKELY and field not in chosen and -place not in chosen.values():
            chosen[field] = -place
    _fill_dates(chosen, columns)
    _fill_name(chosen, columns)
    _settle_teller(chosen, columns)
    if "family_name" in chosen and "given_name" in chosen:
        chosen.pop("full_name", None)
    return FeedMapping(MappingProxyType({field: headings[chosen[field]] for field in FIELDS if field in chosen}))


def mapping_for(feed: Feed, saved: FeedMapping | None = None) -> FeedMapping:
    """
    Return the mapping to read *feed* by: the *saved* one where its headings are there, proposals for the rest.

    One that is there whole and makes claims stands alone: what it leaves out was left out on purpose.
    """
    proposed = propose_mapping(feed.headings, [row.cells for row in feed.rows[:_FIRST_ROWS]])
    if saved is None:
        return proposed
    kept = {field: heading for field, heading in saved.columns.items() if heading in feed.headings}
    if set(kept) == set(saved.columns) and kept.keys() >= set(vocabulary.NEEDED) and kept.keys() & _NAMES:
        return saved
    taken = set(kept.values())
    rest = {field: heading for field, heading in proposed.columns.items() if heading not in taken}
    if "full_name" in kept:
        rest = {field: heading for field, heading in rest.items() if field not in _NAMES}
    elif kept.keys() & _NAMES:
        rest.pop("full_name", None)
    return FeedMapping(MappingProxyType(rest | kept), saved.date_order)


def mapping_told(feed: Feed, told: FeedMapping) -> FeedMapping:
    """
    Return the mapping to read *feed* by where somebody has *told* one for it; proposals for fields it leaves open.

    :raises MappingDoesNotFit: if it names a heading that *feed* does not have.
    """
    if astray := told.astray(feed):
        raise MappingDoesNotFit(f"The mapping names headings that the file does not have: {astray}.")
    return mapping_for(feed, told)


class _Column:
    """One column: its heading and what kind of thing stands in it."""

    def __init__(self, at: int, heading: str, rows: Sequence[Sequence[str]]) -> None:
        self.at, self.heading = at, heading
        cells = [row[at] for row in rows if at < len(row)]
        self.cells = [cell for cell in cells if not values.blank(cell)]
        self.moments = moments.days_in(
            self.cells, says_date=vocabulary.says_date(heading), this_year=instant.now().year
        )

    def share(self, fitting: Iterable[Any]) -> float:
        return sum(1 for each in fitting if each) / len(self.cells) if self.cells else 0.0

    @property
    def is_dates(self) -> bool:
        return self.share(self.moments) > 0.5

    @property
    def is_story(self) -> bool:
        return bool(self.cells) and sum(map(len, self.cells)) / len(self.cells) > 40

    def guesses(self) -> dict[str, int]:
        return {field: weight + self._fit(field) for field, weight in vocabulary.meanings(self.heading).items()} | (
            {} if vocabulary.meanings(self.heading) else self._by_content()
        )

    def _fit(self, field: str) -> int:
        """Return how far the column's content speaks for or against its being *field*."""
        if not self.cells:
            return -10
        if field in _DATES:
            return 10 if self.is_dates else -70
        if field.startswith("time_"):
            return 10 if moments.is_time_like(self.cells) else -70
        if field == "jurisdiction":
            return 10 if self.share(values.state(cell) for cell in self.cells) > 0.5 else -60
        if field == "narrative":
            return 20 if self.is_story else 0
        if field == "reporter":
            return 0 if self.share(_like_a_teller(cell) for cell in self.cells) > 0.5 else -90
        if field == "reporter_phone":
            # Beside numbers such a column holds an "ask at the gate": it needs some that can be dialled, not most.
            return 0 if self.share(values.phone(cell) for cell in self.cells) >= 0.3 else -90
        if self.is_dates and field not in ("client_claim_number", "postal_code"):
            return -80
        return 0

    def _by_content(self) -> dict[str, int]:
        if self.share(values.email(cell) for cell in self.cells) > 0.8:
            return {"email": 40}
        if self.is_story and not self.is_dates:
            return {"narrative": 30}
        if self.share(values.state(cell) for cell in self.cells) > 0.9 and len(self.cells) > 3:
            return {"jurisdiction": 25}
        return {}


def _fill_dates(chosen: dict[str, int], columns: Sequence[_Column]) -> None:
    """Where headings say nothing of the dates that a claim needs, take what dates are left, earliest first."""
    left = [
        column for column in columns
        if column.is_dates and column.at not in chosen.values() and not vocabulary.about_another_date(column.heading)
    ]  # fmt: skip
    wanted = [field for field in vocabulary.NEEDED if field not in chosen]
    if not wanted or len(left) != len(wanted):
        return
    left.sort(key=lambda column: sorted(m.day for m in column.moments)[len(column.moments) // 2])
    chosen |= {field: column.at for field, column in zip(wanted, left, strict=True)}


def _fill_name(chosen: dict[str, int], columns: Sequence[_Column]) -> None:
    if chosen.keys() & {"full_name", "family_name", "given_name"}:
        return
    for column in columns:
        free = column.at not in chosen.values() and not vocabulary.meanings(column.heading)
        if free and column.share(_like_a_name(cell) for cell in column.cells) > 0.8:
            chosen["full_name"] = column.at
            return


def _settle_teller(chosen: dict[str, int], columns: Sequence[_Column]) -> None:
    """
    Let the reporter's name and telephone be of one person, or the telephone that of the place where they work.

    Where the worker has no other telephone, that of a contact without a name is taken for the worker's own.
    """
    for field in ("reporter", "reporter_phone"):
        chosen.pop(field, None)
    free = [column for column in columns if column.at not in chosen.values()]
    names, phones = (_by_teller(field, free) for field in ("reporter", "reporter_phone"))
    if "phone" not in chosen and "contact" in phones and "contact" not in names:
        heading = next(column.heading for column in columns if column.at == phones["contact"])
        if tellers.perhaps_the_workers(vocabulary.plain(heading)):
            chosen["phone"] = phones.pop("contact")
    both = [kind for kind in tellers.TELLERS if kind in names and kind in phones]
    if whose := both or [kind for kind in tellers.TELLERS if kind in names]:
        chosen["reporter"] = names[whose[0]]
    # Another person's telephone is not the reporter's: beside a name only their own, or one that says nobody's.
    for kind in both or (["employer", "contact"] if names else tellers.TELLERS):
        if kind in phones:
            chosen.setdefault("reporter_phone", phones[kind])


def _by_teller(field: str, columns: Sequence[_Column]) -> dict[str, int]:
    """Return for each teller the place of the first column that is likely to be *field* of theirs."""
    found: dict[str, int] = {}
    for column in columns:
        kind = tellers.teller(vocabulary.plain(column.heading))
        if kind and column.guesses().get(field, 0) >= _LIKELY:
            found.setdefault(kind, column.at)
    return found


def _like_a_teller(cell: str) -> bool:
    """Tell whether *cell* can name somebody, and not a way of reporting, a yes or no, or a number."""
    return values.is_name(cell) and "@" not in cell and not values.phone(cell) and not _NO_TELLER.fullmatch(cell)


def _like_a_name(cell: str) -> bool:
    return cell.istitle() and 2 <= len(cell.split()) <= 4 and not any(map(str.isdigit, cell))
