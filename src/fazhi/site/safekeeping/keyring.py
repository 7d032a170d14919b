"""The keys in a backup: in the clear, or sealed under a passphrase."""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from fazhi.site.safekeeping.archive import Reader, Writer
from fazhi.site.safekeeping.errors import BackupUnusable

CLEAR = "keys.tar"
SEALED = "keys.sealed"
# The passwords of the server's own roles: another server has others.
LEFT_OUT = frozenset({"postgres.pass"})
_SALT, _NONCE = 16, 12
# About a tenth of a second and 64 MiB for each guess.
_COST = {"n": 2**16, "r": 8, "p": 1}


def passphrase(path: Path | None) -> bytes | None:
    """Returns the passphrase a file holds, its last line end left out; `None` without a file."""
    if path is None:
        return None
    try:
        words = path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise BackupUnusable(f"读不到口令文件 | the passphrase cannot be read: {error}") from error
    if not words:
        raise BackupUnusable(f"口令文件为空 | there is no passphrase in {path}")
    return words


def store(writer: Writer, folder: Path, words: bytes | None) -> None:
    """Adds the key files of a folder to an archive, sealed when a passphrase is given."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name not in LEFT_OUT:
                tar.add(path, arcname=path.name)
    content = packed.getvalue() if words is None else _seal(packed.getvalue(), words)
    writer.add(CLEAR if words is None else SEALED, io.BytesIO(content))


def load(reader: Reader, words: bytes | None) -> dict[str, bytes]:
    """Returns the key files of an archive, by name. Raises `BackupUnusable` when the passphrase does not open them."""
    if reader.has(CLEAR):
        with reader.open(CLEAR) as file:
            return dict(_unpack(file.read()))
    if words is None:
        raise BackupUnusable(
            "备份中的密钥有口令保护，请用 --passphrase-file 指定 | the keys in it are sealed: give --passphrase-file"
        )
    with reader.open(SEALED) as file:
        return dict(_unpack(_unseal(file.read(), words)))


def _unpack(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as tar:
        for entry in tar:
            file = tar.extractfile(entry)
            if file is None or "/" in entry.name or entry.name.startswith("."):
                raise BackupUnusable(f"{entry.name} 不是密钥 | is no key")
            yield entry.name, file.read()


def _seal(content: bytes, words: bytes) -> bytes:
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = json.dumps(_COST).encode() + b"\n"
    return head + salt + nonce + AESGCM(_key(words, salt, _COST)).encrypt(nonce, content, head)


def _unseal(content: bytes, words: bytes) -> bytes:
    head, _, rest = content.partition(b"\n")
    salt, nonce, body = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        return AESGCM(_key(words, salt, json.loads(head))).decrypt(nonce, body, head + b"\n")
    except (InvalidTag, ValueError, TypeError) as error:
        raise BackupUnusable("口令不对，打不开备份中的密钥 | the passphrase does not open the keys") from error


def _key(words: bytes, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(words)
