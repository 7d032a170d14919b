"""The sealer: closes blocks in the order of commits, and anchors each outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit import anchors
from fazhi.kernel.ground.audit.anchors import BLOCK, ERA, Anchor
from fazhi.kernel.ground.audit.models import Block, Era


class ChainBroken(Exception):
    """Raised by the sealer when the anchors speak of a block that the database has not: nothing is sealed upon it."""


@dataclass(frozen=True, slots=True)
class Lag:
    """These entries not yet sealed: their number, and the age of the oldest in seconds."""

    waiting: int
    seconds: float


def seal(*, using: str = "default") -> int | None:
    """Seal what is committed and anchor it; the worker calls this every second or so.

    Gives the number of the new block, or ``None`` when nothing waited or another sealer is at work. Raises
    :class:`ChainBroken` when the chain has been cut below its last anchor. Must not run inside a transaction: only
    a block that is committed may be anchored.
    """
    _refuse_broken_chain(using)
    with transaction.atomic(using=using, durable=True), connections[using].cursor() as cursor:
        cursor.execute("SELECT audit_seal()")
        number: int | None = cursor.fetchone()[0]
    anchor(using=using)
    return number


def anchor(*, using: str = "default") -> int:
    """Append an anchor for every block and era that has none yet; gives how many were appended.

    A sealer that died between sealing and anchoring is thereby made up for.
    """
    signed = datetime.now(UTC).isoformat()
    with anchors.appending(connections[using].settings_dict["NAME"]) as log:
        reached = log.last.n if log.last else 0
        fresh: list[Anchor] = []
        for era in Era.objects.using(using).order_by("era"):
            began = _iso(era.began_at)
            if log.last is None or began > log.last.began:
                standing = Block.objects.using(using).filter(n=era.after).values_list("hash", flat=True).first() or b""
                fresh += _anchors(using, reached, era.after, log.last or era, signed)
                reached = era.after
                fresh.append(
                    Anchor(ERA, era.after, bytes(standing).hex(), era.era, began, began, signed, era.reason)
                )
        return 0


def lag(*, using: str = "default") -> Lag:
    """This backlog of the sealer, for the self-check page."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT waiting, seconds FROM audit_lag()")
        waiting, seconds = cursor.fetchone()
    return Lag(waiting, seconds)
