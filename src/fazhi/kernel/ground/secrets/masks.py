"""Masks: what of a secret may be shown, by the kind of thing it is."""

from __future__ import annotations

from enum import StrEnum


class Mask(StrEnum):
    """How much of a secret stays legible."""

    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"
    ALL = "all"


_KEPT = {Mask.IDENTITY: (3, 4), Mask.PHONE: (3, 4), Mask.ADDRESS: (6, 0), Mask.ALL: (0, 0)}


def masked(text: str, mask: Mask) -> str:
    """This text with its middle hidden; one too short to hide anything is hidden whole."""
    head, tail = _KEPT[mask]
    hidden = len(text) - head - tail
    if hidden < 4:
        return "＊" * 4
    return f"{text[:head]}{'*' * min(hidden, 11)}{text[len(text) - tail :] if tail else ''}"
