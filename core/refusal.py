"""The base of the refusals: what a person asked for, cannot have, and can put right."""

from typing import ClassVar


class Refusal(Exception):
    """
    Something was asked for that cannot be done, and the person who asked can put it right.

    A subclass stands beside what raises it. Its `text` is the sentence that the person reads, unless it is raised with
    a message that says more. Any other exception is a defect.
    """

    text: ClassVar[str] = "This cannot be done."

    def __str__(self) -> str:
        return super().__str__() or self.text


class TooLong(Refusal):
    text = "This text is too long: shorten it."


class NoReason(Refusal):
    text = "Say why: the reason is missing."


def limited(text: str, most: int, field: str) -> str:
    """
    Return *text* as it is; *field* names it for whoever wrote it.

    :raises TooLong: if it has more than *most* characters. Nothing is cut: what to leave out is not the desk's choice.
    """
    if len(text) > most:
        raise TooLong(f"{field} holds at most {most:,} characters, and this has {len(text):,}: shorten it.")
    return text
