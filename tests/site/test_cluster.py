"""The embedded server: made once, found again, started by whoever needs it, and none the worse for being killed."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from fazhi.site.postgres import ADMIN, APP, OWNER, Cluster, PostgresUnusable, find

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif("FAZHI_DATABASE_URL" in os.environ, reason="starts servers of its own"),
]
_NAMED = Path(os.environ["FAZHI_POSTGRES_BIN"]) if "FAZHI_POSTGRES_BIN" in os.environ else None
_CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def cluster_in() -> Iterator[Callable[[Path], Cluster]]:
    made: list[Cluster] = []

    def make(home: Path) -> Cluster:
        made.append(Cluster(home, folder=_NAMED, options={"fsync": "off"}))
        return made[-1]

    yield make
    for cluster in made:
        cluster.destroy()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server that runs for all tests that leave it as it is; the folder above its home is closed to others."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    cluster = Cluster(closed / "home", folder=_NAMED, options={"fsync": "off"})
    with cluster.lease():
        yield cluster
    cluster.destroy()


def connect(cluster: Cluster, role: str = OWNER) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(cluster.socket_folder), dbname="fazhi", user=role, passfile=str(cluster.passfile), connect_timeout=5
    )


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])


@pytest.mark.parametrize(
    "name",
    ["plain", "with space, and comma", "区司法局 法治系统", "quote\"and'quote", "long/" * 24 + "long"],
    ids=["plain", "space", "chinese", "quotes", "long"],
)
def test_any_folder_will_do(cluster_in: Callable[[Path], Cluster], tmp_path: Path, name: str) -> None:
    cluster = cluster_in(tmp_path / name)
    with cluster.lease(), connect(cluster) as connection:
        assert connection.execute("SELECT '行政' ~ '^\\w+$', current_setting('server_encoding')").fetchone() == (
            True,
            "UTF8",
        )
    assert not cluster.is_ready()


def test_three_roles_know_their_place(standing: Cluster) -> None:
    with connect(standing) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1"
        ).fetchall()
    assert found == [(ADMIN, True, True, True), (APP, False, False, False), (OWNER, False, False, True)]


def test_nobody_gets_in_without_a_password_and_nobody_else_reads_it(standing: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"password"):
        psycopg.connect(host=str(standing.socket_folder), dbname="fazhi", user=ADMIN, passfile=os.devnull)
    for path in (standing.passfile, standing.data, standing.socket_folder.resolve()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_log_holds_nothing_that_somebody_typed(standing: Cluster) -> None:
    with connect(standing) as connection:
        connection.execute("CREATE TEMPORARY TABLE people (identity text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('330102199001011234')")
        with pytest.raises(psycopg.errors.UniqueViolation, match="330102199001011234"):
            connection.execute("INSERT INTO people VALUES ('330102199001011234')")
    said = standing.log.read_text(encoding="utf-8")
    assert "duplicate key value" in said
    assert "330102199001011234" not in said


def test_a_log_grown_large_is_put_away(cluster_in: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        pass
    with cluster.log.resolve().open("ab") as log:
        log.truncate(17 << 20)
    with cluster.lease():
        assert cluster.log.stat().st_size < 1 << 20
        assert cluster.log.resolve().with_suffix(".log.1").stat().st_size == 17 << 20


def test_rights_of_folders_above_stay_as_they_are(standing: Cluster) -> None:
    assert stat.S_IMODE(standing.home.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(standing.home.stat().st_mode) == 0o700


@pytest.mark.skipif(os.getuid() != 0, reason="only root acts for other accounts")
def test_root_keeps_data_under_an_account_that_is_not_root(standing: Cluster) -> None:
    uid = standing.data.stat().st_uid
    assert uid != 0
    assert standing.folder.is_symlink()
    assert Path(f"/proc/{postmaster(standing)}").stat().st_uid == uid


def test_a_killed_server_is_back_with_everything_it_had_acknowledged(
    cluster_in: Callable[[Path], Cluster], tmp_path: Path
) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        with connect(cluster) as connection:
            connection.execute("CREATE TABLE kept (n int)")
        for number in range(3):
            with connect(cluster) as connection:
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
            os.kill(postmaster(cluster), signal.SIGKILL)
            cluster.ensure_running()
        with connect(cluster) as connection:
            assert connection.execute("SELECT array_agg(n ORDER BY n) FROM kept").fetchone() == ([0, 1, 2],)


def test_a_server_whose_process_died_recovers_by_itself(cluster_in: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        before = postmaster(cluster)
        with connect(cluster) as connection:
            backend = connection.info.backend_pid
            os.kill(backend, signal.SIGKILL)
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        cluster.ensure_running()
        assert postmaster(cluster) == before
        with connect(cluster) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


_HOLD = """
import sys, time
from pathlib import Path
from fazhi.site.postgres import Cluster
folder = Path(sys.argv[2]) if sys.argv[2] else None
with Cluster(Path(sys.argv[1]), folder=folder, options={"fsync": "off"}).lease():
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(home), str(_NAMED or "")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_CHECKOUT / "src")},
    )


def test_any_number_may_start_it_at_once_and_the_last_to_leave_stops_it(
    cluster_in: Callable[[Path], Cluster], tmp_path: Path
) -> None:
    cluster = cluster_in(tmp_path / "home")
    holders = [holder(tmp_path / "home") for _ in range(4)]
    for each in holders:
        assert each.stdout is not None
        assert each.stdout.readline() == "held\n"
    first = postmaster(cluster)

    for each in holders[:2]:
        each.communicate("\n")
    holders[2].kill()
    holders[2].communicate()
    assert cluster.is_ready()
    assert postmaster(cluster) == first

    holders[3].communicate("\n")
    assert not cluster.is_ready()
    assert not (cluster.data / "postmaster.pid").exists()


def test_an_interrupted_birth_is_begun_anew(cluster_in: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        password = cluster.passfile.read_text()
    # As if it had been killed before the moment at which data begin to exist.
    cluster.data.rename(cluster.data.with_name("draft"))
    (cluster.data.with_name("draft") / "PG_VERSION").unlink()
    with cluster.lease(), connect(cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert cluster.passfile.read_text() == password


def test_data_are_never_served_by_another_major_version(cluster_in: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        pass
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(PostgresUnusable, match="version 12, which made the data"):
        cluster_in(tmp_path / "home").ensure_running()
    (cluster.data / "PG_VERSION").write_text(f"{find(_NAMED, None).major}\n")


def test_a_folder_without_programs_is_named_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(PostgresUnusable, match=r"nowhere \(programs missing\)"):
        find(tmp_path / "nowhere", 99)


def test_a_server_that_cannot_start_shows_the_end_of_its_log(
    cluster_in: Callable[[Path], Cluster], tmp_path: Path
) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        pass
    cluster.options["shared_buffers"] = "nonsense"
    begun = time.monotonic()
    with pytest.raises(PostgresUnusable, match="shared_buffers"):
        cluster.ensure_running()
    assert time.monotonic() - begun < 30
    del cluster.options["shared_buffers"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give data away")
def test_data_of_root_are_refused(cluster_in: Callable[[Path], Cluster], tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "home")
    with cluster.lease():
        uid, gid = cluster.data.stat().st_uid, cluster.data.stat().st_gid
    shutil.chown(cluster.data, 0, 0)
    with pytest.raises(PostgresUnusable, match="belong to root"):
        cluster.ensure_running()
    shutil.chown(cluster.data, uid, gid)
