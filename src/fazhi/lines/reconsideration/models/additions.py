"""Rows that acts add to an application: opinions heard, hearings, sessions, inquiries, and what was done afterwards."""

from __future__ import annotations

from django.db import models

from fazhi.kernel.casework.matters.models import Child
from fazhi.lines.reconsideration.codes import Body, EnforcementKind, Way
from fazhi.lines.reconsideration.models.application import Application


class ThirdParty(Child):
    """This third party told to take part (行政复议法第十六条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="third_parties")
    third_party = models.CharField("第三人", max_length=80)
    interest = models.CharField("利害关系", max_length=200)

    class Meta:
        verbose_name = "第三人"
        verbose_name_plural = verbose_name


class OpinionHeard(Child):
    """This opinion of a party, heard or not for the party's own reason (行政复议法第四十九条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="opinions")
    heard = models.CharField("被听取意见人", max_length=80)
    way = models.CharField("听取方式", max_length=20, choices=Way.choices, default=Way.IN_PERSON)
    span = models.CharField("起止时间", max_length=60, blank=True)
    staff = models.CharField("工作人员及证件号", max_length=120)
    points = models.TextField("对事实、证据和损害的意见")
    mediation_will = models.CharField("调解意愿", max_length=100, blank=True)

    class Meta:
        verbose_name = "听取意见"
        verbose_name_plural = verbose_name


class Hearing(Child):
    """This hearing held (行政复议法第五十条、第五十一条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="hearings")
    place = models.CharField("地点", max_length=120)
    span = models.CharField("起止时间", max_length=60, blank=True)
    panel = models.CharField("主持人、听证员、记录员", max_length=120)
    listeners = models.PositiveSmallIntegerField("听证员人数")
    head_attended = models.BooleanField("被申请人负责人参加", default=False)
    head_absent_for = models.CharField("负责人未参加的理由和委派人员", max_length=200, blank=True)
    present = models.CharField("参加人", max_length=200)
    statements = models.TextField("陈述、举证、质证")
    last_words = models.TextField("最后意见", blank=True)

    class Meta:
        verbose_name = "听证"
        verbose_name_plural = verbose_name


class Consultation(Child):
    """This opinion of the committee, of advisers or experts, or of a session that discussed the case (行政复议法第五十二条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="consultations")
    body = models.CharField("咨询（会审）形式", max_length=20, choices=Body.choices, default=Body.COMMITTEE)
    session = models.CharField("会议名称、次数", max_length=80)
    members = models.CharField("参加人员（回避情况）", max_length=200)
    opinions = models.TextField("各方意见")
    advice = models.TextField("咨询（会审）意见")

    class Meta:
        verbose_name = "咨询、会审"
        verbose_name_plural = verbose_name


class Investigation(Child):
    """This inquiry by at least two staff (行政复议法第四十五条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="investigations")
    place = models.CharField("地点", max_length=120)
    span = models.CharField("起止时间", max_length=60, blank=True)
    staff = models.CharField("工作人员及证件号", max_length=120, help_text="不少于两人，用顿号分开")
    asked = models.CharField("被调查人", max_length=80)
    content = models.TextField("调查内容")

    class Meta:
        verbose_name = "调查取证"
        verbose_name_plural = verbose_name


class FileAccess(Child):
    """This reading or copying of the file by a party (行政复议法第四十七条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="accesses")
    reader = models.CharField("查阅人及身份", max_length=80)
    materials = models.CharField("查阅、复制的材料", max_length=300)
    withheld = models.CharField("不予查阅部分及理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "查阅案卷"
        verbose_name_plural = verbose_name


class MediationMeeting(Child):
    """This attempt to mediate (行政复议法第五条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="meetings")
    place = models.CharField("地点", max_length=120)
    span = models.CharField("起止时间", max_length=60, blank=True)
    proposals = models.TextField("各方意见和方案")
    conclusion = models.TextField("调解结果")

    class Meta:
        verbose_name = "调解"
        verbose_name_plural = verbose_name


class Enforcement(Child):
    """This measure to have a decision performed (行政复议法第七十七条)."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="enforcements")
    kind = models.CharField("督促措施", max_length=20, choices=EnforcementKind.choices)
    addressee = models.CharField("对象", max_length=80)
    deadline = models.DateField("限定日期", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    content = models.TextField("要求（事项）")

    class Meta:
        verbose_name = "督促履行"
        verbose_name_plural = verbose_name


class Correction(Child):
    """This correction of a paper that was served with an error."""

    case = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    document = models.CharField("被更正文书（名称、文号）", max_length=120)
    error = models.TextField("更正内容")

    class Meta:
        verbose_name = "文书更正"
        verbose_name_plural = verbose_name
