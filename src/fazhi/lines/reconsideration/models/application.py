"""The application for administrative reconsideration, which is the case."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.ground.core.codes import CodeField
from fazhi.kernel.ground.core.fields import MoneyField
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.lines.reconsideration.codes import (
    FIELDS,
    MATTERS,
    REFUSAL_GROUNDS,
    RESPONDENT_LEVELS,
    SIMPLIFIED_GROUNDS,
    STAY_GROUNDS,
    SUSPENSION_GROUNDS,
    TERMINATION_GROUNDS,
    Channel,
    LawVersion,
    Outcome,
    Performance,
    Track,
)


class Lodged(Case):
    """What is known of an application when it is received (行政复议法第十九条至第二十三条)."""

    opened_on = models.DateField("收到日期")
    law = models.CharField(
        "适用法律版本",
        max_length=10,
        choices=LawVersion.choices,
        blank=True,
        default="",
        help_text="不填的，按收到日期确定；一经确定随案保存",
    )
    filed_on = models.DateField("申请日期", null=True, blank=True, help_text="邮寄的，填交邮日期；不填的，视为收到当日")
    channel = models.CharField("提交方式", max_length=20, choices=Channel.choices, default=Channel.IN_PERSON)
    lodged_with_authority_on = models.DateField("向处罚机关提交日期", null=True, blank=True)
    applicants = models.PositiveIntegerField("申请人数", default=1)
    field = CodeField("行政管理类别", codes=FIELDS)
    matter = CodeField("申请复议事项", codes=MATTERS)
    respondent_level = CodeField("被申请人层级", codes=RESPONDENT_LEVELS, default="county_dept")
    respondent_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="被申请单位", null=True, blank=True, related_name="+"
    )
    contested = models.CharField("被申请的行政行为", max_length=200)
    act_on = models.DateField("行政行为作出日期", null=True, blank=True)
    known_on = models.DateField("知道行政行为日期", null=True, blank=True)
    requested_on = models.DateField("请求履行职责日期", null=True, blank=True, help_text="行政不作为案件填写")
    informed_of_rights = models.BooleanField("已告知复议权利、机关和期限", default=True)
    realty = models.BooleanField("因不动产提出", default=False)
    request = models.TextField("行政复议请求")
    grounds = models.TextField("事实和理由", blank=True)
    normative_review = models.BooleanField("请求附带审查规范性文件", default=False)
    normative_document = models.CharField("请求审查的文件", max_length=200, blank=True)
    compensation_asked = models.BooleanField("一并提出行政赔偿", default=False)
    compensation_claim = MoneyField("请求赔偿金额", null=True, blank=True)
    reconsideration_first = models.BooleanField("复议前置", default=False)
    late_reason = models.CharField("超期申请的正当理由", max_length=200, blank=True)

    class Meta(Case.Meta):
        abstract = True


class Examined(models.Model):
    """What is added while an application is examined for acceptance, and the case heard."""

    supplement_items = models.TextField("需要补正的全部事项", blank=True)
    supplement_asked_on = models.DateField("补正通知日期", null=True, blank=True)
    supplement_served_on = models.DateField("补正通知送达日期", null=True, blank=True)
    supplement_by = models.DateField("指定补正期限", null=True, blank=True, help_text="适用2017年修正文本的案件填写")
    supplement_extra = models.PositiveSmallIntegerField("延长补正（工作日）", null=True, blank=True)
    supplemented_on = models.DateField("补正日期", null=True, blank=True)
    refusal_ground = CodeField("不予受理情形", codes=REFUSAL_GROUNDS, blank=True)
    ended_for = models.TextField("理由", blank=True)
    competent = models.CharField("有管辖权（权限）的机关", max_length=80, blank=True)
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    deemed = models.BooleanField("视为受理", default=False, editable=False)
    track = models.CharField("适用程序", max_length=12, choices=Track.choices, default=Track.ORDINARY)
    simplified_ground = CodeField("适用简易程序的情形", codes=SIMPLIFIED_GROUNDS, blank=True)
    converted_on = models.DateField("转为普通程序日期", null=True, blank=True)
    conversion_reason = models.CharField("转为普通程序的理由", max_length=300, blank=True)
    copy_sent_on = models.DateField("发送副本日期", null=True, blank=True)
    copy_received_on = models.DateField("被申请人收到日期", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    reply = models.TextField("被申请人答复要点", blank=True)
    opinions_heard_on = models.DateField("听取意见日期", null=True, blank=True)
    hearing_notified_on = models.DateField("听证通知日期", null=True, blank=True)
    hearing_on = models.DateField("听证日期", null=True, blank=True)
    hearing_place = models.CharField("听证地点", max_length=120, blank=True)
    hearing_matters = models.CharField("拟听证事项", max_length=300, blank=True)
    hearing_panel = models.CharField("听证主持人、听证员、记录员", max_length=120, blank=True)
    hearing_asked_by = models.CharField("听证申请人", max_length=80, blank=True)
    hearing_declined_for = models.CharField("不组织听证的理由", max_length=300, blank=True)
    committee_issue = models.TextField("咨询事项", blank=True)
    stay_ground = CodeField("停止执行情形", codes=STAY_GROUNDS, blank=True)
    stayed_on = models.DateField("停止执行日期", null=True, blank=True)
    suspension_ground = CodeField("中止情形", codes=SUSPENSION_GROUNDS, blank=True)
    suspension_note = models.CharField("中止说明", max_length=300, blank=True)
    suspended_on = models.DateField("中止日期", null=True, blank=True)
    resumed_on = models.DateField("恢复审理日期", null=True, blank=True)
    appraisal = models.CharField("鉴定（勘验）事项", max_length=200, blank=True)
    appraisal_on = models.DateField("鉴定（勘验）开始日期", null=True, blank=True)
    appraised_on = models.DateField("鉴定（勘验）结束日期", null=True, blank=True)
    extended_on = models.DateField("延长审理决定日期", null=True, blank=True)
    extended_days = models.PositiveSmallIntegerField("延长天数", null=True, blank=True)
    extension_reason = models.CharField("延长理由", max_length=300, blank=True)

    class Meta:
        abstract = True


class Ended(models.Model):
    """How a case ended, and what followed."""

    disputed = models.TextField("争议焦点", blank=True)
    facts_found = models.TextField("经审理查明", blank=True)
    evidence = models.TextField("证据及采信", blank=True)
    proposal = models.TextField("拟办意见", blank=True)
    reasons = models.TextField("本机关认为", blank=True)
    basis = models.TextField("法律依据", blank=True)
    result = models.TextField("决定内容", blank=True)
    outcome = models.CharField("处理结果", max_length=30, choices=Outcome.choices, blank=True, editable=False)
    terminated_for = CodeField("终止情形", codes=TERMINATION_GROUNDS, blank=True)
    normative_result = models.CharField("附带审查结果", max_length=300, blank=True)
    agreement = models.TextField("调解（和解）内容", blank=True)
    compensation = MoneyField("赔偿（补偿）金额", null=True, blank=True)
    perform_by = models.DateField("履行期限", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    copied_to = models.CharField("抄告机关", max_length=80, blank=True)
    copied_on = models.DateField("抄告日期", null=True, blank=True)
    performance = models.CharField("履行情况", max_length=20, choices=Performance.choices, blank=True)
    performed_on = models.DateField("履行（查明）日期", null=True, blank=True)
    sued_on = models.DateField("起诉日期", null=True, blank=True)
    court = models.CharField("受诉法院", max_length=80, blank=True)

    class Meta:
        abstract = True


class Application(Ended, Examined, Lodged):
    """This case of administrative reconsideration, under the text of the Law that is kept with it."""

    class Meta(Lodged.Meta):
        verbose_name = "行政复议案件"
        verbose_name_plural = verbose_name
        constraints = [
            *Lodged.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(compensation=None) | models.Q(compensation__gte=0),
                name="reconsideration_compensation",
                violation_error_message="赔偿（补偿）金额不能为负",
            ),
        ]
        indexes = [
            *Lodged.Meta.indexes,
            models.Index(fields=["jurisdiction", "accepted_on"]),
            models.Index(fields=["jurisdiction", "concluded_on"]),
        ]

    def describe(self) -> str:
        """This title: the kind of act and what is contested."""
        matter = MATTERS.codes.get(self.matter)
        return f"{matter.label}：{self.contested[:60]}" if matter else self.contested[:80]
