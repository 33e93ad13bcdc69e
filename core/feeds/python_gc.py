"""Python's garbage collection, put off while a file's rows are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """
    Put the search for cycles off while hundreds of thousands of small objects are made that form none.

    It would look through all of them again and again: a third of the time of a plan. Whoever put it off lets it go on.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
