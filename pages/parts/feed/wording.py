"""How a count reads beside what is counted."""


def counted(count: int, noun: str) -> str:
    """Return the count with its noun, which takes an s for any number but one: '1 claim', '1,200 claims'."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
