"""What the screens keep for themselves: views people saved, and forms already sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.core.models import Held


class SavedView(Held):
    """This view of a register one person saved: a name for filters, order and columns as they stand in an address."""

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False  # a person's own convenience, which says nothing about any record

    account_id = models.BigIntegerField("账号")
    register = models.CharField("台账", max_length=60)
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=1000)

    class Meta:
        verbose_name = "我的视图"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["jurisdiction", "account_id", "register", "name"], name="web_saved_view_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Sending(Held):
    """This form that was sent: by its token a second sending of the same form finds what the first one made."""

    deletable: ClassVar[bool] = True
    audited: ClassVar[bool] = False  # lives for a day, beside the record whose making is audited

    token = models.CharField(max_length=40)
    account_id = models.BigIntegerField()
    at = models.DateTimeField()
    record_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "已提交的表单"
        verbose_name_plural = verbose_name
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jurisdiction", "account_id", "token"], name="web_sending_once")
        ]
        indexes: ClassVar = [models.Index(fields=["account_id", "at"], name="web_sending_age")]

    def __str__(self) -> str:
        return self.token
