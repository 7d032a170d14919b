"""The worklist of the API under sixteen clients: the milliseconds between two answers, against those of 150 a second.

The real server with two processes, the embedded database, twenty thousand cases; each client asks for fifty rows with
the exact total on a connection that stays open. Clients, server and database share the machine.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bench._scratch import scratch

CASES = 20_000
CLIENTS = 16
SECONDS = 8.0
WANTED = 150.0
PATH = "/api/mediation/cases?size=50&total=1"


def main() -> None:
    """Prints one line."""
    with scratch():
        token = _filled()
        with _served() as port:
            _measure("api.worklist", port, token, PATH)


def _filled() -> str:
    from django.db import connections  # noqa: PLC0415 — needs Django set up

    from fazhi.api import tokens  # noqa: PLC0415 — as above
    from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange import importing, working  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange.models import Writes  # noqa: PLC0415 — as above
    from fazhi.kernel.records.register import register_of  # noqa: PLC0415 — as above
    from tests.kernel.exchange import ledger  # noqa: PLC0415 — as above
    from tests.world import AT, build  # noqa: PLC0415 — as above

    world = build()
    home, actor = world.jurisdiction.id, world.actor("east")
    with session(jurisdictions=[home]):
        ledger.committee(world)
        content = ledger.workbook(ledger.rows(CASES))
        of = importing.upload(register_of("mediation.cases"), content, "台账.xlsx", actor=actor, at=AT, history=True)
        importing.ask_check(of.id, actor=actor, at=AT)
    working.work(home, of.id)
    with session(jurisdictions=[home]):
        importing.ask_write(of.id, Writes.ALL, actor=actor, at=AT)
    working.work(home, of.id)
    with session(jurisdictions=[home]):
        _, text = tokens.issue(world.accounts["head"], "bench", at=AT, lasts=timedelta(366), writes=False)
        account = world.accounts["head"]
        # The token is made at the district's instant, and used at today's.
        from django.db.models.functions import Now  # noqa: PLC0415 — as above

        from fazhi.api.models import Token  # noqa: PLC0415 — as above

        Token.objects.filter(account=account).update(expires_at=Now() + timedelta(1))
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return text


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {**os.environ, "FAZHI_PORT": str(port), "FAZHI_WEB_PROCESSES": "2"}
    server = subprocess.Popen(
        [sys.executable, "-m", "fazhi.site", "web"],
        env=environment,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _measure(name: str, port: int, token: str, path: str) -> None:
    answered = [0] * CLIENTS
    until = time.monotonic() + 1.5
    ready = threading.Barrier(CLIENTS + 1)
    ending = [0.0]

    def ask(client: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Authorization": f"Bearer {token}"}
        _warm(line, path, headers, until)
        ready.wait()
        while time.monotonic() < ending[0]:
            if not _asked(line, path, headers):
                sys.exit("an answer is not what was asked for")
            answered[client] += 1
        line.close()

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    ending[0] = time.monotonic() + 1e9
    while ready.n_waiting < CLIENTS:
        time.sleep(0.01)
    began = time.monotonic()
    ending[0] = began + SECONDS
    ready.wait()
    for thread in threads:
        thread.join()
    ours = 1000 * (time.monotonic() - began) / sum(answered)
    floor = 1000 / WANTED
    verdict = "ok" if ours <= floor else "over"
    sys.stdout.write(f"{name} {ours:.2f}ms {floor:.2f}ms {ours / floor:.2f} 1.00 {verdict}\n")
    sys.stdout.flush()


def _warm(line: http.client.HTTPConnection, path: str, headers: dict[str, str], until: float) -> None:
    while time.monotonic() < until:
        _asked(line, path, headers)


def _asked(line: http.client.HTTPConnection, path: str, headers: dict[str, str]) -> bool:
    line.request("GET", path, headers=headers)
    response = line.getresponse()
    body = response.read()
    return response.status == 200 and b'"total":' in body


if __name__ == "__main__":
    main()
