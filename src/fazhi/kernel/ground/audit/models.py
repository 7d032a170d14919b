"""The audit tables. They are written by functions of the database only (``functions.sql``), never through Django.

None of them has a foreign key: the audit outlives what it speaks of, and a check per entry would be paid by every write.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Operation(models.TextChoices):
    """What an entry says. The first four carry an image of the row; the last image is what the row must look like."""

    INSERTED = "I", "新增"
    UPDATED = "U", "修改"
    DELETED = "D", "删除"
    BASELINE = "B", "基线"
    NOTED = "N", "记事"
    ERASED = "E", "依法销毁"
    SHAPED = "S", "表结构"


IMAGES = (Operation.INSERTED, Operation.UPDATED, Operation.DELETED, Operation.BASELINE)


class Era(models.Model):
    """A time during which transaction numbers only rise: a new cluster, or a restored backup, begins another.

    ``after`` is the number of the last block that stood when it began; blocks up to it are the former eras', and so is
    the next one where the former era had left entries unsealed.
    """

    shared = "the chain is one for the whole system"

    era = models.IntegerField("纪元", primary_key=True)
    after = models.BigIntegerField("此前末区块")
    cluster = models.BigIntegerField("数据库集群标识")
    began_at = models.DateTimeField("开始时间")
    reason = models.TextField("原因")

    class Meta:
        verbose_name = "审计纪元"
        verbose_name_plural = verbose_name


class Entry(models.Model):
    """One change of one row: metadata, and the SHA-256 of the image kept beside it in :class:`Payload`.

    ``xid`` is the transaction that wrote it; blocks take in entries by ranges of it. ``recorded`` is the clock's time,
    ``at`` the instant the program acted for, ``digest`` the hash of the image's text.
    """

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField("事务号")
    jurisdiction_id = models.BigIntegerField("辖区", null=True)
    row_id = models.BigIntegerField("记录号")
    actor = models.BigIntegerField("操作人", null=True)
    at = models.DateTimeField("操作时间", null=True)
    recorded = models.DateTimeField("写入时间")
    era = models.IntegerField("纪元")
    op = models.CharField("操作", max_length=1, choices=Operation.choices)
    table_name = models.CharField("表", max_length=63)
    act = models.TextField("办理动作")
    digest = models.BinaryField("内容摘要")

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = verbose_name
        indexes: ClassVar = [
            models.Index(fields=["era", "xid"], name="audit_entry_in_block"),
            models.Index(fields=["row_id"], name="audit_entry_of_row"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(op__in=Operation.values), name="audit_entry_op"),
        ]


class Payload(models.Model):
    """The image of a row at its entry of the same id. Lawful erasure removes images; entries and chain stay whole."""

    id = models.BigIntegerField("审计记录号", primary_key=True)
    jurisdiction_id = models.BigIntegerField("辖区", null=True)
    image = models.JSONField("内容")

    class Meta:
        verbose_name = "审计内容"
        verbose_name_plural = verbose_name


class Block(models.Model):
    """All entries of transactions from ``from_xid`` up to, not including, ``to_xid``, sealed under one hash.

    ``hash`` covers the block's head, the hash before it, and the full hash of every entry in order of (xid, id).
    ``leaves`` repeats id and the first 8 bytes of each entry's hash (16 bytes an entry), so that a broken block can
    name the entry altered, removed or slipped in.
    """

    shared = "hashes only; the chain is one for the whole system"

    n = models.BigIntegerField("区块号", primary_key=True)
    era = models.IntegerField("纪元")
    from_xid = models.BigIntegerField("起始事务号")
    to_xid = models.BigIntegerField("截止事务号")
    entries = models.BigIntegerField("记录数")
    sealed_at = models.DateTimeField("封存时间")
    previous = models.BinaryField("前一区块摘要")
    hash = models.BinaryField("本区块摘要")
    leaves = models.BinaryField("记录摘要表")

    class Meta:
        verbose_name = "审计区块"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(to_xid__gt=models.F("from_xid")), name="audit_block_range"),
            models.CheckConstraint(condition=models.Q(entries__gt=0), name="audit_block_filled"),
        ]
