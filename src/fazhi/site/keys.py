"""Keeps the secrets this machine makes for itself, as files only their owner can read, outside the database."""

import os
import secrets
from pathlib import Path


def folder(home: Path) -> Path:
    """Returns the folder of keys of a home, made with rights 0700 when it does not exist."""
    keys = home / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    return keys


def secret(path: Path) -> str:
    """Returns the secret kept in `path`; the first caller makes it, at 256 bits.

    Several processes may ask at once: the file appears complete and under one of them only, since it is linked into
    place and a link never replaces what is there.
    """
    while True:
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            write_once(path, secrets.token_urlsafe(32) + "\n")


def write_once(path: Path, text: str) -> None:
    """Writes a file with rights 0600 unless it exists; readers see it whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
