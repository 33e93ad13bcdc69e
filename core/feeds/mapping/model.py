"""What a column mapping is, and how it is written down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from core.feeds.reading import Feed
from core.feeds.vocabulary import Offer
from core.refusal import Refusal

ORDERS = ("auto", "mdy", "dmy")
"""How a feed's days are written: found out per column, month first, or day first."""


class UnusableMapping(Refusal):
    text = "This is not a column mapping."


class MappingDoesNotFit(Refusal):
    text = "The column mapping names headings that the file does not have."


class OneMeaningTwice(UnusableMapping):
    text = "Two columns have the same meaning. Choose one of them."


@dataclass(frozen=True)
class FeedMapping:
    """
    For each mapped field, the heading of its column; `date_order` is one of ORDERS.

    `offers` are for fields that are not mapped: rows are read by `columns` alone.
    """

    columns: Mapping[str, str]
    date_order: str = "auto"
    offers: Mapping[str, Offer] = field(default_factory=lambda: MappingProxyType({}))

    def to_json(self, fields: Iterable[str]) -> dict[str, Any]:
        """Return the form in which a mapping is saved; of all *fields* one that was left out on purpose is null."""
        return {"columns": {name: self.columns.get(name) for name in fields}, "date_order": self.date_order}

    def positions(self, feed: Feed) -> dict[str, int]:
        """Return for each mapped field the index of its column in *feed*, where its heading is there."""
        positions = {heading: at for at, heading in enumerate(feed.headings)}
        return {name: positions[heading] for name, heading in self.columns.items() if heading in positions}

    def astray(self, feed: Feed, *, label: Callable[[str], str] = str) -> str:
        """Say which headings *feed* does not have, each with its field as *label* names it; empty where all are."""
        lost = {name: heading for name, heading in self.columns.items() if heading not in feed.headings}
        return ", ".join(f"{heading!r} for {label(name)}" for name, heading in lost.items())


def by_field(fields: Mapping[str, str], meanings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Return for each field its heading, of pairs of heading and field; *fields* are those that there are, in words.

    :raises OneMeaningTwice: if two headings have one field; says which.
    """
    columns: dict[str, str] = {}
    for heading, name in meanings:
        if name in columns:
            both = f"{columns[name]!r} and {heading!r}"
            raise OneMeaningTwice(f"Two columns are said to be {fields.get(name, name)}: {both}. Choose one of them.")
        columns[name] = heading
    return columns


def from_json(fields: Mapping[str, str], saved: Any) -> FeedMapping:
    """
    Return the mapping that *saved* holds: `{"columns": {field: heading}}`, field to heading, or heading to field.

    *fields* are those that there are, in words.

    :raises UnusableMapping: if it names a field that does not exist, gives one to two headings, or is no mapping.
    """
    if not isinstance(saved, Mapping):
        raise UnusableMapping("A column mapping is a JSON object of field and heading.")
    columns = saved.get("columns", {key: value for key, value in saved.items() if key != "date_order"})
    order = saved.get("date_order", "auto")
    if not isinstance(columns, Mapping) or order not in ORDERS:
        raise UnusableMapping(f"A column mapping holds columns, and a date order that is one of {', '.join(ORDERS)}.")
    pairs = {str(key): value for key, value in columns.items()}
    if not set(pairs) <= set(fields) and all(value is None or value in fields for value in pairs.values()):
        pairs = by_field(fields, ((key, str(value)) for key, value in pairs.items() if value is not None))
    if strange := sorted(set(pairs) - set(fields)):
        raise UnusableMapping(f"There is no field {strange[0]!r}. The fields are: {', '.join(fields)}.")
    if any(value is not None and not isinstance(value, str) for value in pairs.values()):
        raise UnusableMapping("Each field of a column mapping names one heading, in words.")
    headings = {name: " ".join(heading.split()) for name, heading in pairs.items() if heading}
    return FeedMapping(MappingProxyType(headings), order)
