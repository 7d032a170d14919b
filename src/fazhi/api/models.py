"""Tokens: what a program shows to act on a person's account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held


class Token(Held):
    """This token of an account: its SHA-256 only, so that whoever reads the database can act for nobody.

    It says no more than its account may; ``writes`` off narrows it to reading. It ends on ``expires_at`` or when it is
    revoked, whichever comes first.
    """

    audit_omits: ClassVar[tuple[str, ...]] = ("used_at",)  # noted now and then, and no change of the token

    account = models.ForeignKey(Account, models.PROTECT, verbose_name="账号", related_name="+")
    name = models.CharField("用途", max_length=60)
    digest = models.BinaryField("摘要", max_length=32)
    writes = models.BooleanField("可写", default=False)
    made_at = models.DateTimeField("发放时间")
    expires_at = models.DateTimeField("失效时间")
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = "接口令牌"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "digest"], name="api_token_digest")]

    def __str__(self) -> str:
        return self.name
