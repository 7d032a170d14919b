"""The vault: contents of files by their hash, encrypted, each kept once however often it is attached."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from fazhi.kernel.ground.secrets import ciphers

_PLACE = "files.content"


def put(jurisdiction_id: int, content: bytes) -> str:
    """Keep these bytes and give their SHA-256, hexadecimal, under which they are found again."""
    digest = hashlib.sha256(content).hexdigest()
    name = _name(jurisdiction_id, digest)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(ciphers.seal(content, _PLACE)))
    return digest


def take(jurisdiction_id: int, digest: str) -> bytes:
    """These bytes; raises :class:`FileNotFoundError` when they are gone and ``ciphers.Unreadable`` when tampered with."""
    with default_storage.open(_name(jurisdiction_id, digest)) as file:
        content = ciphers.unseal(file.read(), _PLACE)
    if hashlib.sha256(content).hexdigest() != digest:
        raise ciphers.Unreadable(f"文件内容与登记的摘要不符（{digest[:12]}）")
    return content


def _name(jurisdiction_id: int, digest: str) -> str:
    return f"vault/{jurisdiction_id}/{digest[:2]}/{digest}"
