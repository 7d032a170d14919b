"""Starts and watches a served site."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fazhi.site.postgres import Cluster

CHECKOUT = Path(__file__).resolve().parents[3]
# Machines that test are busy: this is how long to wait for what should take a few seconds.
PATIENCE = 180.0


class Site:
    """A site served from `home` on a free port by `fazhi serve`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.log = home.parent / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Starts it and waits until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fazhi.site", "serve", "--port", str(self.port), *arguments],
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd=self.home.parent,
            )
        self.await_true(lambda: "Ctrl-C" in self.said() and self.get("/written") is not None, "it does not answer")

    def environment(self) -> dict[str, str]:
        """Returns the environment every command of this site runs in."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FAZHI_DATABASE")}
        return {
            **kept,
            "FAZHI_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tests.site.served.settings",
            "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        }

    @property
    def pid(self) -> int:
        """The number of the supervisor's process."""
        assert self._process is not None
        return self._process.pid

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Sends the supervisor a signal and returns its result code."""
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(PATIENCE)

    def end(self) -> None:
        """Makes an end of every process of it, whatever state a test has left them in."""
        for verb in ("serve", "web", "worker"):
            for pid in self.processes(verb):
                os.kill(pid, signal.SIGKILL)
        if self._process is not None:
            self._process.wait(PATIENCE)
        Cluster(self.home).destroy()

    def get(self, place: str, method: str = "GET") -> str | None:
        """Returns what the site answers, `None` when it does not answer or not well."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, place)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        return text if answer.status in (200, 201) else None

    def said(self) -> str:
        """Returns what it has printed since the beginning."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def processes(self, verb: str) -> list[int]:
        """Returns the processes that run `fazhi verb` for this home, the oldest first."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes().split(b"\0")
                environment = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if command[1:4] == [b"-m", b"fazhi.site", verb.encode()] and (
                f"FAZHI_HOME={self.home}".encode() in environment
            ):
                found.append(int(entry.name))
        return sorted(found)

    def postmaster(self) -> int:
        """Returns the number of the database server's first process."""
        return int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])

    def await_true(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Waits for a condition; fails with what the site has printed."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < until, f"{otherwise}\n{self.said()[-4000:]}"
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
