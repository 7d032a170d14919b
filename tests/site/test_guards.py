"""What the suite itself watches over in every test."""

import socket
import urllib.error
import urllib.request

import pytest


def test_other_machines_cannot_be_reached() -> None:
    with socket.socket() as attempt, pytest.raises(ConnectionRefusedError, match=r"192\.0\.2\.1"):
        attempt.connect(("192.0.2.1", 80))


def test_neither_can_they_through_a_library() -> None:
    with pytest.raises(urllib.error.URLError, match=r"192\.0\.2\.1"):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)


def test_this_machine_can() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
