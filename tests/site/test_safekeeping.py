"""Backups: what was is there again, row by row; what cannot be restored is refused and nothing is touched."""

import hashlib
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import sql

from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.verify import verify
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.site.postgres import OWNER, Cluster
from fazhi.site.safekeeping import archive, backup, keyring, manifest, tables
from fazhi.site.safekeeping.errors import BackupUnusable
from fazhi.site.safekeeping.restore import restore
from tests.lines.mediation.factories import opened
from tests.site.served.site import Site
from tests.world import build

AT = datetime(2022, 12, 20, 10, 0, tzinfo=UTC)
# What a restore itself adds to: the era it begins, and the block that closes the one before.
_GROWS = frozenset({"audit_era", "audit_block"})

State = dict[str, frozenset[str]]


def rows(cursor: psycopg.Cursor[tuple[str, ...]]) -> State:
    """Returns the rows of every table, each as a hash of its text."""
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT md5(t::text) FROM {} t").format(sql.Identifier(table)))
        hashes = [row[0] for row in cursor.fetchall()]
        assert len(set(hashes)) == len(hashes), f"two rows of {table} are alike, so that a set cannot stand for them"
        found[table] = frozenset(hashes)
    return found


def files(folder: Path) -> dict[str, str]:
    """Returns the files below a folder by name, with a hash of their content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_restored(now: State, then: State) -> None:
    """Asserts that every table holds what it held, and that the audit has only been added to."""
    assert {
        table: len(then[table] ^ now[table]) for table in then if table not in _GROWS and then[table] ^ now[table]
    } == {}
    assert now.keys() == then.keys()
    assert all(then[table] <= now[table] for table in _GROWS)
    assert len(now["audit_era"]) > len(then["audit_era"])


# ── In this process, on the suite's database ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(transactional_db: None, settings, tmp_path: Path) -> Path:
    """A home of its own for the keys, files and anchors of the suite's database."""
    home = tmp_path / "home"
    settings.FAZHI_HOME = home
    settings.MEDIA_ROOT = home / "files"
    return home


@pytest.fixture
def filled(home: Path) -> Path:
    (home / "files" / "a").mkdir(parents=True)
    (home / "files" / "a" / "申请书.txt").write_text("申请", encoding="utf-8")
    with transaction.atomic():
        world = build()
    chain.anchor(using="owner")
    chain.seal()
    with transaction.atomic():
        world.enter()
        opened(world)
    return home


def state() -> State:
    with connections["owner"].cursor() as cursor:
        return rows(cursor.cursor)


def made(folder: Path, words: bytes | None = None) -> Path:
    target = folder / "backup.tar"
    backup.make(target, made_at=AT, words=words)
    return target


def bring_back(source: Path, *, words: bytes | None = None, replace: bool = True) -> None:
    with archive.reading(source) as reader:
        restore(reader, words=words, replace=replace, say=lambda _: None)


needs_both = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@needs_both
def test_what_was_written_since_is_gone_and_everything_else_is_as_it_was(filled: Path, tmp_path: Path) -> None:
    then, kept, keys = state(), files(filled / "files"), files(filled / "keys")
    source = made(tmp_path)
    Jurisdiction.objects.create(code="later", name="后来", short_name="后")
    (filled / "files" / "later").write_text("后来", encoding="utf-8")
    chain.seal()

    bring_back(source)

    assert_restored(state(), then)
    assert files(filled / "files") == kept
    assert files(filled / "keys") == keys
    assert not [path.name for path in filled.rglob("*.replaced")]
    report = verify()
    assert report.sound, list(report.lines())


@needs_both
def test_the_audit_goes_on_after_a_restore_and_knows_what_was_given_up(filled: Path, tmp_path: Path) -> None:
    source = made(tmp_path)
    Jurisdiction.objects.create(code="later", name="后来", short_name="后")
    chain.seal()
    given_up = anchors.last(connections["owner"].settings_dict["NAME"])

    bring_back(source)

    lines = [line for _, line in anchors.lines(connections["owner"].settings_dict["NAME"])]
    assert given_up is not None
    assert any(given_up.hash.encode() in line for line in lines), "the anchor of a lost block is evidence"
    Jurisdiction.objects.create(code="new", name="新", short_name="新")
    chain.seal()
    assert chain.lag().waiting == 0
    assert verify().sound


