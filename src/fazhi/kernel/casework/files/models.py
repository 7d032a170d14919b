"""Attachments: what is in a case's file."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Matter, Secrecy
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held


class Attachment(Held):
    """This piece in the file of a case, in the order of the catalogue (卷内目录).

    The content lies in the vault under ``digest``; a piece taken out of the file keeps its place here with the reason.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="files", db_constraint=False)
    position = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("材料名称", max_length=120)
    name = models.CharField("文件名", max_length=160)
    media = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("摘要", max_length=64)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    secrecy = models.CharField("密级", max_length=20, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    added_on = models.DateField("入卷日期")
    added_at = models.DateTimeField("登记时间")
    added_by = models.ForeignKey(Account, models.PROTECT, verbose_name="入卷人", related_name="+")
    removed_for = models.CharField("撤出原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "材料"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "matter", "digest"], condition=models.Q(removed_for=""), name="files_once"
            )
        ]
        indexes = [models.Index(fields=["matter", "position"], name="files_of_matter")]

    def __str__(self) -> str:
        return self.title
