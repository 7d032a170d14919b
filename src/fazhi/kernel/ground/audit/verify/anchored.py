"""Whether the chain is the one that was anchored outside the database, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC

from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit import anchors
from fazhi.kernel.ground.audit.anchors import ERA, Anchor, Forged
from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind

_HASH = 32
# Between a seal and its anchor lies one write to disk; what is older was left unanchored.
_GRACE_SECONDS = 60


@dataclass(slots=True)
class Anchored:
    """What the file says: the hashes of blocks 1 to n one after the other, and the eras in order.

    ``lines`` is how many were read, ``reached`` the block of the last line. A hash is null bytes where its anchor is
    missing.
    """

    hashes: bytearray = field(default_factory=bytearray)
    eras: list[Anchor] = field(default_factory=list)
    given_up: list[tuple[int, int]] = field(default_factory=list)
    lines: int = 0

    @property
    def reached(self) -> int:
        """The number of the last block anchored."""
        return len(self.hashes) // _HASH

    def hash_of(self, n: int) -> bytes:
        """The anchored hash of a block that lies within reach."""
        return bytes(self.hashes[(n - 1) * _HASH : n * _HASH])


def read(database: str, found: Gathering) -> Anchored:
    """Read the anchors of a database, looking for lines forged or taken out.

    Must be called before the database's snapshot is taken: a block is committed before it is anchored.
    """
    key = anchors.signing_key().public_key()
    told = Anchored()
    for number, line in anchors.lines(database):
        if not line.endswith(b"\n"):
            # Still being written, or left by a crash: the sealer drops it and anchors the block again.
            break
        told.lines = number
        try:
            _take(told, anchors.parse(line, key), number, found)
        except Forged:
            found.add(Finding(Kind.ANCHOR_FORGED, detail=f"锚点文件第 {number} 行的签名不符"))
    found.saw(anchors=told.lines)
    return told


def _take(told: Anchored, anchor: Anchor, number: int, found: Gathering) -> None:
    if anchor.kind == ERA:
        told.eras.append(anchor)
        if anchor.n < told.reached:
            told.given_up.append((anchor.n + 1, told.reached))
            del told.hashes[anchor.n * _HASH :]
        return
    if anchor.n != told.reached + 1:
        found.add(
            Finding(
                Kind.ANCHOR_REMOVED,
                detail=f"锚点文件第 {number} 行记第 {anchor.n} 区块，其前一行只记到第 {told.reached} 区块",
            )
        )
        del told.hashes[max(anchor.n - 1, 0) * _HASH :]
        told.hashes.extend(bytes((anchor.n - 1) * _HASH - len(told.hashes)))
    told.hashes += bytes.fromhex(anchor.hash)


def check(cursor: CursorWrapper, told: Anchored, found: Gathering) -> None:
    """Compare the blocks and eras of the database with what the file says."""
    cursor.execute("SELECT coalesce(max(n), 0) FROM audit_block")
    standing = cursor.fetchone()[0]
    if not told.lines and standing:
        found.add(Finding(Kind.ANCHOR_REMOVED, detail="锚点文件不存在或者为空，而数据库中已有区块：无法证明链尾完整"))
        return
    if told.reached > standing:
        found.add(
            Finding(
                Kind.CHAIN_CUT,
                block=standing + 1,
                detail=f"锚点记到第 {told.reached} 区块，数据库中只到第 {standing} 区块",
            )
        )
    _blocks(cursor, told, found)
    _unanchored(cursor, told, found)
    _eras(cursor, told, found)


def check_filed(cursor: CursorWrapper, filed: Iterable[bytes], told: Anchored, found: Gathering) -> None:
    """Compare copies of anchors kept elsewhere, which hold even where database and file were both altered."""
    key = anchors.signing_key().public_key()
    for number, line in enumerate(filed, start=1):
        if not line.strip():
            continue
        try:
            anchor = anchors.parse(line, key)
        except Forged:
            found.add(Finding(Kind.ANCHOR_FORGED, detail=f"留存锚点第 {number} 行的签名不符"))
            continue
        cursor.execute("SELECT hash FROM audit_block WHERE n = %s", [anchor.n])
        row = cursor.fetchone()
        if (bytes(row[0]).hex() if row else "") == anchor.hash:
            continue
        later = next((era for era in told.eras if era.began > anchor.signed and era.n < anchor.n), None)
        place = f"留存锚点第 {number} 行（{anchor.signed} 签署）记有第 {anchor.n} 区块"
        if later is not None:
            found.notices.append(f"{place}，其后因“{later.note}”另起纪元而放弃")
        elif row is None:
            found.add(Finding(Kind.CHAIN_CUT, block=anchor.n, detail=f"{place}，数据库中没有"))
        else:
            found.add(Finding(Kind.CHAIN_REWRITTEN, block=anchor.n, detail=f"{place}，与数据库中的内容不同"))


def _blocks(cursor: CursorWrapper, told: Anchored, found: Gathering) -> None:
    cursor.execute("SELECT n, hash FROM audit_block WHERE n BETWEEN 1 AND %s ORDER BY n", [told.reached])
    missing = bytes(_HASH)
    for n, digest in cursor:
        anchored = told.hash_of(n)
        if anchored not in (missing, bytes(digest)):
            found.add(Finding(Kind.CHAIN_REWRITTEN, block=n))


def _unanchored(cursor: CursorWrapper, told: Anchored, found: Gathering) -> None:
    cursor.execute(
        """
        SELECT min(n), max(n), count(*) FROM audit_block
        WHERE n > %s AND sealed_at < clock_timestamp() - make_interval(secs => %s)
        """,
        [told.reached, _GRACE_SECONDS],
    )
    first, last, count = cursor.fetchone()
    if count == 1:
        found.notices.append(f"第 {first} 区块已封存、尚未写入锚点；封存程序恢复运行后会自动补记")
    elif count:
        found.add(Finding(Kind.ANCHOR_REMOVED, detail=f"第 {first} 至第 {last} 区块没有锚点：锚点文件的末尾可能被截去"))


def _eras(cursor: CursorWrapper, told: Anchored, found: Gathering) -> None:
    cursor.execute("SELECT era, after, began_at, reason FROM audit_era ORDER BY era")
    standing = {
        began.astimezone(UTC).isoformat(timespec="microseconds"): (era, after, reason)
        for era, after, began, reason in cursor.fetchall()
    }
    anchored = {anchor.began: anchor for anchor in told.eras}
    for began, (era, after, reason) in standing.items():
        anchor = anchored.get(began)
        if anchor is None:
            if began < max(anchored, default=""):
                # Its line is in the file of the system this database was brought from.
                found.notices.append(f"纪元 {era} 始于 {began}（{reason}），早于本机的锚点文件")
            else:
                found.add(Finding(Kind.ERA, detail=f"纪元 {era}（{began}）没有锚点"))
        elif (anchor.era, anchor.n, anchor.note) != (era, after, reason):
            found.add(Finding(Kind.ERA, detail=f"纪元 {era}（{began}）的末区块或者原因被改动"))
    if anchored and max(anchored) > max(standing, default=""):
        found.add(Finding(Kind.ERA, detail=f"锚点中 {max(anchored)} 开始的纪元在数据库中不存在"))
    found.notices += [
        f"纪元 {anchor.era} 始于 {anchor.began}，此前末区块为第 {anchor.n} 区块，原因：{anchor.note}"
        for anchor in told.eras[1:]
    ]
    found.notices += [f"此前锚定的第 {first} 至第 {last} 区块已随新纪元放弃" for first, last in told.given_up]
