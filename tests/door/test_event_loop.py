"""What the server's event loop does with an answer."""

import asyncio
import socket

from streamlit.web.bootstrap import _get_uvloop_loop_factory
from streamlit.web.server.starlette.starlette_server import _bind_socket

from tests import loops


def test_an_answer_in_several_pieces_waits_for_no_acknowledgement_of_the_first() -> None:
    """With Nagle's algorithm each piece but the first waits for the visitor's delayed acknowledgement, 40 ms on Linux."""
    undelayed = []

    class Visit(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            visitor = transport.get_extra_info("socket")
            undelayed.append(visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def visited() -> None:
        door = _bind_socket("127.0.0.1", 0, 1)
        server = await asyncio.get_running_loop().create_server(Visit, sock=door)
        _, visit = await asyncio.open_connection(*door.getsockname())
        while not undelayed:
            await asyncio.sleep(0)
        visit.close()
        server.close()

    loops.run(visited(), loop=_get_uvloop_loop_factory())
    assert undelayed == [1]
