"""The pages end with the process that started them, also where that one was killed and could not tell them to."""

import asyncio
import os
import signal
from collections.abc import Callable


def hold(pipe: int) -> Callable[[], None]:
    """
    End this process in good order as soon as nobody holds the other end of *pipe* any more.

    Whoever started this process holds it and never writes; the system lets go of it when that process is gone,
    whatever ended it. Call it on the event loop; what it returns lets go of our end.
    """
    loop = asyncio.get_running_loop()

    def alone() -> None:
        loop.remove_reader(pipe)
        os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(pipe, alone)
    return lambda: _let_go(loop, pipe)


def _let_go(loop: asyncio.AbstractEventLoop, pipe: int) -> None:
    loop.remove_reader(pipe)
    os.close(pipe)
