"""How the desk says no."""

import inspect


class Refusal(Exception):
    """
    The desk cannot do that.

    Raised for anything a person can understand and put right. The first line of a subclass's docstring is the
    sentence that person reads; pass a message to say more. Anything that is not a refusal is a defect.
    """

    def __str__(self) -> str:
        return super().__str__() or inspect.cleandoc(type(self).__doc__ or "").partition("\n")[0]


class TooLong(Refusal):
    """This text is too long: shorten it."""


def limited(text: str, most: int, field: str) -> str:
    """
    Return *text* as it is; *field* names it for whoever wrote it.

    :raises TooLong: if it has more than *most* characters. Nothing is cut: what to leave out is not the desk's choice.
    """
    if len(text) > most:
        raise TooLong(f"{field} holds at most {most:,} characters, and this has {len(text):,}: shorten it.")
    return text
