"""The keys of secrets: numbered, in a file outside the database; new values take the newest, old ones name theirs."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from fazhi.kernel.ground.core import keyfiles

FILE = "secrets.json"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keyring:
    """These keys by number, the number that new values take, and the key of the search hashes."""

    current: int
    keys: dict[int, bytes]
    search: bytes

    def text(self) -> bytes:
        """This ring as its file holds it."""
        stored = {
            "current": self.current,
            "keys": {str(number): key.hex() for number, key in self.keys.items()},
            "search": self.search.hex(),
        }
        return json.dumps(stored, indent=1).encode()


@cache
def _ring(place: str, changed: int) -> Keyring:
    stored = json.loads(Path(place).read_bytes())
    keys = {int(number): bytes.fromhex(key) for number, key in stored["keys"].items()}
    return Keyring(stored["current"], keys, bytes.fromhex(stored["search"]))


def ring() -> Keyring:
    """This installation's keys, made at first use; a rotation by another process is seen at once."""
    # Asked for every secret written or read: one look at the file's time, and no more.
    place = f"{settings.FAZHI_HOME}/{keyfiles.FOLDER}/{FILE}"
    try:
        changed = os.stat(place).st_mtime_ns  # noqa: PTH116 — a Path costs more than the look
    except FileNotFoundError:
        keyfiles.kept(FILE, lambda: Keyring(1, {1: secrets.token_bytes(_BYTES)}, secrets.token_bytes(_BYTES)).text())
        changed = os.stat(place).st_mtime_ns  # noqa: PTH116 — as above
    return _ring(place, changed)


def add_key() -> int:
    """Add a key that new values take from now on; gives its number. Old values stay readable until re-encrypted."""
    former = ring()
    number = former.current + 1
    fresh = Keyring(number, former.keys | {number: secrets.token_bytes(_BYTES)}, former.search)
    place = keyfiles.folder() / FILE
    draft = place.with_name(f".{FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(fresh.text())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return number