@needs_both
def test_records_in_place_are_not_replaced_unasked(filled: Path, tmp_path: Path) -> None:
    source = made(tmp_path)
    Jurisdiction.objects.create(code="later", name="后来", short_name="后")
    before, kept = state(), files(filled)
    with pytest.raises(BackupUnusable, match="--replace"):
        bring_back(source, replace=False)
    assert (state(), files(filled)) == (before, kept)


@needs_both
def test_keys_open_with_their_passphrase_only(filled: Path, tmp_path: Path) -> None:
    source = made(tmp_path, words="平湖秋月".encode())
    content = source.read_bytes()
    for name, secret in ((path.name, path.read_bytes()) for path in (filled / "keys").iterdir()):
        assert secret not in content, f"{name} stands in the backup in the clear"
    before, kept = state(), files(filled)
    for words in (None, b"wrong"):
        with pytest.raises(BackupUnusable, match="passphrase"):
            bring_back(source, words=words)
        assert (state(), files(filled)) == (before, kept)
    bring_back(source, words="平湖秋月".encode())
    assert_restored(state(), before)
    keys = {name.removeprefix("keys/"): value for name, value in kept.items() if name.startswith("keys/")}
    assert files(filled / "keys") == keys


@needs_both
def test_a_restore_that_fails_midway_leaves_everything_as_it_was(filled: Path, tmp_path: Path) -> None:
    whole = made(tmp_path)
    lacking = tmp_path / "lacking.tar"
    with archive.reading(whole) as reader, archive.writing(lacking) as writer:
        for member in reader.manifest.members:
            with reader.open(member.name) as content:
                if member.name == "database/orgs_unit.gz":
                    with writer.member(member.name) as empty, connections["owner"].cursor() as cursor:
                        cursor.execute("CREATE TABLE without_rows (LIKE orgs_unit)")
                        tables.dump(cursor, "without_rows", empty)
                        cursor.execute("DROP TABLE without_rows")
                else:
                    writer.add(member.name, content)  # type: ignore[arg-type]
        counted = {**reader.manifest.rows, "orgs_unit": 0}
        writer.finish(
            manifest.Manifest(
                reader.manifest.made_at,
                reader.manifest.migrations,
                counted,
                reader.manifest.sequences,
                tuple(writer.members),
            )
        )
    before, kept = state(), files(filled)
    with pytest.raises(BackupUnusable, match="rows could not be written"):
        bring_back(lacking)
    assert (state(), files(filled)) == (before, kept)
    assert verify().sound


@needs_both
def test_a_backup_of_a_later_version_is_refused(filled: Path, tmp_path: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_from_the_future', now())"
        )
    source = made(tmp_path)
    before = state()
    with pytest.raises(BackupUnusable, match="9999_from_the_future"):
        bring_back(source)
    assert state() == before


@needs_both
def test_a_backup_is_refused_once_a_byte_of_it_differs(filled: Path, tmp_path: Path) -> None:
    source = made(tmp_path)
    content = source.read_bytes()
    with tarfile.open(source) as tar:
        middle = tar.getmember("database/orgs_unit.gz").offset_data + 20
        end = tar.getmember(manifest.NAME).offset
    damaged = {
        "a byte": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "its end": content[:end],
        "half of it": content[: len(content) // 2],
        "all of it": b"",
    }
    before = state()
    for what, remains in damaged.items():
        source.write_bytes(remains)
        with pytest.raises(BackupUnusable), archive.reading(source):
            pytest.fail(f"read although {what} is missing")
        with pytest.raises(BackupUnusable):
            bring_back(source)
    assert state() == before


@needs_both
def test_a_backup_shows_one_instant_whatever_is_written_meanwhile(filled: Path, tmp_path: Path) -> None:
    then = state()

    dump = tables.dump
    written: list[Jurisdiction] = []

    def dump_and_write(cursor, table, into):
        counted = dump(cursor, table, into)
        written.append(Jurisdiction.objects.create(code=f"m{len(written)}", name="写", short_name="写"))
        return counted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "dump", dump_and_write)
        source = made(tmp_path)
    assert len(written) > 20
    bring_back(source)
    assert_restored(state(), then)


def test_a_backup_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def half() -> None:
        with archive.writing(tmp_path / "backup.tar") as writer:
            with writer.member("database/a.gz") as member:
                member.write(b"x" * 100_000)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert list(tmp_path.iterdir()) == []


