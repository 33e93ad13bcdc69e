"""No answer waits for the next piece: TCP_NODELAY on the sockets that visitors come in by."""

import os
import socket
from contextlib import suppress

OPEN_FILES = "/dev/fd"
"""Where Linux and macOS list what a process has open."""


def send_at_once() -> None:
    """
    Send what is written to a visitor at once, on every connection that is accepted from now on.

    Streamlit binds a socket that names no protocol, and so asyncio does not switch off Nagle's algorithm on it: every
    answer in more than one piece then waits for the visitor's delayed acknowledgement, 40 ms on Linux. A connection
    inherits the option of the socket that it came in by.
    """
    for number in os.listdir(OPEN_FILES) if os.path.isdir(OPEN_FILES) else ():
        with suppress(OSError):  # most of what is open is no socket
            _send_at_once(int(number))


def _send_at_once(number: int) -> None:
    ours = os.dup(number)
    try:
        opened = socket.socket(fileno=ours)
    except OSError:
        os.close(ours)
        raise
    with opened:
        if opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
