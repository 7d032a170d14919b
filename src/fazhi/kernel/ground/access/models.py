"""Accounts and the hats they wear."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fazhi.kernel.ground.access.roles import ROLES
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.core.models import Held, Jurisdiction
from fazhi.kernel.ground.orgs.models import Unit


class Account(AbstractBaseUser):
    """This login of one person. It is found before a jurisdiction is known, so it lies outside row-level security."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    login = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    home = models.ForeignKey(Jurisdiction, models.PROTECT, verbose_name="所属辖区", related_name="+")
    is_active = models.BooleanField("启用", default=True)
    language = models.CharField("界面语言", max_length=10, default="zh-hans")
    failed_logins = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    password_changed_at = models.DateTimeField("密码更改时间", null=True, blank=True)
    password_temporary = models.BooleanField("口令待更换", default=False)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[BaseUserManager[Account]] = BaseUserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.name}（{self.login}）"


class Grant(Held):
    """This role given to an account at a unit, for one line or all, between two days."""

    account = models.ForeignKey(Account, models.PROTECT, verbose_name="账号", related_name="grants")
    role = models.CharField("角色", max_length=20, choices=[(key, role.label) for key, role in ROLES.items()])
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位", related_name="+")
    line = models.CharField("业务", max_length=30, blank=True, default="")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "account", "role", "unit", "line"],
                condition=models.Q(valid_to=None),
                name="access_grant_once",
            )
        ]
        indexes = [models.Index(fields=["account"], name="access_grant_account")]


class Absence(Held):
    """This time somebody is away, and who acts in their place: the deputy wears the principal's hats on those days."""

    principal = models.ForeignKey(Account, models.PROTECT, verbose_name="离岗人", related_name="+")
    deputy = models.ForeignKey(Account, models.PROTECT, verbose_name="代理人", related_name="+")
    first = models.DateField("自")
    last = models.DateField("至")
    reason = models.CharField("事由", max_length=100)

    class Meta:
        verbose_name = "离岗代理"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")) & ~models.Q(principal=models.F("deputy")),
                name="access_absence_order",
                violation_error_message="结束日期不能早于开始日期，代理人不能是本人",
            )
        ]
        indexes = [models.Index(fields=["deputy", "last"], name="access_absence_deputy")]
