"""Requests for approval, and the opinion of each post."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from fazhi.kernel.casework.matters.models import Matter
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Held


class RequestState(models.TextChoices):
    """Where a request stands."""

    PENDING = "pending", "审批中"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已失效"


class Request(Held):
    """This act asked for on a case: what was filled in, and at which stage its approval stands.

    ``values`` are those of the act's form, ``on`` the legal day asked for (null: the day of the last approval).
    """

    matter = models.ForeignKey(Matter, models.PROTECT, verbose_name="事项", related_name="requests")
    record = models.CharField("类别", max_length=60)
    line = models.CharField("业务", max_length=30)
    act = models.CharField("办理", max_length=40)
    label = models.CharField("办理事项", max_length=40)
    values = models.JSONField("填写内容", default=dict, encoder=DjangoJSONEncoder)
    on = models.DateField("办理日期", null=True, blank=True)
    note = models.CharField("拟办意见", max_length=500, blank=True)
    state = models.CharField("状态", max_length=10, choices=RequestState.choices, default=RequestState.PENDING)
    stage = models.PositiveSmallIntegerField("环节", default=0)
    requested_by = models.ForeignKey(Account, models.PROTECT, verbose_name="提交人", related_name="+")
    requested_at = models.DateTimeField("提交时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "审批"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "matter"],
                condition=models.Q(state="pending"),
                name="approvals_one_pending",
                violation_error_message="本案已有正在审批的事项",
            )
        ]
        indexes = [models.Index(fields=["requested_by", "-requested_at"], name="approvals_sent")]


class OpinionState(models.TextChoices):
    """Where a post's opinion stands."""

    LATER = "later", "未到"
    OPEN = "open", "待审批"
    AGREED = "agreed", "同意"
    RETURNED = "returned", "退回"
    DROPPED = "dropped", "未经办"


class Opinion(Held):
    """This post's opinion on a request. ``audience`` are the units at which the post may be held.

    ``behalf`` is the person away for whom a deputy wrote.
    """

    request = models.ForeignKey(Request, models.PROTECT, verbose_name="审批", related_name="opinions")
    stage = models.PositiveSmallIntegerField("环节")
    role = models.CharField("岗位", max_length=20)
    line = models.CharField("业务", max_length=30)
    audience = ArrayField(models.BigIntegerField(), verbose_name="可审批单位")
    state = models.CharField("状态", max_length=10, choices=OpinionState.choices)
    account = models.ForeignKey(
        Account, models.PROTECT, verbose_name="审批人", null=True, blank=True, related_name="opinions"
    )
    behalf = models.ForeignKey(Account, models.PROTECT, verbose_name="代", null=True, blank=True, related_name="+")
    text = models.CharField("意见", max_length=500, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    at = models.DateTimeField("审批时间", null=True, blank=True)

    class Meta:
        verbose_name = "审批意见"
        verbose_name_plural = verbose_name
        indexes = [
            GinIndex(fields=["audience"], name="approvals_open", condition=models.Q(state="open")),
            models.Index(fields=["request", "stage"], name="approvals_of_request"),
            models.Index(fields=["account", "-at"], name="approvals_handled"),
        ]
