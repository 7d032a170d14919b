"""Organisations, brands and mediators; the cases of people's and of commercial mediation; referrals."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Case, Entry, Standing
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.codes import CodeField
from fazhi.kernel.ground.core.fields import MoneyField
from fazhi.kernel.ground.secrets.fields import SecretField, SecretHash
from fazhi.kernel.ground.secrets.masks import Mask
from fazhi.lines.mediation.codes import (
    COMMERCIAL_FIELDS,
    DISPUTE_KINDS,
    AgreementForm,
    Appraised,
    CourtStage,
    Grade,
    OrganisationKind,
    Outcome,
    Performance,
    Sender,
    Source,
    Weight,
)


class Organisation(Standing):
    """This mediation organisation: a people's mediation committee, or a commercial mediation organisation."""

    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=20, choices=OrganisationKind.choices)
    head = models.CharField("负责人", max_length=40, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    telephone = models.CharField("对外电话", max_length=40, blank=True)
    licence = models.CharField("批准（备案）文号", max_length=80, blank=True)

    class Meta(Standing.Meta):
        verbose_name = "调解组织"
        verbose_name_plural = verbose_name
        constraints = [
            *Standing.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                condition=models.Q(void_reason="", valid_to=None),
                name="mediation_organisation_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Brand(Standing):
    """This brand studio of a street (一街一品)."""

    name = models.CharField("品牌名称", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="所属调解组织", related_name="+")
    speciality = models.CharField("特色", max_length=200, blank=True)

    class Meta(Standing.Meta):
        verbose_name = "调解品牌"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class Mediator(Standing):
    """This mediator of an organisation, full-time or part-time, with the grade last awarded."""

    name = models.CharField("姓名", max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="所属调解组织", related_name="+")
    full_time = models.BooleanField("专职", default=False)
    grade = models.CharField("等级", max_length=10, choices=Grade.choices, blank=True)
    graded_on = models.DateField("评定日期", null=True, blank=True)
    phone = SecretField("联系电话", mask=Mask.PHONE)
    phone_hash = SecretHash("phone")
    account = models.ForeignKey(
        Account, models.PROTECT, verbose_name="登录账号", null=True, blank=True, related_name="+"
    )

    class Meta(Standing.Meta):
        verbose_name = "调解员"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class Appraisal(Entry):
    """This appraisal of a mediator, with the reward given (专职调解员奖惩考核)."""

    mediator = models.ForeignKey(Mediator, models.PROTECT, verbose_name="调解员", related_name="+")
    result = models.CharField("考核结果", max_length=20, choices=Appraised.choices)
    reward = MoneyField("奖励金额", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "调解员考核"
        verbose_name_plural = verbose_name


class Dispute(Case):
    """What cases of both kinds of mediation have in common."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="调解组织", related_name="+")
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, verbose_name="主持调解员", null=True, blank=True, related_name="+"
    )
    summary = models.TextField("纠纷简要情况")
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    outcome = models.CharField("调解结果", max_length=20, choices=Outcome.choices, blank=True, editable=False)
    amount = MoneyField("协议涉及金额", null=True, blank=True)
    agreement = models.TextField("协议主要内容", blank=True)
    performance_terms = models.CharField("履行方式、期限", max_length=200, blank=True)
    ended_for = models.CharField("未成原因", max_length=200, blank=True)
    performance = models.CharField("履行情况", max_length=20, choices=Performance.choices, blank=True)
    performed_on = models.DateField("履行（查明）日期", null=True, blank=True)
    confirmation_wanted = models.BooleanField("拟申请司法确认", default=False)
    confirmation_applied_on = models.DateField("申请司法确认日期", null=True, blank=True)
    confirmed_on = models.DateField("司法确认日期", null=True, blank=True)
    court = models.CharField("确认法院", max_length=80, blank=True)

    class Meta(Case.Meta):
        abstract = True
        constraints = [
            *Case.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0),
                name="%(app_label)s_%(class)s_amount",
                violation_error_message="协议涉及金额不能为负",
            ),
        ]
        indexes = [
            *Case.Meta.indexes,
            models.Index(fields=["jurisdiction", "accepted_on"]),
            models.Index(fields=["jurisdiction", "concluded_on"]),
        ]


class Mediation(Dispute):
    """This case of people's mediation."""

    kind = CodeField("纠纷类型", codes=DISPUTE_KINDS)
    source = models.CharField("案件来源", max_length=20, choices=Source.choices, default=Source.APPLIED)
    sent_by = models.CharField("委托移送单位", max_length=20, choices=Sender.choices, blank=True)
    court_stage = models.CharField("法院委托阶段", max_length=20, choices=CourtStage.choices, blank=True)
    weight = models.CharField("难易程度", max_length=10, choices=Weight.choices, default=Weight.GENERAL)
    agreement_form = models.CharField("协议形式", max_length=10, choices=AgreementForm.choices, blank=True)
    persons = models.PositiveIntegerField("涉及人数", null=True, blank=True)
    crime_prevented = models.BooleanField("防止转化为刑事案件", default=False)
    petition_prevented = models.BooleanField("防止群体性上访", default=False)
    visited_on = models.DateField("回访日期", null=True, blank=True)

    class Meta(Dispute.Meta):
        verbose_name = "人民调解案件"
        verbose_name_plural = verbose_name

    def describe(self) -> str:
        """This title: the kind of dispute and how it begins."""
        return (
            f"{DISPUTE_KINDS.codes[self.kind].label}：{self.summary[:40]}" if self.kind in DISPUTE_KINDS.codes else ""
        )


class CommercialMediation(Dispute):
    """This case of commercial mediation, which may cost a fee and is never people's mediation."""

    area = CodeField("商事领域", codes=COMMERCIAL_FIELDS)
    claim = MoneyField("争议标的额", null=True, blank=True)
    fee = MoneyField("收费金额", null=True, blank=True)

    class Meta(Dispute.Meta):
        verbose_name = "商事调解案件"
        verbose_name_plural = verbose_name

    def describe(self) -> str:
        """This title: the area of business and how the dispute begins."""
        area = COMMERCIAL_FIELDS.codes.get(self.area)
        return f"{area.label}：{self.summary[:40]}" if area else ""


class Referral(Case):
    """This dispute sent from a court, the police, a petition office or an organisation to another (大调解)."""

    sent_by = models.CharField("移送单位类别", max_length=20, choices=Sender.choices)
    sender = models.CharField("移送单位", max_length=80)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="接收调解组织", null=True, blank=True, related_name="+"
    )
    summary = models.TextField("纠纷简要情况")
    received_on = models.DateField("接收日期", null=True, blank=True)
    returned_for = models.CharField("退回原因", max_length=200, blank=True)
    result = models.TextField("办理结果", blank=True)
    answered_on = models.DateField("反馈日期", null=True, blank=True)

    class Meta(Case.Meta):
        verbose_name = "纠纷移送"
        verbose_name_plural = verbose_name

    def describe(self) -> str:
        """This title: who sent it and how it begins."""
        return f"{self.sender}移送：{self.summary[:40]}"
