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
