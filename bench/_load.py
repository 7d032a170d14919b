"""Load from one process: keep-alive connections that each send the next request when the last is answered."""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections.abc import Sequence


class _Client:
    """One connection and its cookies."""

    def __init__(self, host: str, port: int, requests: Sequence[bytes]) -> None:
        self.requests, self.turn = requests, 0
        self.socket = socket.create_connection((host, port))
        self.socket.setblocking(False)
        self.got = bytearray()
        self.wanted = -1
        self.begun = 0.0

    def send(self) -> None:
        self.begun = time.perf_counter()
        self.socket.send(self.requests[self.turn % len(self.requests)])
        self.turn += 1

    def answered(self) -> int:
        """The status when the answer is whole, else 0."""
        self.got += self.socket.recv(262_144)
        if self.wanted < 0:
            head, found, _ = self.got.partition(b"\r\n\r\n")
            if not found:
                return 0
            lines = head.lower().split(b"\r\n")
            length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
            self.wanted = len(head) + 4 + length
        if len(self.got) < self.wanted:
            return 0
        status = int(self.got[9:12])
        self.got.clear()
        self.wanted = -1
        return status


def run(host: str, port: int, scripts: Sequence[Sequence[bytes]], seconds: float) -> dict[str, float]:
    """Drive one client a script; gives requests a second, the median and 99th percentile in ms, and failures."""
    chooser = selectors.DefaultSelector()
    clients = [_Client(host, port, script) for script in scripts]
    for client in clients:
        chooser.register(client.socket, selectors.EVENT_READ, client)
        client.send()
    took: list[float] = []
    failed = 0
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for key, _ in chooser.select(timeout=1):
            client = key.data
            status = client.answered()
            if status:
                took.append(time.perf_counter() - client.begun)
                failed += not 200 <= status < 400
                client.send()
    elapsed = time.perf_counter() - begun
    took.sort()
    return {
        "rate": len(took) / elapsed,
        "median": took[len(took) // 2] * 1000,
        "p99": took[int(len(took) * 0.99)] * 1000,
        "failed": failed,
    }


def main() -> None:
    """Reads a job as JSON (host, port, seconds, scripts as text) and prints its result as JSON."""
    job = json.load(sys.stdin)
    scripts = [[request.encode() for request in script] for script in job["scripts"]]
    run(job["host"], job["port"], scripts, 1.5)
    sys.stdout.write(json.dumps(run(job["host"], job["port"], scripts, job["seconds"])))


if __name__ == "__main__":
    main()
