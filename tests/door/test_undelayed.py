"""Nothing that is said to a visitor waits for the next word."""

import os
import socket

from pages.door.undelayed import send_at_once


def test_who_comes_in_by_a_listening_socket_is_sent_everything_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        assert not door.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        send_at_once()
        with socket.create_connection(door.getsockname()), door.accept()[0] as visitor:
            assert visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_other_sockets_are_left_as_they_are() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as ours:
        before = ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        send_at_once()
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == before


def test_nothing_stays_open_of_looking() -> None:
    before = os.listdir("/dev/fd")
    send_at_once()
    assert os.listdir("/dev/fd") == before
