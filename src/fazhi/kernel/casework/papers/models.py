"""Issued papers, their seals, and how they were served."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Matter, Secrecy
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held
from fazhi.kernel.ground.secrets.fields import SecretField


class Openness(models.TextChoices):
    """公开属性 (政府信息公开条例)."""

    ACTIVE = "active", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Issued(Held):
    """This paper as issued: its number, its whole text, and a hash over them. What it says never changes.

    ``content`` is the composed paper as JSON, encrypted, since papers name people. A paper that must no longer stand is
    revoked with a reason; its number stays taken. ``code`` is what a reader types, or scans, to check it.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="papers", db_constraint=False)
    paper = models.CharField("文书类别", max_length=60)
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=80, null=True, blank=True)
    template_version = models.PositiveSmallIntegerField("模板版本")
    content = SecretField("内容")
    digest = models.CharField("摘要", max_length=64)
    code = models.CharField("核验码", max_length=16)
    secrecy = models.CharField("密级", max_length=20, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    openness = models.CharField("公开属性", max_length=20, choices=Openness.choices, default=Openness.WITHHELD)
    kept = models.BooleanField("存卷", default=False)
    issued_on = models.DateField("成文日期")
    issued_at = models.DateTimeField("登记时间")
    issued_by = models.ForeignKey(
        Account, models.PROTECT, verbose_name="经办人", null=True, blank=True, related_name="+"
    )
    revoked_for = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="papers_number"),
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="papers_code"),
        ]
        indexes = [models.Index(fields=["matter", "id"], name="papers_of_matter")]

    def __str__(self) -> str:
        return f"《{self.title}》{self.number or ''}"


class Sealing(Held):
    """This seal put on a paper: whose, when, by whom. Seals themselves are not kept here."""

    paper = models.ForeignKey(Issued, models.PROTECT, verbose_name="文书", related_name="sealings")
    owner = models.CharField("印章", max_length=80)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    sealed_on = models.DateField("用印日期")
    sealed_by = models.ForeignKey(Account, models.PROTECT, verbose_name="监印人", related_name="+")

    class Meta:
        verbose_name = "用印"
        verbose_name_plural = verbose_name


class Way(models.TextChoices):
    """How a paper is served."""

    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达"
    ENTRUSTED = "entrusted", "委托送达"
    ANNOUNCED = "announced", "公告送达"


class Service(Held):
    """This service of a paper on a recipient: posted and received are two days, and the law counts from one of them."""

    paper = models.ForeignKey(Issued, models.PROTECT, verbose_name="文书", related_name="services")
    recipient = models.CharField("受送达人", max_length=80)
    way = models.CharField("送达方式", max_length=20, choices=Way.choices)
    posted_on = models.DateField("交寄（送出）日期")
    received_on = models.DateField("签收日期", null=True, blank=True)
    evidence = models.CharField("送达凭证", max_length=200, blank=True)
    served_by = models.ForeignKey(Account, models.PROTECT, verbose_name="送达人", related_name="+")

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("posted_on")),
                name="papers_service_order",
                violation_error_message="签收日期不能早于交寄日期",
            )
        ]
        indexes = [models.Index(fields=["paper", "id"], name="papers_services")]
