"""Backups: what was is there again, row by row; what cannot be restored is refused and nothing is touched."""

import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction

from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.verify import verify
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.site.safekeeping import archive, backup, keyring, manifest, place, tables
from fazhi.site.safekeeping.errors import BackupUnusable
from fazhi.site.safekeeping.restore import restore
from tests.lines.mediation.factories import opened
from tests.site.served.states import State, assert_restored, files, rows
from tests.world import build

AT = datetime(2022, 12, 20, 10, 0, tzinfo=UTC)


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
    seal_all()
    with transaction.atomic():
        world.enter()
        opened(world)
    return home


def state() -> State:
    with connections["owner"].cursor() as cursor:
        return rows(cursor.cursor)


def seal_all() -> None:
    """Seals what is written; a transaction in another database of the server may hold that back for a moment."""
    until = time.monotonic() + 30
    while chain.lag().waiting and time.monotonic() < until:
        chain.seal()
    assert chain.lag().waiting == 0


def made(folder: Path, words: bytes | None = None) -> Path:
    target = folder / "backup.tar"
    backup.make(target, made_at=AT, words=words)
    return target


def bring_back(source: Path, *, words: bytes | None = None, replace: bool = True) -> None:
    with archive.reading(source) as reader:
        restore(reader, words=words, replace=replace, say=lambda _: None)


needs_both = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@needs_both
def test_what_was_written_since_is_given_up_and_everything_else_is_as_it_was(filled: Path, tmp_path: Path) -> None:
    database = connections["owner"].settings_dict["NAME"]
    then, kept, keys = state(), files(filled / "files"), files(filled / "keys")
    source = made(tmp_path)
    Jurisdiction.objects.create(code="later", name="后来", short_name="后")
    (filled / "files" / "later").write_text("后来", encoding="utf-8")
    seal_all()
    given_up = anchors.last(database)

    bring_back(source)

    assert_restored(state(), then)
    assert files(filled / "files") == kept
    assert files(filled / "keys") == keys
    assert not [path.name for path in filled.rglob("*.replaced")]
    assert given_up is not None
    lines = [line for _, line in anchors.lines(database)]
    assert any(given_up.hash.encode() in line for line in lines), "the anchor of a lost block is evidence"
    Jurisdiction.objects.create(code="new", name="新", short_name="新")
    seal_all()
    report = verify()
    assert report.sound, list(report.lines())


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
    with archive.reading(source) as reader:
        opened_keys = keyring.load(reader, "平湖秋月".encode())
    assert opened_keys == {path.name: path.read_bytes() for path in (filled / "keys").iterdir()}


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
def test_half_a_restore_is_never_backed_up(filled: Path, tmp_path: Path) -> None:
    before, kept = state(), files(filled)
    place.set_aside("owner")
    with pytest.raises(BackupUnusable, match="not finished"):
        made(tmp_path)
    assert not (tmp_path / "backup.tar").exists()
    assert place.undo_unfinished("owner")
    assert (state(), files(filled)) == (before, kept)
    assert not place.undo_unfinished("owner")


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
    with archive.reading(source) as reader:
        assert reader.manifest.rows == {table: len(hashes) for table, hashes in then.items()}


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