def test_a_backup_never_writes_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("other", encoding="utf-8")
    with pytest.raises(BackupUnusable, match="exists already"), archive.writing(tmp_path / "backup.tar"):
        pytest.fail("writes over it")
    assert (tmp_path / "backup.tar").read_text(encoding="utf-8") == "other"


def test_an_archive_that_reaches_outside_its_place_is_refused(tmp_path: Path) -> None:
    with archive.writing(tmp_path / "backup.tar") as writer:
        with writer.member("files/../../etc/passwd") as member:
            member.write(b"x")
        writer.finish(manifest.Manifest(AT.isoformat(), (), {}, {}, tuple(writer.members)))
    with pytest.raises(BackupUnusable, match="does not belong"), archive.reading(tmp_path / "backup.tar"):
        pytest.fail("reads it")


def test_an_empty_passphrase_is_none(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("\n", encoding="utf-8")
    with pytest.raises(BackupUnusable, match="no passphrase"):
        keyring.passphrase(tmp_path / "words")
    assert keyring.passphrase(None) is None


# ── From one home to another, with the commands an operator uses ─────────────────────────────────────────────────────


class Home:
    """A home that is worked on by commands only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.environment = Site(path).environment()
        named = os.environ.get("FAZHI_POSTGRES_BIN")
        self.cluster = Cluster(path, folder=Path(named) if named else None)

    def run(self, *arguments: object) -> str:
        """Runs `fazhi` with arguments and returns what it printed; fails when it fails."""
        done = self._run("-m", "fazhi.site", *map(str, arguments))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def fill(self, code: str) -> None:
        """Makes a district."""
        with self.cluster.lease():
            done = self._run("-m", "tests.site.served.filling", code)
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

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def _connection(self) -> psycopg.Connection[tuple[str, ...]]:
        return psycopg.connect(
            host=str(self.cluster.socket_folder), dbname="fazhi", user=OWNER, passfile=str(self.cluster.passfile)
        )


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    made: list[Home] = []

    def make(name: str) -> Home:
        made.append(Home(tmp_path / name))
        return made[-1]

    yield make
    for home in made:
        home.cluster.destroy()


on_own_servers = [
    pytest.mark.database,
    pytest.mark.skipif("FAZHI_DATABASE_URL" in os.environ, reason="restores from one server of its own to another"),
]


def _marked(test: Callable[..., None]) -> Callable[..., None]:
    for mark in on_own_servers:
        test = mark(test)
    return test


@_marked
def test_the_drill_another_home_is_the_same_row_by_row(homes: Callable[[str], Home], tmp_path: Path) -> None:
    words, source = tmp_path / "words", tmp_path / "backup.tar"
    words.write_text("平湖秋月\n", encoding="utf-8")
    first, second = homes("first home"), homes("second")
    first.run("migrate", "--verbosity", "0")
    first.fill("qj")
    first.run("backup", source, "--passphrase-file", words)
    then = first.state()
    assert len(then["mediation_case"] if "mediation_case" in then else then["orgs_unit"]) > 2

    second.run("restore", source, "--passphrase-file", words)

    assert_restored(second.state(), then)
    assert files(second.path / "files") == files(first.path / "files")
    assert {name: value for name, value in files(second.path / "keys").items() if name != "postgres.pass"} == {
        name: value for name, value in files(first.path / "keys").items() if name != "postgres.pass"
    }
    second.run("audit", "verify")
    second.fill("hd")
    second.run("audit", "verify")


@_marked
def test_a_restore_killed_at_any_moment_is_undone_by_the_next_start(
    homes: Callable[[str], Home], tmp_path: Path
) -> None:
    source = tmp_path / "backup.tar"
    home = homes("home")
    home.run("migrate", "--verbosity", "0")
    home.fill("qj")
    home.run("backup", source)
    home.fill("hd")
    before, kept = home.state(), files(home.path / "files")
    for word in ("restoring tables", "restoring keys", "putting protection up"):
        restoring = home.starting("restore", source, "--replace")
        assert restoring.stdout is not None
        with restoring, restoring.stdout as said:
            assert any(word in line for line in said), f"it never said “{word}”"
            time.sleep(0.05)
            restoring.send_signal(signal.SIGKILL)
        home.run("migrate", "--verbosity", "0")
        assert home.state() == before, word
        assert files(home.path / "files") == kept, word
        home.run("audit", "verify")
