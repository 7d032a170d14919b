"""The address browsers come to: whether it is free, and whether somebody answers there."""

import http.client
import socket
import time

_SECONDS_FOR_A_PREDECESSOR = 3.0
_ALL_INTERFACES = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — recognised, not chosen


def is_free(host: str, port: int) -> bool:
    """Tells whether a server can listen at host and port; waits a few seconds for one that is just ending."""
    until = time.monotonic() + _SECONDS_FOR_A_PREDECESSOR
    while not _can_bind(host, port):
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def answers(host: str, port: int) -> bool:
    """Tells whether a web server answers there now, whatever it answers."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def url(host: str, port: int) -> str:
    """Returns the address as a browser on this machine takes it."""
    place = _reachable(host)
    return f"http://{f'[{place}]' if ':' in place else place}:{port}/"


def _reachable(host: str) -> str:
    return _ALL_INTERFACES.get(host, host)


def _can_bind(host: str, port: int) -> bool:
    family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        # Connections of a server that has ended linger for a minute and keep nobody from listening.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError:
            return False
    return True
