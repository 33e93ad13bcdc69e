"""One way of writing blanks and dashes, whatever the program that wrote the cell."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff"))
_SAME = _DASHES | _UNSEEN


def plain(cell: str) -> str:
    """Return *cell* with single blanks, hyphens for every dash, and without marks that nobody sees."""
    return " ".join((cell if cell.isascii() else cell.translate(_SAME)).split())
