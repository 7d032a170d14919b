"""The sealer: closes blocks in the order of commits, and anchors each outside the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit import anchors
from fazhi.kernel.ground.audit.anchors import BLOCK, ERA, Anchor, Forged
from fazhi.kernel.ground.audit.models import Block, Era

# Anchors are appended in lots, so that making up for a long time costs no memory.
_LOT = 1000


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
    appended = 0
    with anchors.appending(connections[using].settings_dict["NAME"]) as log:
        waiting = _waiting(using, log.last)
        while lot := list(islice(waiting, _LOT)):
            log.append(lot)
            appended += len(lot)
    return appended


def begin_era(reason: str, *, owner: str = "owner") -> int:
    """Begin an era and anchor it; gives its number. For the owner, with the program stopped, after a restore.

    It gives up whatever was anchored beyond the last block that stands, and says so under ``reason`` for good. Raises
    :class:`ChainBroken` when the clock is behind the last era's beginning: anchors are told apart by that instant.
    """
    with transaction.atomic(using=owner, durable=True), connections[owner].cursor() as cursor:
        number = _begin(cursor, reason)
        began = _iso(Era.objects.using(owner).get(era=number).began_at)
        last = _last(owner)
        if last is not None and began <= last.began:
            raise ChainBroken(f"数据库时钟（{began}）早于锚点中上一纪元的开始（{last.began}），请先校准时钟")
    anchor(using=owner)
    return number


def begin_era_if_needed(cursor: CursorWrapper) -> bool:
    """Begin the first era, or one for a cluster whose transaction numbers are not those of the last; tells whether.

    It is the caller who anchors it, once it is committed.
    """
    cursor.execute(
        "SELECT cluster = (SELECT system_identifier FROM pg_control_system()) FROM audit_era ORDER BY era DESC LIMIT 1"
    )
    row = cursor.fetchone()
    if row == (True,):
        return False
    _begin(cursor, "启用审计" if row is None else "数据库集群更换")
    return True


def lag(*, using: str = "default") -> Lag:
    """This backlog of the sealer, for the self-check page."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT waiting, seconds FROM audit_lag()")
        waiting, seconds = cursor.fetchone()
    return Lag(waiting, seconds)


def _begin(cursor: CursorWrapper, reason: str) -> int:
    cursor.execute("SELECT audit_begin_era(%s)", [reason])
    number: int = cursor.fetchone()[0]
    return number


def _refuse_broken_chain(using: str) -> None:
    """Compare the last anchor with the database; raise :class:`ChainBroken` where the two cannot have one past."""
    last = _last(using)
    if last is None:
        if Block.objects.using(using).exists():
            raise ChainBroken(
                f"锚点文件 {anchors.path(_name(using))} 不存在或为空，而数据库中已有区块；已停止封存。"
                "请从备份找回该文件；确实无法找回的，停机后执行 fazhi audit era --reason 说明原因"
            )
        # From the first block on, a file that is missing is one that was taken away.
        anchor(using=using)
        return
    began = Era.objects.using(using).order_by("-era").values_list("began_at", flat=True).first()
    if began is not None and _iso(began) > last.began:
        return
    standing = Block.objects.using(using).filter(n=last.n).values_list("hash", flat=True).first() or b""
    if began is None or _iso(began) != last.began or bytes(standing).hex() != last.hash:
        raise ChainBroken(
            f"锚点记到第 {last.n} 区块（{last.at}），数据库中没有该区块或者内容不同；已停止封存。"
            "请执行 fazhi audit verify 查明；如系恢复备份，停机后执行 fazhi audit era --reason 说明原因"
        )


def _last(using: str) -> Anchor | None:
    try:
        return anchors.last(_name(using))
    except Forged as error:
        raise ChainBroken(
            f"锚点文件 {anchors.path(_name(using))} 的最后一行不是本系统签署的；已停止封存。"
            "请保存该文件作为证据，并从备份找回原文件"
        ) from error


def _waiting(using: str, last: Anchor | None) -> Iterator[Anchor]:
    """The anchors that are missing after ``last``: for each era its beginning, then the blocks sealed since."""
    # What is signed is the time of the machine that signs; no caller has a better one.
    signed = _iso(datetime.now(UTC))  # noqa: TID251
    reached, number, began = (last.n, last.era, last.began) if last else (0, 0, "")
    for era in Era.objects.using(using).order_by("era"):
        if _iso(era.began_at) <= began:
            continue
        yield from _of_blocks(using, reached, era.after, number, began, signed)
        reached, number, began = era.after, era.era, _iso(era.began_at)
        standing = Block.objects.using(using).filter(n=reached).values_list("hash", flat=True).first() or b""
        yield Anchor(ERA, reached, bytes(standing).hex(), number, began, began, signed, era.reason)
    yield from _of_blocks(using, reached, None, number, began, signed)


def _of_blocks(using: str, above: int, upto: int | None, era: int, began: str, signed: str) -> Iterator[Anchor]:
    blocks = Block.objects.using(using).filter(n__gt=above)
    if upto is not None:
        blocks = blocks.filter(n__lte=upto)
    for n, digest, sealed_at in blocks.order_by("n").values_list("n", "hash", "sealed_at").iterator(_LOT):
        yield Anchor(BLOCK, n, bytes(digest).hex(), era, began, _iso(sealed_at), signed)


def _name(using: str) -> str:
    return str(connections[using].settings_dict["NAME"])


def _iso(instant: datetime) -> str:
    """This instant as anchors write it: in UTC, to the microsecond, so that the order of texts is that of time."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
