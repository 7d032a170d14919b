"""The shelf: files of imports and exports, sealed, because ledgers hold what the tables keep as ciphertext."""

from __future__ import annotations

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from fazhi.kernel.ground.secrets import ciphers

_PLACE = "exchange.file"


def put(jurisdiction_id: int, what: str, content: bytes) -> str:
    """Keep these bytes; the name under which they are found again. ``what`` tells people who look into the folder."""
    name = f"exchange/{jurisdiction_id}/{what}-{secrets.token_hex(8)}"
    return default_storage.save(name, ContentFile(ciphers.seal(content, _PLACE)))


def take(name: str) -> bytes:
    """These bytes kept under a name; :class:`FileNotFoundError` when they were cleared away."""
    with default_storage.open(name) as file:
        return ciphers.unseal(file.read(), _PLACE)


def discard(name: str) -> None:
    """Remove what was kept; no harm if it is gone."""
    if name:
        default_storage.delete(name)
