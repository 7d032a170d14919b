"""Key files: secrets this installation makes for itself, in ``FAZHI_HOME/keys``, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

FOLDER = "keys"


def folder() -> Path:
    """This folder of keys, made with rights 0700 when it does not exist."""
    keys = Path(settings.FAZHI_HOME) / FOLDER
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    return keys


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """This content of the key file ``name``; the first caller makes it.

    Several processes may ask at once: the file appears whole and under one of them only, because a link never replaces
    what is there.
    """
    path = folder() / name
    while True:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            _write_once(path, make())


def _write_once(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
