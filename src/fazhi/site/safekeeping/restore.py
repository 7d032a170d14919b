"""Brings a backup back."""

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.protect import protect
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.site.postgres.grants import statements
from fazhi.site.safekeeping import keyring, place, tables
from fazhi.site.safekeeping.archive import Reader
from fazhi.site.safekeeping.backup import ANCHORS, FILES, OWNER, ROWS
from fazhi.site.safekeeping.errors import BackupUnusable


def restore(reader: Reader, *, words: bytes | None, replace: bool, say: Callable[[str], None]) -> None:
    """Makes the site what it was when the backup was made, and begins an era of the audit that says so.

    Everything that can be refused is refused before anything is touched: an archive of a later version, a wrong
    passphrase, records in place without `replace`. What was in place comes back when anything fails. For a site that is
    stopped. Raises `BackupUnusable`.
    """
    known = keyring.load(reader, words)
    targets = _targets(reader)
    place.undo_unfinished(OWNER)
    if not replace and _holds_records():
        raise BackupUnusable(
            "这里已有数据；确要用备份替换，请加 --replace | there are records here: to replace them say --replace"
        )
    try:
        place.set_aside(OWNER)
        say("恢复数据表 restoring tables …")
        _tables(reader, targets, say)
        say("恢复密钥与文件 restoring keys and files …")
        _keys(known)
        _anchors(reader)
        _files(reader)
        say("启用数据防护，另起审计纪元 putting protection up, beginning an era of the audit …")
        protect(owner=OWNER)
        chain.begin_era(f"恢复备份（{reader.manifest.made_at}）", owner=OWNER)
        call_command("migrate", verbosity=0, interactive=False, restoring=True)
    except BaseException:
        connections.close_all()
        place.undo_unfinished(OWNER)
        raise
    place.finish(OWNER)


def _targets(reader: Reader) -> list[tuple[str, str | None]]:
    """Returns the last migration of each package at the time of the backup; refuses those this program does not know."""
    graph = MigrationExecutor(connections[OWNER]).loader.graph
    applied = set(reader.manifest.migrations)
    unknown = sorted(key for key in applied if key not in graph.nodes)
    if unknown:
        raise BackupUnusable(
            "备份由更新版本的程序制作，请用该版本恢复 | made by a later version of the program, which has "
            + ", ".join("/".join(key) for key in unknown[:3])
        )
    followed = {parent.key for key in applied for parent in graph.node_map[key].parents if parent.key[0] == key[0]}
    return [key for key in sorted(applied) if key not in followed]


def _holds_records() -> bool:
    with connections[OWNER].cursor() as cursor:
        if Jurisdiction._meta.db_table not in tables.names(cursor):
            return False
    return Jurisdiction.objects.using(OWNER).exists()


def _tables(reader: Reader, targets: list[tuple[str, str | None]], say: Callable[[str], None]) -> None:
    with connections[OWNER].cursor() as cursor:
        for statement in statements(connections["default"].settings_dict["USER"]):
            cursor.execute(statement)
    MigrationExecutor(connections[OWNER]).migrate(targets)
    try:
        with transaction.atomic(using=OWNER, durable=True), connections[OWNER].cursor() as cursor:
            present = set(tables.names(cursor))
            missing = sorted(present - reader.manifest.rows.keys())
            if missing:
                raise BackupUnusable(f"备份中缺少表 | tables are missing in the backup: {', '.join(missing[:5])}")
            with tables.filling(cursor):
                for table, rows in reader.manifest.rows.items():
                    if table not in present:
                        say(f"跳过程序不认识的表 a table the program does not know is left out: {table}")
                        continue
                    with reader.open(f"{ROWS}/{table}.gz") as content:
                        filled = tables.fill(cursor, table, content)
                    if filled != rows:
                        raise BackupUnusable(f"{table}: 应有 {rows} 行，实为 {filled} 行 | rows are missing")
            tables.set_sequences(cursor, reader.manifest.sequences)
    except DatabaseError as error:
        raise BackupUnusable(f"数据未能写入 | rows could not be written: {error}") from error


def _keys(known: dict[str, bytes]) -> None:
    for name, content in known.items():
        _write(place.keys_folder() / name, io.BytesIO(content))


def _anchors(reader: Reader) -> None:
    """Puts back the anchors, or leaves those that were in place where they go on from the same: they know more."""
    if not reader.has(ANCHORS):
        return
    path = place.anchors_file(OWNER)
    with reader.open(ANCHORS) as content:
        restored = content.read()
    standing = place.aside(path).read_bytes()
    _write(path, io.BytesIO(standing if standing.startswith(restored) else restored))


def _files(reader: Reader) -> None:
    for name in reader.names(FILES):
        with reader.open(name) as content:
            _write(place.files_folder() / name.removeprefix(f"{FILES}/"), content)


def _write(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
