"""`python -m core …`: the desk from the command line."""

import signal
import sys
from types import FrameType

from core import log
from core.command import main


def _stop(_: int, __: FrameType | None) -> None:
    """End in good order, once: a second signal must not cut the closing short."""
    for word in (signal.SIGINT, signal.SIGTERM):
        signal.signal(word, lambda *_: None)
    raise KeyboardInterrupt


log.keep_texts_out()
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, _stop)
sys.exit(main())
