"""Ciphers: AES-256-GCM, or SM4-GCM where the bureau's rules ask for the national ciphers.

A ciphertext says which cipher and which key made it: one byte cipher, two bytes key number, twelve bytes nonce, then the
encrypted text with its tag. What it belongs to (``table.column``) is authenticated along, so that a value moved to
another column does not open.
"""

from __future__ import annotations

import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings

from fazhi.kernel.ground.secrets.keyring import ring

_AES, _SM4 = 1, 2
_CODES = {"aes": _AES, "sm4": _SM4}
_TAG = 16


class Unreadable(Exception):
    """Raised when a ciphertext does not open: its key is gone, or it was tampered with or moved."""


def encrypt(text: str, place: str) -> bytes:
    """This text encrypted under the newest key, bound to ``place`` (``table.column``)."""
    return seal(text.encode(), place)


def seal(content: bytes, place: str) -> bytes:
    """These bytes, e.g. a file's, encrypted like a text."""
    keys = ring()
    code = _CODES[settings.FAZHI_CIPHER]
    head = bytes([code]) + keys.current.to_bytes(2, "big")
    nonce = os.urandom(12)
    key, associated = keys.keys[keys.current], head + place.encode()
    if code == _AES:
        return head + nonce + AESGCM(key).encrypt(nonce, content, associated)
    sealer = Cipher(SM4(key[:16]), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(associated)
    return head + nonce + sealer.update(content) + sealer.finalize() + sealer.tag


def decrypt(ciphertext: bytes, place: str) -> str:
    """This text of a ciphertext bound to ``place``; raises :class:`Unreadable`."""
    return unseal(ciphertext, place).decode()


def unseal(ciphertext: bytes, place: str) -> bytes:
    """These bytes of a ciphertext bound to ``place``; raises :class:`Unreadable`."""
    head, nonce, body = ciphertext[:3], ciphertext[3:15], ciphertext[15:]
    number = int.from_bytes(head[1:], "big")
    key = ring().keys.get(number)
    if key is None:
        raise Unreadable(f"密钥{number}不在本机，无法解密（{place}）")
    associated = head + place.encode()
    try:
        if head[0] == _AES:
            return AESGCM(key).decrypt(nonce, body, associated)
        opener = Cipher(SM4(key[:16]), modes.GCM(nonce, body[-_TAG:])).decryptor()
        opener.authenticate_additional_data(associated)
        return opener.update(body[:-_TAG]) + opener.finalize()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(f"密文已损坏或被改动（{place}）") from error


def key_number(ciphertext: bytes) -> int:
    """This number of the key that made a ciphertext."""
    return int.from_bytes(ciphertext[1:3], "big")


def search_hash(text: str) -> bytes:
    """This keyed hash by which equal secrets are found, whatever width or case they were typed in."""
    tidy = unicodedata.normalize("NFKC", text).strip().upper()
    return hmac.digest(ring().search, tidy.encode(), "sha256")
