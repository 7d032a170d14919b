"""Anchors: one signed line per block, in a file outside the database.

A chain inside a database shows that its middle was changed, but not that its end was cut off. The file remembers how far
it had come. Each line is a JSON object with an Ed25519 signature by a key that is not in the database either. Copies of
the last line, filed elsewhere day by day, hold even against somebody who has both the database and the file.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from fazhi.kernel.ground.core import keyfiles

BLOCK, ERA = "block", "era"
# A line is about 400 bytes: the last one is always within this much of the end.
_TAIL = 8192


@dataclass(frozen=True, slots=True)
class Anchor:
    """This line of the file. Instants are ISO 8601 in UTC, hashes hexadecimal.

    ``kind`` ``block``: block ``n`` has ``hash`` and was sealed at ``at``. ``kind`` ``era``: an era began at ``at`` when
    ``n`` was the last block; blocks above it that were anchored before belong to a past that was lawfully given up
    (``note``: why). ``began`` names the era the line belongs to, ``signed`` the instant of signing.
    """

    kind: str
    n: int
    hash: str
    era: int
    began: str
    at: str
    signed: str
    note: str = ""

    def text(self) -> bytes:
        """This content as it is signed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def line(self, key: Ed25519PrivateKey) -> bytes:
        """This line of the file, with its signature and line end."""
        signature = base64.b64encode(key.sign(self.text())).decode()
        fields = asdict(self) | {"signature": signature}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


class Forged(ValueError):
    """Raised for a line that is not readable or whose signature is not ours."""


def path(database: str) -> Path:
    """This file of anchors of a database, so that a test database does not write into the anchors of another."""
    return Path(settings.FAZHI_HOME) / "audit" / f"{database}.anchors.log"


def signing_key() -> Ed25519PrivateKey:
    """This key that signs anchors, made at first use."""
    pem = keyfiles.kept("audit.ed25519.pem", _new_key)
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("keys/audit.ed25519.pem holds no Ed25519 key")
    return key


def public_key_text() -> str:
    """This public half of the signing key, base64: what whoever keeps filed anchors needs to check them."""
    raw = signing_key().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def parse(line: bytes, key: Ed25519PublicKey) -> Anchor:
    """This anchor of a line; raises :class:`Forged` unless it carries our signature."""
    try:
        fields = json.loads(line)
        signature = base64.b64decode(fields.pop("signature"), validate=True)
        anchor = Anchor(**fields)
        key.verify(signature, anchor.text())
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature) as error:
        raise Forged(str(error) or "signature does not match") from error
    return anchor


def lines(database: str) -> Iterator[tuple[int, bytes]]:
    """These numbered lines of a database's anchors; none when there is no file."""
    try:
        with path(database).open("rb") as file:
            yield from enumerate(file, start=1)
    except FileNotFoundError:
        return


def last(database: str) -> Anchor | None:
    """This last anchor of a database, or ``None`` before the first."""
    try:
        with path(database).open("rb") as file:
            return _last(file)
    except FileNotFoundError:
        return None


class Log:
    """The file held open by one process, to which anchors are appended."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._key = signing_key()
        self.last = _last(file)

    def append(self, anchors: list[Anchor]) -> None:
        """Append these anchors and wait until they are on disk."""
        if anchors:
            self._file.seek(0, os.SEEK_END)
            self._file.write(b"".join(anchor.line(self._key) for anchor in anchors))
            self._file.flush()
            os.fsync(self._file.fileno())
            self.last = anchors[-1]


@contextmanager
def appending(database: str) -> Iterator[Log]:
    """The anchors of a database, locked against other processes of this home."""
    place = path(database)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _drop_unfinished(file)
        yield Log(file)


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    return file.read()


def _last(file: BinaryIO) -> Anchor | None:
    complete = _tail(file).split(b"\n")[:-1]
    return parse(complete[-1], signing_key().public_key()) if complete else None


def _drop_unfinished(file: BinaryIO) -> None:
    """Remove the beginning of a line that a crash kept from being finished; its block is anchored again."""
    tail = _tail(file)
    unfinished = len(tail) - (tail.rfind(b"\n") + 1)
    if unfinished:
        file.truncate(file.seek(0, os.SEEK_END) - unfinished)
