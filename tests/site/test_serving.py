"""A site as its operator knows it: it starts, survives what may happen to its processes, and stops without a trace."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi.site.postgres import Cluster
from tests.site.served.site import Site

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif("FAZHI_DATABASE_URL" in os.environ, reason="serves from a database of its own"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "a home with spaces")
    yield site
    site.end()


class Writer(threading.Thread):
    """Writes without pause and remembers what the site has said it has written."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[str] = []
        self._site = site
        self._ending = threading.Event()

    def run(self) -> None:
        number = 0
        while not self._ending.is_set():
            number += 1
            code = f"w{number:06}"
            if self._site.get(f"/write/{code}", "POST") == "written":
                self.acknowledged.append(code)
            else:
                time.sleep(0.02)

    def end(self) -> None:
        self._ending.set()
        self.join()


def _lives(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_nothing_acknowledged_is_lost_whatever_process_is_killed(site: Site) -> None:
    site.start("--empty")
    writer = Writer(site)
    writer.start()

    def whole_and_writing(after: int) -> bool:
        all_there = len(site.processes("web")) == 3 and len(site.processes("worker")) == 1
        return all_there and len(writer.acknowledged) > after + 50

    site.await_true(lambda: whole_and_writing(0), "nothing is written")
    for name, victim in (
        ("database server", site.postmaster),
        ("web server", lambda: site.processes("web")[0]),
        ("process of the web server", lambda: site.processes("web")[-1]),
        ("worker", lambda: site.processes("worker")[0]),
        ("database server, a second time", site.postmaster),
    ):
        killed, before = victim(), len(writer.acknowledged)
        os.kill(killed, signal.SIGKILL)
        site.await_true(lambda killed=killed: not _lives(killed), f"the {name} does not die")  # type: ignore[misc]
        site.await_true(
            lambda before=before: whole_and_writing(before),  # type: ignore[misc]
            f"no writing after the {name} was killed",
        )

    supervisor, children = site.pid, {*site.processes("web"), *site.processes("worker")}
    postmaster = site.postmaster()
    os.kill(supervisor, signal.SIGKILL)
    os.kill(postmaster, signal.SIGKILL)
    site.stop()
    site.await_true(
        lambda: not children & {*site.processes("web"), *site.processes("worker")}, "children outlive their supervisor"
    )
    writer.end()

    site.start()
    there = set((site.get("/written") or "").split("\n"))
    assert len(writer.acknowledged) > 300
    assert [code for code in writer.acknowledged if code not in there] == []
    assert_stops(site, signal.SIGTERM)


def assert_stops(site: Site, how: signal.Signals) -> None:
    """Asserts that nothing of a site is left when it is told to stop."""
    postmaster = site.postmaster()
    assert len(site.processes("web")) == 3, "one that watches, and two that answer"
    assert len(site.processes("worker")) == 1

    assert site.stop(how) == 0

    assert site.processes("web") == site.processes("worker") == site.processes("serve") == []
    assert not Path(f"/proc/{postmaster}").exists()
    assert not (site.home / "postgres" / "data" / "postmaster.pid").exists()


def test_it_works_alone_on_its_home_and_port_seals_its_audit_and_stops_on_control_c(site: Site, tmp_path: Path) -> None:
    site.start("--empty")
    site.await_true(lambda: site.get("/worker") == "beats", "the worker is not heard")
    assert site.get("/write/a", "POST") == "written"
    site.await_true(lambda: site.get("/unsealed") == "0", "the audit is not sealed")

    def refusal(home: Path) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "fazhi.site", "serve", "--port", str(site.port)],
            env={**site.environment(), "FAZHI_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        return done.stderr

    assert "is running already" in refusal(site.home)
    other = tmp_path / "other"
    try:
        assert f"--port {site.port + 1}" in refusal(other)
        assert not Cluster(other).is_ready()
    finally:
        Cluster(other).destroy()
    assert site.get("/written") is not None
    assert_stops(site, signal.SIGINT)
