"""Makes a backup while the site runs."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from fazhi.kernel.ground.audit import anchors
from fazhi.site import keys
from fazhi.site.safekeeping import keyring, tables
from fazhi.site.safekeeping.archive import Writer, writing
from fazhi.site.safekeeping.errors import BackupUnusable
from fazhi.site.safekeeping.manifest import Manifest
from fazhi.site.safekeeping.place import is_unfinished

OWNER = "owner"
ANCHORS = "audit/anchors.log"
FILES = "files"
ROWS = "database"


def make(target: Path, *, made_at: datetime, words: bytes | None) -> Manifest:
    """Writes a backup to `target` and returns what is in it; the keys are sealed under the passphrase `words`.

    All rows are those of one instant. Files are read after it, so that every record has its file; anchors before it, so
    that every anchor has its block. Raises `BackupUnusable`.
    """
    files = _files_folder()
    if is_unfinished(OWNER):
        raise BackupUnusable(
            "恢复尚未完成，请等待；如已中断，请先启动一次 | a restore is not finished: wait for it, or start the site once"
        )
    with writing(target) as writer:
        _anchors(writer)
        with transaction.atomic(using=OWNER, durable=True), connections[OWNER].cursor() as cursor:
            tables.read_from_one_instant(cursor)
            migrations = _migrations()
            rows = _rows(cursor, writer)
            _files(writer, files)
            keyring.store(writer, keys.folder(settings.FAZHI_HOME), words)
            sequences = tables.sequences(cursor)
        described = Manifest(
            made_at=made_at.isoformat(),
            migrations=migrations,
            rows=rows,
            sequences=sequences,
            members=tuple(writer.members),
        )
        writer.finish(described)
    return described


def _anchors(writer: Writer) -> None:
    path = anchors.path(str(connections[OWNER].settings_dict["NAME"]))
    if path.is_file():
        with path.open("rb") as file:
            writer.add(ANCHORS, file)


def _migrations() -> tuple[tuple[str, str], ...]:
    applied = MigrationRecorder(connections[OWNER]).applied_migrations()
    if not applied:
        raise BackupUnusable("数据库还是空的，没有可备份的内容 | there is nothing in the database yet")
    return tuple(sorted(applied))


def _rows(cursor: CursorWrapper, writer: Writer) -> dict[str, int]:
    counted = {}
    for table in tables.names(cursor):
        with writer.member(f"{ROWS}/{table}.gz") as member:
            counted[table] = tables.dump(cursor, table, member)
    return counted


def _files_folder() -> Path:
    if not isinstance(default_storage, FileSystemStorage):
        raise BackupUnusable(
            "文件不在本机磁盘上，请用存储系统自己的备份 | files are not kept on this machine's disk: back up the store itself"
        )
    return Path(settings.MEDIA_ROOT)


def _files(writer: Writer, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        # Files being received have a name with a dot, and belong to no record yet.
        if path.is_file() and not path.name.startswith("."):
            try:
                with path.open("rb") as file:
                    writer.add(f"{FILES}/{path.relative_to(folder).as_posix()}", file)
            except FileNotFoundError:
                # Lawfully destroyed since the folder was looked at.
                continue
