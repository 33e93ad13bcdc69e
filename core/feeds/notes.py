"""How a feed was read, in sentences: on the page of imports and on the command line."""

from core import words
from core.feeds.reading import Feed

_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", " ": "blank"}


def notes(feed: Feed) -> list[str]:
    """Return how much *feed* holds and how it is written, then what had to be put up with in reading it."""
    form = f"sheet {feed.sheet}" if feed.sheet else f"{feed.encoding}, columns parted by {_named(feed.delimiter)}"
    read = f"{words.counted(len(feed.rows), 'row')}, {form}"
    return [read, *feed.notes]


def _named(delimiter: str) -> str:
    name = delimiter if delimiter.isprintable() else f"character {ord(delimiter)}"
    return _DELIMITERS.get(delimiter) or name
