"""Backups from one home to another, with the commands an operator uses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from fazhi.site.postgres import ADMIN, OWNER, Cluster
from tests.site.served.site import Site
from tests.site.served.states import State, assert_restored, files, rows

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif("FAZHI_DATABASE_URL" in os.environ, reason="restores from one server of its own to another"),
]
_NAMED = os.environ.get("FAZHI_POSTGRES_BIN")
# The oldest there is on the machine, if any: what is hardest to move to.
_OTHER = next(iter(sorted(Path("/usr/lib/postgresql").glob("1[5-9]/bin"))), Path(_NAMED) if _NAMED else None)


class Home:
    """A home that is worked on by commands only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = Site(path).environment()
        self.backup, self.words = path.with_suffix(".tar"), path.with_suffix(".words")
        self.cluster = Cluster(path, folder=Path(_NAMED) if _NAMED else None)

    def run(self, *arguments: object, **settings: str) -> str:
        """Runs `fazhi` with arguments and returns what it printed; fails when it fails."""
        done = self._run("-m", "fazhi.site", *map(str, arguments), **settings)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fill(self, code: str, **settings: str) -> None:
        """Makes a district."""
        with self.cluster.lease():
            done = self._run("-m", "tests.site.served.filling", code, **settings)
        assert done.returncode == 0, done.stderr

    def state(self) -> State:
        """Returns the rows of every table."""
        with self.cluster.lease(), self._connection() as connection, connection.cursor() as cursor:
            return rows(cursor)

    def starting(self, *arguments: object) -> "subprocess.Popen[str]":
        """Starts `fazhi` with arguments and returns the process."""
        return subprocess.Popen(
            [sys.executable, "-m", "fazhi.site", *map(str, arguments)],
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _run(self, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    def _connection(self) -> psycopg.Connection[tuple[str, ...]]:
        return psycopg.connect(
            host=str(self.cluster.socket_folder), dbname="fazhi", user=OWNER, passfile=str(self.cluster.passfile)
        )


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Home]]:
    folder, made = tmp_path_factory.mktemp("homes"), list[Home]()

    def make(name: str) -> Home:
        made.append(Home(folder / name))
        return made[-1]

    yield make
    for home in made:
        home.cluster.destroy()


@pytest.fixture(scope="module")
def original(homes: Callable[[str], Home]) -> Home:
    """A home with a district, its backup and the passphrase of the keys in it."""
    home = homes("first home")
    home.run("migrate", "--verbosity", "0")
    home.fill("qj")
    home.words.write_text("平湖秋月\n", encoding="utf-8")
    home.run("backup", home.backup, "--passphrase-file", home.words)
    return home


def test_the_drill_another_home_is_the_same_row_by_row(original: Home, homes: Callable[[str], Home]) -> None:
    then, second = original.state(), homes("second")
    assert len(then["orgs_unit"]) > 2

    second.run("restore", original.backup, "--passphrase-file", original.words)

    assert_restored(second.state(), then)
    assert files(second.path / "files") == files(original.path / "files")
    keys = [files(home.path / "keys") for home in (original, second)]
    assert [key.pop("postgres.pass") for key in keys]
    assert keys[0] == keys[1]
    second.run("audit", "verify")
    second.fill("hd")
    second.run("audit", "verify")


def test_a_restore_killed_at_any_moment_is_undone_by_the_next_start(original: Home) -> None:
    original.fill("hd")
    before, kept = original.state(), files(original.path / "files")
    for word in ("restoring tables", "putting protection up"):
        restoring = original.starting("restore", original.backup, "--passphrase-file", original.words, "--replace")
        assert restoring.stdout is not None
        with restoring, restoring.stdout as said:
            assert any(word in line for line in said), f"it never said “{word}”"
            time.sleep(0.05)
            restoring.send_signal(signal.SIGKILL)
        original.run("migrate", "--verbosity", "0")
        assert original.state() == before, word
        assert files(original.path / "files") == kept, word
    original.run("audit", "verify")


def test_a_bureau_moves_to_a_server_of_another_version_with_other_roles_and_back(
    original: Home, homes: Callable[[str], Home], tmp_path: Path
) -> None:
    there, back, then = tmp_path / "there.tar", tmp_path / "back.tar", original.state()

    external = homes("external").cluster = Cluster(tmp_path / "external", folder=_OTHER)
    with external.lease():
        place = str(external.socket_folder.resolve())
        with psycopg.connect(
            host=place, dbname="postgres", user=ADMIN, passfile=str(external.passfile), autocommit=True
        ) as connection:
            for statement in _AS_ITS_ADMINISTRATOR:
                connection.execute(statement)
        settings = {
            "FAZHI_DATABASE_URL": f"postgresql://bureau_app:a@/law?host={place}",
            "FAZHI_OWNER_DATABASE_URL": f"postgresql://bureau_owner:o@/law?host={place}",
        }
        original.run("backup", there, "--passphrase-file", original.words)
        original.run("restore", there, "--passphrase-file", original.words, "--replace", **settings)
        with psycopg.connect(host=place, dbname="law", user="bureau_owner", password="o") as connection:
            assert_restored(rows(connection.cursor()), then)
        original.run("audit", "verify", **settings)
        original.fill("wc", **settings)
        original.run("backup", back, **settings)
        with psycopg.connect(host=place, dbname="law", user="bureau_owner", password="o") as connection:
            moved = rows(connection.cursor())

    original.run("restore", back, "--replace")
    assert_restored(original.state(), moved)
    original.run("audit", "verify")


# As docs/operating.md has it, with other names.
_AS_ITS_ADMINISTRATOR = (
    "CREATE ROLE bureau_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD 'o'",
    "CREATE ROLE bureau_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD 'a'",
    "CREATE DATABASE law OWNER bureau_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
    "REVOKE ALL ON DATABASE law FROM PUBLIC",
    "GRANT CONNECT, TEMPORARY ON DATABASE law TO bureau_app",
)
