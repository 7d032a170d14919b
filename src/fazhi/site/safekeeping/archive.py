"""The archive file: written whole or not at all, and read only after every byte of it was checked."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from fazhi.site.safekeeping import manifest
from fazhi.site.safekeeping.errors import BackupUnusable
from fazhi.site.safekeeping.manifest import Manifest, Member

_CHUNK = 1 << 20


class Writer:
    """Takes members one by one, and the manifest at the end."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar = tar
        self._folder = folder
        self.members: list[Member] = []

    def add(self, name: str, content: BinaryIO) -> None:
        """Adds what is left to read in `content` under a name."""
        with self.member(name) as member:
            while chunk := content.read(_CHUNK):
                member.write(chunk)

    @contextmanager
    def member(self, name: str) -> Iterator[BinaryIO]:
        """Yields a file to write a member's content to; it goes into the archive at the end of the block."""
        # A member's size stands before it, so it is known only when the content has been written somewhere else.
        with tempfile.TemporaryFile(dir=self._folder) as draft:
            yield draft
            size = draft.tell()
            draft.seek(0)
            read = _Hashing(draft)
            self._tar.addfile(_information(name, size), read)
            self.members.append(Member(name, size, read.digest()))

    def finish(self, described: Manifest) -> None:
        """Adds the manifest, with which the archive is complete."""
        text = described.text()
        self._tar.addfile(_information(manifest.NAME, len(text)), io.BytesIO(text))


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Yields a writer of a new archive at `target`, readable by its owner only.

    The file appears under its name at the end of the block and is complete and on disk by then; when the block fails, or
    the machine stops in the middle, there is none. Raises `BackupUnusable` when something of that name exists.
    """
    if target.exists():
        raise BackupUnusable(f"{target} 已存在，不会覆盖 | exists already and is not written over")
    if not target.parent.is_dir():
        raise BackupUnusable(f"文件夹不存在 | there is no folder {target.parent}")
    draft = target.with_name(f".{target.name}.unfinished")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar, target.parent)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Reader:
    """An archive whose members have all been found to be what the manifest says."""

    def __init__(self, tar: tarfile.TarFile, described: Manifest) -> None:
        self._tar = tar
        self.manifest = described

    def names(self, folder: str) -> list[str]:
        """Returns the names of the members below a folder of the archive, in their order."""
        return [member.name for member in self.manifest.members if member.name.startswith(f"{folder}/")]

    def has(self, name: str) -> bool:
        """Tells whether there is a member of that name."""
        return any(member.name == name for member in self.manifest.members)

    def open(self, name: str) -> IO[bytes]:
        """Returns a member's content to be read."""
        content = self._tar.extractfile(name)
        if content is None:
            raise BackupUnusable(f"{name} 不是文件 | is no file")
        return content


@contextmanager
def reading(source: Path) -> Iterator[Reader]:
    """Yields a reader of the archive at `source` after checking all of it. Raises `BackupUnusable`."""
    try:
        tar = tarfile.open(source, mode="r:")  # noqa: SIM115 — closed below, apart from the errors of opening it
    except (OSError, tarfile.TarError) as error:
        raise BackupUnusable(f"{source} 无法读取 | cannot be read as a backup: {error}") from error
    with tar:
        yield Reader(tar, _checked(tar, source))


def _checked(tar: tarfile.TarFile, source: Path) -> Manifest:
    found: dict[str, tuple[int, str]] = {}
    text = None
    try:
        for entry in tar:
            content = tar.extractfile(entry)
            if content is None or entry.name in found or not _stays_inside(entry.name):
                raise BackupUnusable(f"{source}: {entry.name} 不应在备份中 | does not belong into a backup")
            if entry.name == manifest.NAME:
                text = content.read()
            else:
                read = _Hashing(content)
                while read.read(_CHUNK):
                    pass
                found[entry.name] = (entry.size, read.digest())
    except (tarfile.TarError, EOFError) as error:
        raise BackupUnusable(f"{source} 已损坏 | is damaged: {error}") from error
    if text is None:
        raise BackupUnusable(f"{source} 不完整，缺少清单 | is not complete: there is no manifest in it")
    described = manifest.parse(text)
    promised = {member.name: (member.size, member.sha256) for member in described.members}
    differing = sorted(name for name in found.keys() | promised.keys() if found.get(name) != promised.get(name))
    if differing:
        raise BackupUnusable(f"{source} 与清单不符 | differs from its manifest: {', '.join(differing[:5])}")
    return described


def _stays_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in name.split("/")


def _information(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry


class _Hashing(io.RawIOBase):
    """A file to read from that hashes what passes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._read: Callable[[int], bytes] = file.read
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._read(size)
        self._hash.update(chunk)
        return chunk

    def digest(self) -> str:
        """Returns the SHA-256 of what has been read, hexadecimal."""
        return self._hash.hexdigest()
