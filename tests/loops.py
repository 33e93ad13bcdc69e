"""Running a coroutine from a test."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

T = TypeVar("T")


def run(scene: Coroutine[Any, Any, T], *, loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> T:
    """
    Run *scene* to its end on a *loop* of its own, and return what it returns.

    That is in a thread: where a journey has opened the browser before, its loop goes on in the thread of the tests.
    """

    def alone() -> T:
        with asyncio.Runner(loop_factory=loop) as runner:
            return runner.run(scene)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, alone).result()
